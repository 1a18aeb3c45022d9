//! How far another answer can move the outlook, without summing it anew.
//!
//! Must not: be wrong, only wide. A settled answer that changes moves the log-odds of a hurdle by `d`,
//! the same or within the same bounds in each completion of what is open, because only the rules that
//! read the answer change. Where the chance to survive was `s`, it becomes `s / (s + (1 - s) exp d)`;
//! the bounds of that ratio over `d` and `s` bound the ratio of the sums as well, because the shares of
//! the completions stay as they are.

use super::terms::Met;
use super::{Seat, ones};

impl Seat {
    /// Lowest and highest factor by which the expected outlook changes when a settled variable takes the
    /// value that `states` hold; `None` where the seat was not summed.
    pub(in crate::scoring) fn factor(&self, variable: usize, states: &[u64]) -> Option<[f64; 2]> {
        let mut out = [1.0, 1.0];
        let read = self.read(&[variable], states);
        for hurdle in self.form.readers[variable].iter().filter(|hurdle| self.hurdles.contains(hurdle)) {
            let at = hurdle - self.hurdles.start;
            let (variant, seen) = (&self.form.variants[*hurdle], &self.seen[at]);
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
            let survives = match self.table(at) {
                Some((_, table)) => [1.0 - table.range[1], 1.0 - table.range[0]],
                None => [*self.survives.get(at)?; 2],
            };
            // More log-odds, less of a chance; and the less there was to lose, the larger the factor.
            let ratio = |s: f64, steep: f64| 1.0 / (s + (1.0 - s) * steep);
            let ends = survives.map(|s| [ratio(s, steep[1]), ratio(s, steep[0])]);
            out = [out[0] * ends[0][0].min(ends[1][0]), out[1] * ends[0][1].max(ends[1][1])];
        }
        self.summed.then_some(out)
    }
}
