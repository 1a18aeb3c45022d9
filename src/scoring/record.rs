//! What the decided cases say of a single rule: how many had the fact, and how those ended.
//!
//! Must not: fit or predict. It counts. A matter that came before several courts counts once, with
//! its latest ruling; a case whose known facts leave the condition open counts on neither side.

use super::Engine;
use super::model::{Of, States};
use crate::pack::case::target_of;
use crate::pack::{Case, Pack, Profile};

/// A decided case that counts, ready to be asked about conditions.
#[derive(Clone, Debug)]
pub struct Decided<'p> {
    /// The case.
    pub case: &'p Case,
    /// The target whose law it was decided under.
    pub target: &'p Profile,
    /// True when the judgment was refused, or a defence sent to trial.
    pub lost: bool,
    /// What its known facts leave possible of each variable.
    pub states: States,
}

/// How the cases with a fact ended, and those without: refused or sent to trial, of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Lost among the cases that certainly have the fact.
    pub with: [usize; 2],
    /// Lost among the cases that certainly lack it.
    pub without: [usize; 2],
}

/// The cases that count, one for each matter, in the order in which they were decided.
pub fn decided<'p>(engine: &Engine<'p>) -> Vec<Decided<'p>> {
    let pack = engine.pack;
    let mut out: Vec<Decided<'p>> = pack
        .cases
        .iter()
        .filter(|case| case.counts().is_ok())
        .filter_map(|case| {
            let target = target_of(pack, &case.jurisdiction)?;
            Some(Decided { case, target, lost: !case.outcome.won(), states: states(engine, case, target) })
        })
        .collect();
    out.sort_by(|a, b| a.case.order().cmp(&b.case.order()).then_with(|| a.case.id.cmp(&b.case.id)));
    // From the latest backwards, so that what stays of a matter is its last ruling.
    let mut seen = std::collections::BTreeSet::new();
    out.reverse();
    out.retain(|decided| seen.insert(decided.case.matter.as_str()));
    out.reverse();
    out
}

/// What a case's facts, as they stood before the ruling, leave possible of each variable.
pub fn states(engine: &Engine<'_>, case: &Case, target: &Profile) -> States {
    let model = &engine.model;
    let answers = engine.pack.case_facts.answers(case);
    let mut states: States = (0..model.variables.len())
        .map(|at| {
            let full = model.full(at);
            let known = match model.variables[at].of {
                Of::Question(question) => answers.get(&question).copied(),
                Of::Tick(..) | Of::Fact(_) => None,
            };
            known.map(|mask| mask & full).filter(|mask| *mask != 0).unwrap_or(full)
        })
        .collect();
    model.drop_ruled_out(&mut states, target);
    states
}

/// Counts the cases for the condition of a rule. The chance of a contest stands after the hurdles.
pub fn counts(engine: &Engine<'_>, decided: &[Decided<'_>], hurdle: usize, rule: usize) -> Counts {
    let mut out = Counts::default();
    let Some(cond) = engine.model.rules.get(hurdle).and_then(|rules| rules.get(rule)) else { return out };
    for case in decided {
        let side = match cond.eval(&case.states, case.target) {
            Some(true) => &mut out.with,
            Some(false) => &mut out.without,
            None => continue,
        };
        side[0] += usize::from(case.lost);
        side[1] += 1;
    }
    out
}

/// Records and matters of a target: how many records, how many matters count, how many were lost.
pub fn of_target(pack: &Pack, decided: &[Decided<'_>], target: &str) -> [usize; 3] {
    let here = |case: &&Case| target_of(pack, &case.jurisdiction).is_some_and(|profile| profile.id == target);
    let counted = decided.iter().filter(|decided| decided.target.id == target);
    let (mut matters, mut lost) = (0, 0);
    for case in counted {
        matters += 1;
        lost += usize::from(case.lost);
    }
    [pack.cases.iter().filter(here).count(), matters, lost]
}
