//! The completions of one hurdle, visited without the product of all options.
//!
//! Must not: know of other hurdles. [`cell`] sums a factor over its own open variables;
//! [`patterns`] lists which rules can hold together, for fitting.

use super::{Factor, MAX_COMPLETIONS, Open};

/// Every pattern of open rules that can hold together (bit `n`: rule `n` of the factor) with its
/// share, for fitting. Patterns may repeat.
pub fn patterns(factor: &Factor, open: &[Open], variables: usize) -> Vec<(f64, u64)> {
    let mut position = vec![usize::MAX; variables];
    for (at, open) in open.iter().enumerate() {
        position[open.variable] = at;
    }
    let classes = classes(std::slice::from_ref(factor), open, &position);
    let mut out = Vec::new();
    let mut bits = vec![0_u64; variables];
    let plan = Plan::new(factor, open, &classes, &position);
    let mut walk = Walk { factor, plan: &plan, left: usize::MAX };
    walk.down(plan.all, 0, 1.0, &mut bits, &mut |share, holding| out.push((share, holding)));
    out
}

/// Values of an open variable that no condition tells apart, taken together.
pub(super) struct Classes {
    /// One value of each class, as a bit.
    pub(super) bits: Vec<u64>,
    /// Share of each class; adds up to one.
    pub(super) share: Vec<f64>,
}

/// One minus the chance, from log-odds of defeat.
pub(super) fn survives(logit: f64) -> f64 {
    1.0 / (1.0 + libm::exp(logit))
}

/// Groups possible values by what all conditions make of them.
pub(super) fn classes(factors: &[Factor], open: &[Open], position: &[usize]) -> Vec<Classes> {
    let mut masks: Vec<Vec<u64>> = vec![Vec::new(); open.len()];
    for factor in factors {
        for (_, cond) in &factor.open {
            cond.visit(&mut |variable, mask| {
                let masks = &mut masks[position[variable]];
                if !masks.contains(&mask) {
                    masks.push(mask);
                }
            });
        }
    }
    open.iter()
        .zip(&masks)
        .map(|(open, masks)| {
            let values = open.prior.iter().enumerate().map(|(value, prior)| (1_u64 << value, *prior));
            group(values.filter(|(bit, _)| open.possible & bit != 0), masks)
        })
        .collect()
}

/// Groups values (bit and share) that no mask tells apart; the shares then add up to one.
pub(super) fn group(values: impl Iterator<Item = (u64, f64)>, masks: &[u64]) -> Classes {
    let mut signatures: Vec<Vec<bool>> = Vec::new();
    let mut out = Classes { bits: Vec::new(), share: Vec::new() };
    for (bit, share) in values {
        let signature: Vec<bool> = masks.iter().map(|mask| mask & bit != 0).collect();
        if let Some(at) = signatures.iter().position(|known| *known == signature) {
            out.share[at] += share;
        } else {
            signatures.push(signature);
            out.bits.push(bit);
            out.share.push(share);
        }
    }
    let sum: f64 = out.share.iter().sum();
    out.share.iter_mut().for_each(|share| *share /= sum);
    out
}

/// A factor's sums over its own variables, for one assignment of the shared ones.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    /// Expected, lowest and highest chance to survive.
    pub(super) expected: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    /// Expected `(1 - p) * p`, and the same where each open rule holds.
    pub(super) slope: f64,
    pub(super) slopes: Vec<f64>,
    /// Chance that each open rule holds.
    pub(super) holds: Vec<f64>,
}

/// Sums a factor over its own variables. `bits` holds the shared ones.
pub(super) fn cell(factor: &Factor, plan: &Plan, bits: &mut [u64]) -> Option<Cell> {
    let n = factor.open.len();
    let mut cell = Cell { low: f64::INFINITY, slopes: vec![0.0; n], holds: vec![0.0; n], ..Cell::default() };
    let mut walk = Walk { factor, plan, left: MAX_COMPLETIONS };
    let whole = walk.down(plan.all, 0, 1.0, bits, &mut |share, holding| {
        let logit = factor.settled + ones(holding).map(|n| factor.open[n].0).sum::<f64>();
        cell.add(survives(logit), share, holding);
    });
    whole.then_some(cell)
}

