//! The pack's rules over variables: what each variable stands for, and the conditions of every rule.
//!
//! [`Model::domains`] says which values each variable may take for some answers in a target; `engine` does the
//! arithmetic.
//!
//! A question with several answers becomes one yes-or-no variable for each option. A rule that reads
//! a question which its show-if hides counts as not met: the show-if is folded into the condition
//! here, so that nothing later has to think of it.

mod cond;

use jiff::civil::Date;

pub use cond::Cond;

use super::facts;
use crate::matter::answers::{Answers, Response};
use crate::pack::{Expr, Fact, Hurdle, Kind, Pack, Profile, Subject};

/// What a variable stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Of {
    /// The answer to a question with one answer.
    Question(usize),
    /// Whether an option of a question with several answers is ticked (values: no, yes).
    Tick(usize, usize),
    Fact(Fact),
}

/// A variable and the prior of its values, which adds up to one.
#[derive(Clone, Debug)]
pub struct Variable {
    /// What it stands for.
    pub of: Of,
    /// Prior of each value when nothing is known.
    pub prior: Vec<f64>,
}

/// The rules of a pack as numbers.
#[derive(Clone, Debug)]
pub struct Model {
    pub variables: Vec<Variable>,
    /// Conditions of the rules, by hurdle; the chance of a contest stands last.
    pub rules: Vec<Vec<Cond>>,
    /// Conditions of the gates, by hurdle.
    pub gates: Vec<Vec<Cond>>,
    /// Conditions of the confidence rules, by confidence hurdle.
    pub confidence: Vec<Vec<Cond>>,
    /// When each action makes sense.
    pub actions: Vec<Cond>,
    /// For each variable, the values that other answers rule out: condition and mask.
    pub(super) ruled_out: Vec<Vec<(Cond, u64)>>,
    /// For each question, its variable, or the first of those of its options.
    first: Vec<Option<usize>>,
    facts: Vec<Option<usize>>,
}

/// An open variable, and the gates (hurdle and index) that some of its values fire by themselves, each
/// with the mask of those values.
pub(crate) type Blocking = (usize, Vec<((usize, usize), u64)>);

/// For a matter and a target, the mask of values that each variable may still take.
pub(crate) type Domains = Vec<u64>;

