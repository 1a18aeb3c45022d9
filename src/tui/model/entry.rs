//! How the question in hand is being answered. The answer itself is in the matter, once it is given.

use super::Picker;
use crate::tui::text_field::TextField;

/// The part of the interview that has the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Panel {
    #[default]
    Question,
    Sections,
}

/// How a question is being answered.
#[derive(Clone, Debug)]
pub enum Entry {
    /// Options; the row under the cursor. After the options come "none of these" (for questions
    /// with several answers that have no such option) and "I don't know".
    Options(usize),
    /// A text that is read as a date, an amount or a number.
    Text {
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
    Add,
    None,
    Unknown,
    Continue,
}
