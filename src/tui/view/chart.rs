//! Charts as rows of cells: pure functions of figures and a width, without a terminal.
//!
//! Every chart has a form in ASCII that tells states apart without colour, and whoever draws it prints the figure
//! beside it.
//!
//! One chart a file: `range` (a range on a track), `waterfall` (from a start through steps to an end), `calibration`
//! (predicted against observed), `money` (cost against recovery), `map` (the world).

pub mod calibration;
pub mod map;
pub mod money;
pub mod range;
pub mod waterfall;

use ratatui::text::Span;

use crate::tui::model::Look;
use crate::tui::theme::Meaning;

/// One row of a chart: runs of cells, each with a meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    runs: Vec<(Meaning, String)>,
}

impl Row {
    /// Adds cells; cells of the same meaning join the run before.
    pub fn push(&mut self, meaning: Meaning, cells: &str) {
        match self.runs.last_mut() {
            Some((last, text)) if *last == meaning => text.push_str(cells),
            _ if cells.is_empty() => {}
            _ => self.runs.push((meaning, cells.to_owned())),
        }
    }

    /// The cells without their meanings.
    pub fn plain(&self) -> String {
        self.runs.iter().map(|(_, cells)| cells.as_str()).collect()
    }

    /// The row in the colours of a theme.
    pub(crate) fn spans(&self, look: Look) -> Vec<Span<'static>> {
        self.runs.iter().map(|(meaning, cells)| Span::styled(cells.clone(), look.style(*meaning))).collect()
    }
}

/// The cell of a track of so many cells in which a share from 0 to 1 falls: 0 is the first cell, 1 the
/// last. A share outside is drawn at the end.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "clamped to 0..width"
)]
pub(crate) fn cell_of(share: f64, width: usize) -> usize {
    let last = width.saturating_sub(1);
    ((share.clamp(0.0, 1.0) * last as f64).round() as usize).min(last)
}

/// How many of so many cells a share from 0 to 1 fills.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "clamped to 0..=width"
)]
pub fn filled(share: f64, width: usize) -> usize {
    ((share.clamp(0.0, 1.0) * width as f64).round() as usize).min(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_falls_in_the_nearest_cell() {
        // Eleven cells stand for 0, 10, ... 100 %.
        assert_eq!([0.0, 0.04, 0.06, 0.5, 1.0, 1.7, -1.0].map(|share| cell_of(share, 11)), [0, 0, 1, 5, 10, 10, 0]);
        assert_eq!(cell_of(0.5, 0), 0);
        assert_eq!([0.0, 0.24, 0.26, 1.0].map(|share| filled(share, 2)), [0, 0, 1, 2]);
    }
}
