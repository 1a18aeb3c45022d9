//! Beyond enumeration: a seeded low-discrepancy sample with its standard error, and an outer bound of the range.

use super::evaluation::{Exactness, Ground, Solved};
use super::hurdle::{Completion, Hurdle, Partial, RuleSet};
use super::{clearance, ones};
use crate::scoring::model::Model;

const POINTS: usize = 4096;
/// Independent shifts of the lattice, from which the standard error comes.
const SHIFTS: usize = 16;
const SEED: u64 = 20_261_122;

/// Works out the outlook from a sample of all completions.
pub(super) fn solve(hurdles: &[Hurdle], partials: &[Partial], model: &Model, domains: &[u64]) -> Solved {
    let mut variables: Vec<usize> = Vec::new();
    for (hurdle, partial) in hurdles.iter().zip(partials) {
        variables.extend(hurdle.rules.undecided(partial, domains));
    }
    variables.sort_unstable();
    variables.dedup();
    let mut grounds: Vec<Ground> =
        hurdles.iter().zip(partials).map(|(hurdle, partial)| begun(hurdle, partial)).collect();
    let mut means = [0.0; SHIFTS];
    let mut index = 0;
    draw(&variables, model, domains, |point| {
        let holds: Vec<u64> =
            hurdles.iter().zip(partials).map(|(hurdle, partial)| holding(&hurdle.rules, partial, point)).collect();
        let chances: Vec<f64> = hurdles
            .iter()
            .zip(partials)
            .zip(&holds)
            .map(|((hurdle, partial), open)| clearance(hurdle.odds(partial.holds | open)))
            .collect();
        let product: f64 = chances.iter().product();
        means[index * SHIFTS / POINTS] += product;
        index += 1;
        for ((ground, open), chance) in grounds.iter_mut().zip(holds).zip(chances) {
            let p = 1.0 - chance;
            ground.p += share() * p;
            ground.by_base -= share() * product * p;
            for (index, rule) in ones(ground.open).enumerate() {
                if open >> rule & 1 == 1 {
                    ground.chances[index] += share();
                    ground.by_rule[index] -= share() * product * p;
                }
            }
        }
    });
    let [points, shifts] = [POINTS / SHIFTS, SHIFTS].map(float);
    let means = means.map(|sum| sum / points);
    let expected = means.iter().sum::<f64>() / shifts;
    let variance = means.iter().map(|mean| (mean - expected).powi(2)).sum::<f64>() / (shifts - 1.0);
    let ends = |end: usize| grounds.iter().map(|ground| 1.0 - ground.range[end]).product();
    Solved {
        expected,
        range: [ends(1), ends(0)],
        exactness: Exactness { standard_error: (variance / shifts).sqrt(), outer_bound: true },
        grounds,
    }
}

/// The completions of one hurdle, as points of a sample.
pub(super) fn completions(rules: &RuleSet, partial: &Partial, model: &Model, domains: &[u64]) -> Vec<Completion> {
    let mut out = Vec::with_capacity(POINTS);
    draw(&rules.undecided(partial, domains), model, domains, |point| {
        out.push(Completion { share: share(), holds: holding(rules, partial, point) });
    });
    out
}

/// A ground of which no point is counted yet: its range has each helpful open rule and no harmful one, and the other
/// way round.
fn begun(hurdle: &Hurdle, partial: &Partial) -> Ground {
    let with = |helpful: bool| {
        let rules = ones(partial.open).filter(|rule| (hurdle.weights[*rule] < 0.0) == helpful);
        1.0 - clearance(hurdle.odds(rules.fold(partial.holds, |mask, rule| mask | 1 << rule)))
    };
    let open = partial.open.count_ones() as usize;
    Ground {
        range: [with(true), with(false)],
        holds: partial.holds,
        open: partial.open,
        chances: vec![0.0; open],
        by_rule: vec![0.0; open],
        ..Ground::default()
    }
}

/// The open rules that hold at a point.
fn holding(rules: &RuleSet, partial: &Partial, point: &[u64]) -> u64 {
    let holds = ones(partial.open).filter(|rule| rules.conditions[*rule].holds(point));
    holds.fold(0, |mask, rule| mask | 1 << rule)
}

/// The share of a point.
fn share() -> f64 {
    1.0 / float(POINTS)
}

#[expect(clippy::cast_precision_loss, reason = "at most 4096")]
fn float(count: usize) -> f64 {
    count as f64
}

/// Calls `visit` with each point of a randomly shifted Kronecker lattice: domains in which some variables have one
/// value, drawn by its share.
fn draw(variables: &[usize], model: &Model, domains: &[u64], mut visit: impl FnMut(&[u64])) {
    let steps = lattice(variables.len());
    let mut seed = SEED;
    let mut point = domains.to_vec();
    let total = |variable: &usize| ones(domains[*variable]).map(|value| model.variables[*variable].prior[value]).sum();
    let totals: Vec<f64> = variables.iter().map(total).collect();
    for _ in 0..SHIFTS {
        let mut place: Vec<f64> = variables.iter().map(|_| random(&mut seed)).collect();
        for _ in 0..POINTS / SHIFTS {
            for (index, variable) in variables.iter().enumerate() {
                place[index] = (place[index] + steps[index]).fract();
                let mut left = place[index] * totals[index];
                let mut value = 0;
                for possible in ones(domains[*variable]) {
                    value = possible;
                    left -= model.variables[*variable].prior[possible];
                    if left < 0.0 {
                        break;
                    }
                }
                point[*variable] = 1 << value;
            }
            visit(&point);
        }
    }
}

/// Steps of a Kronecker lattice in `n` dimensions: powers of the generalised golden ratio, the root
/// of `x^(n+1) = x + 1`.
fn lattice(n: usize) -> Vec<f64> {
    let power = 1.0 / (float(n) + 1.0);
    let mut root = 1.5;
    for _ in 0..64 {
        root = libm::pow(1.0 + root, power);
    }
    let mut step = 1.0;
    (0..n)
        .map(|_| {
            step /= root;
            step
        })
        .collect()
}

/// `SplitMix64`, as a number from 0 to 1.
fn random(seed: &mut u64) -> f64 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *seed;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^= z >> 31;
    #[expect(clippy::cast_precision_loss, reason = "53 bits are kept")]
    let unit = (z >> 11) as f64 / (1_u64 << 53) as f64;
    unit
}
