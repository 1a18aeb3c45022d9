//! Nothing is lost, and nothing reaches a stranger: saves, locks, signals, private files, hostile text.

#[cfg(unix)]
#[path = "../support/pty.rs"]
mod pty;
#[path = "../small/mod.rs"]
mod small;
#[path = "../support/mod.rs"]
mod support;

mod durability;
mod hostile;
#[cfg(unix)]
mod private;
#[cfg(unix)]
mod terminal;
