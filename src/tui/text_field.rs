//! Text entry over `ratatui-textarea`, with the terminal's own cursor at the caret.
//!
//! Input methods open their window at the terminal's cursor, so no other cursor is painted, and every drawing says
//! where the caret is (see [`TextField::draw`]).

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::Widget as _;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

/// Longest text that a field takes, in characters: a paste of a whole file is cut here.
const MOST: usize = 20_000;

/// Most characters that one cell is drawn with.
const MOST_CHARS: usize = 12;

#[derive(Clone, Debug)]
pub struct TextField {
    area: TextArea<'static>,
    lines: bool,
}

impl TextField {
    /// A field of one line.
    pub fn line(text: &str) -> Self {
        TextField::make(text, false)
    }

    /// A field of several lines, wrapped where it is too narrow.
    pub fn lines(text: &str) -> Self {
        TextField::make(text, true)
    }

    /// A field of one line in which nothing that is typed can be seen.
    pub(crate) fn masked() -> Self {
        let mut field = TextField::make("", false);
        field.area.set_mask_char('*');
        field
    }

    fn make(text: &str, lines: bool) -> Self {
        let text = if lines { text.to_owned() } else { text.replace('\n', " ") };
        let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
        area.set_cursor_line_style(Style::default());
        area.set_cursor_style(Style::default());
        area.set_wrap_mode(if lines { WrapMode::WordOrGlyph } else { WrapMode::None });
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        TextField { area, lines }
    }

    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// True while nothing is written.
    pub fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// A key that the key table leaves to the field. True when it changed or moved something.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        let free = self.text().chars().count() < MOST;
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let before = (self.area.cursor(), self.area.lines().len());
        match key.code {
            KeyCode::Char(c) if !control && !key.modifiers.contains(KeyModifiers::ALT) => {
                if !free || c.is_control() {
                    return false;
                }
                self.area.insert_char(c);
                true
            }
            KeyCode::Char('a') if control => self.moved(CursorMove::Head, before.0),
            KeyCode::Char('e') if control => self.moved(CursorMove::End, before.0),
            KeyCode::Char('u') if control => self.area.delete_line_by_head(),
            KeyCode::Char('w') if control => self.area.delete_word(),
            KeyCode::Backspace => self.area.delete_char(),
            KeyCode::Delete => self.area.delete_next_char(),
            KeyCode::Left => self.moved(CursorMove::Back, before.0),
            KeyCode::Right => self.moved(CursorMove::Forward, before.0),
            KeyCode::Home => self.moved(CursorMove::Head, before.0),
            KeyCode::End => self.moved(CursorMove::End, before.0),
            KeyCode::Up if self.lines => self.moved(CursorMove::Up, before.0),
            KeyCode::Down if self.lines => self.moved(CursorMove::Down, before.0),
            KeyCode::Enter if self.lines && free => {
                self.area.insert_newline();
                true
            }
            _ => false,
        }
    }

    fn moved(&mut self, to: CursorMove, from: ratatui_textarea::DataCursor) -> bool {
        self.area.move_cursor(to);
        self.area.cursor() != from
    }

    /// A paste, as one change. Line ends become blanks in a field of one line.
    pub fn paste(&mut self, text: &str) {
        let free = MOST.saturating_sub(self.text().chars().count());
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text: String = text
            .chars()
            .take(free)
            .map(|c| if (c == '\n' && !self.lines) || c == '\t' { ' ' } else { c })
            .filter(|c| *c == '\n' || !c.is_control())
            .collect();
        self.area.insert_str(text.trim_end_matches('\n'));
    }

    /// Draws the text and says where the caret is. Nothing in the field can move the terminal:
    /// the widget draws no control characters.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer, style: Style) -> Option<Position> {
        if area.is_empty() {
            return None;
        }
        let mut shown = self.area.clone();
        shown.set_style(style);
        (&shown).render(area, buffer);
        // Marks heaped on one letter would spill over the lines around it.
        for position in area.intersection(buffer.area).positions() {
            let cell = &mut buffer[position];
            if let Some((end, _)) = cell.symbol().char_indices().nth(MOST_CHARS) {
                let cut = cell.symbol().get(..end).unwrap_or_default().to_owned();
                cell.set_symbol(&cut);
            }
        }
        let (top, left) = shown.scroll_offset();
        let caret = shown.screen_cursor();
        let column = u16::try_from(caret.col).unwrap_or(u16::MAX).saturating_sub(left).min(area.width - 1);
        let row = u16::try_from(caret.row).unwrap_or(u16::MAX).saturating_sub(top).min(area.height - 1);
        Some(Position::new(area.x + column, area.y + row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(field: &mut TextField, code: KeyCode) {
        field.key(KeyEvent::new(code, KeyModifiers::NONE));
    }

    #[test]
    fn the_caret_stands_after_wide_characters() {
        let mut field = TextField::line("武汉");
        press(&mut field, KeyCode::Char('a'));
        let area = Rect::new(3, 2, 20, 1);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 30, 5));
        assert_eq!(field.draw(area, &mut buffer, Style::default()), Some(Position::new(8, 2)));
        press(&mut field, KeyCode::Left);
        press(&mut field, KeyCode::Left);
        assert_eq!(field.draw(area, &mut buffer, Style::default()), Some(Position::new(5, 2)));
    }

    #[test]
    fn a_paste_into_one_line_stays_on_one_line() {
        let mut field = TextField::line("");
        field.paste("一\r\n二\u{1b}[2J\t三");
        assert_eq!(field.text(), "一 二[2J 三");
    }

    #[test]
    fn a_narrow_field_keeps_the_caret_inside() {
        let field = TextField::line("送达回证送达回证");
        let area = Rect::new(0, 0, 5, 1);
        let mut buffer = Buffer::empty(area);
        let caret = field.draw(area, &mut buffer, Style::default()).unwrap();
        assert!(caret.x < 5);
    }
}
