//! The sentences of a result that more than one section or format needs: the outlook, blocks, reasons,
//! deadlines, cases.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::wording::Wording;
use crate::flow;
use crate::lang::{Lang, Localized};
use crate::matter::Matter;
use crate::matter::answers::Answers;
use crate::messages::{self, deadline, evidence, finding, num, outlook, word};
use crate::numbers;
use crate::pack::{Cure, Hurdle, Pack, Profile, SourceStatus, Support};
use crate::scoring::actions::Worth;
use crate::scoring::consistency::Finding;
use crate::scoring::deadline::{Deadline, What};
use crate::scoring::evidence::Reason;
use crate::scoring::questions::OpenQuestion;
use crate::scoring::rule_record::{self, Counts, Decided};
use crate::scoring::{Assessment, Block, Engine, TargetResult};

/// Words a result in one language.
pub(crate) struct Writer<'a> {
    pub(super) engine: &'a Engine<'a>,
    pub(super) pack: &'a Pack,
    /// The matter without answers to hidden questions.
    pub(super) matter: Matter,
    pub(super) assessment: &'a Assessment,
    pub(super) lang: Lang,
    pub(super) wording: Wording<'a>,
    /// The target that the first page is about, where it is not the best one.
    shown: Option<&'a TargetResult>,
    decided: OnceCell<Vec<Decided<'a>>>,
    /// The actions of each target of the assessment, and the open questions, once asked for: several parts
    /// of a report speak of them.
    worth: Vec<OnceCell<Vec<Worth>>>,
    open: OnceCell<Vec<OpenQuestion>>,
    /// What decided cases say of each rule that was asked about.
    counts: RefCell<HashMap<(usize, usize), Counts>>,
}

impl<'a> Writer<'a> {
    /// Makes a writer; what takes long is worked out when it is first asked for.
    pub fn new(engine: &'a Engine<'a>, matter: &Matter, assessment: &'a Assessment, lang: Lang) -> Self {
        let pack = engine.pack;
        let matter = flow::in_force(pack, matter);
        let worth = vec![OnceCell::new(); assessment.rows.len()];
        Writer {
            engine,
            pack,
            matter,
            assessment,
            lang,
            wording: Wording { pack, exchange: Some(&assessment.exchange), lang },
            shown: None,
            decided: OnceCell::new(),
            worth,
            open: OnceCell::new(),
            counts: RefCell::default(),
        }
    }

