//! How far another answer can move the outlook, without summing it anew.
//!
//! Must not: be wrong, only wide. A settled answer that changes multiplies the odds that a hurdle defeats the
//! judgment by `k`, the same or within the same bounds in each completion of what is open, because only the
//! rules that read the answer change. A chance to survive of `s` becomes `s / (s + (1 - s) k)`. Over `s` this bends
//! one way, so that its average lies between its value at the average of `s` and the straight line from the
//! lowest to the highest `s` (Jensen). Bounds of the ratio in each cell bound the ratio of the joint sums as well,
//! because the shares of the cells stay as they are; where derivatives are known, the cells of the first hurdle of a
//! group count by what each contributes to the product.

use super::terms::Met;
use super::{Seat, ones};

impl Seat {
    /// Lowest and highest factor by which the expected outlook changes when a settled variable takes the
    /// value that `states` hold; `None` where the seat was not summed.
    pub(in crate::scoring) fn factor(&self, variable: usize, states: &[u64]) -> Option<[f64; 2]> {
        let (mut out, mut changed) = ([1.0, 1.0], 0);
        let read = self.read(&[variable], states);
        for hurdle in self.form.readers(variable, &self.hurdles) {
            let at = hurdle - self.hurdles.start;
            let (variant, seen) = (&self.form.variants[hurdle], &self.seen[at]);
            let after = variant.terms.conditions(self.left(at, read.as_ref(), states));
            let tested = variant.terms.place(variable).map_or(0, |local| variant.terms.tested_by(local));
            // Rules that hold all the same, and none open that reads the answer.
            if after.holds == seen.holds && after.open == seen.open && tested & seen.open == 0 {
                continue;
            }
            // The least and the most by which the odds of defeat change.
            let mut steep = [1.0, 1.0];
            for n in ones(tested & (seen.holds | seen.open | after.holds | after.open)) {
                let bounds =
                    |met: Met| [i64::from(met.holds >> n & 1 == 1), i64::from((met.holds | met.open) >> n & 1 == 1)];
                let (before, after) = (bounds(Met { holds: seen.holds, open: seen.open }), bounds(after));
                let moved = |times: i64| match times {
                    1 => variant.factors[n],
                    -1 => 1.0 / variant.factors[n],
                    _ => 1.0,
                };
                let ends = [moved(after[0] - before[1]), moved(after[1] - before[0])];
                steep = [steep[0] * ends[0].min(ends[1]), steep[1] * ends[0].max(ends[1])];
            }
            if steep == [1.0, 1.0] {
                continue;
            }
            let group = self
                .groups
                .iter()
                .find(|group| self.deep && group.members >> at & 1 == 1 && group.members & changed == 0);
            let ends = match (group, self.table(at)) {
                (Some(group), Some((_, table))) => {
                    changed |= group.members;
                    let slopes = &self.slopes[self.begins[at]..];
                    table.cells().iter().zip(slopes).fold([0.0, 0.0], |[low, high], (cell, slope)| {
                        let [least, most] = ratio(*cell, steep);
                        let weight = slope * cell[0] / group.sum[0];
                        [low + weight * least, high + weight * most]
                    })
                }
                (None, Some((_, table))) => table.cells().iter().fold([f64::INFINITY, 0.0_f64], |[low, high], cell| {
                    let [least, most] = ratio(*cell, steep);
                    [low.min(least), high.max(most)]
                }),
                (_, None) => ratio([*self.survives.get(at)?; 3], steep),
            };
            out = [out[0] * ends[0], out[1] * ends[1]];
        }
        self.summed.then_some(out)
    }
}

/// Lowest and highest factor by which the average of a chance to survive changes: of a cell (average, lowest,
/// highest), where the odds of defeat are multiplied by something between two bounds.
fn ratio([average, low, high]: [f64; 3], [least, most]: [f64; 2]) -> [f64; 2] {
    let after = |s: f64, k: f64| s / (s + (1.0 - s) * k);
    let line = |k: f64| {
        let (from, to) = (after(low, k), after(high, k));
        if high > low { from + (to - from) * (average - low) / (high - low) } else { after(average, k) }
    };
    // Multiplied by more than one it bends upwards, by less downwards.
    let lowest = if most >= 1.0 { after(average, most) } else { line(most) };
    let highest = if least >= 1.0 { line(least) } else { after(average, least) };
    [lowest / average, highest / average]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_average_of_what_changes_lies_between_the_bounds() {
        // Half and half of 0.2 and 0.6; the odds of defeat are 4 and 2/3. Twice the odds: 1/9 and 3/7, on
        // average 17/63 instead of 0.4. Half the odds: 1/3 and 3/4, on average 13/24.
        let cell = [0.4, 0.2, 0.6];
        let [low, high] = ratio(cell, [2.0, 2.0]).map(|ratio| ratio * 0.4);
        assert!(low <= 17.0 / 63.0 && 17.0 / 63.0 <= high + 1e-12, "{low} {high}");
        // At the average itself 0.4 / (0.4 + 0.6 * 2) = 1/4.
        assert!((low - 0.25).abs() < 1e-12);
        let [low, high] = ratio(cell, [0.5, 0.5]).map(|ratio| ratio * 0.4);
        assert!(low <= 13.0 / 24.0 + 1e-12 && 13.0 / 24.0 <= high, "{low} {high}");
        assert_eq!(ratio([0.5; 3], [1.0, 1.0]), [1.0, 1.0]);
    }
}
