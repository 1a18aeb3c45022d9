//! All state of the full-screen program.
//!
//! Must not: draw, or touch files. `update` is the only place that changes a [`Model`]; `view` reads
//! it. Impossible combinations have no place here: one [`Screen`], and over it a stack of
//! [`Overlay`]s, drawn bottom to top and offered keys top down.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;

use jiff::civil::Date;

use super::message::Recent;
use super::text_field::TextField;
use super::theme::Theme;
use crate::flow;
use crate::lang::Lang;
use crate::matter::{Asset, Matter, Value, check};
use crate::pack::{Kind, Pack, Question};
use crate::scoring::evidence::Grade;
use crate::scoring::money::Exchange;
use crate::scoring::{Assessment, Engine, TargetResult};

/// Everything that the program starts from.
#[derive(Clone, Debug)]
pub struct Session {
    /// Language of the interface.
    pub lang: Lang,
    /// The date for which results hold.
    pub as_of: Date,
    /// A matter that was named on the command line.
    pub opened: Option<(PathBuf, Matter)>,
    /// How it looks.
    pub look: Look,
}

/// How the screen looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Frames and bars of ASCII only.
    pub ascii: bool,
    /// Colours.
    pub theme: Theme,
}

/// How the program ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The file of the matter that was open.
    pub path: Option<PathBuf>,
    /// Why the last change is not in it, if it is not.
    pub unsaved: Option<String>,
}

/// All state.
#[derive(Clone, Debug)]
pub struct Model<'e> {
    /// The pack, made ready for scoring.
    pub engine: &'e Engine<'e>,
    /// Language of the interface.
    pub lang: Lang,
    /// The date for which results hold.
    pub as_of: Date,
    /// How it looks.
    pub look: Look,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// What fills the screen.
    pub screen: Screen,
    /// Windows over it.
    pub overlays: Vec<Overlay>,
    /// Row of the first screen.
    pub home_cursor: usize,
    /// Matters in the data folder.
    pub recent: Vec<Recent>,
    /// The matter in hand.
    pub work: Option<Work>,
    /// What just happened.
    pub notice: Option<Notice>,
    /// Set when the program is to end.
    pub outcome: Option<Outcome>,
    /// The user asked to leave and a last save is under way.
    pub leaving: bool,
    /// What each question moves, in the order of the pack.
    pub moves: Vec<Vec<Moved>>,
}

/// What fills the screen.
#[derive(Clone, Debug)]
pub enum Screen {
    /// The first screen.
    Home,
    /// The interview.
    Interview,
    /// All answers; the row under the cursor.
    Review(usize),
    /// The result.
    Result(ResultState),
    /// The browser of targets.
    Jurisdictions(Browser),
    /// The browser of decided cases.
    Cases(Browser),
}

/// A window over the screen.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// The keys that apply; lines scrolled.
    Help(u16),
    /// Help on the question in hand; lines scrolled.
    Explain(u16),
    /// A text to read, e.g. faults of a file; lines scrolled.
    Reader(String, u16),
    /// A text to write.
    Text(TextBox),
    /// A list searched by typing.
    Pick(Purpose, Picker),
    /// The form of an asset.
    Asset(Box<AssetForm>),
    /// Leaving although the last save failed.
    LeaveUnsaved,
}

/// A text to write.
#[derive(Clone, Debug)]
pub struct TextBox {
    /// What it is for.
    pub what: TextFor,
    /// The field.
    pub field: TextField,
}

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFor {
    /// The note of the answer.
    Note,
    /// What proves the answer.
    Evidence,
    /// The title of the matter.
    Title,
}

/// What is picked from a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A target to consider.
    AddTarget,
    /// The place of the asset in the form.
    AssetPlace,
    /// The place that answers the question.
    AnswerPlace,
    /// Anything: a command, question, target or case.
    Palette,
}

/// A list searched by typing.
#[derive(Clone, Debug)]
pub struct Picker {
    /// What is searched for.
    pub field: TextField,
    /// The row under the cursor.
    pub cursor: usize,
}

impl Picker {
    /// A list in which nothing is searched for yet.
    pub fn new() -> Self {
        Picker { field: TextField::line(""), cursor: 0 }
    }
}

impl Default for Picker {
    fn default() -> Self {
        Picker::new()
    }
}

/// The form of an asset.
#[derive(Clone, Debug)]
pub struct AssetForm {
    /// Its place in the list; `None` for a new one.
    pub at: Option<usize>,
    /// The asset as it was when the form opened.
    pub old: Asset,
    /// The asset as filled in so far (texts are in the fields).
    pub asset: Asset,
    /// The line under the cursor: the columns of the pack, then the note, then "done".
    pub row: usize,
    /// Its value.
    pub value: TextField,
    /// What is charged on it.
    pub charges: TextField,
    /// Its note.
    pub note: TextField,
    /// The column whose text cannot be read.
    pub fault: Option<usize>,
}

