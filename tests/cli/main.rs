//! The program as scripts and the authors of packs see it.

mod authoring;
mod cli;
mod docs;
mod documents;
