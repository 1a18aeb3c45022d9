//! The figures of a walk-forward test as a pack carries them, and the text of `validation.toml`.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::Pack;
use super::reader::Table;

/// The baselines, by the names used in JSON.
pub const BASELINES: [&str; 4] = ["base_rate", "jurisdiction_rate", "priors_only", "points"];

/// How good a list of probabilities is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Mean squared error: 0 is perfect, 0.25 is a coin.
    pub brier: f64,
    /// Mean negative log-likelihood.
    pub log_loss: f64,
    /// Chance that a case won is ranked above a case lost; ties count one half.
    pub auc: f64,
}

/// A fifth of the predictions.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// Lowest and highest prediction in it.
    pub from: f64,
    /// See `from`.
    pub to: f64,
    pub n: usize,
    pub predicted: f64,
    /// Share recognised.
    pub observed: f64,
}

/// The figures of a walk-forward test as a pack carries them, for the model card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Validation {
    /// Matters scored.
    pub cases: usize,
    /// Of these, recognised at least in part.
    pub recognised: usize,
    /// The model, then the baselines in the order of [`BASELINES`].
    pub scores: Vec<Score>,
    /// The model's predictions by fifths; empty where the pack does not carry them.
    pub calibration: Vec<Bin>,
}

impl Validation {
    /// Reads `validation.toml`; `None` where it is of another form or belongs to other cases.
    pub(super) fn read(table: &Table<'_, '_>, pack: &Pack) -> Option<Self> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "need_number bounds the value")]
        let count = |key| table.need_number(key, 0.0, 1e6) as usize;
        let scores = table.table("scores")?;
        let score = |name| match scores.numbers(name)?.as_slice() {
            [brier, log_loss, auc] => Some(Score { brier: *brier, log_loss: *log_loss, auc: *auc }),
            _ => None,
        };
        let all = std::iter::once("model").chain(BASELINES).map(score).collect::<Option<Vec<_>>>()?;
        let fresh = table.text("cases-sha256").is_some_and(|located| located.value == pack.cases_sha256);
        let calibration = table.rows("calibration").unwrap_or_default();
        let calibration = calibration.iter().map(|row| bin(row)).collect::<Option<Vec<_>>>()?;
        fresh.then(|| Validation { cases: count("cases"), recognised: count("recognised"), scores: all, calibration })
    }

    /// The text of `validation.toml`.
    pub fn write(&self, pack: &Pack) -> String {
        let mut out = String::from("# Written by `exequatur backtest --save`; do not edit. Brier, log loss, AUC.\n");
        let _ = writeln!(out, "cases-sha256 = \"{}\"", pack.cases_sha256);
        let _ = writeln!(out, "cases = {}\nrecognised = {}\n", self.cases, self.recognised);
        out.push_str("# Fifths of the predictions: lowest, highest, matters, mean predicted, share recognised.\n");
        out.push_str("calibration = [\n");
        for Bin { from, to, n, predicted, observed } in &self.calibration {
            let _ = writeln!(out, "  [{from:.4}, {to:.4}, {n}, {predicted:.4}, {observed:.4}],");
        }
        out.push_str("]\n\n[scores]\n");
        for (name, score) in std::iter::once("model").chain(BASELINES).zip(&self.scores) {
            let _ = writeln!(out, "{name} = [{:.4}, {:.4}, {:.4}]", score.brier, score.log_loss, score.auc);
        }
        out
    }
}

/// A fifth as a pack carries it; `None` where a figure is out of its range.
fn bin(row: &[f64]) -> Option<Bin> {
    let [from, to, n, predicted, observed] = *row else { return None };
    let share = |value: f64| (0.0..=1.0).contains(&value);
    let fits = [from, to, predicted, observed].into_iter().all(share) && (0.0..=1e6).contains(&n);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
    fits.then_some(Bin { from, to, n: n as usize, predicted, observed })
}
