//! How far another answer can move the outlook, without summing it anew.
//!
//! Must not: be wrong, only wide. A settled answer that changes moves the log-odds of a hurdle by `d`,
//! the same or within the same bounds in each completion of what is open, because only the rules that
//! read the answer change. Where the chance to survive was `s`, it becomes `s / (s + (1 - s) exp d)`;
//! the bounds of that ratio over `d` and `s` bound the ratio of the sums as well, because the shares of
//! the completions stay as they are.

use super::flat::{FALSE, TRUE};
use super::{Seat, ones};

impl Seat {
    /// Lowest and highest factor by which the expected outlook changes when a settled variable takes the
    /// value that `states` hold; `None` where the seat was not summed.
    pub(in crate::scoring) fn factor(&self, variable: usize, states: &[u64]) -> Option<[f64; 2]> {
        let mut out = [1.0, 1.0];
        for hurdle in self.form.readers[variable].iter().filter(|hurdle| self.hurdles.contains(hurdle)) {
            let at = hurdle - self.hurdles.start;
            let (variant, seen) = (&self.form.variants[*hurdle], &self.seen[at]);
            let mut change = [0.0, 0.0];
            for n in ones(variant.rules_of[usize::from(variant.place[variable])]) {
                let bit = 1 << n;
                let weight = variant.weights[n];
                let before =
                    if seen.open & bit != 0 { [0.0, 1.0] } else { [f64::from(u8::from(seen.holds & bit != 0)); 2] };
                let after = match variant.conds[n].tri(states) {
                    TRUE => [1.0, 1.0],
                    FALSE => [0.0, 0.0],
                    _ => [0.0, 1.0],
                };
                let moves = [weight * (after[0] - before[1]), weight * (after[1] - before[0])];
                change[0] += moves[0].min(moves[1]);
                change[1] += moves[0].max(moves[1]);
            }
            if change == [0.0, 0.0] {
                continue;
            }
            let survives = match &self.tables[at] {
                Some((_, table)) => [1.0 - table.range[1], 1.0 - table.range[0]],
                None => [*self.survives.get(at)?; 2],
            };
            let steep = change.map(libm::exp);
            // More log-odds, less of a chance; and the less there was to lose, the larger the factor.
            let ratio = |s: f64, steep: f64| 1.0 / (s + (1.0 - s) * steep);
            let ends = survives.map(|s| [ratio(s, steep[1]), ratio(s, steep[0])]);
            out = [out[0] * ends[0][0].min(ends[1][0]), out[1] * ends[0][1].max(ends[1][1])];
        }
        self.summed.then_some(out)
    }
}
