//! Cells as the bytes that a terminal understands.
//!
//! Must not: write other bytes than the library's own backend; a test holds the two together. There, each
//! number and each colour goes through the formatting of texts, for every cell. What differs is the end, where
//! one code takes back every look. Colours of underlines are not known: nothing here sets them.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// The codes that switch something off, in the order in which the library gives them.
const OFF: [(Modifier, &[u8]); 7] = [
    (Modifier::REVERSED, b"27"),
    (Modifier::BOLD.union(Modifier::DIM), b"22"),
    (Modifier::ITALIC, b"23"),
    (Modifier::UNDERLINED, b"24"),
    (Modifier::CROSSED_OUT, b"29"),
    (Modifier::HIDDEN, b"28"),
    (Modifier::SLOW_BLINK.union(Modifier::RAPID_BLINK), b"25"),
];

/// Those that switch it on.
const ON: [(Modifier, &[u8]); 9] = [
    (Modifier::REVERSED, b"7"),
    (Modifier::BOLD, b"1"),
    (Modifier::ITALIC, b"3"),
    (Modifier::UNDERLINED, b"4"),
    (Modifier::DIM, b"2"),
    (Modifier::CROSSED_OUT, b"9"),
    (Modifier::HIDDEN, b"8"),
    (Modifier::SLOW_BLINK, b"5"),
    (Modifier::RAPID_BLINK, b"6"),
];

/// Bold and faint are switched off by one code.
const INTENSITY: Modifier = Modifier::BOLD.union(Modifier::DIM);

/// Writes cells at their places, and leaves the terminal without colours.
pub(super) fn write<'c>(cells: impl IntoIterator<Item = (u16, u16, &'c Cell)>, out: &mut Vec<u8>) {
    let (mut colours, mut modifier) = ((Color::Reset, Color::Reset), Modifier::empty());
    let mut reached = None;
    for (x, y, cell) in cells {
        if reached != Some((x, y)) {
            go(x, y, out);
        }
        reached = x.checked_add(1).map(|next| (next, y));
        if cell.modifier != modifier {
            change(modifier, cell.modifier, out);
            modifier = cell.modifier;
        }
        if (cell.fg, cell.bg) != colours {
            colours = (cell.fg, cell.bg);
            out.extend_from_slice(b"\x1b[");
            colour(b'3', cell.fg, out);
            out.push(b';');
            colour(b'4', cell.bg, out);
            out.push(b'm');
        }
        match cell.symbol().as_bytes() {
            [letter] => out.push(*letter),
            letters => out.extend_from_slice(letters),
        }
    }
    out.extend_from_slice(b"\x1b[0m");
}

/// Goes to a place.
pub(super) fn go(x: u16, y: u16, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\x1b[");
    number(y + 1, out);
    out.push(b';');
    number(x + 1, out);
    out.push(b'H');
}

fn code(code: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(b"\x1b[");
    out.extend_from_slice(code);
    out.push(b'm');
}

fn change(from: Modifier, to: Modifier, out: &mut Vec<u8>) {
    let (removed, added) = (from - to, to - from);
    let weaker = removed.intersects(INTENSITY);
    for (what, off) in OFF {
        if removed.intersects(what) {
            code(off, out);
            if what == INTENSITY {
                // What is left of the two went off as well.
                for (left, on) in [(Modifier::DIM, b"2"), (Modifier::BOLD, b"1")] {
                    if to.contains(left) {
                        code(on, out);
                    }
                }
            }
        }
    }
    for (what, on) in ON {
        if added.contains(what) && !(weaker && INTENSITY.contains(what)) {
            code(on, out);
        }
    }
}

/// A colour of the letters (`3`) or of what is behind them (`4`).
fn colour(layer: u8, colour: Color, out: &mut Vec<u8>) {
    let named: u8 = match colour {
        Color::Reset => {
            out.extend_from_slice(&[layer, b'9']);
            return;
        }
        Color::Rgb(red, green, blue) => {
            out.extend_from_slice(&[layer, b'8', b';', b'2']);
            for part in [red, green, blue] {
                out.push(b';');
                number(u16::from(part), out);
            }
            return;
        }
        Color::Indexed(index) => index,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    };
    out.extend_from_slice(&[layer, b'8', b';', b'5', b';']);
    number(u16::from(named), out);
}

/// A number in decimal.
fn number(number: u16, out: &mut Vec<u8>) {
    if number >= 10 {
        self::number(number / 10, out);
    }
    out.push(b'0' + number.to_le_bytes()[0].wrapping_sub((number / 10 * 10).to_le_bytes()[0]));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::backend::{Backend as _, CrosstermBackend};
    use ratatui::crossterm::style::force_color_output;

    use super::super::changes::{changes, tests};
    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn they_are_the_bytes_of_the_library([before, next] in tests::screens()) {
            // Whoever runs the tests may have asked for no colours; here the screen decides about them.
            force_color_output(true);
            let cells = changes(&mut tests::shown(&before), &next);
            let mut theirs = Vec::new();
            let mut library = CrosstermBackend::new(&mut theirs);
            library.draw(cells.iter().copied()).unwrap();
            let mut ours = Vec::new();
            write(cells, &mut ours);
            prop_assert_eq!(String::from_utf8(ours).unwrap(), shortened(theirs));
        }

        #[test]
        fn a_number_is_written_in_decimal(given in 0_u16..=u16::MAX) {
            let mut out = Vec::new();
            number(given, &mut out);
            prop_assert_eq!(String::from_utf8(out).unwrap(), given.to_string());
        }
    }

    #[test]
    fn every_colour_is_written_as_the_library_writes_it() {
        force_color_output(true);
        let numbered = (0_u8..16).map(|n| n.to_string().parse::<Color>().unwrap());
        let names = "black red green yellow blue magenta cyan gray darkgray lightred lightgreen lightyellow lightblue \
                     lightmagenta lightcyan white reset";
        let colours = numbered.chain(names.split(' ').map(|name| name.parse().unwrap()));
        for colour in colours {
            let mut cell = Cell::new("x");
            cell.set_fg(colour).set_bg(colour);
            let (mut theirs, mut ours) = (Vec::new(), Vec::new());
            CrosstermBackend::new(&mut theirs).draw(std::iter::once((0, 0, &cell))).unwrap();
            write([(0, 0, &cell)], &mut ours);
            assert_eq!(String::from_utf8(ours).unwrap(), shortened(theirs), "{colour:?}");
        }
    }

    #[test]
    fn the_cursor_goes_where_the_library_sends_it() {
        let (mut theirs, mut ours) = (Vec::new(), Vec::new());
        CrosstermBackend::new(&mut theirs).set_cursor_position((9, 99)).unwrap();
        go(9, 99, &mut ours);
        assert_eq!(ours, theirs);
    }

    /// What the library wrote, with the shorter end.
    fn shortened(bytes: Vec<u8>) -> String {
        let text = String::from_utf8(bytes).unwrap();
        let (cells, end) = text.split_at(text.rfind("\u{1b}[39m\u{1b}[49m").unwrap());
        assert!(end.ends_with("\u{1b}[0m"), "{end:?}");
        format!("{cells}\u{1b}[0m")
    }
}
