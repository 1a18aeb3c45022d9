//! The terminal as the full-screen program needs it, and as it was before.
//!
//! Must not: draw. What is switched on here is switched off however the program ends: by leaving, by
//! a signal, or by a panic.

use std::io::stdout;

use anyhow::Context as _;
use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{EnterAlternateScreen, enable_raw_mode};

/// Sets the terminal up, and sees to it that a panic restores it before its message is printed.
///
/// # Errors
/// Where the terminal does not take it; it is as before then.
pub fn enter() -> anyhow::Result<DefaultTerminal> {
    // The library's own hook restores the screen; what was switched on here goes before it.
    let terminal = ratatui::try_init().context("setting up the terminal")?;
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        switch_off();
        hook(info);
    }));
    if let Err(fault) = execute!(stdout(), EnableBracketedPaste, EnableMouseCapture) {
        leave();
        return Err(fault).context("setting up the terminal");
    }
    Ok(terminal)
}

/// Sets the same terminal up again after the program was stopped.
///
/// # Errors
/// Where the terminal does not take it.
pub fn set_up() -> anyhow::Result<()> {
    enable_raw_mode().context("setting up the terminal")?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, EnableMouseCapture)
        .context("setting up the terminal")
}

/// Restores the terminal. Nothing can be done where it has gone already.
pub fn leave() {
    switch_off();
    let _ = ratatui::try_restore();
    let _ = execute!(stdout(), ratatui::crossterm::cursor::Show);
}

fn switch_off() {
    let _ = execute!(stdout(), DisableMouseCapture, DisableBracketedPaste);
}
