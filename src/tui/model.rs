//! The whole state of the full-screen program.
//!
//! Impossible combinations cannot be expressed: there is one [`Screen`], and over it a stack of [`Overlay`]s, drawn
//! bottom to top and offered keys top down.
//!
//! Invariant: only `update` changes a [`Model`]; `view` reads it.

mod browser;
mod entry;
mod export;
mod lists;
mod moves;
mod notice;
mod result;
mod undo;
mod windows;
mod work;

use std::cell::OnceCell;
use std::path::PathBuf;

use jiff::civil::Date;
use ratatui::style::Style;

use super::keymap::Keymap;
use super::message::Recent;
use super::theme::{Depth, Meaning, Theme, UserStyles};
use crate::lang::{Lang, Localized};
use crate::matter::Matter;
use crate::matter::file::Change;
use crate::pack::{Pack, Question};
use crate::scoring::Engine;
use crate::store::cipher::Passphrase;
use crate::store::lock::Holder;
pub use browser::Browser;
pub use entry::{Entry, Panel, Row};
pub use export::{ExportForm, ExportRow, ExportState};
pub use lists::{Lists, Step, Trial};
pub use notice::Notice;
pub use result::{ResultState, ResultView, SortBy};
pub use undo::UndoStep;
pub use windows::{AssetForm, Choosing, Overlay, Picker, Purpose, ReadFor, TextBox, TextFor};
pub use work::{Brief, Work, has_none_row};

/// Everything that the program starts from.
#[derive(Clone, Debug)]
pub struct Session {
    pub lang: Lang,
    /// The date for which results hold.
    pub as_of: Date,
    /// A matter that was named on the command line.
    pub opened: Option<(PathBuf, Matter)>,
    /// Who has that matter open already.
    pub held: Option<Holder>,
    /// What another version of the pack made of it.
    pub changes: Vec<Change>,
    pub look: Look,
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
    pub theme: Theme,
    /// How many of them the terminal has.
    pub depth: Depth,
    /// The user's own styles.
    pub styles: UserStyles,
}

impl Look {
    /// How a meaning looks.
    pub fn style(&self, meaning: Meaning) -> Style {
        super::theme::style(self.theme, self.depth, &self.styles, meaning)
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
    pub signal: Option<u8>,
    /// The copy that was put aside because the file could not be saved.
    pub put_aside: Option<PathBuf>,
    /// What is to be opened next, with another pack.
    pub opening: Option<Opening>,
}

/// What the program begins again with, in another pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    Matter(PathBuf),
    /// The first screen of the pack with this id.
    Pack(String),
}

/// A way to leave the matter in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leaving {
    Left,
    /// Ctrl-C.
    Interrupted,
    /// A signal, or the terminal has gone: nobody can be asked anything.
    Signalled(u8),
    /// The program goes on with something else.
    For(Next),
}

/// What takes the place of the matter in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// An empty matter.
    New,
    /// The matter in a file.
    Open(PathBuf),
    /// A copy of the example with this index.
    Example(usize),
    /// The decided case with this index, as a matter.
    Case(usize),
    Pack(Opening),
}

/// All state.
#[derive(Clone, Debug)]
pub struct Model<'e> {
    /// The pack, made ready for scoring.
    pub engine: &'e Engine<'e>,
    pub lang: Lang,
    /// The date for which results hold.
    pub as_of: Date,
    pub look: Look,
    pub keymap: Keymap,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    pub screen: Screen,
    pub overlays: Vec<Overlay>,
    /// The other packs of the program: id and what each is about.
    pub others: Vec<(String, Localized)>,
    /// Row of the first screen.
    pub home_cursor: usize,
    /// Matters in the data folder.
    pub recent: Vec<Recent>,
    pub work: Option<Work>,
    pub notice: Option<Notice>,
    /// Set when the program is to end.
    pub outcome: Option<Outcome>,
    /// The user asked to leave and a last save is under way.
    pub leaving: Option<Leaving>,
    /// What each question moves, once it was asked for.
    moves: OnceCell<Vec<Vec<Moved>>>,
    /// Lists that some views of the result show.
    pub lists: Lists<'e>,
    /// The encrypted file that waits for its passphrase.
    pub locked: Option<PathBuf>,
    /// The place of an encrypted copy that waits for its passphrase.
    pub save_as: Option<PathBuf>,
    /// The new passphrase that waits to be typed once more.
    pub passphrase: Option<Passphrase>,
}

#[derive(Clone, Debug)]
pub enum Screen {
    Home,
    Interview,
    /// All answers; the row under the cursor.
    Review(usize),
    Result(ResultState),
    Jurisdictions(Browser),
    Cases(Browser),
}

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
    Money,
    Deadlines,
    Targets,
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
            moves: OnceCell::new(),
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

    /// What a question moves.
    pub fn moves(&self, question: usize) -> &[Moved] {
        let moves = self.moves.get_or_init(|| moves::moves(self.engine.pack));
        moves.get(question).map_or(&[], Vec::as_slice)
    }

    pub fn pack(&self) -> &'e Pack {
        self.engine.pack
    }

    pub fn question(&self) -> Option<&'e Question> {
        let index = self.work.as_ref()?.at;
        self.engine.pack.questions.get(index)
    }

    /// True when a piece of scoring or a list waits.
    pub fn wants_idle(&self) -> bool {
        self.work.as_ref().is_some_and(|work| !work.scores.pending.is_empty())
            || super::update::lists::wanted(self).is_some()
            || super::update::exporting(self)
    }
}
