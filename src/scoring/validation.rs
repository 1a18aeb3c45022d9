//! The figures of a walk-forward test as a pack carries them.
//!
//! Must not: run the test; `backtest` does.

use crate::pack::Pack;
use crate::pack::read::Table;

/// The baselines, by the names used in JSON.
pub const BASELINES: [&str; 4] = ["base_rate", "jurisdiction_rate", "priors_only", "points"];

/// How good a list of probabilities is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Mean squared error: 0 is perfect, 0.25 is a coin.
    pub brier: f64,
    /// Mean negative log-likelihood.
    pub log_loss: f64,
    /// Chance that a case won is ranked above a case lost; ties count one half.
    pub auc: f64,
}

/// The figures of a walk-forward test as a pack carries them, for the model card.
#[derive(Clone, Debug, PartialEq)]
pub struct Validation {
    /// Matters scored.
    pub cases: usize,
    /// Of these, recognised at least in part.
    pub recognised: usize,
    /// The model, then the baselines in the order of [`BASELINES`].
    pub scores: Vec<Score>,
}

impl Validation {
    /// Reads `validation.toml`; `None` where it is of another form or belongs to other cases.
    pub fn read(table: &Table<'_, '_>, pack: &Pack) -> Option<Self> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "need_number bounds the value")]
        let count = |key| table.need_number(key, 0.0, 1e6) as usize;
        let scores = table.table("scores")?;
        let score = |name| match scores.numbers(name)?.as_slice() {
            [brier, log_loss, auc] => Some(Score { brier: *brier, log_loss: *log_loss, auc: *auc }),
            _ => None,
        };
        let all = std::iter::once("model").chain(BASELINES).map(score).collect::<Option<Vec<_>>>()?;
        let fresh = table.text("cases-sha256").is_some_and(|at| at.value == pack.cases_sha256);
        fresh.then(|| Validation { cases: count("cases"), recognised: count("recognised"), scores: all })
    }
}
