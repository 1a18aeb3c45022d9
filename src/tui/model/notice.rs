//! What just happened, for one line at the bottom of the screen. The view words it, in the language of the moment.

use std::path::PathBuf;

use crate::tui::theme::Theme;

/// What just happened, for the line at the bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The matter has this file.
    SavedAs(PathBuf),
    Undone,
    Redone,
    NothingToUndo,
    /// The answer was taken away.
    Cleared,
    /// A basis needs an answer.
    AnswerFirst,
    /// Every question has an answer.
    NoGap,
    /// This action is tried; `alone` where a question that was open is answered by it alone.
    Tried {
        action: usize,
        /// True where options not known were taken as not ticked.
        alone: bool,
    },
    /// Trying answers has begun.
    WhatIf,
    WhatIfDropped,
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
    /// A decided case was opened as a matter; what the court did.
    Practice(crate::pack::Outcome),
    Theme(Theme),
}
