//! Conditions in disjunctive normal form, and all those of one hurdle as bit masks.

use super::ones;
use crate::scoring::model::{Cond, Model};

/// Tests that must all pass: a variable and the values with which it passes, ordered by variable.
type Clause = Vec<(usize, u64)>;

pub(super) type ClauseSet = u128;

/// As many clauses as a set holds.
const MAX_CLAUSES: usize = 128;

/// The clauses of the rules of one hurdle.
#[derive(Clone, Debug, Default)]
pub(super) struct Clauses {
    /// The clauses of each rule: it holds where one of them does.
    pub(super) of_rule: Vec<ClauseSet>,
    /// The same of those rules that have several.
    alternatives: Vec<ClauseSet>,
    pub(super) tests: Vec<Test>,
}

/// A variable that some clauses test.
#[derive(Clone, Debug)]
pub(super) struct Test {
    pub(super) variable: usize,
    /// For each of its values, the clauses that the value falsifies.
    pub(super) falsifies: Vec<ClauseSet>,
}

impl Test {
    /// The clauses that all values of a domain falsify, and those that some do.
    pub(super) fn over(&self, domain: u64) -> [ClauseSet; 2] {
        ones(domain).fold([!0, 0], |[all, some], value| [all & self.falsifies[value], some | self.falsifies[value]])
    }
}

impl Clauses {
    /// The clauses of some conditions that test no profile; `None` where there are more than a set holds.
    pub(super) fn new(conditions: &[Cond], model: &Model) -> Option<Self> {
        let mut out = Clauses::default();
        let mut count = 0;
        for condition in conditions {
            let mut own = 0;
            for clause in normal_form(condition, model, false)? {
                if count == MAX_CLAUSES {
                    return None;
                }
                let bit = 1 << count;
                for (variable, mask) in clause {
                    out.falsify(variable, model.full(variable), mask, bit);
                }
                own |= bit;
                count += 1;
            }
            out.of_rule.push(own);
        }
        out.alternatives = out.of_rule.iter().copied().filter(|own| own.count_ones() > 1).collect();
        Some(out)
    }

    /// Notes that a clause fails with every value of a variable outside a mask.
    fn falsify(&mut self, variable: usize, full: u64, mask: u64, clause: ClauseSet) {
        let known = self.tests.iter().position(|test| test.variable == variable);
        let index = known.unwrap_or_else(|| {
            self.tests.push(Test { variable, falsifies: vec![0; full.count_ones() as usize] });
            self.tests.len() - 1
        });
        for value in ones(full & !mask) {
            self.tests[index].falsifies[value] |= clause;
        }
    }

    /// The tests on which some clauses still depend.
    pub(super) fn undecided<'c>(&'c self, clauses: ClauseSet, domains: &'c [u64]) -> impl Iterator<Item = &'c Test> {
        self.tests.iter().filter(move |test| {
            let [all, some] = test.over(domains[test.variable]);
            some & !all & clauses != 0
        })
    }

    /// Clauses without those of rules that hold by another clause, whatever `later` ones turn out to be.
    pub(super) fn without_decided(&self, clauses: ClauseSet, later: ClauseSet) -> ClauseSet {
        let certain = clauses & !later;
        let decided = self.alternatives.iter().filter(|own| **own & certain != 0);
        decided.fold(clauses, |clauses, own| clauses & !(own & !certain))
    }

    /// Those of some rules that one of the clauses makes hold.
    pub(super) fn rules_with(&self, clauses: ClauseSet, rules: u64) -> u64 {
        ones(rules).filter(|rule| self.of_rule[*rule] & clauses != 0).fold(0, |mask, rule| mask | 1 << rule)
    }
}

/// The clauses of which one must hold; `None` where there are too many. Negations move down to the tests.
fn normal_form(condition: &Cond, model: &Model, negated: bool) -> Option<Vec<Clause>> {
    let constant = |holds: bool| if holds == negated { Vec::new() } else { vec![Clause::new()] };
    Some(match condition {
        Cond::Always(value) => constant(*value),
        Cond::Profile(..) => constant(false),
        Cond::In(variable, mask) => {
            let full = model.full(*variable);
            match if negated { !mask & full } else { mask & full } {
                0 => Vec::new(),
                mask if mask == full => vec![Clause::new()],
                mask => vec![vec![(*variable, mask)]],
            }
        }
        Cond::Not(inner) => normal_form(inner, model, !negated)?,
        Cond::All(parts) | Cond::Any(parts) => {
            let conjunction = matches!(condition, Cond::All(_)) != negated;
            let mut out = if conjunction { vec![Clause::new()] } else { Vec::new() };
            for part in parts {
                let part = normal_form(part, model, negated)?;
                out = if conjunction { conjoin(&out, &part) } else { out.into_iter().chain(part).collect() };
                out = without_subsumed(out);
                if out.len() > MAX_CLAUSES {
                    return None;
                }
            }
            out
        }
    })
}

/// Clauses that hold where one of each list does.
fn conjoin(some: &[Clause], others: &[Clause]) -> Vec<Clause> {
    let pairs = some.iter().flat_map(|one| others.iter().map(move |other| (one, other)));
    pairs.filter_map(|(one, other)| both(one, other)).collect()
}

/// Two clauses as one; `None` where no value of some variable passes the tests of both.
fn both(one: &Clause, other: &Clause) -> Option<Clause> {
    let mut out = one.clone();
    for (variable, mask) in other {
        match out.binary_search_by_key(variable, |(known, _)| *known) {
            Ok(index) => out[index].1 &= mask,
            Err(index) => out.insert(index, (*variable, *mask)),
        }
    }
    out.iter().all(|(_, mask)| *mask != 0).then_some(out)
}

/// Leaves out every clause that holds only where another one does.
fn without_subsumed(clauses: Vec<Clause>) -> Vec<Clause> {
    let implies = |narrow: &Clause, wide: &Clause| {
        wide.iter().all(|(variable, mask)| narrow.iter().any(|(other, own)| other == variable && own & !mask == 0))
    };
    let mut out: Vec<Clause> = Vec::new();
    for clause in clauses {
        if !out.iter().any(|known| implies(&clause, known)) {
            out.retain(|known| !implies(known, &clause));
            out.push(clause);
        }
    }
    out
}
