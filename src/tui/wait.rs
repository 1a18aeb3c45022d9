//! Waiting for a key or a signal, without a thread and without a tick.
//!
//! Must not: read keys; the terminal library does. It waits inside its own loop, where a signal that
//! it does not know wakes nobody, and where a terminal that has gone makes it turn for ever. So this
//! waits first: for the terminal and for a pipe into which each signal writes one byte.

/// The signal of a terminal that has gone.
pub(super) const HUNG_UP: u8 = 1;

/// What there is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Woken {
    /// Nothing.
    Nothing,
    /// The terminal has something to read, or another size.
    Input,
    /// A signal asks the program to end, or the terminal has gone.
    Ended(u8),
    /// The program is to be stopped until it is continued.
    Suspend,
    /// It was stopped and continued: the screen may be another's.
    Resumed,
}

pub(super) use platform::Wait;

#[cfg(unix)]
mod platform {
    use std::io::{ErrorKind, Read as _};
    use std::os::unix::net::UnixStream;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use anyhow::{Context as _, Result};
    use ratatui::crossterm::event;
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
    use signal_hook::{flag, low_level};

    use super::{HUNG_UP, Woken};

    /// Listens for signals.
    #[derive(Debug)]
    pub(in crate::tui) struct Wait {
        pipe: UnixStream,
        ending: [(u8, Arc<AtomicBool>); 3],
        stopping: Arc<AtomicBool>,
        continued: Arc<AtomicBool>,
        ids: Vec<signal_hook::SigId>,
    }

    impl Wait {
        pub(in crate::tui) fn new() -> Result<Self> {
            let (pipe, end) = UnixStream::pair().context("making a pipe")?;
            pipe.set_nonblocking(true).context("making a pipe")?;
            let mut ids = Vec::new();
            // The flag is set before the byte is written, so that who is woken finds it.
            let mut watch = |signal: i32, flagged: bool| -> Result<Arc<AtomicBool>> {
                let raised = Arc::new(AtomicBool::new(false));
                if flagged {
                    ids.push(flag::register(signal, Arc::clone(&raised))?);
                }
                ids.push(low_level::pipe::register(signal, end.try_clone()?)?);
                Ok(raised)
            };
            let ending = [(15, watch(SIGTERM, true)?), (HUNG_UP, watch(SIGHUP, true)?), (2, watch(SIGINT, true)?)];
            let stopping = watch(SIGTSTP, true)?;
            let continued = watch(SIGCONT, true)?;
            watch(SIGWINCH, false)?;
            // The terminal library listens for another size from its first look on.
            let _ = event::poll(Duration::ZERO);
            Ok(Wait { pipe, ending, stopping, continued, ids })
        }

        /// What there is to do; waits until there is something where `wait` is set.
        pub(in crate::tui) fn look(&self, wait: bool) -> Result<Woken> {
            if let Some(woken) = self.signalled() {
                return Ok(woken);
            }
            let zero = Timespec { tv_sec: 0, tv_nsec: 0 };
            let stdin = std::io::stdin();
            let mut fds = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(&self.pipe, PollFlags::IN)];
            match poll(&mut fds, if wait { None } else { Some(&zero) }) {
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(fault) => return Err(fault).context("waiting for a key"),
            }
            let [terminal, pipe] = fds.map(|fd| fd.revents());
            if let Some(woken) = self.signalled() {
                self.drain();
                return Ok(woken);
            }
            // A terminal that has gone can be read for ever and gives nothing.
            if terminal.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
                return Ok(Woken::Ended(HUNG_UP));
            }
            if pipe.intersects(PollFlags::IN) {
                self.drain();
                return Ok(Woken::Input);
            }
            Ok(if terminal.intersects(PollFlags::IN) { Woken::Input } else { Woken::Nothing })
        }

        /// True while the terminal library has an event.
        pub(in crate::tui) fn has_event() -> Result<bool> {
            let stdin = std::io::stdin();
            let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
            let zero = Timespec { tv_sec: 0, tv_nsec: 0 };
            let _ = poll(&mut fds, Some(&zero));
            let gone = fds[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL);
            Ok(!gone && event::poll(Duration::ZERO).context("waiting for a key")?)
        }

        /// Stops the program as if it had not listened; comes back when it is continued.
        pub(in crate::tui) fn stop(&self) -> Result<()> {
            low_level::emulate_default_handler(SIGTSTP).context("stopping")?;
            // That it was continued is known by being here.
            self.continued.store(false, Ordering::SeqCst);
            Ok(())
        }

        fn signalled(&self) -> Option<Woken> {
            let raised = |flag: &AtomicBool| flag.swap(false, Ordering::SeqCst);
            if let Some((signal, _)) = self.ending.iter().find(|(_, flag)| raised(flag)) {
                return Some(Woken::Ended(*signal));
            }
            if raised(&self.stopping) {
                return Some(Woken::Suspend);
            }
            raised(&self.continued).then_some(Woken::Resumed)
        }

        /// Empties the pipe.
        fn drain(&self) {
            let mut bytes = [0; 64];
            loop {
                match (&self.pipe).read(&mut bytes) {
                    Ok(0) => return,
                    Err(fault) if fault.kind() != ErrorKind::Interrupted => return,
                    _ => {}
                }
            }
        }
    }

    impl Drop for Wait {
        fn drop(&mut self) {
            for id in self.ids.drain(..) {
                low_level::unregister(id);
            }
        }
    }
}

/// Where there are no such signals, the terminal library waits alone.
#[cfg(not(unix))]
mod platform {
    use std::time::Duration;

    use anyhow::{Context as _, Result};
    use ratatui::crossterm::event;

    use super::Woken;

    #[derive(Debug)]
    pub(in crate::tui) struct Wait;

    impl Wait {
        pub(in crate::tui) fn new() -> Result<Self> {
            Ok(Wait)
        }

        pub(in crate::tui) fn look(&self, wait: bool) -> Result<Woken> {
            let time = if wait { Duration::MAX } else { Duration::ZERO };
            let some = event::poll(time).context("waiting for a key")?;
            Ok(if some { Woken::Input } else { Woken::Nothing })
        }

        pub(in crate::tui) fn has_event() -> Result<bool> {
            event::poll(Duration::ZERO).context("waiting for a key")
        }

        pub(in crate::tui) fn stop(&self) -> Result<()> {
            Ok(())
        }
    }
}
