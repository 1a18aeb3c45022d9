//! Waiting for keys and signals, without a thread and without a tick, and the messages of what was read.
//!
//! The terminal library reads the keys, but it waits in a loop of its own, in which a signal that it does not know
//! wakes nobody and which spins where the terminal has gone. So [`Input`] waits first, and asks the library only where
//! there is something to read.

use std::time::Duration;

use anyhow::{Context as _, Result};
use crossterm::event::{self, Event, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
#[cfg(unix)]
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::message::{Click, Message};
use super::model::Model;
#[cfg(unix)]
use super::signals::HUNG_UP;
use super::signals::{Signal, Signals};
use super::{update, view};

/// Why a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wake {
    Nothing,
    /// The terminal has something to read, or another size.
    Input,
    /// A signal came, or the terminal has gone.
    Signal(Signal),
}

/// The keys of the terminal, and signals.
#[derive(Debug)]
pub(super) struct Input {
    signals: Signals,
}

impl Input {
    pub(super) fn new() -> Result<Self> {
        let signals = Signals::new()?;
        // The terminal library listens for another size from its first look on.
        let _ = event::poll(Duration::ZERO);
        Ok(Input { signals })
    }

    /// What there is to do now.
    pub(super) fn poll(&self) -> Result<Wake> {
        self.look(false)
    }

    /// Waits until there is something to do.
    pub(super) fn wait(&self) -> Result<Wake> {
        self.look(true)
    }

    /// Stops the program as its user asked for; returns when it is continued.
    pub(super) fn stop(&self) -> Result<()> {
        self.signals.stop()
    }

    /// The next event that can be read without waiting.
    pub(super) fn next_event() -> Result<Option<Event>> {
        if !is_gone() && event::poll(Duration::ZERO).context("waiting for a key")? {
            return event::read().context("reading a key").map(Some);
        }
        Ok(None)
    }

    #[cfg(unix)]
    fn look(&self, waits: bool) -> Result<Wake> {
        if let Some(signal) = self.signals.next() {
            return Ok(Wake::Signal(signal));
        }
        let stdin = std::io::stdin();
        let mut fds = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(&self.signals, PollFlags::IN)];
        match poll(&mut fds, if waits { None } else { Some(&AT_ONCE) }) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(fault) => return Err(fault).context("waiting for a key"),
        }
        let [terminal, pipe] = fds.map(|fd| fd.revents());
        if let Some(signal) = self.signals.next() {
            self.signals.drain();
            return Ok(Wake::Signal(signal));
        }
        if terminal.intersects(GONE) {
            return Ok(Wake::Signal(Signal::End(HUNG_UP)));
        }
        if pipe.intersects(PollFlags::IN) {
            self.signals.drain();
            return Ok(Wake::Input);
        }
        Ok(if terminal.intersects(PollFlags::IN) { Wake::Input } else { Wake::Nothing })
    }

    /// Where there are no signals, the terminal library waits alone.
    #[cfg(not(unix))]
    fn look(&self, waits: bool) -> Result<Wake> {
        let time = if waits { Duration::MAX } else { Duration::ZERO };
        Ok(if event::poll(time).context("waiting for a key")? { Wake::Input } else { Wake::Nothing })
    }
}

#[cfg(unix)]
const AT_ONCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 0 };

/// What polling says of a terminal that has gone. It can be read for ever and gives nothing.
#[cfg(unix)]
const GONE: PollFlags = PollFlags::HUP.union(PollFlags::ERR).union(PollFlags::NVAL);

#[cfg(unix)]
fn is_gone() -> bool {
    let stdin = std::io::stdin();
    let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
    let _ = poll(&mut fds, Some(&AT_ONCE));
    fds[0].revents().intersects(GONE)
}

#[cfg(not(unix))]
fn is_gone() -> bool {
    false
}

/// The message of an event of the terminal, if it means anything in this state.
pub fn message_of(model: &Model<'_>, event: Event) -> Option<Message> {
    match event {
        Event::Key(key) if key.kind == KeyEventKind::Release => None,
        Event::Key(key) => update::message_of(model, key),
        Event::Paste(text) => Some(Message::Pasted(text)),
        Event::Resize(columns, rows) => Some(Message::Resized(columns, rows)),
        Event::Mouse(mouse) => mouse_message(model, mouse),
        Event::FocusGained | Event::FocusLost => None,
    }
}

fn mouse_message(model: &Model<'_>, mouse: MouseEvent) -> Option<Message> {
    match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => view::hit(model, mouse.column, mouse.row).map(Message::Clicked),
        MouseEventKind::ScrollUp => Some(Message::Clicked(Click::Wheel(-1))),
        MouseEventKind::ScrollDown => Some(Message::Clicked(Click::Wheel(1))),
        _ => None,
    }
}
