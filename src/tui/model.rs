//! All state of the full-screen program.
//!
//! Must not: draw, or touch files. `update` is the only place that changes a [`Model`]; `view` reads
//! it. Impossible combinations have no place here: one [`Screen`], and over it a stack of
//! [`Overlay`]s, drawn bottom to top and offered keys top down.

mod export;
mod lists;
mod work;

use std::collections::BTreeSet;
use std::path::PathBuf;

use jiff::civil::Date;
use ratatui::style::Style;

use super::facets::{Facet, Filters};
use super::keymap::Keymap;
use super::message::Recent;
use super::text_field::TextField;
use super::theme::{Depth, Meaning, Own, Theme};
use crate::lang::{Lang, Localized};
use crate::matter::file::Change;
use crate::matter::{Asset, Matter};
use crate::pack::{Pack, Question};
use crate::scoring::Engine;
use crate::store::cipher::Passphrase;
use crate::store::keeper::Clash;
use crate::store::lock::Holder;
pub use export::{ExportForm, ExportRow, ExportState};
pub use lists::{Lists, Step, Trial};
pub use work::{Brief, Scores, Work, has_none_row};

/// Everything that the program starts from.
#[derive(Clone, Debug)]
pub struct Session {
    /// Language of the interface.
    pub lang: Lang,
    /// The date for which results hold.
    pub as_of: Date,
    /// A matter that was named on the command line.
    pub opened: Option<(PathBuf, Matter)>,
    /// Who has that matter open already.
    pub held: Option<Holder>,
    /// What another version of the pack made of it.
    pub changes: Vec<Change>,
    /// How it looks.
    pub look: Look,
    /// What the keys mean.
    pub keymap: Keymap,
    /// Whether the mouse belongs to the program.
    pub mouse: bool,
    /// The other packs of the program: id and what each is about.
    pub others: Vec<(String, Localized)>,
    /// Something to read first, e.g. the faults of the settings.
    pub first: Option<String>,
}

/// How the screen looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Frames and bars of ASCII only.
    pub ascii: bool,
    /// Colours.
    pub theme: Theme,
    /// How many of them the terminal has.
    pub depth: Depth,
    /// The user's own styles.
    pub own: Own,
}

impl Look {
    /// How a meaning looks.
    pub fn style(&self, meaning: Meaning) -> Style {
        super::theme::style(self.theme, self.depth, &self.own, meaning)
    }
}

/// How the program ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The file of the matter that was open.
    pub path: Option<PathBuf>,
    /// Why the last change is not in it, if it is not.
    pub unsaved: Option<String>,
    /// True when it was interrupted (Ctrl-C) rather than left.
    pub interrupted: bool,
    /// The signal that ended it.
    pub signal: Option<u8>,
    /// The copy that was put aside because the file could not be saved.
    pub put_aside: Option<PathBuf>,
    /// What is to be opened next, with another pack.
    pub opening: Option<Opening>,
}

/// What the program begins again with, in another pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// A matter of that pack.
    Matter(PathBuf),
    /// The first screen of the pack with this id.
    Pack(String),
}

/// A way to leave the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// The user left.
    Left,
    /// Ctrl-C.
    Interrupted,
    /// A signal, or the terminal has gone: nobody can be asked anything.
    Signalled(u8),
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
    /// What the keys mean.
    pub keymap: Keymap,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// What fills the screen.
    pub screen: Screen,
    /// Windows over it.
    pub overlays: Vec<Overlay>,
    /// The other packs of the program: id and what each is about.
    pub others: Vec<(String, Localized)>,
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
    pub leaving: Option<Leaving>,
    /// What each question moves, in the order of the pack.
    pub moves: Vec<Vec<Moved>>,
    /// Lists that some views of the result show.
    pub lists: Lists<'e>,
    /// The encrypted file that waits for its passphrase.
    pub locked: Option<PathBuf>,
    /// The place of an encrypted copy that waits for its passphrase.
    pub save_as: Option<PathBuf>,
    /// The new passphrase that waits to be typed once more.
    pub passphrase: Option<Passphrase>,
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
    /// A text to read: what it is, its words, lines scrolled.
    Reader(ReadFor, String, u16),
    /// A text to write.
    Text(TextBox),
    /// A list searched by typing.
    Pick(Purpose, Picker),
    /// The form of an asset.
    Asset(Box<AssetForm>),
    /// Writing a report.
    Export(Box<ExportForm>),
    /// Leaving although the last save failed.
    LeaveUnsaved,
    /// What the user should know of the file that was opened; lines scrolled.
    AboutFile(String, u16),
    /// Two versions of the matter, to choose from.
    Clash(Box<Choosing>),
}

/// Two versions of the matter, to choose from.
#[derive(Clone, Debug)]
pub struct Choosing {
    /// The versions.
    pub clash: Clash,
    /// Of each conflict, whether the version in the file is chosen.
    pub theirs: Vec<bool>,
    /// The row under the cursor.
    pub row: usize,
}

