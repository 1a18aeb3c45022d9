//! A TOML file read key by key, with the bytes of each value.
//!
//! A [`Reader`] notes every fault of its file and goes on; a
//! [`Table`] hands out values with their byte ranges.

mod depth;
mod nearest;
mod table;
mod translated;

use std::cell::RefCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use crate::diagnostic::{Code, Diagnostic};

pub use nearest::nearest;
pub use table::Table;

#[derive(Clone, Debug)]
pub struct File {
    /// Path inside the pack, with forward slashes.
    pub path: String,
    pub text: String,
}

/// A value and its byte range in the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Located<T> {
    pub value: T,
    pub span: Range<usize>,
}

/// One file being read: its name and the faults so far.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The file's name for messages.
    pub file: &'a str,
    text: RefCell<String>,
    faults: RefCell<Vec<Diagnostic>>,
}

impl<'a> Reader<'a> {
    /// Starts reading a file.
    pub fn new(file: &'a str) -> Self {
        Reader { file, text: RefCell::default(), faults: RefCell::new(Vec::new()) }
    }

    /// Parses the text. Syntax faults are noted and what could be read is returned.
    pub fn parse(&self, text: &'a str) -> Spanned<DeTable<'a>> {
        text.clone_into(&mut self.text.borrow_mut());
        if let Some(span) = depth::too_deep(text) {
            self.note(Diagnostic::new(self.file, span, Code::TooLarge));
            return Spanned::new(0..0, DeTable::new());
        }
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            self.note(Diagnostic::new(self.file, span, Code::Syntax).with("detail", error.message()));
        }
        table
    }

    /// The text of the file in a range of bytes.
    pub fn written(&self, span: &Range<usize>) -> Option<String> {
        self.text.borrow().get(span.clone()).map(str::to_owned)
    }

    pub fn note(&self, fault: Diagnostic) {
        self.faults.borrow_mut().push(fault);
    }

    /// Notes a fault of this file.
    pub fn fault(&self, span: Range<usize>, code: Code, fields: &[(&'static str, &str)]) {
        let mut fault = Diagnostic::new(self.file, span, code);
        for (name, word) in fields {
            fault = fault.with(name, *word);
        }
        self.note(fault);
    }

    /// True while no fault was found.
    pub(crate) fn is_clean(&self) -> bool {
        self.faults.borrow().is_empty()
    }

    pub(crate) fn into_faults(self) -> Vec<Diagnostic> {
        self.faults.into_inner()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_key_is_named_with_the_one_meant() {
        let reader = Reader::new("x.toml");
        let text = "wieght = 1\nspread = 2\n";
        let root = reader.parse(text);
        let table = Table::new(&reader, root.get_ref(), 0..text.len());
        assert!(table.number("weight").is_none());
        assert_eq!(table.need_number("spread", 0.0, 9.0), 2.0);
        table.finish();
        let faults = reader.into_faults();
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].code, Code::UnknownKey);
        assert_eq!(faults[0].span, 0..6);
        assert_eq!(faults[0].fields[1].1, "weight");
    }

    #[test]
    fn all_syntax_faults_are_found_at_once() {
        let reader = Reader::new("x.toml");
        reader.parse("a = \nb = 1\nc == 2\n");
        assert!(reader.into_faults().len() >= 2);
    }
}