/// A browser: a list searched by typing with the thing under the cursor beside it.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    /// The list.
    pub list: Picker,
    /// Lines of the page scrolled.
    pub scroll: u16,
    /// The page alone is shown, where there is no room for both.
    pub page: bool,
}

/// The views of the result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ResultView {
    /// What matters most.
    #[default]
    Summary,
    /// Legal hurdles.
    Hurdles,
    /// Creditor confidence.
    Confidence,
    /// Money and time.
    Money,
    /// Targets compared.
    Targets,
    /// Answers with basis.
    Answers,
}

impl ResultView {
    /// Every view, in the order of its key.
    pub const ALL: [ResultView; 6] = [
        ResultView::Summary,
        ResultView::Hurdles,
        ResultView::Confidence,
        ResultView::Money,
        ResultView::Targets,
        ResultView::Answers,
    ];
}

/// The result screen.
#[derive(Clone, Debug, Default)]
pub struct ResultState {
    /// The view.
    pub view: ResultView,
    /// The row under the cursor, in views with rows.
    pub cursor: usize,
    /// Hurdles that are opened.
    pub open: BTreeSet<usize>,
    /// Lines scrolled.
    pub scroll: u16,
    /// The column by which targets are sorted.
    pub sort: SortBy,
}

/// The column by which targets are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortBy {
    /// Expected net recovery, else outlook.
    #[default]
    Worth,
    /// Outlook.
    Outlook,
    /// Creditor confidence.
    Confidence,
    /// Cost.
    Cost,
}

/// The part of the interview that has the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Panel {
    /// The question.
    #[default]
    Question,
    /// The sections.
    Sections,
}

/// How a question is being answered.
#[derive(Clone, Debug)]
pub enum Entry {
    /// Options; the row under the cursor. After the options stand "none of these" (for questions
    /// with several answers that have no such option) and "I don't know".
    Options(usize),
    /// A text that is read as a date, an amount or a number.
    Text {
        /// The field.
        field: TextField,
        /// False while the cursor is on "I don't know".
        on_field: bool,
        /// The text cannot be read.
        fault: bool,
    },
    /// A place, picked from a list.
    Place(Picker),
    /// Assets or targets; the row under the cursor.
    Rows(usize),
}

/// A row of the list of assets or of targets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// The asset or target with this place in the answer.
    Item(usize),
    /// A target proposed from where the assets are.
    Proposed(String),
    /// "Add".
    Add,
    /// "There are none."
    None,
    /// "I don't know".
    Unknown,
    /// "Go on".
    Continue,
}

/// What a question moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moved {
    /// The legal hurdle with this index.
    Hurdle(usize),
    /// It can block a target through the hurdle with this index.
    Gate(usize),
    /// The chance that the debtor fights.
    Contest,
    /// The confidence hurdle with this index.
    Confidence(usize),
    /// Money.
    Money,
    /// Dates.
    Deadlines,
    /// Which targets are scored.
    Targets,
}

/// What just happened, for the line at the bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The matter has this file.
    SavedAs(PathBuf),
    /// An undo.
    Undone,
    /// A redo.
    Redone,
    /// Nothing to undo or redo.
    NothingToUndo,
    /// The answer was taken away.
    Cleared,
    /// A basis needs an answer.
    AnswerFirst,
    /// Every question has an answer.
    NoGap,
    /// Trying answers has begun.
    WhatIf,
    /// What was tried is dropped.
    WhatIfDropped,
    /// What was tried is kept.
    WhatIfKept,
    /// Space ticks more, Enter goes on.
    Ticked,
    /// A file could not be opened.
    NotOpened(String),
    /// The theme has this name.
    Theme(Theme),
}

/// The matter in hand.
#[derive(Clone, Debug)]
pub struct Work {
    /// Its file, once there is one.
    pub path: Option<PathBuf>,
    /// True while the program itself chose the name of the file.
    pub generated: bool,
    /// The matter.
    pub matter: Matter,
    /// The question in hand.
    pub at: usize,
    /// How it is being answered.
    pub entry: Entry,
    /// Texts that could not be read when the question was left, by question.
    pub drafts: BTreeMap<usize, String>,
    /// The part of the interview that has the focus.
    pub panel: Panel,
    /// The section under the cursor at the side.
    pub section_cursor: usize,
    /// Lines of help scrolled.
    pub help_scroll: u16,
    /// Matters before each change, oldest first.
    pub undo: Vec<Matter>,
    /// Matters undone, oldest first.
    pub redo: Vec<Matter>,
    /// While answers are tried: the matter as kept, and how many changes could be undone then.
    pub kept: Option<(Box<Matter>, usize)>,
    /// Why the last save failed.
    pub unsaved: Option<String>,
    /// Which questions are asked.
    pub visible: Vec<bool>,
    /// How far each section has come.
    pub progress: Vec<flow::Progress>,
    /// What was worked out of it.
    pub scores: Scores,
}

