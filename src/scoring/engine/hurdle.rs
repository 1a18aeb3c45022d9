//! The rules of one hurdle in one target, and what the answers leave of them.

use super::clauses::{ClauseSet, Clauses};
use super::{ones, sample};
use crate::pack::Profile;
use crate::scoring::model::{Cond, Model};

/// The conditions of the rules of one hurdle, with the profile of a target put in.
#[derive(Clone, Debug)]
pub struct RuleSet {
    pub(super) conditions: Vec<Cond>,
    /// `None` where the conditions have more alternatives than can be enumerated: these are sampled.
    pub(super) clauses: Option<Clauses>,
}

/// What some domains leave of the rules of a hurdle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Partial {
    /// Rules that certainly hold.
    pub holds: u64,
    /// Rules that may hold.
    pub open: u64,
    /// The clauses of open rules that may hold.
    pub(super) clauses: ClauseSet,
}

/// Values for every unknown answer that the rules of one hurdle read, as far as the rules tell them apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Completion {
    /// The chance of these values; the shares of all completions add up to one.
    pub share: f64,
    /// The open rules that hold with them.
    pub holds: u64,
}

impl RuleSet {
    /// Puts a profile into some conditions, at most 64.
    pub fn new(conditions: &[Cond], model: &Model, target: &Profile) -> Self {
        let unknown: Vec<u64> = (0..model.variables.len()).map(|variable| model.full(variable)).collect();
        RuleSet::of_folded(conditions.iter().map(|condition| condition.fold(&unknown, target)).collect(), model)
    }

    /// Conditions that test no profile.
    pub(super) fn of_folded(conditions: Vec<Cond>, model: &Model) -> Self {
        let clauses = Clauses::new(&conditions, model);
        RuleSet { conditions, clauses }
    }

    /// What some domains leave of the rules.
    pub(crate) fn partial(&self, domains: &[u64]) -> Partial {
        let mut out = Partial::default();
        let Some(clauses) = &self.clauses else {
            for (rule, condition) in self.conditions.iter().enumerate() {
                match condition.eval_folded(domains) {
                    Some(true) => out.holds |= 1 << rule,
                    Some(false) => {}
                    None => out.open |= 1 << rule,
                }
            }
            return out;
        };
        let (mut failed, mut doubtful) = (0, 0);
        for test in &clauses.tests {
            let [all, some] = test.over(domains[test.variable]);
            failed |= all;
            doubtful |= some & !all;
        }
        for (rule, own) in clauses.of_rule.iter().enumerate() {
            let left = own & !failed;
            if left & !doubtful != 0 {
                out.holds |= 1 << rule;
            } else if left != 0 {
                out.open |= 1 << rule;
                out.clauses |= left;
            }
        }
        out
    }

    /// The completions of what some domains leave open. Those of a hurdle that cannot be enumerated are a sample.
    pub fn completions(&self, partial: &Partial, model: &Model, domains: &[u64]) -> Vec<Completion> {
        let Some(clauses) = &self.clauses else {
            return sample::completions(self, partial, model, domains);
        };
        let levels = clauses.undecided(partial.clauses, domains).map(|test| {
            let classes = classes(&model.variables[test.variable].prior, domains[test.variable], |value| {
                test.falsifies[value] & partial.clauses
            });
            Level::new(classes)
        });
        let mut out = Vec::new();
        let mut walk = Walk::new(clauses, partial.open, levels.collect(), usize::MAX);
        walk.visit(partial.clauses, &mut |completion| out.push(completion));
        out
    }

    /// Whether some rule tests a variable.
    pub(super) fn tests(&self, variable: usize) -> bool {
        match &self.clauses {
            Some(clauses) => clauses.tests.iter().any(|test| test.variable == variable),
            None => self.conditions.iter().any(|condition| condition.tests(variable)),
        }
    }

    /// The variables on which open rules still depend.
    pub(super) fn undecided(&self, partial: &Partial, domains: &[u64]) -> Vec<usize> {
        if let Some(clauses) = &self.clauses {
            return clauses.undecided(partial.clauses, domains).map(|test| test.variable).collect();
        }
        let mut out = Vec::new();
        for rule in ones(partial.open) {
            self.conditions[rule].visit(&mut |variable, _| {
                if domains[variable].count_ones() > 1 && !out.contains(&variable) {
                    out.push(variable);
                }
            });
        }
        out
    }
}

