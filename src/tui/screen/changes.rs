//! What differs between the screen that is shown and the one that was drawn.
//!
//! Must not: find other cells than the library's own comparison does; a test holds the two together. It is
//! done for every cell with every key and is most of what a key takes, so that here most cells are seen to be
//! alike without their width being asked for and without a call.
//!
//! Options of a cell (`CellDiffOption`) and colours of underlines are not known: nothing here sets them.

use ratatui::buffer::{Buffer, Cell, CellWidth as _};
use ratatui::style::{Color, Modifier};

/// Looks of a blank that can be seen.
const SEEN_ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);

/// The cells of `next` that have to be written where `shown` is on the screen, with their places; both are
/// of one size.
pub(super) fn changes<'n>(shown: &Buffer, next: &'n Buffer) -> Vec<(u16, u16, &'n Cell)> {
    let mut out = Vec::new();
    let width = usize::from(next.area.width);
    let place = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
    let mut put = |at: usize| {
        if let Some(cell) = next.content.get(at) {
            out.push((next.area.x + place(at % width), next.area.y + place(at / width), cell));
        }
    };
    let mut at = 0;
    while let (Some(old), Some(new)) = (shown.content.get(at), next.content.get(at)) {
        let alone = at;
        at += 1;
        let letter = new.symbol().len() == 1;
        if same(old, new) {
            // What is alike and wide hides the cells behind it.
            at += if letter { 0 } else { usize::from(new.cell_width()).saturating_sub(1) };
            continue;
        }
        put(alone);
        let cells = if letter { 1 } else { usize::from(new.cell_width()) };
        let before = usize::from(old.cell_width());
        let seen = old.bg != Color::Reset || old.modifier.intersects(SEEN_ON_BLANK);
        let (end, all) = if cells > 1 && new.symbol().contains('\u{fe0f}') {
            // Some terminals do not clear the second cell of such a picture.
            ((alone + cells).min(next.content.len()), false)
        } else if cells > 1 {
            at += cells - 1;
            continue;
        } else if before > cells && seen {
            // Where a wide letter stood on a colour, its second half still has it.
            (alone + before, true)
        } else {
            continue;
        };
        at = behind(shown, next, alone + 1, end, all, &mut put);
    }
    out
}

/// The cells that a wide letter leaves behind it: all, or those with another letter. Gives where to go on.
fn behind(shown: &Buffer, next: &Buffer, from: usize, end: usize, all: bool, put: &mut impl FnMut(usize)) -> usize {
    let (mut at, mut end) = (from, end);
    while let Some(new) = next.content.get(at).filter(|_| at < end) {
        let here = at;
        at += usize::from(new.cell_width()).max(1);
        end = end.max(at).min(next.content.len());
        if all || shown.content[here].symbol() != new.symbol() {
            put(here);
        }
    }
    end
}

/// Whether two cells look alike.
fn same(old: &Cell, new: &Cell) -> bool {
    let (a, b) = (old.symbol().as_bytes(), new.symbol().as_bytes());
    let letters = match (a, b) {
        ([a], [b]) => a == b,
        _ => a == b,
    };
    letters && old.fg == new.fg && old.bg == new.bg && old.modifier == new.modifier
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    /// Screens with letters, wide ones, pictures and blanks, in a few looks.
    pub(in super::super) fn screens() -> impl Strategy<Value = [Buffer; 2]> {
        let words = prop::sample::select(vec!["a", "b", " ", "─", "中", "文字", "☁️", "e\u{301}", "ﾞ", "ab"]);
        let colours =
            || prop::sample::select(vec![Color::Reset, Color::Red, Color::Indexed(7), Color::Rgb(1, 20, 255)]);
        let looks = (colours(), colours(), 0_u16..1 << 9, prop::bool::ANY).prop_map(|(fg, bg, bits, plain)| {
            let modifier = if plain { Modifier::empty() } else { Modifier::from_bits_truncate(bits) };
            Style::new().fg(fg).bg(bg).add_modifier(modifier)
        });
        let put = (0_u16..7, 0_u16..3, words, looks);
        let screen = |puts: Vec<(u16, u16, &str, Style)>| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 7, 3));
            for (x, y, word, style) in puts {
                buffer.set_string(x, y, word, style);
            }
            buffer
        };
        let puts = || prop::collection::vec(put.clone(), 0..20);
        // The second often begins as the first.
        (puts(), puts(), prop::bool::ANY).prop_map(move |(first, more, on)| {
            let second = if on { first.iter().chain(&more).copied().collect() } else { more };
            [screen(first), screen(second)]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn it_is_what_the_library_finds([shown, next] in screens()) {
            let library: Vec<_> = shown.diff_iter(&next).collect();
            prop_assert_eq!(changes(&shown, &next), library);
        }
    }
}