    /// A text of the pack, as [`Wording::say`] gives it.
    pub(super) fn say<'t>(&self, text: &'t Localized) -> &'t str {
        self.wording.say(text)
    }

    /// The profile of a target that was scored.
    pub(super) fn profile(&self, target: &TargetResult) -> Option<&'a Profile> {
        self.pack.profile(&target.id)
    }

    pub(super) fn place<'i>(&'i self, id: &'i str) -> &'i str {
        self.pack.place_name(id, self.lang)
    }

    pub(super) fn hurdle(&self, at: usize) -> &'a Hurdle {
        &self.pack.hurdles[at]
    }

    pub(super) fn money(&self, amount: Decimal) -> String {
        numbers::money(amount, &self.assessment.exchange.currency, self.lang)
    }

    pub(super) fn estimate(&self, amount: Decimal) -> String {
        numbers::estimate(amount, &self.assessment.exchange.currency, self.lang)
    }

    pub(super) fn estimates(&self, low: Decimal, high: Decimal) -> String {
        numbers::estimates(low, high, &self.assessment.exchange.currency, self.lang)
    }

    pub(super) fn percent(&self, p: f64) -> String {
        numbers::percent(p, self.lang)
    }

    pub(super) fn date(&self, date: Date) -> String {
        numbers::date(date, self.lang)
    }

    /// A difference of chances in whole points: `1 point`, `26 points`.
    pub(super) fn points(&self, difference: f64) -> String {
        numbers::points(difference, self.lang)
    }

    /// Words one after the other.
    pub(super) fn list(&self, words: &[String]) -> String {
        words.join(num::comma(self.lang))
    }

    /// The amount answered to a question that plays a part, converted.
    pub(super) fn role_money(&self, role: Option<usize>) -> Option<Decimal> {
        self.assessment.exchange.convert(self.matter.role_money(self.pack, role)?)
    }

    /// `likely: 72% expected (…; …)`.
    pub(super) fn outlook(&self, target: &TargetResult) -> String {
        let lang = self.lang;
        let it = &target.outlook;
        let word = self.say(&self.pack.word(it.expected).name);
        let expected = self.percent(it.expected);
        let data = numbers::percent_range(it.data, lang);
        let line = if it.answers[1] - it.answers[0] < 1e-9 {
            outlook::settled(lang, data, expected, word)
        } else {
            outlook::line(lang, numbers::percent_range(it.answers, lang), data, expected, word)
        };
        if target.blocked.is_empty() { capital(&line) } else { outlook::blocked(lang, line) }
    }

    /// Actions for a target, the best first.
    pub(super) fn actions(&self, target: &TargetResult) -> &[Worth] {
        let place = self.assessment.rows.iter().position(|other| other.id == target.id);
        let (Some(worth), Some(profile)) = (place.and_then(|place| self.worth.get(place)), self.profile(target)) else {
            return &[];
        };
        let Assessment { exchange, as_of, .. } = self.assessment;
        worth.get_or_init(|| self.engine.actions(&self.answers(), profile, exchange, *as_of))
    }

    /// The answers in force.
    pub(super) fn answers(&self) -> Answers {
        flow::answers_in_force(self.pack, &self.matter)
    }

    /// Open questions for the lead target, the most telling first.
    pub(super) fn open_questions(&self) -> &[OpenQuestion] {
        self.open.get_or_init(|| {
            let profile = self.lead().and_then(|lead| self.profile(lead));
            let open = |profile| self.engine.open_questions(&self.answers(), profile, self.assessment.as_of);
            profile.map_or_else(Vec::new, open)
        })
    }

    /// The decided cases that count.
    pub(super) fn decided(&self) -> &[Decided<'a>] {
        self.decided.get_or_init(|| rule_record::decided(self.engine))
    }

    /// What decided cases say of a rule; each target asks of the same ones.
    pub(super) fn counts(&self, hurdle: usize, rule: usize) -> Counts {
        let count = || rule_record::counts(self.engine, self.decided(), hurdle, rule);
        *self.counts.borrow_mut().entry((hurdle, rule)).or_insert_with(count)
    }

    /// What a block says.
    pub(super) fn because(&self, block: &Block) -> &'a str {
        self.say(&self.hurdle(block.hurdle).gates[block.gate].because)
    }

    /// What would lift it.
    pub(super) fn lift(&self, block: &Block) -> &'a str {
        self.say(&self.hurdle(block.hurdle).gates[block.gate].cure)
    }

    pub(super) fn block(&self, block: &Block) -> String {
        messages::block::line(self.lang, self.because(block), self.say(&self.hurdle(block.hurdle).name))
    }

    /// The same for a gate that an answer not known may still close.
    pub(super) fn may_block(&self, block: &Block) -> String {
        messages::block::may(self.lang, self.because(block), self.say(&self.hurdle(block.hurdle).name))
    }

    /// What blocks or may block a target, each with what would lift it.
    pub(super) fn blocks_with_cure(&self, target: &TargetResult) -> [Vec<String>; 2] {
        let cured =
            |words: String, block: &Block| self.sentences(&[words, messages::block::cure(self.lang, self.lift(block))]);
        [
            target.blocked.iter().map(|block| cured(self.block(block), block)).collect(),
            target.may_block.iter().map(|block| cured(self.may_block(block), block)).collect(),
        ]
    }

    /// Sentences one after the other: Chinese puts no blank between them.
    pub(super) fn sentences(&self, sentences: &[String]) -> String {
        sentences.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(self.blank())
    }

    /// Words as a sentence: a capital, and a full stop where none stands.
    pub(super) fn sentence(&self, words: &str) -> String {
        let stop = match self.lang {
            Lang::En => '.',
            Lang::Zh => '。',
        };
        let bare = words.trim_end();
        let mut out = capital(bare);
        if !bare.ends_with(['.', '。', '?', '？', '!', '！']) {
            out.push(stop);
        }
        out
    }

    const fn blank(&self) -> &'static str {
        match self.lang {
            Lang::En => " ",
            Lang::Zh => "",
        }
    }

    /// What ends on a deadline.
    pub(super) fn what(&self, it: &Deadline, target: &TargetResult) -> String {
        match it.what {
            What::Target => deadline::target(self.lang, self.place(&target.id)),
            What::Home(at) => self.say(&self.pack.home_deadlines[at].name).to_owned(),
        }
    }

    /// When, with its marks.
    pub(super) fn when(&self, it: &Deadline) -> String {
        let (Some(date), Some(days)) = (it.date, it.days) else { return deadline::unknown(self.lang).to_owned() };
        let (date, days) = (self.date(date), numbers::days_left(days, self.lang));
        if let (true, What::Home(at)) = (it.interrupted, it.what) {
            deadline::interrupted(self.lang, date, self.say(&self.pack.home_deadlines[at].interrupted))
        } else if it.earliest {
            deadline::earliest(self.lang, date, days)
        } else {
            deadline::line(self.lang, date, days)
        }
    }

    /// The reasons for the evidence grade, one sentence each.
    pub(super) fn reasons(&self, target: &TargetResult) -> Vec<String> {
        target.evidence.reasons.iter().map(|reason| self.reason(reason)).collect()
    }

    fn reason(&self, reason: &Reason) -> String {
        let lang = self.lang;
        let points = |points: &u8| self.points(f64::from(*points) / 100.0);
        match reason {
            Reason::AnswerRange(width) => evidence::answers(lang, points(width)),
            Reason::DataRange(width) => evidence::data(lang, points(width)),
            Reason::FewCases(0) => evidence::no_cases(lang).to_owned(),
            Reason::FewCases(count) => evidence::few_cases(lang, count),
            Reason::DecisiveJudgement(hurdle, rule) => {
                evidence::judgement(lang, self.say(&self.hurdle(*hurdle).rules[*rule].because))
            }
            Reason::LoadBearing(questions) => {
                let asks: Vec<String> = questions.iter().map(|at| self.wording.fact(*at)).collect();
                evidence::told(lang, asks.join(num::comma(lang)))
            }
            Reason::OldProfile(date) => evidence::old(lang, self.date(*date)),
        }
    }

    pub(super) fn grade(&self, target: &TargetResult) -> &'static str {
        word(self.lang, "grade", target.evidence.grade.id())
    }

    pub(super) fn cure(&self, cure: Cure) -> &'static str {
        word(self.lang, "cure", cure.id())
    }

    /// A support in words, with the outcomes of the cases named.
    pub(crate) fn support(&self, support: &Support) -> String {
        match support {
            Support::Judgement => messages::hurdle::ours(self.lang).to_owned(),
            Support::Statute(law) => messages::hurdle::statute(self.lang, law),
            Support::Precedent(ids) => {
                let cases: Vec<String> = ids.iter().map(|id| self.case(id)).collect();
                messages::hurdle::precedent(self.lang, cases.join(num::semicolon(self.lang)))
            }
        }
    }

    /// A case with its outcome; the id where the pack does not have it.
    pub(super) fn case(&self, id: &str) -> String {
        self.pack.case(id).map_or_else(
            || id.to_owned(),
            |case| {
                let mut marks = vec![word(self.lang, "outcome", case.outcome.id()).to_owned()];
                if case.confidence != "high" {
                    marks.push(word(self.lang, "coding", &case.confidence).to_owned());
                }
                if case.status != SourceStatus::Read {
                    marks.push(word(self.lang, "status", case.status.id()).to_owned());
                }
                messages::weigh::case(self.lang, &case.id, marks.join(num::semicolon(self.lang)), &case.name)
            },
        )
    }

    /// Something that does not fit, in a sentence.
    pub(super) fn finding(&self, it: &Finding) -> String {
        let lang = self.lang;
        let says = super::finding(self.pack, it, lang);
        let asks: Vec<String> = it.questions.iter().map(|at| self.wording.fact(*at)).collect();
        if asks.is_empty() { says } else { finding::look(lang, says, asks.join(num::comma(lang))) }
    }

    /// Where a case was decided: the name of the target that covers its place where the place has none.
    pub(super) fn place_of_case(&self, case: &'a crate::pack::Case) -> &'a str {
        let pack = self.pack;
        let covering = || crate::pack::case::target_of(pack, &case.jurisdiction).map(|profile| self.say(&profile.name));
        let name = pack.place_name(&case.jurisdiction, self.lang);
        if name == case.jurisdiction { covering().unwrap_or(name) } else { name }
    }

    /// Makes the first page about a target, with the actions and the open questions for it as they are
    /// worked out already.
    #[must_use]
    pub fn about(mut self, target: &'a TargetResult, actions: Vec<Worth>, questions: Vec<OpenQuestion>) -> Self {
        self.shown = Some(target);
        if let Some(at) = self.assessment.rows.iter().position(|other| other.id == target.id) {
            self.worth[at] = actions.into();
        }
        self.open = questions.into();
        self
    }

    /// The target that the first page is about: the best one, or the first where all are blocked.
    pub(super) fn lead(&self) -> Option<&'a TargetResult> {
        if self.shown.is_some() {
            return self.shown;
        }
        self.assessment.best().or_else(|| self.assessment.rows.first())
    }
}

/// The target's own deadline.
pub(super) fn target_deadline(target: &TargetResult) -> Option<&Deadline> {
    target.deadlines.iter().find(|deadline| deadline.what == What::Target)
}

/// The words with a capital first.
fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
