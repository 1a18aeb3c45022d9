//! The calibration plot: predictions by fifths, predicted against observed, with the diagonal on which
//! a perfect forecast would lie.

use super::{Row, cell_of};
use crate::report::figure::Point;
use crate::tui::theme::Meaning;

/// Cells of the labels at the left.
pub(crate) const LABEL: usize = 5;

/// The plot, from the top on: `width` by `height` cells inside its axes, with the label of the axis at
/// the left and one row for the axis below. A fifth is drawn as its number; two in one cell as `*`.
pub fn rows(width: usize, height: usize, points: &[Point], ascii: bool) -> Vec<Row> {
    let [dot, side, floor, corner] = if ascii { [".", "|", "-", "+"] } else { ["·", "│", "─", "└"] };
    let mut cells: Vec<Vec<Option<String>>> = vec![vec![None; width]; height];
    for (n, point) in points.iter().enumerate() {
        let (x, y) = (cell_of(point.predicted, width), height.saturating_sub(1) - cell_of(point.observed, height));
        if let Some(cell) = cells.get_mut(y).and_then(|row| row.get_mut(x)) {
            *cell = Some(if cell.is_some() { "*".to_owned() } else { (n + 1).to_string() });
        }
    }
    let label = |y: usize| {
        let words = if y == 0 {
            "100%"
        } else if y + 1 == height {
            "0%"
        } else if y == (height - 1) / 2 && height % 2 == 1 {
            "50%"
        } else {
            ""
        };
        format!("{words:>4}{side}")
    };
    let mut rows = Vec::new();
    for (y, row) in cells.into_iter().enumerate() {
        let mut line = Row::default();
        line.push(Meaning::Muted, &label(y));
        for (x, cell) in row.into_iter().enumerate() {
            // The diagonal has one dot a column.
            let diagonal = height - 1 - y == diagonal_row(x, width, height);
            match cell {
                Some(number) => line.push(Meaning::Title, &number),
                None if diagonal => line.push(Meaning::Muted, dot),
                None => line.push(Meaning::Muted, " "),
            }
        }
        rows.push(line);
    }
    let mut axis = Row::default();
    axis.push(Meaning::Muted, &format!("{:>4}{corner}{}", "", floor.repeat(width)));
    rows.push(axis);
    let mut scale = Row::default();
    scale.push(Meaning::Muted, &" ".repeat(LABEL));
    scale.push(Meaning::Muted, &super::range::scale(width).plain());
    rows.push(scale);
    rows
}

/// The row, from the bottom, of the diagonal in a column.
#[expect(clippy::cast_precision_loss, reason = "cells of a screen")]
fn diagonal_row(x: usize, width: usize, height: usize) -> usize {
    cell_of(x as f64 / (width.max(2) - 1) as f64, height)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bin(predicted: f64, observed: f64) -> Point {
        Point { n: 1, between: [0.0, 1.0], predicted, observed }
    }

    #[test]
    fn fifths_stand_where_their_figures_say() {
        // Eleven by five cells: columns of 10 %, rows of 25 % from the bottom.
        let bins = [bin(0.1, 0.0), bin(0.5, 0.5), bin(0.9, 1.0)];
        let plot: Vec<String> = rows(11, 5, &bins, true).iter().map(Row::plain).collect();
        assert_eq!(
            plot,
            [
                "100%|         3.",
                "    |       ..  ",
                " 50%|    .2.    ",
                "    |  ..       ",
                "  0%|.1         ",
                "    +-----------",
                "     0      100%",
            ]
        );
    }

    #[test]
    fn two_fifths_in_one_cell_are_seen_to_be_two() {
        let plot = rows(11, 3, &[bin(0.5, 0.5), bin(0.5, 0.5)], false);
        assert!(plot[1].plain().contains('*'), "{}", plot[1].plain());
    }
}
