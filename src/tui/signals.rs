//! Signals of the operating system. Each sets a flag and writes one byte into a pipe, which wakes who waits for keys.

pub(super) use platform::Signals;

/// The number of the signal that a terminal has gone.
pub(super) const HUNG_UP: u8 = 1;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// To end; with the number of the signal.
    End(u8),
    /// To be stopped until it is continued.
    Stop,
    /// Nothing, but the program was stopped: the screen may show another's output.
    Continue,
}

#[cfg(unix)]
mod platform {
    use std::io::{ErrorKind, Read as _};
    use std::os::fd::{AsFd, BorrowedFd};
    use std::os::unix::net::UnixStream;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use anyhow::{Context as _, Result};
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
    use signal_hook::{flag, low_level};

    use super::{HUNG_UP, Signal};

    /// Listens for signals while it lives.
    #[derive(Debug)]
    pub(in crate::tui) struct Signals {
        pipe: UnixStream,
        ending: [(u8, Arc<AtomicBool>); 3],
        stopped: Arc<AtomicBool>,
        continued: Arc<AtomicBool>,
        ids: Vec<signal_hook::SigId>,
    }

    impl Signals {
        pub(in crate::tui) fn new() -> Result<Self> {
            let (pipe, end) = UnixStream::pair().context("making a pipe")?;
            pipe.set_nonblocking(true).context("making a pipe")?;
            let mut ids = Vec::new();
            // The flag is set before the byte is written, so that who is woken finds it.
            let mut watch = |signal: i32| -> Result<Arc<AtomicBool>> {
                let raised = Arc::new(AtomicBool::new(false));
                ids.push(flag::register(signal, Arc::clone(&raised))?);
                ids.push(low_level::pipe::register(signal, end.try_clone()?)?);
                Ok(raised)
            };
            let ending = [(15, watch(SIGTERM)?), (HUNG_UP, watch(SIGHUP)?), (2, watch(SIGINT)?)];
            let stopped = watch(SIGTSTP)?;
            let continued = watch(SIGCONT)?;
            // Another size only has to wake: the terminal library gives it as an event.
            watch(SIGWINCH)?;
            Ok(Signals { pipe, ending, stopped, continued, ids })
        }

        /// The most urgent signal that came and was not given yet.
        pub(in crate::tui) fn next(&self) -> Option<Signal> {
            let raised = |flag: &AtomicBool| flag.swap(false, Ordering::SeqCst);
            for (number, flag) in &self.ending {
                if raised(flag) {
                    return Some(Signal::End(*number));
                }
            }
            if raised(&self.stopped) {
                return Some(Signal::Stop);
            }
            raised(&self.continued).then_some(Signal::Continue)
        }

        /// Empties the pipe.
        pub(in crate::tui) fn drain(&self) {
            let mut bytes = [0; 64];
            loop {
                match (&self.pipe).read(&mut bytes) {
                    Ok(0) => return,
                    Err(fault) if fault.kind() != ErrorKind::Interrupted => return,
                    _ => {}
                }
            }
        }

        /// Stops the program as if it had not listened; returns when it is continued.
        pub(in crate::tui) fn stop(&self) -> Result<()> {
            low_level::emulate_default_handler(SIGTSTP).context("stopping")?;
            // The caller knows that it was continued: it is running.
            self.continued.store(false, Ordering::SeqCst);
            Ok(())
        }
    }

    /// The end of the pipe that can be read when a signal came.
    impl AsFd for Signals {
        fn as_fd(&self) -> BorrowedFd<'_> {
            self.pipe.as_fd()
        }
    }

    impl Drop for Signals {
        fn drop(&mut self) {
            for id in self.ids.drain(..) {
                low_level::unregister(id);
            }
        }
    }
}

/// Where there are no such signals, none ever comes.
#[cfg(not(unix))]
mod platform {
    use anyhow::Result;

    #[derive(Debug)]
    pub(in crate::tui) struct Signals;

    impl Signals {
        pub(in crate::tui) fn new() -> Result<Self> {
            Ok(Signals)
        }

        pub(in crate::tui) fn stop(&self) -> Result<()> {
            Ok(())
        }
    }
}
