//! The outlook of some hurdles for some domains, and everything that explains it.
//!
//! A what-if is an evaluation on changed domains.

use super::eliminate::Joint;
use super::hurdle::{Hurdle, Partial};
use super::table::{Axis, Table, axes};
use super::{Moments, ones, sample};
use crate::scoring::model::Model;

/// A hurdle's part of the result.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    /// Chance that it defeats the judgment, averaged over what is not known.
    pub p: f64,
    /// Lowest and highest over completions.
    pub range: [f64; 2],
    /// Rules that certainly hold.
    pub holds: u64,
    /// Rules that may hold.
    pub open: u64,
    /// Chance that each open rule holds.
    pub chances: Vec<f64>,
    /// Derivative of the expected outlook by the hurdle's base log-odds. Rules that certainly hold share it.
    pub by_base: f64,
    /// The same by the weight of each open rule.
    pub by_rule: Vec<f64>,
}

impl Ground {
    /// Every rule that holds or may, with the chance that it does: first those that certainly hold.
    pub fn rules(&self) -> impl Iterator<Item = (usize, f64)> {
        ones(self.holds).map(|rule| (rule, 1.0)).chain(ones(self.open).zip(self.chances.iter().copied()))
    }

    /// Derivatives by the parameters of the hurdle: zero for the base, `n + 1` for the rule `n`.
    pub(crate) fn slopes(&self) -> Vec<(usize, f64)> {
        let certain = ones(self.holds).map(|rule| (rule + 1, self.by_base));
        let open = ones(self.open).zip(&self.by_rule).map(|(rule, slope)| (rule + 1, *slope));
        let mut out: Vec<(usize, f64)> = std::iter::once((0, self.by_base)).chain(certain).chain(open).collect();
        out.sort_unstable_by_key(|(parameter, _)| *parameter);
        out
    }
}

/// How the result was reached.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Exactness {
    /// Standard error of the expected outlook; zero where every completion was counted.
    pub standard_error: f64,
    /// True where the range is an outer bound (each hurdle at its own extreme).
    pub outer_bound: bool,
}

/// The outlook over all hurdles, with everything that explains it.
#[derive(Clone, Debug, Default)]
pub struct Solved {
    /// Averaged over what is not known.
    pub expected: f64,
    /// Lowest and highest over completions.
    pub range: [f64; 2],
    /// Each hurdle.
    pub grounds: Vec<Ground>,
    /// How it was reached.
    pub exactness: Exactness,
}

/// Some hurdles for some domains.
#[derive(Clone, Debug)]
pub struct Evaluation<'r> {
    hurdles: &'r [Hurdle],
    partials: Vec<Partial>,
    method: Method,
    moments: Moments,
}

/// How the completions are gone through.
#[derive(Clone, Debug)]
enum Method {
    Exact {
        axes: Vec<Axis>,
        /// One for each hurdle.
        tables: Vec<Table>,
        joint: Joint,
    },
    Sampled(Box<Solved>),
}

impl<'r> Evaluation<'r> {
    pub(super) fn new(hurdles: &'r [Hurdle], model: &Model, domains: &[u64]) -> Self {
        let partials: Vec<Partial> = hurdles.iter().map(|hurdle| hurdle.rules.partial(domains)).collect();
        if let Some((method, moments)) = exact(hurdles, &partials, model, domains) {
            return Evaluation { hurdles, partials, method, moments };
        }
        let solved = sample::solve(hurdles, &partials, model, domains);
        let moments = Moments { mean: solved.expected, least: solved.range[0], most: solved.range[1] };
        Evaluation { hurdles, partials, method: Method::Sampled(solved.into()), moments }
    }

    /// Mean, least and greatest outlook over what is not known.
    pub fn moments(&self) -> Moments {
        self.moments
    }

    /// Everything that explains the outlook.
    pub(crate) fn solved(&self) -> Solved {
        let (axes, tables, joint) = match &self.method {
            Method::Sampled(solved) => return Solved::clone(solved),
            Method::Exact { axes, tables, joint } => (axes, tables, joint),
        };
        let slopes = joint.gradient(axes);
        let grounds = self.partials.iter().zip(tables).zip(slopes).map(|((partial, table), slopes)| {
            let mut by_cell = vec![0.0; table.cells.len()];
            for (cell, slope) in table.cells_of_axes().into_iter().zip(slopes) {
                by_cell[cell] += slope;
            }
            ground(partial, table, &by_cell)
        });
        Solved {
            expected: self.moments.mean,
            range: [self.moments.least, self.moments.most],
            grounds: grounds.collect(),
            exactness: Exactness::default(),
        }
    }

    /// Whether an open rule still depends on a variable.
    pub(crate) fn depends(&self, variable: usize, domains: &[u64]) -> bool {
        let open = self.hurdles.iter().zip(&self.partials).filter(|(_, partial)| partial.open != 0);
        open.into_iter().any(|(hurdle, partial)| hurdle.rules.undecided(partial, domains).contains(&variable))
    }

    /// Whether any hurdle tests a variable.
    pub fn tests(&self, variable: usize) -> bool {
        self.hurdles.iter().any(|hurdle| hurdle.rules.tests(variable))
    }

