//! The weights in force: means and covariances on the log-odds scale, by hurdle.
//!
//! Must not: fit. They are the priors of the pack, or what `calibrate` fitted and wrote into it.
//! The parameters of a hurdle are, in this order: its base, its rules in the order of the file, and
//! one effect for each target that has decided cases (partial pooling: prior mean zero).

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::sync::Arc;

use crate::pack::read::Table;
use crate::pack::{Hurdle, Pack};

/// The weights of all hurdles; the chance of a contest stands last.
#[derive(Clone, Debug)]
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

/// The weights of one hurdle.
#[derive(Clone, Debug)]
pub struct HurdleWeights {
    /// Base and rules.
    pub means: Vec<f64>,
    /// The effect of each target that has decided cases: mean, and its place among the parameters; in the order
    /// of the ids.
    pub targets: Vec<Effect>,
    /// Covariance of all parameters, row by row; empty for priors, which are independent.
    pub covariance: Covariance,
    /// Standard deviation of each parameter of the prior: base and rules.
    pub spreads: Vec<f64>,
    /// Standard deviation of the effect of a target without decided cases.
    pub target_spread: f64,
}

/// The effect of a target: its id, the mean, and its place among the parameters.
pub type Effect = (Cow<'static, str>, (f64, usize));

/// Numbers row by row. A matter needs a few of the ten thousand of a pack, so that those in the binary stay
/// where they are.
#[derive(Clone)]
pub enum Covariance {
    /// Worked out, or read from a text.
    Own(Vec<f64>),
    /// As bytes in the binary, the lowest first.
    Baked(&'static [[u8; 8]]),
}

impl Covariance {
    /// How many numbers there are.
    pub fn len(&self) -> usize {
        match self {
            Covariance::Own(numbers) => numbers.len(),
            Covariance::Baked(bytes) => bytes.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number at a place.
    pub fn at(&self, at: usize) -> f64 {
        match self {
            Covariance::Own(numbers) => numbers[at],
            Covariance::Baked(bytes) => f64::from_le_bytes(bytes[at]),
        }
    }
}

/// The numbers, wherever they stand.
impl fmt::Debug for Covariance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries((0..self.len()).map(|at| self.at(at))).finish()
    }
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

    /// SHA-256, in hexadecimal, of the weights as `weights.toml` writes them: with the hash of the pack
    /// it says by which method a figure was reached.
    pub fn sha256(&self, pack: &Pack) -> String {
        use sha2::{Digest as _, Sha256};
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
            let list = |words: &mut dyn Iterator<Item = String>| words.collect::<Vec<_>>().join(", ");
            let rules = list(&mut hurdle.rules.iter().map(|rule| format!("\"{}\"", rule.id)));
            let means = list(&mut weights.means.iter().map(f64::to_string));
            let targets = list(&mut weights.targets.iter().map(|(id, _)| format!("\"{id}\"")));
            let effects = list(&mut weights.targets.iter().map(|(_, (mean, _))| mean.to_string()));
            let _ = writeln!(out, "\n[[hurdle]]\nid = \"{}\"\nrules = [{rules}]\nmeans = [{means}]", hurdle.id);
            let _ = writeln!(out, "targets = [{targets}]\neffects = [{effects}]\ncovariance = [");
            let n = weights.size();
            for row in 0..n {
                let cells = list(&mut (row * n..=row * n + row).map(|at| weights.covariance.at(at).to_string()));
                let _ = writeln!(out, "  [{cells}],");
            }
            let _ = writeln!(out, "]");
        }
        out
    }

    /// Reads `weights.toml` for a pack whose hurdles are read; `None` where it does not belong to
    /// them (the caller notes the fault).
    pub fn read(table: &Table<'_, '_>, pack: &Pack) -> Option<Self> {
        let mut weights = Weights::prior(pack);
        let text = |key: &'static str| table.text(key).map(|at| at.value).unwrap_or_default();
        weights.fitted_on = Some(text("cases-sha256"));
        weights.dates = [text("from"), text("until")];
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "need_number bounds the value")]
        let cases = table.need_number("cases", 0.0, 1e6) as usize;
        weights.cases = cases;
        let tables = table.tables("hurdle");
        if tables.len() != pack.hurdles.len() {
            return None;
        }
        for ((table, hurdle), weights) in tables.into_iter().zip(&pack.hurdles).zip(&mut weights.hurdles) {
            let ids: Vec<String> = table.texts("rules").into_iter().map(|at| at.value).collect();
            let same = ids.iter().eq(hurdle.rules.iter().map(|rule| &rule.id));
            let means = table.numbers("means")?;
            let targets = table.texts("targets");
            let effects = table.numbers("effects")?;
            let rows = table.rows("covariance")?;
            let n = means.len() + targets.len();
            let whole = rows.len() == n && rows.iter().enumerate().all(|(row, cells)| cells.len() == row + 1);
            if table.need_text("id").value != hurdle.id
                || !same
                || means.len() != hurdle.rules.len() + 1
                || effects.len() != targets.len()
                || !whole
            {
                return None;
            }
            let own = means.len();
            weights.means = means;
            weights.targets = targets
                .into_iter()
                .zip(effects)
                .enumerate()
                .map(|(at, (id, mean))| (Cow::Owned(id.value), (mean, own + at)))
                .collect();
            weights.targets.sort_by(|(one, _), (other, _)| one.cmp(other));
            let mut covariance = vec![0.0; n * n];
            for (row, cells) in rows.into_iter().enumerate() {
                for (column, cell) in cells.into_iter().enumerate() {
                    covariance[row * n + column] = cell;
                    covariance[column * n + row] = cell;
                }
            }
            weights.covariance = Covariance::Own(covariance);
        }
        Some(weights)
    }

    /// What the pack carries: fitted weights where it has them, else the priors.
    pub fn of(pack: &Pack) -> Arc<Self> {
        Option::clone(&pack.fitted).unwrap_or_else(|| Weights::prior(pack).into())
    }
}

