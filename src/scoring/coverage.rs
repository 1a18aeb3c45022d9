//! What the examples and decided cases of a pack reach, so that its author sees what nothing shows.
//! A rule that no example reaches was never seen on a screen.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::case_matters;
use super::model::{Cond, Domains, Model};
use crate::flow;
use crate::matter::answers::Answers;
use crate::matter::{Matter, Value, file};
use crate::pack::case::target_of;
use crate::pack::{Pack, Profile};

/// One kind of thing in a pack: how many there are, and which of them nothing reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// How many there are.
    pub all: usize,
    /// Those never reached, in the order of the pack.
    pub never: Vec<String>,
}

/// What the examples and decided cases reach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Examples that were read.
    pub examples: usize,
    /// Decided cases of which some target is known.
    pub cases: usize,
    /// Examples that have faults and were passed over.
    pub unread: Vec<String>,
    /// Questions that an example answers or a case's fact bears on.
    pub questions: Part,
    /// Options chosen in an example or settled by a case's fact, as `question = option`.
    pub options: Part,
    /// Rules and gates whose condition holds for certain, as `hurdle/rule`.
    pub rules: Part,
    /// The same for the rules of creditor confidence.
    pub confidence: Part,
    /// Actions that make sense for certain in an example.
    pub actions: Part,
}

/// Works out the coverage of a pack as of a date (periods may be over on a later one).
pub fn coverage(pack: &Pack, as_of: Date) -> Coverage {
    let model = Model::new(pack);
    let mut reached = Reached { pack, model: &model, ids: BTreeSet::new() };
    let mut out = Coverage::default();
    for (name, text) in &pack.examples {
        match file::read(name, text, pack).matter {
            Some(matter) => {
                out.examples += 1;
                reached.example(&flow::in_force(pack, &matter), as_of);
            }
            None => out.unread.push(name.clone()),
        }
    }
    for case in &pack.cases {
        let Some(target) = target_of(pack, &case.jurisdiction) else { continue };
        out.cases += 1;
        for (question, mask) in pack.case_facts.answers(case) {
            reached.ids.insert(question_key(pack, question));
            if mask.is_power_of_two() {
                reached.ids.insert(option_key(pack, question, mask.trailing_zeros() as usize));
            }
        }
        reached.rules(&case_matters::domains(pack, &model, case, target), target);
    }
    let all = Listed::of(pack);
    let part = |all: Vec<String>, prefix: &str| Part {
        all: all.len(),
        never: all.into_iter().filter(|id| !reached.ids.contains(&format!("{prefix}{id}"))).collect(),
    };
    Coverage {
        questions: part(all.questions, ""),
        options: part(all.options, ""),
        rules: part(all.rules, RULE),
        confidence: part(all.confidence, CONFIDENCE),
        actions: part(all.actions, ACTION),
        ..out
    }
}

// Ids of different kinds may be alike; what they are is put before them.
const RULE: &str = "rule:";
const CONFIDENCE: &str = "confidence:";
const ACTION: &str = "action:";

fn question_key(pack: &Pack, question: usize) -> String {
    pack.questions[question].id.clone()
}

fn option_key(pack: &Pack, question: usize, option: usize) -> String {
    let question = &pack.questions[question];
    format!("{} = {}", question.id, question.options.get(option).map_or("", |option| option.id.as_str()))
}

/// Everything that could be reached, by id, in the order of the pack.
struct Listed {
    questions: Vec<String>,
    options: Vec<String>,
    rules: Vec<String>,
    confidence: Vec<String>,
    actions: Vec<String>,
}

impl Listed {
    fn of(pack: &Pack) -> Self {
        let hurdles = pack.hurdles.iter().chain(std::iter::once(&pack.contest));
        let rules = hurdles.flat_map(|hurdle| {
            let ids = hurdle.rules.iter().map(|rule| &rule.id).chain(hurdle.gates.iter().map(|gate| &gate.id));
            ids.map(|id| format!("{}/{id}", hurdle.id)).collect::<Vec<_>>()
        });
        let confidence = pack.confidence.iter().flat_map(|hurdle| {
            hurdle.rules.iter().map(|rule| format!("{}/{}", hurdle.id, rule.id)).collect::<Vec<_>>()
        });
        let options = (0..pack.questions.len()).flat_map(|question| {
            (0..pack.questions[question].options.len()).map(move |option| option_key(pack, question, option))
        });
        Listed {
            questions: pack.questions.iter().map(|question| question.id.clone()).collect(),
            options: options.collect(),
            rules: rules.collect(),
            confidence: confidence.collect(),
            actions: pack.actions.iter().map(|action| action.id.clone()).collect(),
        }
    }
}

struct Reached<'p> {
    pack: &'p Pack,
    model: &'p Model,
    ids: BTreeSet<String>,
}

impl Reached<'_> {
    fn example(&mut self, matter: &Matter, as_of: Date) {
        for question in &self.pack.questions {
            let Some(value) = matter.known(&question.id) else { continue };
            self.ids.insert(question.id.clone());
            match value {
                Value::Choice(id) => drop(self.ids.insert(format!("{} = {id}", question.id))),
                Value::Choices(ids) => self.ids.extend(ids.iter().map(|id| format!("{} = {id}", question.id))),
                _ => {}
            }
        }
        let answers = Answers::of(self.pack, matter);
        let mut targets = matter.targets(self.pack);
        targets.extend(matter.asset_targets(self.pack));
        for target in targets.iter().filter_map(|id| self.pack.profile(id)) {
            let domains = self.model.domains(self.pack, &answers, target, as_of);
            self.rules(&domains, target);
            for (hurdle, rules) in self.pack.confidence.iter().zip(&self.model.confidence) {
                let ids: Vec<&str> = hurdle.rules.iter().map(|rule| rule.id.as_str()).collect();
                self.add(CONFIDENCE, &format!("{}/", hurdle.id), &ids, rules, &domains, target);
            }
            let ids: Vec<&str> = self.pack.actions.iter().map(|action| action.id.as_str()).collect();
            self.add(ACTION, "", &ids, &self.model.actions, &domains, target);
        }
    }

    fn rules(&mut self, domains: &Domains, target: &Profile) {
        let hurdles = self.pack.hurdles.iter().chain(std::iter::once(&self.pack.contest));
        for (at, hurdle) in hurdles.enumerate() {
            let owner = format!("{}/", hurdle.id);
            let ids: Vec<&str> = hurdle.rules.iter().map(|rule| &*rule.id).collect();
            self.add(RULE, &owner, &ids, &self.model.rules[at], domains, target);
            let ids: Vec<&str> = hurdle.gates.iter().map(|gate| &*gate.id).collect();
            let gates = self.model.gates.get(at).map_or(&[][..], Vec::as_slice);
            self.add(RULE, &owner, &ids, gates, domains, target);
        }
    }

    fn add(&mut self, kind: &str, owner: &str, ids: &[&str], when: &[Cond], domains: &Domains, target: &Profile) {
        for (id, when) in ids.iter().zip(when) {
            if when.eval(domains, target) == Some(true) {
                self.ids.insert(format!("{kind}{owner}{id}"));
            }
        }
    }
}
