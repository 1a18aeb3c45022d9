//! The program as scripts and the authors of packs see it.

#[path = "../support/mod.rs"]
mod support;

mod authoring;
mod cli;
mod docs;
mod documents;
