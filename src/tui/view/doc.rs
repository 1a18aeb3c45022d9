//! A page of text: wrapped lines with meanings, ready to be drawn from any line on.
//!
//! All prose is wrapped here by `text::wrap`, because the widget library takes a run of Chinese for one word.

use ratatui::text::{Line, Span};

use crate::text;
use crate::tui::message::Click;
use crate::tui::model::Look;
use crate::tui::theme::Meaning;

/// A page of text.
#[derive(Clone, Debug)]
pub(crate) struct Doc {
    pub lines: Vec<Line<'static>>,
    /// Lines that can be clicked.
    pub hits: Vec<(usize, Click)>,
    /// Cells a line may take.
    pub width: usize,
    look: Look,
}

impl Doc {
    /// An empty page of a width.
    pub fn new(width: u16, look: Look) -> Self {
        Doc { lines: Vec::new(), hits: Vec::new(), width: usize::from(width), look }
    }

    pub fn look(&self) -> Look {
        self.look
    }

    /// A span with a meaning.
    pub fn span(&self, meaning: Meaning, words: impl Into<String>) -> Span<'static> {
        Span::styled(words.into(), self.look.style(meaning))
    }

    /// A blank line, unless the page is empty or ends in one.
    pub fn blank(&mut self) {
        if self.lines.last().is_some_and(|line| line.width() > 0) {
            self.lines.push(Line::default());
        }
    }

    /// A line as it is.
    pub fn push(&mut self, spans: Vec<Span<'static>>) {
        self.lines.push(Line::from(spans));
    }

    /// A heading with a blank line before it.
    pub fn heading(&mut self, words: &str) {
        self.blank();
        self.para(Meaning::Accent, words);
    }

    pub(crate) fn para(&mut self, meaning: Meaning, words: &str) {
        self.hang("", 0, meaning, words);
    }

    /// A paragraph behind a mark, its later lines indented to the same column.
    pub fn item(&mut self, mark: &str, meaning: Meaning, words: &str) {
        self.hang(mark, text::width(mark), meaning, words);
    }

    /// A paragraph behind a mark, its later lines indented by so many cells.
    fn hang(&mut self, mark: &str, indent: usize, meaning: Meaning, words: &str) {
        let words = text::clean(words);
        let room = self.width.saturating_sub(indent).max(4);
        for (n, line) in text::wrap(&words, room).into_iter().enumerate() {
            let before = if n == 0 { text::pad(mark, indent) } else { " ".repeat(indent) };
            let words = self.span(meaning, line);
            self.push(if indent > 0 { vec![self.span(Meaning::Muted, before), words] } else { vec![words] });
        }
    }

    /// A label and a value; the value hangs beside the label, or below where the page is narrow.
    pub fn pair(&mut self, label: &str, label_width: usize, meaning: Meaning, words: &str) {
        let label = text::clean(label).trim_end().to_owned();
        if words.is_empty() {
            return;
        }
        if self.width < label_width + 16 {
            self.para(Meaning::Muted, &label);
            self.hang("  ", 2, meaning, words);
            return;
        }
        if text::width(&label) >= label_width {
            self.para(Meaning::Muted, &label);
            self.hang("", label_width, meaning, words);
            return;
        }
        self.hang(&label, label_width, meaning, words);
    }

    /// The lines from here on can be clicked.
    pub(crate) fn click_from(&mut self, from: usize, click: Click) {
        self.hits.extend((from..self.lines.len()).map(|line| (line, click)));
    }
}
