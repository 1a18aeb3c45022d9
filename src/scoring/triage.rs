//! What a list needs of each matter: a few figures for each target, by the same rules as a whole result.
//!
//! Must not: score in its own way. Each figure comes from the function that a whole result takes it
//! from; what a list does not show (contributions, confidence, findings) is not worked out, and the
//! grade stops where it is settled.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::evidence::{self, Grade};
use super::model::drop_blocked;
use super::money::{self, Exchange};
use super::{Engine, Scope, TargetResult, deadline, order};
use crate::matter::Matter;
use crate::pack::Profile;

/// A matter in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Triage<'p> {
    /// One line for each target, in the order asked for.
    pub targets: Vec<Line<'p>>,
}

/// A target of a matter in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<'p> {
    /// The target.
    pub id: &'p str,
    /// Expected outlook.
    pub expected: f64,
    /// Lowest and highest over what is not known.
    pub answers: [f64; 2],
    /// Whether a gate blocks it; the outlook is then what it would be if that were cured.
    pub blocked: bool,
    /// The evidence grade.
    pub grade: Grade,
    /// Expected net recovery in the currency of the pack.
    pub net: Option<Decimal>,
    /// The last day on which recognition can be asked for.
    pub deadline: Option<Date>,
}

impl<'p> Line<'p> {
    /// The line of a whole result.
    pub fn of(result: &'p TargetResult) -> Self {
        Line {
            id: &result.id,
            expected: result.outlook.expected,
            answers: result.outlook.answers,
            blocked: !result.blocked.is_empty(),
            grade: result.evidence.grade,
            net: result.money.net.map(|net| net[1]),
            deadline: result.deadlines.first().and_then(|deadline| deadline.date),
        }
    }
}

impl<'p> Triage<'p> {
    /// Targets from the best to the worst, as [`super::Assessment::ranked`] orders them.
    pub fn ranked(&self) -> Vec<&Line<'p>> {
        let mut out: Vec<&Line<'p>> = self.targets.iter().collect();
        out.sort_by(|a, b| order(a, b));
        out
    }

    /// The best target that is not blocked.
    pub fn best(&self) -> Option<&Line<'p>> {
        self.targets.iter().filter(|target| !target.blocked).min_by(|a, b| order(a, b))
    }
}

impl<'p> Engine<'p> {
    /// The lines of a matter whose hidden answers have been taken out ([`crate::flow::hide`]).
    pub fn triage(&self, matter: &Matter, as_of: Date, scope: &Scope) -> Triage<'p> {
        let exchange = Exchange::new(self.pack, matter);
        let answered = self.model.answered(self.pack, matter);
        let line = |target: &'p Profile| -> Line<'p> {
            let mut states = self.states_in(&answered, matter, target, as_of);
            let gates = self.gates(&mut states, target);
            let blocked = gates.any(&states);
            drop_blocked(&mut states, &gates.blocking);
            let mut seat = self.seat(&states, target);
            let brief = self.brief_of(seat.as_mut(), &states, target);
            let expected = brief.expected;
            let answers = [brief.range[0].min(expected), brief.range[1].max(expected)];
            let contest = self.contest(&states, target);
            let grade = {
                let mut again = seat.clone();
                let whole = || self.outlook(&self.full_of(again.as_mut(), &states, target), target);
                evidence::only_grade(self, matter, target, (seat.as_ref(), &states), (expected, answers), as_of, whole)
            };
            Line {
                id: &target.id,
                expected,
                answers,
                blocked,
                grade,
                net: money::net(self.pack, matter, target, &exchange, expected, contest),
                deadline: deadline::of_target(self.pack, matter, target),
            }
        };
        let pack: &'p crate::pack::Pack = self.pack;
        let targets = match scope {
            Scope::Matter => matter.targets(pack).iter().filter_map(|id| pack.profile(id)).map(line).collect(),
            Scope::All => pack.profiles.iter().map(line).collect(),
            Scope::Only(ids) => ids.iter().filter_map(|id| pack.profile(id)).map(line).collect(),
        };
        Triage { targets }
    }
}
