//! The answers of a matter by the place of their question in the pack, looked up once for all who go through
//! every question.
//!
//! Must not: read the answers; [`super::answers`] does.

use smallvec::SmallVec;

use super::{Answer, Matter};
use crate::pack::Pack;

/// The answers, by the place of their question.
#[derive(Clone, Debug)]
pub struct Placed<'m>(SmallVec<[Option<&'m Answer>; 96]>);

impl<'m> Placed<'m> {
    /// The answers of a matter, those to hidden questions among them.
    pub fn of(pack: &Pack, matter: &'m Matter) -> Self {
        Placed(pack.questions.iter().map(|question| matter.answers.get(&question.id)).collect())
    }

    /// The answer to the question at a place.
    pub fn get(&self, at: usize) -> Option<&'m Answer> {
        self.0.get(at).copied().flatten()
    }

    /// The same without the answers to questions that are not shown.
    #[must_use]
    pub fn shown(&self, shown: &[bool]) -> Self {
        Placed(self.0.iter().zip(shown).map(|(answer, shown)| answer.filter(|_| *shown)).collect())
    }
}