/// Rules with their weights.
#[derive(Clone, Debug)]
pub struct Hurdle {
    pub(super) rules: RuleSet,
    /// Odds of defeat where no rule holds.
    odds: f64,
    pub(super) weights: Vec<f64>,
    /// By how much each rule multiplies the odds of defeat.
    factors: Vec<f64>,
}

impl Hurdle {
    /// A hurdle from its base and weights on the log-odds scale.
    pub fn new(rules: RuleSet, base: f64, weights: &[f64]) -> Self {
        let factors = weights.iter().map(|weight| libm::exp(*weight)).collect();
        Hurdle { rules, odds: libm::exp(base), weights: weights.to_vec(), factors }
    }

    /// Odds of defeat where some rules hold and no other.
    pub(super) fn odds(&self, holds: u64) -> f64 {
        self.odds_with(self.odds, holds)
    }

    /// Odds of defeat where some more rules hold.
    pub(super) fn odds_with(&self, odds: f64, holds: u64) -> f64 {
        ones(holds).fold(odds, |odds, rule| odds * self.factors[rule])
    }
}

/// Values of a variable that the same clauses tell apart from others: one of them, their share, and what they falsify.
pub(super) type Class = (usize, f64, ClauseSet);

/// Takes together the values of a domain that falsify the same clauses; the shares add up to one.
pub(super) fn classes(prior: &[f64], domain: u64, falsifies: impl Fn(usize) -> ClauseSet) -> Vec<Class> {
    let mut out: Vec<Class> = Vec::with_capacity(4);
    let mut total = 0.0;
    for value in ones(domain) {
        total += prior[value];
        match out.iter_mut().find(|class| class.2 == falsifies(value)) {
            Some(class) => class.1 += prior[value],
            None => out.push((value, prior[value], falsifies(value))),
        }
    }
    for class in &mut out {
        class.1 /= total;
    }
    out
}

/// The completions of one hurdle, one variable after the other. A variable that decides nothing more is passed over.
pub(super) struct Walk<'w> {
    clauses: &'w Clauses,
    open: u64,
    levels: Vec<Level>,
    most: usize,
    left: usize,
}

/// A variable to go through.
pub(super) struct Level {
    /// The clauses that one of its values falsifies.
    decides: ClauseSet,
    /// The same of it and all that come after it.
    later: ClauseSet,
    classes: Vec<Class>,
}

impl Level {
    pub(super) fn new(classes: Vec<Class>) -> Self {
        let decides = classes.iter().fold(0, |some, class| some | class.2);
        Level { decides, later: 0, classes }
    }
}

impl<'w> Walk<'w> {
    /// A walk through the values of some variables, of at most so many completions each time.
    pub(super) fn new(clauses: &'w Clauses, open: u64, mut levels: Vec<Level>, most: usize) -> Self {
        // What decides most comes first, so that most of the others are passed over.
        levels.sort_by_key(|level| std::cmp::Reverse(level.decides.count_ones()));
        let mut later = 0;
        for level in levels.iter_mut().rev() {
            later |= level.decides;
            level.later = later;
        }
        Walk { clauses, open, levels, most, left: most }
    }

    /// Calls `leaf` with every completion of what some clauses leave open; false where there are too many.
    pub(super) fn visit(&mut self, clauses: ClauseSet, leaf: &mut impl FnMut(Completion)) -> bool {
        self.left = self.most;
        self.down(0, clauses, 1.0, leaf)
    }

    fn down(&mut self, level: usize, clauses: ClauseSet, share: f64, leaf: &mut impl FnMut(Completion)) -> bool {
        let clauses = self.clauses.without_decided(clauses, self.levels.get(level).map_or(0, |level| level.later));
        let next = (level..self.levels.len()).find(|index| self.levels[*index].decides & clauses != 0);
        let Some(index) = next else {
            if self.left == 0 {
                return false;
            }
            self.left -= 1;
            leaf(Completion { share, holds: self.clauses.rules_with(clauses, self.open) });
            return true;
        };
        for class in 0..self.levels[index].classes.len() {
            let (_, part, falsified) = self.levels[index].classes[class];
            if !self.down(index + 1, clauses & !falsified, share * part, leaf) {
                return false;
            }
        }
        true
    }
}
