//! What the parts of the screen draw on: a buffer, the theme, the caret, and a record of what can be clicked and
//! scrolled.
//!
//! The record is how the mouse and scrolling are derived from the same code that draws: `measure` draws once on a
//! buffer that nobody sees.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::symbols::border;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Padding, Widget as _};

use super::chart;
use super::doc::Doc;
use crate::lang::Lang;
use crate::messages::ui;
use crate::text;
use crate::tui::message::Click;
use crate::tui::model::Look;
use crate::tui::theme::Meaning;

/// Frames of ASCII, for terminals that give line drawing two cells.
const ASCII_BORDER: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

pub(crate) struct Canvas<'b> {
    pub buffer: &'b mut Buffer,
    pub lang: Lang,
    /// Frames and colours.
    pub look: Look,
    /// Where the caret of the field in focus is.
    pub caret: Option<Position>,
    /// What can be clicked; later entries lie on top.
    pub hits: Vec<(Rect, Click)>,
    /// How far the text in focus can be scrolled.
    pub scroll: u16,
    /// How many of its lines are shown.
    pub page: u16,
}

impl<'b> Canvas<'b> {
    pub fn new(buffer: &'b mut Buffer, lang: Lang, look: Look) -> Self {
        Canvas { buffer, lang, look, caret: None, hits: Vec::new(), scroll: 0, page: 0 }
    }

    /// How a meaning looks.
    pub fn style(&self, meaning: Meaning) -> Style {
        self.look.style(meaning)
    }

