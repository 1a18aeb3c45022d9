//! The answers that the result rests on.
//!
//! Must not: differ from the screen with all answers; it is the same list.

use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::review;
use crate::tui::model::{Model, ResultState, Work};

pub(super) fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, work: &Work, state: &ResultState) {
    review::list(model, canvas, area, work, state.cursor);
}
