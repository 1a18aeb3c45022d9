//! The sections of a report, each as blocks.

pub(crate) mod advice;
pub(crate) mod answers;
pub(crate) mod card;
pub(crate) mod cases;
pub(crate) mod hurdles;
pub(crate) mod money;
mod papers;
pub(crate) mod summary;
pub(crate) mod target;
mod verdict;
