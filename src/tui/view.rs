//! Drawing: the whole screen from the model, one part of it a file, all of them on a `Canvas`.
//!
//! Invariant: drawing changes nothing, and computes nothing that `update` could compute once.

mod blocks;
mod browse;
mod canvas;
mod chart;
mod conflict;
mod consequence;
mod doc;
mod entry;
mod export;
mod frame;
mod help;
mod home;
mod interview;
mod overlay;
mod pages;
mod result;
mod review;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::message::Click;
use super::model::{Model, Screen};
use super::theme::Meaning;
use crate::messages::ui;
use crate::text;
use canvas::Canvas;

/// The least size on which the screens are drawn.
const LEAST: (u16, u16) = (40, 10);

/// Draws the model, and puts the terminal's cursor at the caret.
pub fn view(model: &Model<'_>, frame: &mut Frame<'_>) {
    let area = frame.area();
    let mut canvas = Canvas::new(frame.buffer_mut(), model.lang, model.look);
    draw(model, &mut canvas, area);
    if let Some(caret) = canvas.caret {
        frame.set_cursor_position(caret);
    }
}

/// What drawing knows and the model does not: how far the text in focus scrolls, and what can be
/// clicked.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// How far the text in focus can be scrolled.
    pub scroll: u16,
    /// How many of its lines are shown.
    pub page: u16,
    /// What can be clicked; later entries lie on top.
    pub hits: Vec<(Rect, Click)>,
}

/// Draws on a buffer that nobody sees, and says what was learned.
pub fn measure(model: &Model<'_>) -> Measured {
    let area = Rect::new(0, 0, model.size.0, model.size.1);
    let mut buffer = Buffer::empty(area);
    let mut canvas = Canvas::new(&mut buffer, model.lang, model.look);
    draw(model, &mut canvas, area);
    Measured { scroll: canvas.scroll, page: canvas.page, hits: canvas.hits }
}

/// What is drawn at a cell, if it can be clicked.
pub fn hit(model: &Model<'_>, column: u16, row: u16) -> Option<Click> {
    let position = Position::new(column, row);
    measure(model).hits.iter().rev().find(|(area, _)| area.contains(position)).map(|(_, click)| *click)
}

/// True where a browser shows its list and a page side by side.
pub(crate) fn browser_is_wide(columns: u16) -> bool {
    columns >= 90
}

fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect) {
    if area.width < LEAST.0 || area.height < LEAST.1 {
        too_small(model, canvas, area);
        return;
    }
    let body = frame::draw(model, canvas, area);
    match &model.screen {
        Screen::Home => home::draw(model, canvas, body),
        Screen::Interview => interview::draw(model, canvas, body),
        Screen::Review(cursor) => review::draw(model, canvas, body, *cursor),
        Screen::Result(state) => result::draw(model, canvas, body, state),
        Screen::Jurisdictions(state) | Screen::Cases(state) => browse::draw(model, canvas, body, state),
    }
    for (n, overlay) in model.overlays.iter().enumerate() {
        if n == 0 {
            // What lies below a window steps back.
            let style = canvas.style(Meaning::Muted).remove_modifier(ratatui::style::Modifier::BOLD);
            canvas.paint(body, style);
        }
        // Only the window on top has the caret, scrolls and takes clicks.
        canvas.caret = None;
        canvas.hits.clear();
        canvas.scroll = 0;
        canvas.page = 0;
        overlay::draw(model, canvas, body, overlay);
    }
    if !model.overlays.is_empty() {
        frame::footer(model, canvas, area);
    }
}

/// A terminal too small for the screens: says so, and comes back when it grows.
fn too_small(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect) {
    let words = ui::too_small(model.lang, LEAST.0, LEAST.1);
    for (row, line) in text::wrap(&words, usize::from(area.width)).iter().enumerate() {
        let Ok(row) = u16::try_from(row) else { break };
        if row < area.height {
            canvas.text(area.x, area.y + row, area.width, Meaning::Text, line);
        }
    }
}

/// A rectangle in the middle of another.
fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}
