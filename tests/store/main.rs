//! Nothing is lost, and nothing reaches a stranger: saves, locks, signals, private files, hostile text.

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
