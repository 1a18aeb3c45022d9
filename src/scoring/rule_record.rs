//! What the decided cases say of a single rule: how many had the fact, and how those ended.
//!
//! A matter that came before several courts counts once, with its latest ruling; a case whose known facts leave the
//! condition open counts on neither side.

use super::case_matters;
use super::model::Domains;
use super::target::Source;
use super::{Engine, GroundResult, TargetResult};
use crate::pack::case::{counted, target_of};
use crate::pack::{Case, Pack, Profile};

/// A decided case that counts, ready to be asked about conditions.
#[derive(Clone, Debug)]
pub struct Decided<'p> {
    pub case: &'p Case,
    /// The target whose law it was decided under.
    pub target: &'p Profile,
    /// True when the judgment was refused, or a defence sent to trial.
    pub lost: bool,
    /// What its known facts leave possible of each variable.
    pub domains: Domains,
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
    counted(pack)
        .cases
        .into_iter()
        .filter_map(|case| {
            let target = target_of(pack, &case.jurisdiction)?;
            let domains = case_matters::domains(pack, &engine.model, case, target);
            Some(Decided { case, target, lost: !case.outcome.won(), domains })
        })
        .collect()
}

/// Counts the cases for the condition of a rule. The chance of a contest stands after the hurdles.
pub fn counts(engine: &Engine<'_>, decided: &[Decided<'_>], hurdle: usize, rule: usize) -> Counts {
    let mut out = Counts::default();
    let Some(cond) = engine.model.rules.get(hurdle).and_then(|rules| rules.get(rule)) else { return out };
    for case in decided {
        let side = match cond.eval(&case.domains, case.target) {
            Some(true) => &mut out.with,
            Some(false) => &mut out.without,
            None => continue,
        };
        side[0] += usize::from(case.lost);
        side[1] += 1;
    }
    out
}

/// The decided cases that certainly have the fact of a rule.
pub(crate) fn with_fact<'p>(engine: &Engine<'_>, decided: &[Decided<'p>], hurdle: usize, rule: usize) -> Vec<&'p Case> {
    let Some(cond) = engine.model.rules.get(hurdle).and_then(|rules| rules.get(rule)) else { return Vec::new() };
    let has = |case: &&Decided<'p>| cond.eval(&case.domains, case.target) == Some(true);
    decided.iter().filter(has).map(|decided| decided.case).collect()
}

/// Records and matters of a target: how many records, how many matters count, how many were lost.
pub(crate) fn of_target(pack: &Pack, decided: &[Decided<'_>], target: &str) -> [usize; 3] {
    let here = |case: &&Case| target_of(pack, &case.jurisdiction).is_some_and(|profile| profile.id == target);
    let counted = decided.iter().filter(|decided| decided.target.id == target);
    let (mut matters, mut lost) = (0, 0);
    for case in counted {
        matters += 1;
        lost += usize::from(case.lost);
    }
    [pack.cases.iter().filter(here).count(), matters, lost]
}

/// A case on a ground: one that supports a rule which holds here, else one that the ground decided;
/// decided on that ground before others, then from this target, lost before won, newest first.
pub(crate) fn on_ground<'p>(pack: &'p Pack, target: &TargetResult, ground: &GroundResult) -> Option<&'p Case> {
    let hurdle = &pack.hurdles[ground.hurdle];
    let named = ground.contributions.iter().filter(|c| c.logit > 0.0).filter_map(|c| match c.of {
        Source::Rule(rule) => Some(hurdle.rules[rule].support.cases()),
        _ => None,
    });
    let named: Vec<&Case> = named.flatten().filter_map(|id| pack.case(id)).collect();
    let decided = |case: &Case| case.decisive.iter().any(|g| pack.case_facts.hurdle(g) == Some(hurdle.id.as_str()));
    let pool: Vec<&Case> =
        if named.is_empty() { pack.cases.iter().filter(|case| decided(case)).collect() } else { named };
    pool.into_iter().max_by_key(|case| {
        let here = target_of(pack, &case.jurisdiction).is_some_and(|profile| profile.id == target.id);
        (decided(case), here, !case.outcome.won(), case.order())
    })
}

/// A case in which a defence on a ground was raised and failed: from this target before others, the
/// newest first.
pub(crate) fn failed_defence<'p>(pack: &'p Pack, target: &str, hurdle: &str) -> Option<&'p Case> {
    let raised = |case: &Case| case.defences.iter().any(|g| pack.case_facts.hurdle(g) == Some(hurdle));
    pack.cases.iter().filter(|case| case.counts().is_ok() && case.outcome.won() && raised(case)).max_by_key(|case| {
        let here = target_of(pack, &case.jurisdiction).is_some_and(|profile| profile.id == target);
        (here, case.order())
    })
}
