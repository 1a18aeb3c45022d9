//! The window from which a report is written: what is wanted, and how far it is.

use std::path::PathBuf;

use crate::export::Format;
use crate::lang::Lang;
use crate::report::{Audience, Form, Options};
use crate::tui::text_field::TextField;

/// The window from which a report is written.
#[derive(Clone, Debug)]
pub struct ExportForm {
    /// The row under the cursor, in [`ExportRow::ALL`].
    pub row: usize,
    pub format: Format,
    pub lang: Lang,
    /// How much it holds.
    pub form: Form,
    pub audience: Audience,
    pub place: TextField,
    pub state: ExportState,
}

/// How far an export is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportState {
    /// It is being filled in.
    Asking,
    /// A file has that name already; asked for once more, it is replaced.
    Exists,
    /// It could not be written, and why.
    Failed(String),
    /// It is about to be written, and the screen says so first.
    Writing {
        /// Whether a file of that name may be replaced.
        replace: bool,
    },
    Written(PathBuf),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportRow {
    Format,
    Language,
    Form,
    Audience,
    Place,
    /// Read it here first.
    Preview,
    Write,
}

impl ExportRow {
    /// Every row, top to bottom.
    pub const ALL: [ExportRow; 7] = [
        ExportRow::Format,
        ExportRow::Language,
        ExportRow::Form,
        ExportRow::Audience,
        ExportRow::Place,
        ExportRow::Preview,
        ExportRow::Write,
    ];

    /// True for rows with values to choose from.
    pub(crate) fn is_choice(self) -> bool {
        matches!(self, ExportRow::Format | ExportRow::Language | ExportRow::Form | ExportRow::Audience)
    }
}

impl ExportForm {
    /// The row under the cursor.
    pub fn here(&self) -> ExportRow {
        ExportRow::ALL.get(self.row).copied().unwrap_or(ExportRow::Write)
    }

    pub fn options(&self) -> Options {
        Options { lang: self.lang, form: self.form, audience: self.audience }
    }

    /// The other value of the row under the cursor, or the next of several.
    pub fn turn(&mut self, forward: bool) {
        match self.here() {
            ExportRow::Format => {
                let all = Format::ALL;
                let index = all.iter().position(|format| *format == self.format).unwrap_or_default();
                let step = if forward { 1 } else { all.len() - 1 };
                self.set_format(all[(index + step) % all.len()]);
            }
            ExportRow::Language => self.lang = self.lang.other(),
            ExportRow::Form => {
                self.form = if self.form == Form::Full { Form::Short } else { Form::Full };
            }
            ExportRow::Audience => {
                let counsel = self.audience == Audience::Counsel;
                self.audience = if counsel { Audience::Creditor } else { Audience::Counsel };
            }
            ExportRow::Place | ExportRow::Preview | ExportRow::Write => return,
        }
        self.state = ExportState::Asking;
    }

    /// Another format: the ending of the file's name follows, unless the user gave it one of another
    /// kind.
    fn set_format(&mut self, format: Format) {
        let text = self.place.text();
        if let Some(stem) = text.strip_suffix(&format!(".{}", self.format.ending())) {
            self.place = TextField::line(&format!("{stem}.{}", format.ending()));
        }
        self.format = format;
    }
}
