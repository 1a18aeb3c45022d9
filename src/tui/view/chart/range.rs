//! A range on a track from 0 to 1, with a mark at the expected value, and the scale below it.

use super::{Row, cell_of};
use crate::tui::theme::Meaning;

/// The range `low..=high` on a track, with a mark at the expected value.
pub fn row(width: usize, range: [f64; 2], expected: f64, meaning: Meaning, ascii: bool) -> Row {
    let [track, full, mark] = if ascii { ["-", "=", "#"] } else { ["─", "━", "┃"] };
    let (low, high, point) = (cell_of(range[0], width), cell_of(range[1], width), cell_of(expected, width));
    let mut row = Row::default();
    for n in 0..width {
        if n == point {
            row.push(Meaning::Title, mark);
        } else if (low..=high).contains(&n) {
            row.push(meaning, full);
        } else {
            row.push(Meaning::Muted, track);
        }
    }
    row
}

/// The scale of such a track: 0, 50 and 100 % under their cells; shorter on a narrow track.
pub(crate) fn scale(width: usize) -> Row {
    let mut cells: Vec<char> = vec![' '; width];
    let mut put = |text: &str, from: usize| {
        for (n, c) in text.chars().enumerate() {
            if let Some(cell) = cells.get_mut(from + n) {
                *cell = c;
            }
        }
    };
    if width >= 16 {
        put("0%", 0);
        put("50%", cell_of(0.5, width).saturating_sub(1));
        put("100%", width - 4);
    } else if width >= 6 {
        put("0", 0);
        put("100%", width - 4);
    }
    let mut row = Row::default();
    row.push(Meaning::Muted, &cells.into_iter().collect::<String>());
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cells_are_those_worked_out_by_hand() {
        // Eleven cells: 20 % is cell 2, 70 % cell 7, 50 % cell 5.
        assert_eq!(row(11, [0.2, 0.7], 0.5, Meaning::Accent, false).plain(), "──━━━┃━━───");
        assert_eq!(row(11, [0.2, 0.7], 0.5, Meaning::Accent, true).plain(), "--===#==---");
        assert_eq!(row(0, [0.0, 1.0], 0.5, Meaning::Accent, true).plain(), "");
    }

    #[test]
    fn the_scale_stands_under_the_cells() {
        assert_eq!(scale(21).plain(), "0%       50%     100%");
        assert_eq!(scale(8).plain(), "0   100%");
        assert_eq!(scale(3).plain(), "   ");
    }
}
