//! The sections of a report, each as blocks.

pub(super) mod advice;
pub(super) mod answers;
pub(super) mod card;
pub(super) mod cases;
pub(super) mod hurdles;
pub(super) mod money;
mod papers;
pub(super) mod summary;
pub(super) mod target;
pub mod verdict;
