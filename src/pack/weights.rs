//! The weights of all hurdles: means and covariances on the log-odds scale, and the text of `weights.toml`.
//!
//! They are the priors of the pack, or what `calibrate` fitted and wrote into it. The parameters of a
//! hurdle are, in this order: its base, its rules in the order of the file, and one effect for each
//! target that has decided cases (partial pooling: prior mean zero).

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::reader::Table;
use super::{Hurdle, Pack};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Weights {
    /// One for each hurdle of the pack, then the contest.
    pub hurdles: Vec<HurdleWeights>,
    /// SHA-256 of the cases they were fitted on, in hexadecimal; `None` for priors.
    pub fitted_on: Option<String>,
    /// How many matters they were fitted on.
    pub cases: usize,
    /// Days of the first and of the last of them, as text.
    pub dates: [String; 2],
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HurdleWeights {
    /// Base and rules.
    pub means: Vec<f64>,
    /// The effect of each target that has decided cases, in the order of the ids.
    pub effects: Vec<(String, f64)>,
    /// Covariance of all parameters, row by row; empty for priors, which are independent.
    pub covariance: Vec<f64>,
    /// Standard deviation of each parameter of the prior: base and rules.
    pub spreads: Vec<f64>,
    /// Standard deviation of the effect of a target without decided cases.
    pub target_spread: f64,
}

impl Weights {
    /// The priors that the pack's authors wrote.
    pub fn prior(pack: &Pack) -> Self {
        let hurdles = pack
            .hurdles
            .iter()
            .chain(std::iter::once(&pack.contest))
            .map(|hurdle| HurdleWeights::prior(hurdle, pack.target_spread))
            .collect();
        Weights { hurdles, fitted_on: None, cases: 0, dates: [String::new(), String::new()] }
    }

    /// The fitted weights that the pack carries, else its priors.
    pub fn of(pack: &Pack) -> Cow<'_, Self> {
        match &pack.fitted {
            Some(fitted) => Cow::Borrowed(fitted),
            None => Cow::Owned(Weights::prior(pack)),
        }
    }

    /// SHA-256, in hexadecimal, of the weights as `weights.toml` writes them: with the hash of the pack
    /// it says by which method a figure was reached.
    pub fn sha256(&self, pack: &Pack) -> String {
        Sha256::digest(self.write(pack)).iter().fold(String::with_capacity(64), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
    }

    /// The text of `weights.toml`.
    pub fn write(&self, pack: &Pack) -> String {
        let mut out = String::from(
            "# Written by `exequatur calibrate`; do not edit. Means and covariance (lower triangle) on the\n\
             # log-odds scale, in this order: base, rules, one effect for each target with decided cases.\n",
        );
        let _ = writeln!(out, "cases = {}", self.cases);
        let _ = writeln!(out, "from = \"{}\"\nuntil = \"{}\"", self.dates[0], self.dates[1]);
        let _ = writeln!(out, "cases-sha256 = \"{}\"", self.fitted_on.as_deref().unwrap_or_default());
        for (hurdle, weights) in pack.hurdles.iter().zip(&self.hurdles) {
            let rules = joined(hurdle.rules.iter().map(|rule| format!("\"{}\"", rule.id)));
            let means = joined(weights.means.iter().map(f64::to_string));
            let targets = joined(weights.effects.iter().map(|(id, _)| format!("\"{id}\"")));
            let effects = joined(weights.effects.iter().map(|(_, mean)| mean.to_string()));
            let _ = writeln!(out, "\n[[hurdle]]\nid = \"{}\"\nrules = [{rules}]\nmeans = [{means}]", hurdle.id);
            let _ = writeln!(out, "targets = [{targets}]\neffects = [{effects}]\ncovariance = [");
            if !weights.covariance.is_empty() {
                for (row, cells) in weights.covariance.chunks(weights.size()).enumerate() {
                    let _ = writeln!(out, "  [{}],", joined(cells[..=row].iter().map(f64::to_string)));
                }
            }
            let _ = writeln!(out, "]");
        }
        out
    }

    /// Reads `weights.toml` for a pack whose hurdles are read; `None` where it does not belong to
    /// them (the caller notes the fault).
    pub(super) fn read(table: &Table<'_, '_>, pack: &Pack) -> Option<Self> {
        let mut weights = Weights::prior(pack);
        let text = |key: &'static str| table.string(key);
        weights.fitted_on = Some(text("cases-sha256"));
        weights.dates = [text("from"), text("until")];
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "need_number bounds the value")]
        let cases = table.need_number("cases", 0.0, 1e6) as usize;
        weights.cases = cases;
        let tables = table.tables("hurdle");
        if tables.len() != pack.hurdles.len() {
            return None;
        }
        for ((table, hurdle), weights) in tables.iter().zip(&pack.hurdles).zip(&mut weights.hurdles) {
            weights.read(table, hurdle)?;
        }
        Some(weights)
    }
}

