//! The full-screen program on a terminal in memory.

#[path = "../fuzzed/mod.rs"]
mod fuzzed;
#[path = "../support/mod.rs"]
mod support;

mod browsers;
mod corpus;
mod export;
mod soak;
mod tui;
