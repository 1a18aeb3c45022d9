//! Cost against recovery on one scale of money: `C` at the expected cost, `R` at the expected recovery. Between them is
//! gain (solid) where R is to the right, else loss (shaded).

use super::{Row, cell_of};
use crate::tui::theme::Meaning;

/// The row for one target on a scale from zero to `most`. An unknown recovery leaves the cost alone.
pub fn row(width: usize, cost: f64, recovery: Option<f64>, most: f64, ascii: bool) -> Row {
    let [track, gain, loss] = if ascii { ["-", "=", "x"] } else { ["─", "━", "░"] };
    let cell = |sum: f64| if most > 0.0 { cell_of(sum / most, width) } else { 0 };
    let c = cell(cost);
    let r = recovery.map(cell);
    let gains = recovery.is_some_and(|recovery| recovery > cost);
    let mut row = Row::default();
    for n in 0..width {
        let between = r.is_some_and(|r| (c.min(r)..=c.max(r)).contains(&n));
        if n == c && r == Some(c) {
            // Both in one cell: even, as far as the scale can tell.
            row.push(Meaning::Title, "=");
        } else if n == c {
            row.push(Meaning::Title, "C");
        } else if r == Some(n) {
            row.push(Meaning::Title, "R");
        } else if between && gains {
            row.push(Meaning::Good, gain);
        } else if between {
            row.push(Meaning::Bad, loss);
        } else {
            row.push(Meaning::Muted, track);
        }
    }
    row
}

/// A range of money, low, expected, high, on a scale that may begin below zero; zero is marked.
pub fn range(width: usize, [low, expected, high]: [f64; 3], scale: [f64; 2], ascii: bool) -> Row {
    let [track, full, mark, zero] = if ascii { ["-", "=", "#", "0"] } else { ["─", "━", "┃", "0"] };
    let span = scale[1] - scale[0];
    let cell = |sum: f64| if span > 0.0 { cell_of((sum - scale[0]) / span, width) } else { 0 };
    let (low, middle, high, nought) = (cell(low), cell(expected), cell(high), cell(0.0));
    let meaning = if expected < 0.0 { Meaning::Bad } else { Meaning::Good };
    let mut row = Row::default();
    for n in 0..width {
        if n == middle {
            row.push(Meaning::Title, mark);
        } else if n == nought {
            row.push(Meaning::Text, zero);
        } else if (low..=high).contains(&n) {
            row.push(meaning, full);
        } else {
            row.push(Meaning::Muted, track);
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gain_and_loss_differ_without_colour() {
        // Eleven cells up to 100: each is 10.
        assert_eq!(row(11, 20.0, Some(70.0), 100.0, true).plain(), "--C====R---");
        assert_eq!(row(11, 70.0, Some(20.0), 100.0, true).plain(), "--RxxxxC---");
        assert_eq!(row(11, 70.0, Some(20.0), 100.0, false).plain(), "──R░░░░C───");
        assert_eq!(row(11, 30.0, None, 100.0, true).plain(), "---C-------");
        assert_eq!(row(11, 30.0, Some(31.0), 100.0, true).plain(), "---=-------");
        assert_eq!(row(3, 0.0, None, 0.0, true).plain(), "C--");
    }

    #[test]
    fn a_range_marks_zero() {
        // From -50 to 50 in eleven cells: -20 is cell 3, 10 cell 6, 40 cell 9, zero cell 5.
        assert_eq!(range(11, [-20.0, 10.0, 40.0], [-50.0, 50.0], true).plain(), "---==0#===-");
    }
}