fn joined(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

impl HurdleWeights {
    fn prior(hurdle: &Hurdle, target_spread: f64) -> Self {
        let weights = || std::iter::once(&hurdle.base).chain(hurdle.rules.iter().map(|rule| &rule.weight));
        HurdleWeights {
            means: weights().map(|weight| weight.mean).collect(),
            effects: Vec::new(),
            covariance: Vec::new(),
            spreads: weights().map(|weight| weight.spread).collect(),
            target_spread,
        }
    }

    /// Reads what was fitted for a hurdle; `None` where it belongs to another one.
    fn read(&mut self, table: &Table<'_, '_>, hurdle: &Hurdle) -> Option<()> {
        let texts = |key| table.strings(key);
        let same_rules = texts("rules").iter().eq(hurdle.rules.iter().map(|rule| &rule.id));
        let means = table.numbers("means")?;
        let targets = texts("targets");
        let effects = table.numbers("effects")?;
        let rows = table.rows("covariance")?;
        let size = means.len() + targets.len();
        let triangle = rows.len() == size && rows.iter().enumerate().all(|(row, cells)| cells.len() == row + 1);
        if table.need_text("id").value != hurdle.id
            || !same_rules
            || means.len() != hurdle.rules.len() + 1
            || effects.len() != targets.len()
            || !targets.is_sorted()
            || !triangle
        {
            return None;
        }
        self.means = means;
        self.effects = targets.into_iter().zip(effects).collect();
        self.covariance = vec![0.0; size * size];
        for (row, cells) in rows.into_iter().enumerate() {
            for (column, cell) in cells.into_iter().enumerate() {
                self.covariance[row * size + column] = cell;
                self.covariance[column * size + row] = cell;
            }
        }
        Some(())
    }

    /// The effect of a target; zero where it has no decided cases.
    pub fn target(&self, id: &str) -> f64 {
        self.effect(id).map_or(0.0, |index| self.effects[index].1)
    }

    /// The index of a target's effect among the parameters; `None` where it has no decided cases.
    pub(crate) fn effect_index(&self, id: &str) -> Option<usize> {
        self.effect(id).map(|index| self.means.len() + index)
    }

    fn effect(&self, id: &str) -> Option<usize> {
        self.effects.binary_search_by(|(target, _)| target.as_str().cmp(id)).ok()
    }

    /// Standard deviation of a parameter: zero for the base, `n` for the `n`-th rule from one.
    pub fn spread(&self, parameter: usize) -> f64 {
        if self.covariance.is_empty() {
            return self.spreads[parameter];
        }
        self.covariance[parameter * self.size() + parameter].max(0.0).sqrt()
    }

    fn size(&self) -> usize {
        self.means.len() + self.effects.len()
    }

    /// Variance of `sum of slope x parameter` for a target whose effect has the index `effect`. `slopes` are by index,
    /// the base first, and those that are zero may be left out; the target's effect shares the slope of the base.
    pub fn variance(&self, slopes: &[(usize, f64)], effect: Option<usize>) -> f64 {
        let base = slopes.first().map_or(0.0, |(_, slope)| *slope);
        let mut variance = if effect.is_none() { (base * self.target_spread).powi(2) } else { 0.0 };
        if self.covariance.is_empty() {
            return variance + slopes.iter().map(|(index, slope)| (slope * self.spreads[*index]).powi(2)).sum::<f64>();
        }
        let slopes = || slopes.iter().copied().chain(effect.map(|index| (index, base)));
        for (row, one) in slopes() {
            let covariances = &self.covariance[row * self.size()..];
            for (column, other) in slopes() {
                variance += one * other * covariances[column];
            }
        }
        variance.max(0.0)
    }
}
