//! A portfolio: one case a line or row in, one result a line out, in the order of the input.
//!
//! Must not: keep anything of a case once its result is written, so that memory does not grow with the
//! file; or let a bad line stop the others.
//!
//! Reading order: `cell` (what a line holds) → `assets` → [`case`] (a line or row becomes a case) → `usual` and
//! `scan` (a line in its usual form does, in one pass) → [`result`] (a case becomes a line of the result, and is
//! counted) → [`run`] (reader, workers, writer).

mod assets;
pub mod case;
mod cell;
pub mod result;
pub mod run;
mod scan;
#[cfg(feature = "sheets")]
pub mod sheet;
#[cfg(feature = "sheets")]
pub mod template;
mod usual;

use jiff::civil::Date;

use crate::lang::Lang;
use crate::pack::Pack;
use crate::scoring::Scope;

/// What a batch needs to know beside its lines.
#[derive(Clone, Debug)]
pub struct Plan<'p> {
    /// The pack.
    pub pack: &'p Pack,
    /// Targets: those of each case, or the same for all.
    pub scope: Scope,
    /// The date for which the results hold.
    pub as_of: Date,
    /// The language of messages about lines.
    pub lang: Lang,
}