impl HurdleWeights {
    fn prior(hurdle: &Hurdle, target_spread: f64) -> Self {
        let weights = || std::iter::once(&hurdle.base).chain(hurdle.rules.iter().map(|rule| &rule.weight));
        HurdleWeights {
            means: weights().map(|weight| weight.mean).collect(),
            targets: Vec::new(),
            covariance: Covariance::Own(Vec::new()),
            spreads: weights().map(|weight| weight.spread).collect(),
            target_spread,
        }
    }

    /// The effect of a target; zero where it has no decided cases.
    pub fn target(&self, id: &str) -> f64 {
        self.effect(id).map_or(0.0, |(mean, _)| *mean)
    }

    fn effect(&self, id: &str) -> Option<&(f64, usize)> {
        let at = self.targets.binary_search_by(|(known, _)| known.as_ref().cmp(id)).ok()?;
        Some(&self.targets[at].1)
    }

    /// The place of a target's effect among the parameters; `None` where it has no decided cases.
    pub fn own(&self, id: &str) -> Option<usize> {
        self.effect(id).map(|(_, place)| *place)
    }

    /// Standard deviation of a parameter: zero for the base, `n` for the `n`-th rule from one.
    pub fn spread(&self, parameter: usize) -> f64 {
        if self.covariance.is_empty() {
            return self.spreads[parameter];
        }
        self.covariance.at(parameter * self.size() + parameter).max(0.0).sqrt()
    }

    /// How many parameters there are.
    pub fn size(&self) -> usize {
        self.means.len() + self.targets.len()
    }

    /// Variance of `sum of slope x parameter` for a target whose effect has the place `own`. `slopes` are by base and
    /// rules with their places, the base first, and those that are zero may be left out; the target's effect shares
    /// the slope of the base.
    pub fn variance(&self, slopes: &[(usize, f64)], own: Option<usize>) -> f64 {
        let base = slopes.first().map_or(0.0, |(_, slope)| *slope);
        let free = if own.is_none() { (base * self.target_spread).powi(2) } else { 0.0 };
        if self.covariance.is_empty() {
            return free + slopes.iter().map(|(at, slope)| (slope * self.spreads[*at]).powi(2)).sum::<f64>();
        }
        // Base and rules first, then the effect of the target.
        let slopes = || slopes.iter().copied().chain(own.map(|at| (at, base)));
        let n = self.size();
        match &self.covariance {
            Covariance::Own(numbers) => joint(free, slopes, |row| {
                let row = &numbers[row * n..(row + 1) * n];
                move |column| row[column]
            }),
            Covariance::Baked(bytes) => joint(free, slopes, |row| {
                let row = &bytes[row * n..(row + 1) * n];
                move |column| f64::from_le_bytes(row[column])
            }),
        }
    }
}

/// The variance of parameters that are known together, added to another one.
fn joint<I, R>(free: f64, slopes: impl Fn() -> I, rows: impl Fn(usize) -> R) -> f64
where
    I: Iterator<Item = (usize, f64)>,
    R: Fn(usize) -> f64,
{
    let mut variance = free;
    for (at, (row, a)) in slopes().enumerate() {
        let covariance = rows(row);
        // What stands beside the diagonal counts twice.
        let before = slopes().take(at).map(|(column, b)| b * covariance(column)).sum::<f64>();
        variance += a * (2.0 * before + a * covariance(row));
    }
    variance.max(0.0)
}