    pub fn span(&self, meaning: Meaning, text: impl Into<String>) -> Span<'static> {
        Span::styled(text.into(), self.style(meaning))
    }

    /// Draws a line, clipped to the width; gives the cells used.
    pub fn line(&mut self, x: u16, y: u16, width: u16, line: &Line<'_>) -> u16 {
        if !self.buffer.area.contains(Position::new(x, y)) {
            return 0;
        }
        let (end, _) = self.buffer.set_line(x, y, line, width);
        end - x
    }

    /// Draws text of one meaning on one line.
    pub fn text(&mut self, x: u16, y: u16, width: u16, meaning: Meaning, words: &str) -> u16 {
        let line = Line::styled(text::clip(words, usize::from(width)), self.style(meaning));
        self.line(x, y, width, &line)
    }

    /// Paints the style of a row over cells that are drawn already.
    pub(crate) fn paint(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.buffer.area);
        self.buffer.set_style(area, style);
    }

    /// Draws text as [`Canvas::text`] does, as the thing under the cursor where it has the focus.
    pub(crate) fn pickable(&mut self, x: u16, y: u16, width: u16, meaning: Meaning, words: &str, focused: bool) {
        let used = self.text(x, y, width, meaning, words);
        if focused {
            let style = self.style(Meaning::Focus);
            self.paint(Rect { x, y, width: used, height: 1 }, style);
        }
    }

    /// A frame with a title; gives the area inside, with a blank column at either side.
    pub(crate) fn panel(&mut self, area: Rect, title: &str, focused: bool) -> Rect {
        if area.width < 4 || area.height < 2 {
            return Rect { width: 0, height: 0, ..area };
        }
        let border = if focused { Meaning::BorderFocus } else { Meaning::Border };
        let mut block = Block::bordered()
            .border_set(if self.look.ascii { ASCII_BORDER } else { border::ROUNDED })
            .border_style(self.style(border))
            .padding(Padding::horizontal(1));
        if !title.is_empty() {
            let words = text::clip(title, usize::from(area.width.saturating_sub(6)));
            // Which frame has the focus is said by a mark, too.
            let words = if focused { format!(" > {words} ") } else { format!(" {words} ") };
            let meaning = if focused { Meaning::Title } else { Meaning::Text };
            let title = text::clip(&words, usize::from(area.width - 2));
            block = block.title(Line::styled(title, self.style(meaning)));
        }
        let inner = block.inner(area);
        block.render(area, self.buffer);
        inner
    }

    /// Clears an area for a window.
    pub fn clear(&mut self, area: Rect) {
        // A wide character cut in half at the left edge would stick out of the row.
        Clear.render(area, self.buffer);
        for y in area.top()..area.bottom() {
            if area.x > 0
                && let Some(cell) = self.buffer.cell_mut(Position::new(area.x - 1, y))
                && text::width(cell.symbol()) > 1
            {
                cell.set_symbol(" ");
            }
        }
    }

    /// Draws a page of text from a line on. `main` is the text that scrolling keys move.
    pub fn doc(&mut self, area: Rect, doc: &Doc, scroll: u16, main: bool) {
        let total = u16::try_from(doc.lines.len()).unwrap_or(u16::MAX);
        let most = total.saturating_sub(area.height);
        let top = scroll.min(most);
        if main {
            self.scroll = most;
            self.page = area.height;
        }
        for (row, line) in doc.lines.iter().skip(usize::from(top)).take(usize::from(area.height)).enumerate() {
            let Ok(row) = u16::try_from(row) else { break };
            self.line(area.x, area.y + row, area.width, line);
        }
        for (line, click) in &doc.hits {
            let Some(row) = u16::try_from(*line).ok().and_then(|line| line.checked_sub(top)) else { continue };
            if row < area.height {
                self.hits.push((Rect { y: area.y + row, height: 1, ..area }, *click));
            }
        }
        if most > top && area.height > 1 {
            self.more_below(area, total - top - area.height);
        }
    }

    /// Says how many more lines there are: in the frame below where there is one, else at the right of
    /// the last line.
    pub(crate) fn more_below(&mut self, area: Rect, more: u16) {
        let words = format!(" {} ", ui::more_below(self.lang, more));
        let width = u16::try_from(text::width(&words)).unwrap_or(u16::MAX);
        if width.saturating_add(2) >= area.width {
            return;
        }
        let x = area.right() - width;
        let frame = self.buffer.cell(Position::new(x, area.bottom())).map(Cell::symbol);
        let framed = matches!(frame, Some("─" | "-"));
        let y = if framed { area.bottom() } else { area.bottom() - 1 };
        self.clear(Rect { x, y, width, height: 1 });
        self.text(x, y, width, Meaning::Muted, &words);
    }

    /// Says at the right of the first line how many lines there are above it.
    fn more_above(&mut self, area: Rect, more: u16) {
        let words = format!(" {} ", ui::more_above(self.lang, more));
        let width = u16::try_from(text::width(&words)).unwrap_or(u16::MAX);
        if width.saturating_add(2) < area.width {
            let x = area.right() - width;
            self.clear(Rect { x, width, height: 1, ..area });
            self.text(x, area.y, width, Meaning::Muted, &words);
        }
    }

    /// Draws rows of one or more lines so that the one under the cursor is seen. The offset follows
    /// from the cursor alone, so that nothing has to be remembered.
    pub fn rows(&mut self, area: Rect, rows: &[Vec<Line<'static>>], cursor: Option<usize>, focused: bool) {
        if area.is_empty() {
            return;
        }
        let height = usize::from(area.height);
        let total: usize = rows.iter().map(Vec::len).sum();
        let current = cursor.unwrap_or_default();
        let above: usize = rows.iter().take(current).map(Vec::len).sum();
        let lines = rows.get(current).map_or(1, Vec::len);
        let top = if total <= height {
            0
        } else {
            // The row is in the middle while there is text on both sides.
            (above + lines / 2).saturating_sub(height / 2).min(total - height).min(above)
        };
        let mut n = 0;
        for (row, lines) in rows.iter().enumerate() {
            for line in lines {
                if (top..top + height).contains(&n) {
                    let y = area.y + u16::try_from(n - top).unwrap_or_default();
                    let here = Rect { y, height: 1, ..area };
                    self.line(area.x, y, area.width, line);
                    if cursor == Some(row) && focused {
                        let style = self.style(Meaning::Focus);
                        self.paint(here, style);
                    }
                    self.hits.push((here, Click::Row(row)));
                }
                n += 1;
            }
        }
        let shown = top + height;
        if top > 0 {
            self.more_above(area, u16::try_from(top).unwrap_or(u16::MAX));
        }
        if total > shown {
            self.more_below(area, u16::try_from(total - shown).unwrap_or(u16::MAX));
        }
    }

    /// A range on a track from 0 to 1, with a mark at the expected value.
    pub fn bar(&self, width: usize, range: [f64; 2], expected: f64, meaning: Meaning) -> Vec<Span<'static>> {
        chart::range::row(width, range, expected, meaning, self.look.ascii).spans(self.look)
    }

    /// A share as the filled part of a track.
    pub fn gauge(&self, width: usize, share: f64, meaning: Meaning) -> Vec<Span<'static>> {
        let [track, full] = if self.look.ascii { ["-", "="] } else { ["─", "━"] };
        let filled = chart::filled(share, width);
        vec![self.span(meaning, full.repeat(filled)), self.span(Meaning::Muted, track.repeat(width - filled))]
    }
}