/// What was worked out of a matter, piece by piece while nothing else is to do.
#[derive(Clone, Debug)]
pub struct Scores {
    /// Results, which may be old for targets that still wait; findings are always new.
    pub assessment: Assessment,
    /// Targets that wait to be scored.
    pub pending: VecDeque<String>,
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
    /// The target.
    pub id: String,
    /// Expected outlook.
    pub expected: f64,
    /// Lowest and highest outlook over what is not known.
    pub range: [f64; 2],
    /// Creditor confidence.
    pub confidence: u8,
    /// Evidence grade.
    pub grade: Grade,
    /// Whether it is blocked.
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

impl<'e> Model<'e> {
    /// The state at the start. `size` is columns and rows.
    pub fn new(engine: &'e Engine<'e>, session: Session, size: (u16, u16)) -> Self {
        let mut model = Model {
            engine,
            lang: session.lang,
            as_of: session.as_of,
            look: session.look,
            size,
            screen: Screen::Home,
            overlays: Vec::new(),
            home_cursor: 0,
            recent: Vec::new(),
            work: None,
            notice: None,
            outcome: None,
            leaving: false,
            moves: super::moves::moves(engine.pack),
        };
        if let Some((path, matter)) = session.opened {
            model.work = Some(Work::new(engine.pack, matter, Some(path), session.as_of));
            model.screen = Screen::Interview;
            super::update::scores::refresh(&mut model);
        }
        model
    }

    /// The pack.
    pub fn pack(&self) -> &'e Pack {
        self.engine.pack
    }

    /// The question in hand.
    pub fn question(&self) -> Option<&'e Question> {
        let at = self.work.as_ref()?.at;
        self.engine.pack.questions.get(at)
    }

    /// True when a piece of scoring waits.
    pub fn wants_idle(&self) -> bool {
        self.work.as_ref().is_some_and(|work| !work.scores.pending.is_empty())
    }
}

impl Work {
    /// A matter to work on, at the question where it was left.
    pub fn new(pack: &Pack, matter: Matter, path: Option<PathBuf>, as_of: Date) -> Self {
        let at = flow::open_at(pack, &matter);
        let mut work = Work {
            path,
            generated: false,
            at,
            entry: Entry::Options(0),
            drafts: BTreeMap::new(),
            panel: Panel::Question,
            section_cursor: 0,
            help_scroll: 0,
            undo: Vec::new(),
            redo: Vec::new(),
            kept: None,
            unsaved: None,
            visible: flow::visible(pack, &matter),
            progress: flow::progress(pack, &matter),
            scores: Scores {
                assessment: Assessment {
                    as_of,
                    vector: String::new(),
                    targets: Vec::new(),
                    findings: check::findings(pack, &matter, as_of),
                    exchange: Exchange::new(pack, &matter),
                },
                pending: VecDeque::new(),
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
    pub fn open_entry(&mut self, pack: &Pack) {
        let Some(question) = pack.questions.get(self.at) else { return };
        self.section_cursor = question.section;
        let value = self.matter.answer(&question.id).map(|answer| &answer.value);
        self.entry = match question.kind {
            Kind::Choice | Kind::Choices => Entry::Options(chosen_row(question, value)),
            Kind::Date | Kind::Money | Kind::Number => {
                let draft = self.drafts.get(&self.at);
                let text = draft.cloned().unwrap_or_else(|| super::words::entry_text(value));
                Entry::Text {
                    field: TextField::line(&text),
                    on_field: value != Some(&Value::Unknown),
                    fault: draft.is_some(),
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
    pub fn shown_target(&self, pack: &Pack) -> Option<String> {
        let scores = &self.scores;
        let has = |id: &String| scores.assessment.targets.iter().any(|target| target.id == *id);
        if let Some(focus) = scores.focus.as_ref().filter(|id| has(id)) {
            return Some(focus.clone());
        }
        self.matter
            .targets(pack)
            .into_iter()
            .next()
            .or_else(|| scores.assessment.best().or(scores.assessment.targets.first()).map(|best| best.id.clone()))
    }

    /// The result of a target.
    pub fn result(&self, id: &str) -> Option<&TargetResult> {
        self.scores.assessment.targets.iter().find(|target| target.id == id)
    }

    /// True while answers are tried without being kept.
    pub fn trying(&self) -> bool {
        self.kept.is_some()
    }
}

/// How many rows stand after the options of a question: "I don't know", and before it "none of
/// these" where several answers may be given and no option says so.
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
