//! A portfolio: one case a line or row in, one result a line out, in the order of the input.
//!
//! Invariant: nothing of a case is kept once its result is written, so that memory does not grow with the file, and a
//! bad line never stops the others.
//!
//! `cell` (what a line holds) → `assets` → [`case`] (a line or row becomes a case) → [`result`] (a case becomes a line of
//! the result, and is counted) → [`run`] (reader, workers, writer).

mod assets;
pub mod case;
mod cell;
pub mod result;
pub mod run;
#[cfg(feature = "sheets")]
pub mod sheet;
#[cfg(feature = "sheets")]
pub mod template;

use jiff::civil::Date;

use crate::lang::Lang;
use crate::pack::Pack;
use crate::scoring::Scope;

/// What a batch needs to know beside its lines.
#[derive(Clone, Debug)]
pub struct Plan<'p> {
    pub pack: &'p Pack,
    /// Targets: those of each case, or the same for all.
    pub scope: Scope,
    /// The date for which the results hold.
    pub as_of: Date,
    /// The language of messages about lines.
    pub lang: Lang,
}