impl Model {
    /// Builds the model of a pack.
    pub fn new(pack: &Pack) -> Self {
        let first = vec![None; pack.questions.len()];
        let mut builder = Builder { pack, variables: Vec::new(), first, facts: vec![None; Fact::ALL.len()] };
        for (at, question) in pack.questions.iter().enumerate() {
            match question.kind {
                Kind::Choice => drop(builder.variable(Of::Question(at))),
                Kind::Choices => {
                    for option in 0..question.options.len() {
                        builder.variable(Of::Tick(at, option));
                    }
                }
                _ => {}
            }
        }
        let all = |builder: &mut Builder<'_>, hurdles: &[&Hurdle]| -> Vec<Vec<Cond>> {
            hurdles.iter().map(|h| h.rules.iter().map(|rule| builder.cond(&rule.when)).collect()).collect()
        };
        let hurdles: Vec<&Hurdle> = pack.hurdles.iter().chain(std::iter::once(&pack.contest)).collect();
        let rules = all(&mut builder, &hurdles);
        let gates =
            pack.hurdles.iter().map(|h| h.gates.iter().map(|gate| builder.cond(&gate.when)).collect()).collect();
        let confidence = pack
            .confidence
            .iter()
            .map(|hurdle| hurdle.rules.iter().map(|rule| builder.cond(&rule.when)).collect())
            .collect();
        let actions = pack.actions.iter().map(|action| builder.cond(&action.when)).collect();
        for fact in Fact::ALL {
            builder.variable(Of::Fact(fact));
        }
        let mut ruled_out = vec![Vec::new(); builder.variables.len()];
        for (at, question) in pack.questions.iter().enumerate() {
            for (option, choice) in question.options.iter().enumerate() {
                if choice.impossible_if == Expr::Always(false) {
                    continue;
                }
                let when = builder.cond(&choice.impossible_if);
                let (of, mask) = match question.kind {
                    Kind::Choice => (Of::Question(at), 1 << option),
                    _ => (Of::Tick(at, option), 0b10),
                };
                let variable = builder.variable(of);
                ruled_out[variable].push((when, mask));
            }
        }
        let Builder { variables, first, facts, .. } = builder;
        Model { variables, rules, gates, confidence, actions, ruled_out, first, facts }
    }

    /// Variables with these priors and no rules.
    #[cfg(test)]
    pub(super) fn of_priors(priors: &[&[f64]]) -> Self {
        let variable = |(at, prior): (usize, &&[f64])| Variable { of: Of::Question(at), prior: prior.to_vec() };
        Model {
            variables: priors.iter().enumerate().map(variable).collect(),
            rules: Vec::new(),
            gates: Vec::new(),
            confidence: Vec::new(),
            actions: Vec::new(),
            ruled_out: Vec::new(),
            first: Vec::new(),
            facts: Vec::new(),
        }
    }

    /// The variable that stands for something, if there is one.
    pub(crate) fn variable(&self, of: Of) -> Option<usize> {
        let at = match of {
            Of::Question(question) => self.first.get(question).copied()?,
            // The options of a question stand one after the other.
            Of::Tick(question, option) => self.first.get(question).copied()?.map(|first| first + option),
            Of::Fact(fact) => self.facts[fact as usize],
        };
        at.filter(|at| self.variables.get(*at).is_some_and(|variable| variable.of == of))
    }

    /// The variables of a question.
    pub(crate) fn of_question(&self, question: usize) -> std::ops::Range<usize> {
        let Some(first) = self.first[question] else { return 0..0 };
        // Those of its options stand one after the other.
        let own = |variable: &&Variable| match variable.of {
            Of::Question(other) | Of::Tick(other, _) => other == question,
            Of::Fact(_) => false,
        };
        first..first + self.variables[first..].iter().take_while(own).count()
    }

    /// Every value that a variable can take, as a mask.
    pub fn full(&self, variable: usize) -> u64 {
        (1_u64 << self.variables[variable].prior.len()) - 1
    }

    /// Which values each variable may take in a target. A known answer leaves one; options that known answers
    /// rule out are dropped, unless that would drop them all.
    pub(crate) fn domains(&self, pack: &Pack, answers: &Answers, target: &Profile, as_of: Date) -> Domains {
        // Some questions are asked about the first choice only.
        let first = answers.targets(pack).next().is_none_or(|first| first == target.id);
        let domain = |(at, variable): (usize, &Variable)| match variable.of {
            Of::Fact(fact) => facts::possible(fact, pack, answers, target, as_of),
            Of::Question(question) | Of::Tick(question, _) => match pack.questions[question].elsewhere {
                Some(option) if !first => 1 << option,
                _ => known(answers, variable.of).unwrap_or_else(|| self.full(at)),
            },
        };
        let mut domains = self.variables.iter().enumerate().map(domain).collect();
        self.drop_ruled_out(&mut domains, target);
        domains
    }

    /// Drops the values that would block the target by themselves: what blocks is said apart (a gate
    /// is no probability), so the outlook is averaged over the answers with which it is open.
    pub(crate) fn drop_blocking(&self, domains: &mut Domains, target: &Profile) {
        drop_blocked(domains, &self.blocking(domains, target));
    }

    /// For each open variable that an unsettled gate reads: the gates that its values fire.
    pub(crate) fn blocking(&self, domains: &Domains, target: &Profile) -> Vec<Blocking> {
        let mut alone = domains.clone();
        let mut out: Vec<Blocking> = Vec::new();
        for (hurdle, gates) in self.gates.iter().enumerate() {
            for (at, gate) in gates.iter().enumerate() {
                if gate.eval(domains, target).is_some() {
                    continue;
                }
                let folded = gate.fold(domains, target);
                let mut read = Vec::new();
                folded.visit(&mut |variable, _| read.push(variable));
                read.sort_unstable();
                read.dedup();
                for variable in read {
                    let values = (0..u64::BITS).map(|bit| 1_u64 << bit).filter(|bit| domains[variable] & bit != 0);
                    let mut firing = 0;
                    for bit in values {
                        alone[variable] = bit;
                        if gate.eval(&alone, target) == Some(true) {
                            firing |= bit;
                        }
                    }
                    alone[variable] = domains[variable];
                    match out.iter_mut().find(|(known, _)| *known == variable) {
                        _ if firing == 0 => {}
                        Some((_, list)) => list.push(((hurdle, at), firing)),
                        None => out.push((variable, vec![((hurdle, at), firing)])),
                    }
                }
            }
        }
        out
    }

    /// Drops the values that settled answers rule out, from the variables that are still open.
    pub(crate) fn drop_ruled_out(&self, domains: &mut Domains, target: &Profile) {
        let before = domains.clone();
        for (at, rules) in self.ruled_out.iter().enumerate() {
            if before[at].count_ones() < 2 {
                continue;
            }
            let dropped = rules
                .iter()
                .filter(|(when, _)| when.eval(&before, target) == Some(true))
                .fold(0, |dropped, (_, mask)| dropped | mask);
            if before[at] & !dropped != 0 {
                domains[at] = before[at] & !dropped;
            }
        }
    }
}

