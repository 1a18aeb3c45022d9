//! Two versions of a matter of which both changed the same answers.

use crate::matter::Matter;
use crate::matter::merge::{self, ConflictingPart};

/// Two versions of a matter that cannot be one.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// Both versions made into one, with our side of each conflict.
    pub merged: Matter,
    /// The version on the disk.
    pub theirs: Matter,
    /// What both changed.
    pub conflicts: Vec<ConflictingPart>,
}

impl Conflict {
    /// The matter with the other version of the conflicts for which `theirs` is true.
    pub fn settled(&self, theirs: impl Fn(usize) -> bool) -> Matter {
        let mut matter = self.merged.clone();
        for (_, conflict) in self.conflicts.iter().enumerate().filter(|(at, _)| theirs(*at)) {
            merge::put(&mut matter, &conflict.part, conflict.theirs.clone());
        }
        matter
    }
}

/// Why nothing was saved, where another version is in the way.
#[derive(Debug, thiserror::Error)]
#[error("{}", ConflictError::WORDS)]
pub(crate) struct ConflictError(pub Box<Conflict>);

impl ConflictError {
    /// The reason in one line.
    pub const WORDS: &str = "the file was changed by somebody else meanwhile, and both changed the same answers";
}
