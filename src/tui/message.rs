//! Everything that can happen, and everything that the loop may have to do about it: a [`Message`] goes into `update`,
//! an [`Effect`] comes out.

use std::path::PathBuf;

use crossterm::event::KeyEvent;

use super::filters::Facet;
use super::model::SortBy;
use crate::export::Order;
use crate::matter::Matter;
use crate::store::cipher::Passphrase;
use crate::store::conflict::Conflict;
use crate::store::open_matter::LoadedMatter;

/// What happened.
#[derive(Clone, Debug)]
pub enum Message {
    /// A key of the table.
    Do(Command),
    /// A key that the table leaves to the text field in focus.
    Typed(KeyEvent),
    /// Text pasted by the terminal.
    Pasted(String),
    /// The terminal has another size.
    Resized(u16, u16),
    /// A click on something drawn.
    Clicked(Click),
    /// Nothing waits to be read: time for one piece of scoring.
    Idle,
    /// A save ended: where the matter now is, or why it is not saved.
    Saved(Result<PathBuf, String>),
    /// What was saved survives a loss of power from now on, or the disk did not confirm it.
    Confirmed(Result<(), String>),
    /// It is saved, together with what somebody else had written meanwhile: so many parts.
    Merged(PathBuf, Box<Matter>, usize),
    /// It is not saved: somebody else changed the same answers meanwhile.
    Conflict(Box<Conflict>),
    /// It has another file now, or why not.
    SavedAs(Result<PathBuf, String>),
    /// A copy was put aside because the file could not be saved, or why not.
    PutAside(Result<PathBuf, String>),
    /// A file was read.
    Opened(Result<(PathBuf, Matter), String>),
    /// A report was written, or why it was not.
    Exported(Result<PathBuf, ExportFault>),
    /// The matter to be opened belongs to another pack of the program.
    OfAnotherPack(PathBuf),
    /// A file was read that somebody else has open, or that another version wrote.
    OpenedWith(PathBuf, Box<LoadedMatter>),
    /// The file is encrypted: its passphrase is needed.
    Locked(PathBuf),
    /// The program is asked to end by a signal, or its terminal has gone.
    Ended(u8),
    /// The matters in the data folder, newest first.
    Recent(Vec<Recent>),
}

/// A matter in the data folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recent {
    pub path: PathBuf,
    pub title: String,
}

/// Why a report was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportFault {
    Exists,
    Failed(String),
}

/// What the loop must do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Save the text of a matter: to its file, or under a new name in the data folder.
    Save {
        /// The file, once there is one.
        path: Option<PathBuf>,
        text: String,
    },
    /// Give a matter in the data folder a file name after its title.
    Rename {
        path: PathBuf,
        title: String,
        text: String,
    },
    Export {
        order: Box<Order>,
        path: PathBuf,
        /// Whether a file of that name may be replaced.
        replace: bool,
    },
    /// Save over the other version of a matter: every conflict was chosen.
    Settle {
        path: PathBuf,
        text: String,
    },
    /// Save in another place, where no file may be yet.
    SaveAs {
        path: PathBuf,
        text: String,
        /// The passphrase from now on, where it is to have another than now.
        passphrase: Option<Passphrase>,
    },
    /// Save with a passphrase from now on.
    Encrypt {
        /// The file, once there is one.
        path: Option<PathBuf>,
        text: String,
        passphrase: Passphrase,
    },
    /// Put a copy into the data folder: the program ends and the file cannot be saved.
    PutAside(String),
    /// Read a file with a passphrase.
    OpenLocked(PathBuf, Passphrase),
    Open(PathBuf),
    /// List the data folder.
    ListRecent,
}

/// What a key can mean. The table in `keymap` says which key means what where. Its name in the
/// settings is the same in small letters with hyphens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Command {
    Up,
    Down,
    First,
    Last,
    PageUp,
    PageDown,
    /// Take what is under the cursor.
    Enter,
    /// Tick or untick what is under the cursor.
    Toggle,
    /// The option, tab or row with this number.
    Digit(u8),
    Left,
    Right,
    NextPanel,
    PreviousPanel,
    Back,
    NextQuestion,
    PreviousQuestion,
    /// The next question without an answer.
    NextGap,
    /// Take the answer away, as if never asked.
    Clear,
    Basis,
    Note,
    /// Write what proves it.
    Evidence,
    /// Help on the question in a window.
    Explain,
    /// Try answers without keeping them, and stop trying.
    WhatIf,
    KeepWhatIf,
    Name,
    Review,
    Result,
    Interview,
    Add,
    /// Take a row away.
    Remove,
    MoveUp,
    MoveDown,
    /// Finish a form.
    Done,
    NextTarget,
    PreviousTarget,
    /// Sort by another column.
    Sort,
    /// Turn the order round.
    SortBack,
    /// Compare figures, or the law.
    Law,
    /// Choose what a browser is filtered by.
    Filter(Facet),
    ClearFilters,
    /// From a target to its cases, and the other way.
    Jump,
    /// Open a decided case as a matter.
    Practise,
    Map,
    AllTargets,
    /// Find anything.
    Palette,
    Undo,
    Redo,
    Language,
    Theme,
    /// The keys that apply here.
    Help,
    Export,
    /// The first screen.
    Home,
    New,
    Jurisdictions,
    Cases,
    Quit,
    /// Save in another place.
    SaveAs,
    /// Save with a passphrase from now on.
    Encrypt,
    /// Leave the program, and say that it was interrupted.
    Interrupt,
}

impl Command {
    /// Its name in the settings, e.g. `next-question` or `digit-3`.
    pub fn id(self) -> String {
        let name: &'static str = self.into();
        match self {
            Command::Digit(n) => format!("{name}-{n}"),
            Command::Filter(facet) => format!("{name}-{}", facet.id()),
            _ => name.to_owned(),
        }
    }
}

/// Something drawn that can be clicked. Rows count from the top of the list, not of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Click {
    /// A command, e.g. a hint in the footer.
    Command(Command),
    /// A row of the list in focus.
    Row(usize),
    Section(usize),
    Question(usize),
    /// The head of a column of the comparison.
    Column(SortBy),
    /// The wheel: rows, negative is up.
    Wheel(i16),
}