/// What a text to read is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadFor {
    /// Why a file was not opened.
    NotOpened,
    /// Why the matter was not saved in another place.
    NotSaved,
    /// What is wrong with the settings.
    Settings,
    /// A report before it is written.
    Preview,
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
    /// The new file of the matter.
    SaveAs,
    /// The passphrase of a file that is to be opened.
    Passphrase,
    /// A passphrase for this matter.
    NewPassphrase,
    /// The same once more.
    Repeat,
}

impl TextFor {
    /// True for what must not be seen.
    pub const fn is_secret(self) -> bool {
        matches!(self, TextFor::Passphrase | TextFor::NewPassphrase | TextFor::Repeat)
    }

    /// True for what is taken by Enter only; leaving it drops it.
    pub const fn by_enter_only(self) -> bool {
        self.is_secret() || matches!(self, TextFor::SaveAs)
    }
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
    /// What a browser is filtered by.
    Filter(Facet),
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
    /// The page has the focus; it alone is shown where there is no room for both.
    pub page: bool,
    /// What is filtered by.
    pub filters: Filters,
    /// The map is folded away.
    pub no_map: bool,
    /// The browser from which a jump led here.
    pub from: Option<Box<Screen>>,
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
    /// What to do.
    Actions,
    /// What to find out.
    Questions,
    /// The debtor's case.
    Debtor,
    /// The method on one page.
    Card,
}

impl ResultView {
    /// Every view, in the order of its key.
    pub const ALL: [ResultView; 10] = [
        ResultView::Summary,
        ResultView::Hurdles,
        ResultView::Confidence,
        ResultView::Money,
        ResultView::Targets,
        ResultView::Answers,
        ResultView::Actions,
        ResultView::Questions,
        ResultView::Debtor,
        ResultView::Card,
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
    /// The worst stands first.
    pub worst_first: bool,
    /// The comparison shows the law rather than figures.
    pub law: bool,
}

impl ResultState {
    /// What stands for the waterfall among the hurdles that are opened.
    pub const WATERFALL: usize = usize::MAX;
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
    /// Months until a ruling, when the debtor fights.
    Time,
    /// Evidence grade.
    Evidence,
    /// Name.
    Name,
}

impl SortBy {
    /// Every column, in the order in which a key goes through them.
    pub const ALL: [SortBy; 7] = [
        SortBy::Worth,
        SortBy::Outlook,
        SortBy::Confidence,
        SortBy::Cost,
        SortBy::Time,
        SortBy::Evidence,
        SortBy::Name,
    ];

    /// The column after this one.
    #[must_use]
    pub fn next(self) -> Self {
        let at = SortBy::ALL.iter().position(|column| *column == self).unwrap_or_default();
        SortBy::ALL[(at + 1) % SortBy::ALL.len()]
    }
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
    /// This action is tried; `alone` where a question that was open is answered by it alone.
    Tried {
        /// Index of the action.
        action: usize,
        /// True where options not known were taken as not ticked.
        alone: bool,
    },
    /// Trying answers has begun.
    WhatIf,
    /// What was tried is dropped.
    WhatIfDropped,
    /// What was tried is kept.
    WhatIfKept,
    /// Space ticks more, Enter goes on.
    Ticked,
    /// So many changes of somebody else were taken over.
    Merged(usize),
    /// The matter is open elsewhere.
    ReadOnly,
    /// What the answer rests on now.
    Basis(crate::matter::Basis),
    /// The two passphrases differ.
    NotTheSame,
    /// The program cannot encrypt.
    NoEncryption,
    /// The matter is encrypted now.
    Encrypted,
    /// A file could not be opened.
    NotOpened(String),
    /// A decided case was opened as a matter; what the court did.
    Practice(crate::pack::Outcome),
    /// The theme has this name.
    Theme(Theme),
}

impl<'e> Model<'e> {
    /// The state at the start. `size` is columns and rows.
    pub fn new(engine: &'e Engine<'e>, session: Session, size: (u16, u16)) -> Self {
        let mut model = Model {
            engine,
            lang: session.lang,
            as_of: session.as_of,
            look: session.look,
            keymap: session.keymap,
            size,
            screen: Screen::Home,
            overlays: Vec::new(),
            others: session.others,
            home_cursor: 0,
            recent: Vec::new(),
            work: None,
            notice: None,
            outcome: None,
            leaving: None,
            moves: super::moves::moves(engine.pack),
            lists: Lists::default(),
            locked: None,
            save_as: None,
            passphrase: None,
        };
        if let Some((path, matter)) = session.opened {
            model.work = Some(Work::new(engine.pack, matter, Some(path), session.as_of));
            super::update::saving::about_file(&mut model, session.held, &session.changes);
            model.screen = Screen::Interview;
            super::update::scores::refresh(&mut model);
        }
        model.overlays.extend(session.first.map(|text| Overlay::Reader(ReadFor::Settings, text, 0)));
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

    /// True when a piece of scoring or a list waits.
    pub fn wants_idle(&self) -> bool {
        self.work.as_ref().is_some_and(|work| !work.scores.pending.is_empty())
            || super::update::lists::wanted(self).is_some()
            || super::update::exporting(self)
    }
}