    /// Lowest and highest factor by which the expected outlook changes when a settled variable takes the value that
    /// `domains` has for it; `None` where that is not known.
    ///
    /// Only the odds of the hurdles that test it change: in every completion by the weights of rules that come or go.
    pub fn bound(&self, variable: usize, domains: &[u64]) -> Option<[f64; 2]> {
        let Method::Exact { tables, .. } = &self.method else { return None };
        let mut out = [1.0, 1.0];
        for ((hurdle, before), table) in self.hurdles.iter().zip(&self.partials).zip(tables) {
            let clauses = hurdle.rules.clauses.as_ref()?;
            let Some(test) = clauses.tests.iter().find(|test| test.variable == variable) else { continue };
            let tested = test.falsifies.iter().fold(0, |some, falsified| some | falsified);
            let after = hurdle.rules.partial(domains);
            let (mut least, mut most) = (0.0, 0.0);
            for rule in ones(before.holds | before.open | after.holds | after.open) {
                if clauses.of_rule[rule] & tested == 0 {
                    continue;
                }
                let [before, after] = [before, &after].map(|partial| {
                    let bit = |mask: u64| f64::from(u8::from(mask >> rule & 1 == 1));
                    [bit(partial.holds), bit(partial.holds | partial.open)]
                });
                let moved = |times: f64| if times == 0.0 { 0.0 } else { hurdle.weights[rule] * times };
                let ends = [moved(after[0] - before[1]), moved(after[1] - before[0])];
                least += ends[0].min(ends[1]);
                most += ends[0].max(ends[1]);
            }
            if least == 0.0 && most == 0.0 {
                continue;
            }
            if !least.is_finite() || !most.is_finite() {
                return None;
            }
            let odds = [libm::exp(least), libm::exp(most)];
            let ends = |[low, high]: [f64; 2], cell: &Moments| {
                let [least, most] = change(*cell, odds);
                [low.min(least), high.max(most)]
            };
            let [low, high] = table.cells.iter().fold([f64::INFINITY, 0.0], ends);
            out = [out[0] * low, out[1] * high];
        }
        Some(out)
    }
}

/// Lowest and highest factor by which the mean of a chance of clearance changes where the odds of defeat are multiplied
/// by something between two bounds in every completion.
///
/// With `k` times the odds a chance `s` becomes `s / (s + (1 - s) k)`. Over `s` this bends one way, so that its average
/// lies between its value at the average of `s` and the straight line from the least to the greatest `s` (Jensen).
fn change(cell: Moments, [least, most]: [f64; 2]) -> [f64; 2] {
    let Moments { mean, least: low, most: high } = cell;
    // A chance of zero stays one.
    if mean == 0.0 {
        return [1.0, 1.0];
    }
    let after = |s: f64, k: f64| s / (s + (1.0 - s) * k);
    let line = |k: f64| {
        let (from, to) = (after(low, k), after(high, k));
        if high > low { from + (to - from) * (mean - low) / (high - low) } else { after(mean, k) }
    };
    // Multiplied by more than one it bends upwards, by less downwards.
    let lowest = if most >= 1.0 { after(mean, most) } else { line(most) };
    let highest = if least >= 1.0 { line(least) } else { after(mean, least) };
    [lowest / mean, highest / mean]
}

/// The exact way; `None` where there are too many completions.
fn exact(hurdles: &[Hurdle], partials: &[Partial], model: &Model, domains: &[u64]) -> Option<(Method, Moments)> {
    let open = || hurdles.iter().zip(partials).filter(|(_, partial)| partial.open != 0);
    let axes = axes(open(), model, domains)?;
    let table = |(hurdle, partial)| Table::new(hurdle, partial, &axes, model, domains);
    let tables = hurdles.iter().zip(partials).map(table).collect::<Option<Vec<Table>>>()?;
    let joint = Joint::new(&tables, &axes)?;
    let moments = joint.moments();
    Some((Method::Exact { axes, tables, joint }, moments))
}

/// A hurdle, from its table and the derivatives of the outlook by its cells.
fn ground(partial: &Partial, table: &Table, by_cell: &[f64]) -> Ground {
    let rules: Vec<usize> = ones(partial.open).collect();
    let mut out = Ground {
        range: [1.0, 0.0],
        holds: partial.holds,
        open: partial.open,
        chances: vec![0.0; rules.len()],
        by_rule: vec![0.0; rules.len()],
        ..Ground::default()
    };
    for (cell, share) in table.cells.iter().zip(&table.shares) {
        out.p += share * (1.0 - cell.mean);
        out.range = [out.range[0].min(1.0 - cell.most), out.range[1].max(1.0 - cell.least)];
    }
    for entry in &table.completions {
        let share = entry.completion.share;
        let slope = by_cell[entry.cell] * share * entry.clearance * (1.0 - entry.clearance);
        out.by_base -= slope;
        for (index, rule) in rules.iter().enumerate() {
            if entry.completion.holds >> rule & 1 == 1 {
                out.by_rule[index] -= slope;
                out.chances[index] += table.shares[entry.cell] * share;
            }
        }
    }
    out
}
