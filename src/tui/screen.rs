//! The terminal as the full-screen program needs it, and as it was before.
//!
//! Must not: decide what is drawn. What is switched on here is switched off however the program ends: by
//! leaving, by a signal, or by a panic.
//!
//! The library's own `Terminal` asks how large it is before every frame, and compares every cell by its width
//! as well: two thirds of what a key takes that changes little. Here the size is the one that the model was
//! told, `changes` finds what differs, and `codes` turns it into bytes.

mod changes;
mod codes;

use std::io::{Write as _, stdout};

use anyhow::Context as _;
use ratatui::buffer::Buffer;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use ratatui::crossterm::terminal::{self, Clear, ClearType, EnterAlternateScreen, enable_raw_mode};
use ratatui::crossterm::{execute, queue};
use ratatui::layout::{Position, Rect};

use changes::{Shown, changes};

/// What stands on the terminal, and room for what is drawn next.
#[derive(Debug, Default)]
pub struct Screen {
    shown: Vec<Shown>,
    next: Buffer,
    /// A frame goes out in one piece, or half a screen would be seen.
    bytes: Vec<u8>,
}

/// Room for the bytes of a frame: more than one takes that is drawn afresh on 80 by 24 cells.
const FRAME: usize = 8 << 10;

impl Screen {
    /// Draws on a terminal of some columns and rows: `draw` fills the cells and says where the cursor stands,
    /// if anywhere.
    ///
    /// # Errors
    /// Where the terminal does not take it.
    pub fn draw(
        &mut self,
        (columns, rows): (u16, u16),
        draw: impl FnOnce(&mut Buffer) -> Option<Position>,
    ) -> std::io::Result<()> {
        self.bytes.clear();
        let area = Rect::new(0, 0, columns, rows);
        if self.next.area != area {
            // Another size moves what stood there.
            self.next = Buffer::empty(area);
            self.shown = vec![Shown::BLANK; self.next.content.len()];
            self.bytes.extend_from_slice(b"\x1b[2J");
        }
        let caret = draw(&mut self.next);
        codes::write(changes(&mut self.shown, &self.next), &mut self.bytes);
        match caret {
            None => self.bytes.extend_from_slice(b"\x1b[?25l"),
            Some(Position { x, y }) => {
                self.bytes.extend_from_slice(b"\x1b[?25h");
                codes::go(x, y, &mut self.bytes);
            }
        }
        self.next.reset();
        let mut out = stdout().lock();
        out.write_all(&self.bytes)?;
        out.flush()
    }

    /// Forgets what stands there, which may be another's: all of it is drawn next.
    pub fn forget(&mut self) {
        *self = Screen { bytes: std::mem::take(&mut self.bytes), ..Screen::default() };
    }
}

/// How many columns and rows the terminal has.
///
/// # Errors
/// Where it does not say.
pub fn size() -> anyhow::Result<(u16, u16)> {
    terminal::size().context("measuring the terminal")
}

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
    Ok(Screen { bytes: Vec::with_capacity(FRAME), ..Screen::default() })
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
