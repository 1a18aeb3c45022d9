//! Lists that are computed only when a view shows them: actions, open questions, nearest cases.

use crate::scoring::actions::Worth;
use crate::scoring::nearest_cases::Nearest;
use crate::scoring::questions::OpenQuestion;
use crate::scoring::rule_record::Decided;

/// Lists about one target; `None` where a list has not been computed for the answers as they are.
#[derive(Clone, Debug, Default)]
pub struct Lists<'e> {
    pub target: String,
    /// What to do, the best first.
    pub actions: Option<Vec<Step>>,
    /// What to find out, the most telling first.
    pub questions: Option<Vec<OpenQuestion>>,
    /// The nearest decided cases.
    pub nearest: Option<Vec<Nearest<'e>>>,
    /// The decided cases that count, ready to be asked about rules. They hang on the pack alone.
    pub decided: Option<Vec<Decided<'e>>>,
    /// Figures of every target, for the browser: of the matter in hand, or with nothing known.
    pub outlooks: Vec<super::Brief>,
}

impl Lists<'_> {
    /// Drops what hangs on the answers and on the target.
    pub(crate) fn forget(&mut self) {
        self.target.clear();
        self.actions = None;
        self.questions = None;
        self.nearest = None;
    }

    /// The figures of a target, once they are computed.
    pub fn outlook_of(&self, id: &str) -> Option<&super::Brief> {
        self.outlooks.iter().find(|brief| brief.id == id)
    }
}

/// An action and what it would change.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it would change.
    pub worth: Worth,
    /// The questions that are not answered and on which it depends whether it makes sense.
    pub only_if: Vec<usize>,
}

/// What was tried since answers are only tried.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    /// The figures of each target before.
    pub before: Vec<super::Brief>,
    /// Actions by index, each with how many changes could be undone after it.
    pub actions: Vec<(usize, usize)>,
}
