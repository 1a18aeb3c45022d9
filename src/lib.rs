//! exequatur tells a creditor who holds a Chinese court judgment whether it is worth enforcing
//! abroad, where, by when, and what to mend first.
//!
//! The modules stand in the order of an answer's journey from the pack to the screen.
//!
//! Core: values in, values out; no terminal, no file, no clock, no environment.

pub mod diagnostic;
pub mod flow;
pub mod lang;
pub mod matter;
pub mod numbers;
pub mod pack;
pub mod report;
pub mod schema;
pub mod scoring;
pub mod text;

// Edges: words, files, arguments, the front ends.

pub mod batch;
pub mod cli;
pub mod commands;
pub mod export;
pub mod faults;
#[cfg(feature = "pdf")]
pub mod fonts;
pub mod library;
pub mod messages;
pub mod plain;
pub mod store;
pub mod tui;
