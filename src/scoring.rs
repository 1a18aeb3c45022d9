//! The scoring: a pack, a matter and a date in, an [`Assessment`] out.
//!
//! Must not: read a clock, a file or the environment; same pack, answers and date give the same
//! bytes. MODEL.md fixes what is computed; each module below does one part of it and says which.
//!
//! `model` (rules as numbers) → `outlook` (joint average over what is not known) → `target` (one
//! target's result) → `confidence`, `money`, `deadline`, `evidence` → [`Engine::assess`]. `compiled` gives the
//! figures of `outlook` faster; `ways` takes it where it can.

pub mod actions;
pub mod backtest;
pub mod cases;
mod compiled;
pub mod confidence;
pub mod coverage;
pub mod deadline;
pub mod evidence;
pub mod facts;
pub mod fit;
mod gates;
pub mod model;
pub mod money;
pub mod nearest;
pub mod outlook;
pub mod questions;
#[cfg(test)]
pub(crate) mod random;
mod readable;
pub mod record;
pub mod target;
pub mod triage;
mod ways;

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::flow;
use crate::matter::answers::Answers;
use crate::matter::check::{self, Finding};
use crate::matter::{Matter, vector};
use crate::pack::Pack;
use crate::pack::weights::Weights;
use model::{Answered, Model};
use money::Exchange;
pub use target::{Block, Contribution, GroundResult, Outlook, TargetResult};
use triage::Line;

/// A pack made ready for scoring. Build it once.
#[derive(Clone, Debug)]
pub struct Engine<'p> {
    /// The pack.
    pub pack: &'p Pack,
    /// Its rules as numbers.
    pub model: Model,
    /// The weights in force.
    pub weights: Cow<'p, Weights>,
    /// What was worked out of the rules before.
    kept: compiled::Kept,
}

/// The answers of a matter as every target reads them.
#[derive(Clone, Debug)]
pub struct Prepared<'m> {
    answers: Answers<'m>,
    answered: Answered,
}

/// Which targets are scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those considered in the matter, or else where there are assets.
    Matter,
    /// Every target of the pack.
    All,
    /// These.
    Only(Vec<String>),
}

/// The result for a matter.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The date for which it holds.
    pub as_of: Date,
    /// The answers as one line of text, without names and amounts.
    pub vector: String,
    /// One result for each target, in the order asked for.
    pub targets: Vec<TargetResult>,
    /// What does not fit.
    pub findings: Vec<Finding>,
    /// The rates of exchange used.
    pub exchange: Exchange,
}

impl Assessment {
    /// Targets from the best to the worst. Open targets stand before blocked ones; among them, those
    /// whose expected net recovery is known to be above zero by that sum, then those where it cannot be
    /// worked out by their outlook, then those known to cost more than they bring.
    pub fn ranked(&self) -> Vec<&TargetResult> {
        let mut out: Vec<&TargetResult> = self.targets.iter().collect();
        out.sort_by(|a, b| order(&Line::of(a), &Line::of(b)));
        out
    }

    /// The best target that is not blocked.
    pub fn best(&self) -> Option<&TargetResult> {
        self.ranked().into_iter().find(|target| target.blocked.is_empty())
    }
}

/// The order of [`Assessment::ranked`].
fn order(a: &Line<'_>, b: &Line<'_>) -> std::cmp::Ordering {
    let class = |line: &Line<'_>| match line.net {
        _ if line.blocked => 3,
        Some(net) if net > Decimal::ZERO => 0,
        None => 1,
        Some(_) => 2,
    };
    class(a).cmp(&class(b)).then(b.net.cmp(&a.net)).then(b.expected.total_cmp(&a.expected)).then(a.id.cmp(b.id))
}

impl<'p> Engine<'p> {
    /// Makes a pack ready, with the weights that it carries.
    pub fn new(pack: &'p Pack) -> Self {
        Engine { pack, model: Model::new(pack), weights: Weights::of(pack), kept: compiled::Kept::default() }
    }

    /// Makes a pack ready with other weights.
    pub fn with_weights(pack: &'p Pack, weights: Weights) -> Self {
        Engine { weights: Cow::Owned(weights), ..Engine::new(pack) }
    }

    /// The result for one target, of a matter in force ([`flow::in_force`]) whose sums are converted at
    /// `exchange`; `None` where the pack knows no such target.
    pub fn result(&self, matter: &Matter, target: &str, exchange: &Exchange, as_of: Date) -> Option<TargetResult> {
        self.result_of(&self.prepare(Answers::of(self.pack, matter)), target, exchange, as_of)
    }

    /// What all targets share of the answers in force, for [`Engine::result_of`].
    pub fn prepare<'m>(&self, answers: Answers<'m>) -> Prepared<'m> {
        let answered = self.model.answered(self.pack, &answers);
        Prepared { answers, answered }
    }

    /// [`Engine::result`] of answers that were prepared before.
    pub fn result_of(
        &self,
        prepared: &Prepared<'_>,
        target: &str,
        exchange: &Exchange,
        as_of: Date,
    ) -> Option<TargetResult> {
        let Prepared { answers, answered } = prepared;
        Some(self.target(answers, answered, self.pack.profile(target)?, exchange, as_of))
    }

    /// The hash of the weights in force ([`Weights::sha256`]), worked out once.
    pub fn weights_sha256(&self) -> &str {
        self.kept.weights_sha256(|| self.weights.sha256(self.pack))
    }

    /// Targets by the number of their decided cases, most first.
    pub fn by_record(&self) -> &[String] {
        self.kept.by_record(|| {
            let mut ids: Vec<(usize, &String)> =
                self.pack.profiles.iter().map(|profile| (profile.cases, &profile.id)).collect();
            ids.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
            ids.into_iter().map(|(_, id)| id.clone()).collect()
        })
    }

    /// Scores a matter as of a date.
    pub fn assess(&self, matter: &Matter, as_of: Date, scope: &Scope) -> Assessment {
        let matter = &flow::in_force(self.pack, matter);
        let ids: Vec<String> = match scope {
            Scope::Matter => matter.targets(self.pack),
            Scope::All => self.pack.profiles.iter().map(|profile| profile.id.clone()).collect(),
            Scope::Only(ids) => ids.clone(),
        };
        let exchange = Exchange::new(self.pack, matter);
        let answers = Answers::of(self.pack, matter);
        let answered = self.model.answered(self.pack, &answers);
        let targets = ids
            .iter()
            .filter_map(|id| self.pack.profile(id))
            .map(|profile| self.target(&answers, &answered, profile, &exchange, as_of))
            .collect();
        Assessment {
            as_of,
            vector: vector::write(self.pack, matter),
            targets,
            findings: check::findings(self.pack, matter, as_of),
            exchange,
        }
    }
}
