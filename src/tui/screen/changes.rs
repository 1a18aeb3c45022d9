//! What differs between the screen that is shown and the one that was drawn.
//!
//! Must not: find other cells than the library's own comparison does, but for halves of wide letters that it
//! leaves behind; a test holds the two together. It is done for every cell with every key. What is shown is
//! therefore kept as two numbers a cell, and most cells are seen to be alike without their width being asked for.
//! Letters that do not fit into a number are written again with every frame.
//!
//! Options of a cell (`CellDiffOption`) and colours of underlines are not known: nothing here sets them.

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::{Color, Modifier};

/// Looks of a blank that can be seen.
const SEEN_ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);

/// A cell that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// Its letters; [`LONG`] where there are more than fit.
    letters: u64,
    /// Its colours and looks.
    looks: u64,
}

/// No text of UTF-8 has these bytes.
const LONG: u64 = u64::MAX;
/// Cells that such letters are taken to have had.
const LONG_WIDTH: u16 = 2;

impl Shown {
    /// A cell without letters and colours.
    pub(super) const BLANK: Shown = Shown { letters: b' ' as u64, looks: 0 };

    fn of(cell: &Cell) -> Self {
        let looks = u64::from(colour(cell.fg)) << 38 | u64::from(colour(cell.bg)) << 12;
        Shown { letters: letters(cell), looks: looks | u64::from(cell.modifier.bits()) }
    }

    /// Whether it is a letter of ASCII or a line of a frame, which take one cell.
    fn is_single(self) -> bool {
        let [first, second, _, rest @ ..] = self.letters.to_le_bytes();
        let framed = first == 0xe2 && (0x94..=0x96).contains(&second) && rest == [0; 5];
        self.letters < 0x80 || framed
    }

    /// How many cells the letters take.
    fn width(self) -> u16 {
        if self.is_single() {
            return 1;
        }
        if self.letters == LONG {
            return LONG_WIDTH;
        }
        let bytes = self.letters.to_le_bytes();
        let length = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
        std::str::from_utf8(&bytes[..length]).map_or(1, CellWidth::cell_width)
    }

    /// Whether its looks would be seen without letters.
    fn is_seen(self) -> bool {
        self.looks >> 12 & 0x3ff_ffff != 0 || self.looks & u64::from(SEEN_ON_BLANK.bits()) != 0
    }
}

/// The letters of a cell as a number.
fn letters(cell: &Cell) -> u64 {
    match cell.symbol().as_bytes() {
        [letter] => u64::from(*letter),
        [a, b, c] => u64::from(u32::from_le_bytes([*a, *b, *c, 0])),
        more if more.len() <= 8 => more.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)),
        _ => LONG,
    }
}

/// A colour as a number of 26 bits.
fn colour(colour: Color) -> u32 {
    let named = |at: u32| 1 << 24 | at;
    match colour {
        Color::Reset => 0,
        Color::Black => named(0),
        Color::Red => named(1),
        Color::Green => named(2),
        Color::Yellow => named(3),
        Color::Blue => named(4),
        Color::Magenta => named(5),
        Color::Cyan => named(6),
        Color::Gray => named(7),
        Color::DarkGray => named(8),
        Color::LightRed => named(9),
        Color::LightGreen => named(10),
        Color::LightYellow => named(11),
        Color::LightBlue => named(12),
        Color::LightMagenta => named(13),
        Color::LightCyan => named(14),
        Color::White => named(15),
        Color::Indexed(index) => 2 << 24 | u32::from(index),
        Color::Rgb(red, green, blue) => 3 << 24 | u32::from_le_bytes([red, green, blue, 0]),
    }
}

/// More cells than change with most keys.
const SOME: usize = 256;

