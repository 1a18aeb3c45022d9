//! The terminal as the full-screen program needs it, and as it was before.
//!
//! Must not: draw. What is switched on here is switched off however the program ends: by leaving, by
//! a signal, or by a panic.

use std::io::{BufWriter, Stdout, stdout};

use anyhow::Context as _;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use ratatui::crossterm::terminal::{Clear, ClearType, EnterAlternateScreen, enable_raw_mode};
use ratatui::crossterm::{execute, queue};

/// The terminal on which a frame goes out in one piece. Standard output by itself passes on what it holds
/// after each kilobyte, and half a screen would be seen.
pub type Screen = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// Bytes that are held back for a frame: more than one takes that is drawn afresh on 200 by 50 cells.
const FRAME: usize = 32 << 10;

/// Sets the terminal up, and sees to it that a panic restores it before its message is printed.
///
/// # Errors
/// Where the terminal does not take it; it is as before then.
pub fn enter(mouse: bool) -> anyhow::Result<Screen> {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        leave();
        hook(info);
    }));
    set_up(mouse).inspect_err(|_| leave())?;
    // The library's own setting up makes a terminal of its own, with room for two screens.
    let backend = CrosstermBackend::new(BufWriter::with_capacity(FRAME, stdout()));
    Terminal::new(backend).inspect_err(|_| leave()).context("measuring the terminal")
}

/// Sets the terminal up, also after the program was stopped. `mouse` says whether the mouse is the program's.
///
/// # Errors
/// Where the terminal does not take it.
pub fn set_up(mouse: bool) -> anyhow::Result<()> {
    // A console without an alternate screen still shows what stood there. `Terminal::clear` would ask the
    // terminal where its cursor is, and wait for an answer.
    enable_raw_mode()
        .and_then(|()| queue!(stdout(), EnterAlternateScreen))
        .and_then(|()| if mouse { queue!(stdout(), EnableMouseCapture) } else { Ok(()) })
        .and_then(|()| execute!(stdout(), EnableBracketedPaste, Clear(ClearType::All)))
        .context("setting up the terminal")
}

/// Restores the terminal. Nothing can be done where it has gone already.
pub fn leave() {
    let _ = execute!(stdout(), DisableMouseCapture, DisableBracketedPaste);
    let _ = ratatui::try_restore();
    let _ = execute!(stdout(), Show);
}
