//! The parts of a report, without a format: every format is a walk over these.
//!
//! Invariant: a [`Text`] holds no character that a terminal or a reader would obey. It can be made only
//! through functions that make such characters visible, so that no format has to think of it.

use crate::text;

#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Its language, for the formats that must name it.
    pub lang: crate::lang::Lang,
    pub title: Text,
    pub audience: super::Audience,
    pub matter: Text,
    pub as_of: jiff::civil::Date,
    /// What stands at its head: label and value.
    pub meta: Vec<(Text, Text)>,
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading; level 2 for a section, 3 and 4 below it. The title of the report is level 1.
    Heading {
        level: u8,
        /// A name for links and bookmarks, the same in both languages.
        id: String,
        text: Text,
    },
    Paragraph(Text),
    /// A list; numbered when the order matters.
    List {
        /// True when the order matters.
        numbered: bool,
        items: Vec<Text>,
    },
    Table(Table),
    KeyValues(Vec<(Text, Text)>),
    /// Values with ranges, to be drawn.
    Chart(Chart),
    /// Another thing to be drawn.
    Figure(super::figure::Figure),
    /// A sentence that stands apart.
    Note(Text),
}

/// A table. Every row has a cell for each column.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What it shows, for readers who cannot see it.
    pub caption: Text,
    pub head: Vec<Text>,
    pub rows: Vec<Vec<Text>>,
    /// For each column, whether it holds figures (set to the right).
    pub figures: Vec<bool>,
}

/// Values from 0 to 1, each with its range where it has one.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    pub caption: Text,
    /// True where a value is a score out of a hundred, not a chance.
    pub scores: bool,
    /// Bars, top to bottom.
    pub rows: Vec<Bar>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What it stands for.
    pub label: Text,
    pub value: f64,
    /// Lowest and highest, 0 to 1.
    pub range: Option<[f64; 2]>,
    /// The same in words, for readers who cannot see it.
    pub words: Text,
}

/// A run of text, safe to show: one line, without hidden characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    spans: Vec<Span>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    Plain(String),
    /// Words that matter.
    Strong(String),
    /// An address, shown as it is.
    Link(String),
    /// Something to copy, which no format may break or change.
    Code(String),
}

impl Text {
    pub fn plain(words: &str) -> Self {
        Text { spans: vec![Span::Plain(text::one_line(words))] }
    }

    /// Words that matter.
    pub fn strong(words: &str) -> Self {
        Text { spans: vec![Span::Strong(text::one_line(words))] }
    }

    /// Addresses, with a blank between them. What is no web address stays plain words.
    pub fn links<'a>(addresses: impl IntoIterator<Item = &'a String>) -> Self {
        let mut out = Text::default();
        for address in addresses {
            if !out.spans.is_empty() {
                out.spans.push(Span::Plain(" ".to_owned()));
            }
            let safe = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\\' | '`' | '|');
            let web = address.starts_with("https://") || address.starts_with("http://");
            out.spans.push(if web && address.chars().all(safe) {
                Span::Link(address.clone())
            } else {
                Span::Plain(text::one_line(address))
            });
        }
        out
    }

    /// Something to copy.
    pub fn code(words: &str) -> Self {
        Text { spans: vec![Span::Code(text::one_line(words))] }
    }

    /// A text of one piece that another text had; pieces can be made only through this type.
    pub(super) fn from_span(span: Span) -> Self {
        Text { spans: vec![span] }
    }

    /// This text followed by another.
    #[must_use]
    pub fn and(mut self, other: Text) -> Self {
        self.spans.extend(other.spans);
        self
    }

    pub(crate) fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Its words without marks.
    pub fn words(&self) -> String {
        self.spans
            .iter()
            .map(|span| match span {
                Span::Plain(words) | Span::Strong(words) | Span::Link(words) | Span::Code(words) => words.as_str(),
            })
            .collect()
    }

    pub fn is_empty(&self) -> bool {
        self.words().trim().is_empty()
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        Text::plain(words)
    }
}

impl From<String> for Text {
    fn from(words: String) -> Self {
        Text::plain(&words)
    }
}
