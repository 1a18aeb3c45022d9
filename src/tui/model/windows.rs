//! Windows over the screen, and their contents.

use super::ExportForm;
use crate::matter::Asset;
use crate::store::conflict::Conflict;
use crate::tui::filters::Facet;
use crate::tui::text_field::TextField;

/// A window over the screen.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// The keys that apply; lines scrolled.
    Help(u16),
    /// Help on the question in hand; lines scrolled.
    Explain(u16),
    /// A text to read: what it is, its words, lines scrolled.
    Reader(ReadFor, String, u16),
    Text(TextBox),
    /// A list searched by typing.
    Pick(Purpose, Picker),
    Asset(Box<AssetForm>),
    Export(Box<ExportForm>),
    /// Leaving although the last save failed.
    LeaveUnsaved,
    /// What the user should know of the file that was opened; lines scrolled.
    AboutFile(String, u16),
    /// Two versions of the matter, to choose from.
    Conflict(Box<Choosing>),
}

/// Two versions of the matter, to choose from.
#[derive(Clone, Debug)]
pub struct Choosing {
    pub conflict: Conflict,
    /// Of each conflict, whether the version in the file is chosen.
    pub theirs: Vec<bool>,
    /// The row under the cursor.
    pub row: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadFor {
    /// Why a file was not opened.
    NotOpened,
    /// Why the matter was not saved in another place.
    NotSaved,
    Settings,
    /// A report before it is written.
    Preview,
}

#[derive(Clone, Debug)]
pub struct TextBox {
    pub what: TextFor,
    pub field: TextField,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFor {
    Note,
    /// What proves the answer.
    Evidence,
    Title,
    /// The new file of the matter.
    SaveAs,
    Passphrase,
    NewPassphrase,
    /// The same once more.
    Repeat,
}

impl TextFor {
    /// True for what must not be seen.
    pub(crate) const fn is_secret(self) -> bool {
        matches!(self, TextFor::Passphrase | TextFor::NewPassphrase | TextFor::Repeat)
    }

    /// True for what is taken by Enter only; leaving it drops it.
    pub(crate) const fn by_enter_only(self) -> bool {
        self.is_secret() || matches!(self, TextFor::SaveAs)
    }
}

/// What is picked from a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    AddTarget,
    AssetPlace,
    AnswerPlace,
    /// Anything: a command, question, target or case.
    Palette,
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
    pub value: TextField,
    pub charges: TextField,
    pub note: TextField,
    /// The column whose text cannot be read.
    pub fault: Option<usize>,
}