/// The cells of `next` that have to be written where `shown` is on the screen, with their places. After that
/// `shown` is what stands there.
pub(super) fn changes<'n>(shown: &mut [Shown], next: &'n Buffer) -> Vec<(u16, u16, &'n Cell)> {
    let mut out = Vec::with_capacity(SOME);
    let width = usize::from(next.area.width);
    let place = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
    let mut put = |at: usize, cell: &'n Cell| {
        out.push((next.area.x + place(at % width), next.area.y + place(at / width), cell));
    };
    // Up to here cells are hidden by a wide letter before them.
    let mut hidden = 0;
    // Up to here cells are written again because of what stood before them.
    let mut again = None;
    // Up to here a wide letter of before may have left its second half.
    let mut left_behind = 0;
    for (at, (old, cell)) in shown.iter_mut().zip(&next.content).enumerate() {
        let (before, new) = (*old, Shown::of(cell));
        // Nearly every cell is such a one.
        let alike = before == new && at >= left_behind;
        if alike && new.is_single() && at >= hidden && again.is_none_or(|(end, _)| at >= end) {
            continue;
        }
        *old = new;
        if at < hidden {
            // A wide letter that began here leaves its second half behind the one that covers its first. The library
            // leaves it there, with the colour or the line that it had.
            if before.is_seen() && before.width() > 1 {
                left_behind = at + usize::from(before.width());
            }
            continue;
        }
        let cells = || if new.is_single() { 1 } else { usize::from(cell.cell_width()) };
        if let Some((end, all)) = again.filter(|(end, _)| at < *end) {
            hidden = at + cells().max(1);
            again = Some((end.max(hidden).min(next.content.len()), all));
            if all || before.letters != new.letters || new.letters == LONG || at < left_behind {
                put(at, cell);
            }
            continue;
        }
        if alike && new.letters != LONG {
            // What is alike and wide hides the cells behind it.
            hidden = at + cells();
            continue;
        }
        put(at, cell);
        let (cells, were) = (cells(), usize::from(before.width()));
        if cells > 1 && cell.symbol().contains('\u{fe0f}') {
            // Some terminals do not clear the second cell of such a picture.
            again = Some((at + cells, false));
        } else if cells > 1 {
            hidden = at + cells;
        } else if were > cells && before.is_seen() {
            // Where a wide letter stood on a colour, its second half still has it.
            again = Some((at + were, true));
        }
    }
    out
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    /// Screens with letters, wide ones, pictures and blanks, in a few looks.
    pub(in super::super) fn screens() -> impl Strategy<Value = [Buffer; 2]> {
        let words = prop::sample::select(vec!["a", "b", " ", "─", "中", "文字", "☁️", "e\u{301}", "ﾞ", "ab", "😀"]);
        let colours = || {
            let some = [Color::Reset, Color::Red, Color::Indexed(7), Color::Gray, Color::Rgb(1, 20, 255), Color::Black];
            prop::sample::select(some.to_vec())
        };
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

    /// A screen as it is kept.
    pub(in super::super) fn shown(buffer: &Buffer) -> Vec<Shown> {
        buffer.content.iter().map(Shown::of).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn it_is_what_the_library_finds([before, next] in screens()) {
            let mut kept = shown(&before);
            let library: Vec<_> = before.diff_iter(&next).collect();
            let (same, more): (Vec<_>, Vec<_>) =
                changes(&mut kept, &next).into_iter().partition(|found| library.contains(found));
            prop_assert_eq!(same, library);
            prop_assert_eq!(kept, shown(&next));
            for (x, y, _) in more {
                let left_behind = |at: u16| before[(at, y)].cell_width() > 1;
                prop_assert!((x.saturating_sub(3)..x).any(left_behind), "{} {}", x, y);
            }
        }
    }

    #[test]
    fn no_half_of_a_wide_letter_is_left_behind() {
        let screen = |x: u16, looks: Style| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 5, 1));
            buffer.set_string(x, 0, "中", looks);
            buffer
        };
        // The new letter covers the first half of the old one, which was underlined.
        let (before, next) = (screen(1, Style::new().underlined()), screen(0, Style::new()));
        let written: Vec<u16> = changes(&mut shown(&before), &next).iter().map(|(x, ..)| *x).collect();
        assert_eq!(written, [0, 2]);
    }

    #[test]
    fn nothing_is_written_over_an_empty_screen_but_what_is_drawn() {
        let mut next = Buffer::empty(Rect::new(0, 0, 3, 1));
        next.set_string(1, 0, "x", Style::new());
        let mut kept = vec![Shown::BLANK; 3];
        assert_eq!(changes(&mut kept, &next).len(), 1);
        assert!(changes(&mut kept, &next).is_empty());
    }

    #[test]
    fn letters_too_long_to_be_kept_are_written_again() {
        let mut next = Buffer::empty(Rect::new(0, 0, 4, 1));
        next.set_string(0, 0, "👨\u{200d}👩\u{200d}👧x", Style::new());
        let mut kept = shown(&next);
        let written: Vec<u16> = changes(&mut kept, &next).iter().map(|(x, ..)| *x).collect();
        assert_eq!(written, [0]);
    }

    #[test]
    fn what_is_taken_for_one_cell_is_one() {
        for letter in (' '..'\u{7f}').chain('\u{2400}'..'\u{2700}').chain(['中', 'é', '\u{301}', '\u{fe0f}']) {
            let cell = Cell::new("x").set_char(letter).clone();
            let shown = Shown::of(&cell);
            assert_eq!(shown.width(), cell.cell_width(), "{letter:?}");
            assert!(!shown.is_single() || cell.cell_width() == 1, "{letter:?}");
        }
        assert!(Shown::of(&Cell::new("─")).is_single());
        assert!(!Shown::of(&Cell::new("─\u{301}")).is_single());
    }

    #[test]
    fn every_colour_is_a_number_of_its_own() {
        let named = "black red green yellow blue magenta cyan gray darkgray lightred lightgreen lightyellow lightblue \
                     lightmagenta lightcyan white reset #000000 #010203 #030201";
        let colours = named.split(' ').map(|name| name.parse().unwrap());
        let mut numbers: Vec<u32> = colours.chain((0..=255).map(Color::Indexed)).map(colour).collect();
        numbers.sort_unstable();
        let all = numbers.len();
        numbers.dedup();
        assert_eq!(numbers.len(), all);
        assert!(numbers.iter().all(|number| number >> 26 == 0));
    }
}
