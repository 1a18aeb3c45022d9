//! The matter in hand: its answers, the question being answered, what can be undone, and its scores.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;

use jiff::civil::Date;

use super::{Entry, Panel, Picker, Row, Trial, UndoStep};
use crate::flow;
use crate::matter::answers::Answers;
use crate::matter::{Matter, Value};
use crate::pack::{Kind, Pack, Question};
use crate::scoring::evidence::Grade;
use crate::scoring::money::Exchange;
use crate::scoring::{Assessment, TargetResult};
use crate::store::lock::Holder;
use crate::tui::text_field::TextField;
use crate::tui::words;

#[derive(Clone, Debug)]
pub struct Work {
    /// Its file, once there is one.
    pub path: Option<PathBuf>,
    /// True while the program itself chose the name of the file.
    pub generated: bool,
    pub matter: Matter,
    /// The question in hand.
    pub at: usize,
    /// How it is being answered.
    pub entry: Entry,
    /// Texts that stood in the field when the question was left and are not its answer, by question.
    pub drafts: BTreeMap<usize, String>,
    /// The part of the interview that has the focus.
    pub panel: Panel,
    /// The section under the cursor at the side.
    pub section_cursor: usize,
    pub help_scroll: u16,
    /// What each change replaced, oldest first.
    pub undo: Vec<UndoStep>,
    /// What each step of undo replaced, oldest first.
    pub redo: Vec<UndoStep>,
    /// While answers are tried: the matter as kept, and how many changes could be undone then.
    pub kept: Option<(Box<Matter>, usize)>,
    /// What was tried since.
    pub trial: Trial,
    /// Why the last save failed.
    pub unsaved: Option<String>,
    /// There is a change of which nothing says yet that it survives a loss of power.
    pub unwritten: bool,
    /// Who has the matter open elsewhere: it may only be read here.
    pub held: Option<Holder>,
    /// Which questions are asked.
    pub visible: Vec<bool>,
    /// How far each section has come.
    pub progress: Vec<flow::Progress>,
    pub scores: Scores,
}

/// What is computed from a matter, piece by piece while no key waits.
#[derive(Clone, Debug)]
pub struct Scores {
    /// Results, which may be old for targets that still wait; findings are always new.
    pub assessment: Assessment,
    /// Targets that wait to be scored.
    pub pending: VecDeque<String>,
    pub answers: Answers,
    /// True when every target of the pack was asked for.
    pub all: bool,
    /// The target that the user looks at, if not the one proposed.
    pub focus: Option<String>,
    /// What was shown of each target before the last change.
    pub before: Vec<Brief>,
}

/// The figures of a target that the panel compares with those before.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    pub id: String,
    pub expected: f64,
    /// Lowest and highest outlook over what is not known.
    pub range: [f64; 2],
    pub confidence: u8,
    pub grade: Grade,
    pub blocked: bool,
}

impl Brief {
    /// The figures of a result.
    pub fn of(result: &TargetResult) -> Self {
        Brief {
            id: result.id.clone(),
            expected: result.outlook.expected,
            range: result.outlook.answers,
            confidence: result.confidence.index,
            grade: result.evidence.grade,
            blocked: !result.blocked.is_empty(),
        }
    }
}

impl Work {
    /// A matter to work on, at the question where it was left. What follows from its answers is still to be
    /// worked out, by `update::scores::refresh`.
    pub fn new(pack: &Pack, matter: Matter, path: Option<PathBuf>, as_of: Date) -> Self {
        let index = flow::open_at(pack, &matter);
        let mut work = Work {
            path,
            generated: false,
            at: index,
            entry: Entry::Options(0),
            drafts: BTreeMap::new(),
            panel: Panel::Question,
            section_cursor: 0,
            help_scroll: 0,
            undo: Vec::new(),
            redo: Vec::new(),
            kept: None,
            trial: Trial::default(),
            unsaved: None,
            unwritten: false,
            held: None,
            visible: Vec::new(),
            progress: Vec::new(),
            scores: Scores {
                assessment: Assessment {
                    as_of,
                    vector: String::new(),
                    rows: Vec::new(),
                    findings: Vec::new(),
                    exchange: Exchange::new(pack, &matter),
                },
                pending: VecDeque::new(),
                answers: flow::answers_in_force(pack, &matter),
                all: false,
                focus: None,
                before: Vec::new(),
            },
            matter,
        };
        work.open_entry(pack);
        work
    }

