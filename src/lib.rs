//! exequatur tells a creditor who holds a Chinese court judgment whether it is worth enforcing
//! abroad, where, by when, and what to fix first.
//!
//! The modules stand in the order of an answer's journey from the pack to the screen, and each uses only those
//! before it. `ARCHITECTURE.md` beside this file is the map.

// Core: values in, values out; no terminal, no file, no clock, no environment.

pub mod lang;
pub mod text;
pub mod messages;
pub mod numbers;
pub mod diagnostic;
pub mod faults;
pub mod pack;
pub mod matter;
pub mod flow;
pub mod scoring;
pub mod report;
pub mod schema;

// Edges: files, arguments, the front ends.

pub mod library;
pub mod store;
#[cfg(feature = "pdf")]
pub mod fonts;
pub mod export;
pub mod tui;
pub mod plain;
pub mod batch;
pub mod cli;
pub mod commands;
