//! The terminal of the full-screen program: setting it up, its size, drawing on it, and restoring it.
//!
//! Invariant: what is switched on here is switched off however the program ends: by leaving, by a signal, or by a
//! panic.

use std::io::{BufWriter, Stdout, stdout};

use anyhow::Context as _;
use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::style::force_color_output;
use crossterm::terminal::{Clear, ClearType, EnterAlternateScreen, enable_raw_mode};
use crossterm::{execute, queue};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::{Buffer, CellWidth as _};
use ratatui::{Frame, Terminal};

/// The terminal on standard output.
pub type Screen = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// Most bytes of a frame: one that goes out in pieces would be seen half drawn.
const FRAME_BYTES: usize = 64 << 10;

/// Sets the terminal up, and sees to it that a panic restores it before its message is printed.
///
/// # Errors
/// Where the terminal does not take it; it is as before then.
pub fn enter(mouse: bool) -> anyhow::Result<Screen> {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        restore();
        hook(info);
    }));
    let screen = set_up(mouse).and_then(|()| {
        let backend = CrosstermBackend::new(BufWriter::with_capacity(FRAME_BYTES, stdout()));
        Terminal::new(backend).context("measuring the terminal")
    });
    screen.inspect_err(|_| restore())
}

/// Sets the terminal up, also after the program was stopped. `mouse` says whether the mouse is the program's.
///
/// # Errors
/// Where the terminal does not take it.
pub(super) fn set_up(mouse: bool) -> anyhow::Result<()> {
    // The theme has decided about colours; the library would leave them out where `NO_COLOR` is set.
    force_color_output(true);
    // A console without an alternate screen still shows what was there.
    enable_raw_mode()
        .and_then(|()| queue!(stdout(), EnterAlternateScreen))
        .and_then(|()| if mouse { queue!(stdout(), EnableMouseCapture) } else { Ok(()) })
        .and_then(|()| execute!(stdout(), EnableBracketedPaste, Clear(ClearType::All)))
        .context("setting up the terminal")
}

/// How many columns and rows the terminal has.
///
/// # Errors
/// Where it does not say.
pub(super) fn size() -> anyhow::Result<(u16, u16)> {
    crossterm::terminal::size().context("measuring the terminal")
}

/// Draws one frame.
///
/// # Errors
/// Where the terminal does not take it.
pub(super) fn draw<B: Backend>(
    terminal: &mut Terminal<B>,
    render: impl FnOnce(&mut Frame<'_>),
) -> Result<(), B::Error> {
    terminal.draw(|frame| {
        render(frame);
        mark_second_cells(frame.buffer_mut());
    })?;
    Ok(())
}

/// Makes the second cell of every wide letter differ from a blank.
///
/// The library leaves that cell blank, and never compares the cells that a wide letter covers. Where the next frame
/// has a wide letter one column to the left, the cell is blank in both frames and would not be written, though the
/// terminal still shows half of the old letter there, or its background.
fn mark_second_cells(buffer: &mut Buffer) {
    let columns = usize::from(buffer.area.width).max(1);
    for row in buffer.content.chunks_mut(columns) {
        for column in 1..row.len() {
            let letter = &row[column - 1];
            // After a picture that is wide by a variation selector the library writes the second cell itself.
            if letter.cell_width() > 1 && !letter.symbol().contains('\u{fe0f}') {
                row[column].set_symbol("");
            }
        }
    }
}

/// Restores the terminal. Nothing can be done where it has gone already.
pub(super) fn restore() {
    let _ = execute!(stdout(), DisableMouseCapture, DisableBracketedPaste);
    let _ = ratatui::try_restore();
    let _ = execute!(stdout(), Show);
}

/// Restores the terminal at the end of the program.
pub(super) fn leave(screen: Screen) {
    restore();
    // Dropped, it would print that a terminal that has gone has no cursor to show, which panics there.
    std::mem::forget(screen);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};
    use ratatui::{TerminalOptions, Viewport};

    use super::*;

    /// What is drawn on a small screen: text at a column and a row.
    type Texts = Vec<(u16, u16, &'static str, Style)>;

    const AREA: Rect = Rect::new(0, 0, 7, 3);

    /// What a terminal shows after frames, cell by cell: its letter, and the style that can be seen.
    fn shown(frames: &[&Texts]) -> Vec<String> {
        let size = |cells: u16| std::num::NonZero::new(cells).unwrap();
        let mut screen = vt100::Parser::new(size(AREA.height), size(AREA.width), 0);
        let options = TerminalOptions { viewport: Viewport::Fixed(AREA) };
        let mut terminal = Terminal::with_options(CrosstermBackend::new(&mut screen), options).unwrap();
        for texts in frames {
            let render = |frame: &mut Frame<'_>| {
                for (x, y, text, style) in *texts {
                    frame.buffer_mut().set_string(*x, *y, text, *style);
                }
            };
            draw(&mut terminal, render).unwrap();
        }
        drop(terminal);
        let cell = |position: ratatui::layout::Position| {
            let cell = screen.screen().cell(position.y, position.x).unwrap();
            if cell.is_wide_continuation() {
                return String::new();
            }
            let behind = (cell.bgcolor(), cell.underline(), cell.inverse());
            let letter = cell.contents().trim();
            if letter.is_empty() { format!("{behind:?}") } else { format!("{letter} {:?} {behind:?}", cell.fgcolor()) }
        };
        AREA.positions().map(cell).collect()
    }

    #[test]
    fn no_half_of_a_wide_letter_is_left_behind() {
        force_color_output(true);
        let looks = [Style::new().underlined(), Style::new().bg(Color::Blue), Style::new().reversed()];
        for (looks, before, after) in looks.iter().flat_map(|looks| [(looks, 1, 0), (looks, 1, 2), (looks, 0, 1)]) {
            let (before, after) = (vec![(before, 0, "中", *looks)], vec![(after, 0, "中", Style::new())]);
            assert_eq!(shown(&[&before, &after]), shown(&[&after]), "{looks:?}");
        }
    }

    fn texts() -> impl Strategy<Value = Texts> {
        let words = prop::sample::select(vec!["a", "b", " ", "─", "中", "文字", "送达回", "ab"]);
        let colours =
            || prop::sample::select(vec![Color::Reset, Color::Red, Color::Indexed(7), Color::Rgb(1, 20, 255)]);
        let looks = (colours(), colours(), any::<bool>(), any::<bool>()).prop_map(|(fg, bg, underlined, reversed)| {
            let style = Style::new().fg(fg).bg(bg);
            let style = if underlined { style.underlined() } else { style };
            if reversed { style.reversed() } else { style }
        });
        prop::collection::vec((0..AREA.width, 0..AREA.height, words, looks), 0..20)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_frame_looks_the_same_whatever_was_drawn_before(before in texts(), after in texts()) {
            force_color_output(true);
            prop_assert_eq!(shown(&[&before, &after]), shown(&[&after]));
        }
    }
}