    /// Makes the entry for the question in hand from its answer.
    pub(crate) fn open_entry(&mut self, pack: &Pack) {
        let Some(question) = pack.questions.get(self.at) else { return };
        self.section_cursor = question.section;
        let value = self.matter.answer(&question.id).map(|answer| &answer.value);
        self.entry = match question.kind {
            Kind::Choice | Kind::Choices => Entry::Options(chosen_row(question, value)),
            Kind::Date | Kind::Money | Kind::Number => {
                let draft = self.drafts.get(&self.at);
                let text = draft.cloned().unwrap_or_else(|| words::entry_text(value));
                Entry::Text {
                    field: TextField::line(&text),
                    on_field: value != Some(&Value::Unknown),
                    fault: draft.is_some_and(|draft| words::read_entry(pack, question, draft).is_none()),
                }
            }
            Kind::Place => Entry::Place(Picker::new()),
            Kind::Assets | Kind::Targets => Entry::Rows(0),
        };
    }

    /// The rows of the list of assets or targets that answers the question in hand.
    pub fn rows(&self, pack: &Pack) -> Vec<Row> {
        let Some(question) = pack.questions.get(self.at) else { return Vec::new() };
        let count = match self.matter.known(&question.id) {
            Some(Value::Assets(assets)) => assets.len(),
            Some(Value::Targets(targets)) => targets.len(),
            _ => 0,
        };
        let mut rows: Vec<Row> = (0..count).map(Row::Item).collect();
        if question.kind == Kind::Targets {
            rows.extend(flow::proposed_targets(pack, &self.matter).into_iter().map(Row::Proposed));
        }
        rows.push(Row::Add);
        if question.kind == Kind::Assets && count == 0 {
            rows.push(Row::None);
        }
        if count == 0 {
            rows.push(Row::Unknown);
        }
        rows.push(Row::Continue);
        rows
    }

    /// The target whose figures are shown: the one looked at, else the first choice, else the best.
    pub(crate) fn shown_target(&self, pack: &Pack) -> Option<String> {
        let scores = &self.scores;
        let has = |id: &String| scores.assessment.rows.iter().any(|target| target.id == *id);
        if let Some(focus) = scores.focus.as_ref().filter(|id| has(id)) {
            return Some(focus.clone());
        }
        self.matter
            .targets(pack)
            .into_iter()
            .next()
            .or_else(|| scores.assessment.best().or(scores.assessment.rows.first()).map(|best| best.id.clone()))
    }

    /// True once a target is chosen, an asset has a place, or the user looks at one place of his own accord.
    pub(crate) fn place_chosen(&self, pack: &Pack) -> bool {
        self.scores.focus.is_some() || self.scores.answers.targets(pack).next().is_some()
    }

    pub fn result(&self, id: &str) -> Option<&TargetResult> {
        self.scores.assessment.rows.iter().find(|target| target.id == id)
    }

    /// True while answers are tried without being kept.
    pub fn trying(&self) -> bool {
        self.kept.is_some()
    }

    /// The actions that are being tried, by index.
    pub fn tried(&self) -> Vec<usize> {
        let in_force = |depth: usize| self.trying() && depth <= self.undo.len();
        self.trial.actions.iter().filter(|(_, depth)| in_force(*depth)).map(|(action, _)| *action).collect()
    }

    /// True once anything is known of the matter itself. Before, a grade would grade nothing.
    pub(crate) fn anything_known(&self, pack: &Pack) -> bool {
        let targets =
            pack.roles.targets.and_then(|index| pack.questions.get(index)).map(|question| question.id.as_str());
        self.matter.answers.iter().any(|(id, answer)| answer.value != Value::Unknown && Some(id.as_str()) != targets)
    }
}

/// True where a row "none of these" comes after the options of a question: several answers may be given, and no option
/// says so itself.
pub fn has_none_row(question: &Question) -> bool {
    question.kind == Kind::Choices && !question.options.iter().any(|option| option.exclusive)
}

/// The row of the option chosen.
fn chosen_row(question: &Question, value: Option<&Value>) -> usize {
    let index = |id: &String| question.option_index(id).unwrap_or_default();
    let unknown = question.options.len() + usize::from(has_none_row(question));
    match value {
        Some(Value::Choice(id)) => index(id),
        Some(Value::Choices(ids)) => ids.first().map_or(question.options.len(), index).min(unknown),
        Some(Value::Unknown) => unknown,
        _ => 0,
    }
}