impl Cell {
    /// Adds a pattern of rules: its chance to survive, its share, the rules that hold.
    fn add(&mut self, survives: f64, share: f64, holding: u64) {
        let slope = share * survives * (1.0 - survives);
        self.expected += share * survives;
        self.low = self.low.min(survives);
        self.high = self.high.max(survives);
        self.slope += slope;
        for n in ones(holding) {
            self.slopes[n] += slope;
            self.holds[n] += share;
        }
    }
}

/// The places of the bits that are set.
fn ones(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = mask.trailing_zeros() as usize;
        (mask != 0).then(|| {
            mask &= mask - 1;
            bit
        })
    })
}

/// What a walk through a factor's completions needs to know beforehand.
pub(super) struct Plan {
    /// A bit for each open rule.
    all: u64,
    /// For each variable of the model, the values that this factor's conditions tell apart.
    classes: Vec<Option<Classes>>,
    /// For each variable of the model, how many tests of it the conditions hold.
    reads: Vec<u32>,
}

impl Plan {
    pub(super) fn new(factor: &Factor, open: &[Open], classes: &[Classes], position: &[usize]) -> Self {
        let mut masks: Vec<Vec<u64>> = vec![Vec::new(); position.len()];
        for (_, cond) in &factor.open {
            cond.visit(&mut |variable, mask| masks[variable].push(mask));
        }
        let own = |(variable, masks): (usize, &Vec<u64>)| {
            if masks.is_empty() || position[variable] >= open.len() {
                return None;
            }
            let fine = &classes[position[variable]];
            Some(group(fine.bits.iter().copied().zip(fine.share.iter().copied()), masks))
        };
        Plan {
            all: (0..factor.open.len()).fold(0, |all, n| all | 1 << n),
            classes: masks.iter().enumerate().map(own).collect(),
            reads: masks.iter().map(|masks| u32::try_from(masks.len()).unwrap_or(u32::MAX)).collect(),
        }
    }
}

/// Goes through the completions of a factor, one variable at a time. A variable that what is already
/// put in has made pointless is never opened, and values that the conditions do not tell apart are
/// taken together: so most of a product of options is never visited.
struct Walk<'w> {
    factor: &'w Factor,
    plan: &'w Plan,
    /// How many completions may still be visited.
    left: usize,
}

impl Walk<'_> {
    /// Calls `leaf` with the share and the rules of each completion; false when there are too many.
    fn down(
        &mut self,
        undecided: u64,
        mut holding: u64,
        share: f64,
        bits: &mut [u64],
        leaf: &mut dyn FnMut(f64, u64),
    ) -> bool {
        let mut still = 0_u64;
        let mut pivot: Option<usize> = None;
        for n in ones(undecided) {
            match self.factor.open[n].1.settle(bits) {
                Ok(true) => holding |= 1 << n,
                Ok(false) => {}
                Err(variable) => {
                    still |= 1 << n;
                    let reads = |variable: usize| self.plan.reads[variable];
                    if pivot.is_none_or(|best| reads(variable) > reads(best)) {
                        pivot = Some(variable);
                    }
                }
            }
        }
        let Some((variable, classes)) =
            pivot.and_then(|variable| Some((variable, self.plan.classes[variable].as_ref()?)))
        else {
            if self.left == 0 {
                return false;
            }
            self.left -= 1;
            leaf(share, holding);
            return true;
        };
        for (bit, part) in classes.bits.iter().zip(&classes.share) {
            bits[variable] = *bit;
            if !self.down(still, holding, share * part, bits, leaf) {
                bits[variable] = 0;
                return false;
            }
        }
        bits[variable] = 0;
        true
    }
}