/// Drops the values that fire a gate by themselves, as [`Model::blocking`] found them.
pub(crate) fn drop_blocked(domains: &mut Domains, blocking: &[Blocking]) {
    for (variable, gates) in blocking {
        let firing = gates.iter().fold(0, |mask, (_, values)| mask | values);
        // Where every value blocks, the outlook is what it would be without the blocks.
        if domains[*variable] & !firing != 0 {
            domains[*variable] &= !firing;
        }
    }
}

/// The mask that an answer leaves of a variable; `None` when it is not known.
fn known(answers: &Answers, of: Of) -> Option<u64> {
    let (Of::Question(at) | Of::Tick(at, _)) = of else { return None };
    match (answers.response(at), of) {
        (Response::Option(option), Of::Question(_)) => Some(1 << option),
        (Response::Ticks(ticks), Of::Tick(_, option)) => Some(1 << (ticks >> option & 1)),
        _ => None,
    }
}

struct Builder<'p> {
    pack: &'p Pack,
    variables: Vec<Variable>,
    first: Vec<Option<usize>>,
    facts: Vec<Option<usize>>,
}

impl Builder<'_> {
    fn variable(&mut self, of: Of) -> usize {
        let (known, offset) = match of {
            Of::Question(question) => (&mut self.first[question], 0),
            // The options of a question stand one after the other.
            Of::Tick(question, option) => (&mut self.first[question], option),
            Of::Fact(fact) => (&mut self.facts[fact as usize], 0),
        };
        let next = self.variables.len();
        let at = *known.get_or_insert(next) + offset;
        if at < next {
            return at;
        }
        let prior = match of {
            Of::Question(question) => self.pack.questions[question].prior.clone(),
            Of::Tick(question, option) => {
                let share = self.pack.questions[question].prior[option];
                vec![1.0 - share, share]
            }
            Of::Fact(fact) => even(fact.words().len()),
        };
        self.variables.push(Variable { of, prior });
        at
    }

    fn cond(&mut self, expr: &Expr) -> Cond {
        match expr {
            Expr::Always(value) => Cond::Always(*value),
            Expr::Profile(path, words) => Cond::Profile(path.clone(), words.clone()),
            Expr::Not(inner) => Cond::Not(Box::new(self.cond(inner))),
            Expr::All(parts) => Cond::All(parts.iter().map(|part| self.cond(part)).collect()),
            Expr::Any(parts) => Cond::Any(parts.iter().map(|part| self.cond(part)).collect()),
            Expr::Test(Subject::Fact(fact), mask) => Cond::In(self.variable(Of::Fact(*fact)), *mask),
            Expr::Test(Subject::Question(question), mask) => {
                let pack = self.pack;
                let question_ = &pack.questions[*question];
                let test = if question_.kind == Kind::Choices {
                    let ticked = (0..question_.options.len()).filter(|option| mask & 1 << option != 0);
                    Cond::Any(ticked.map(|option| Cond::In(self.variable(Of::Tick(*question, option)), 0b10)).collect())
                } else {
                    Cond::In(self.variable(Of::Question(*question)), *mask)
                };
                // Show-ifs refer to earlier questions only (the check says so), so this ends.
                match &question_.show_if {
                    Expr::Always(true) => test,
                    show_if if show_if.questions().iter().all(|earlier| earlier < question) => {
                        Cond::All(vec![self.cond(show_if), test])
                    }
                    _ => test,
                }
            }
        }
    }
}

/// The same share for each of `n` values.
fn even(n: usize) -> Vec<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a handful of options")]
    let share = 1.0 / n as f64;
    vec![share; n]
}
