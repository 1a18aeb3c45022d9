//! The scoring: a pack, the answers of a debtor and a date in, an [`Assessment`] out.
//!
//! Invariant: no clock, file or environment; the same pack, answers and date give the same bytes.
//!
//! MODEL.md fixes what is computed; each module below does one part of it and says which. `model` (rules over
//! variables) → `engine` (the chance of recognition, averaged over what is not known) → `target` (one target's result)
//! → `confidence`, `money`, `deadline`, `evidence` → [`Engine::assess`].

pub mod model;
pub mod facts;
pub mod engine;
mod gates;
pub mod target;
pub mod confidence;
pub mod money;
pub mod deadline;
pub mod evidence;
pub mod consistency;
pub mod questions;
pub mod actions;
pub mod triage;
pub mod fit;
pub mod backtest;
pub mod case_matters;
pub mod nearest_cases;
pub mod rule_record;
pub mod coverage;
#[cfg(test)]
pub(crate) mod random;

use std::borrow::Cow;
use std::sync::OnceLock;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::flow;
use crate::matter::answers::Answers;
use crate::matter::{Matter, fact_vector};
use crate::pack::weights::Weights;
use crate::pack::{Pack, Profile};
use consistency::Finding;
use engine::TargetRules;
use model::Model;
use money::Exchange;
pub use target::{Block, Contribution, GroundResult, Outlook, TargetResult};
use triage::Line;

/// A pack ready for scoring. Build it once.
#[derive(Clone, Debug)]
pub struct Engine<'p> {
    pub pack: &'p Pack,
    /// Its rules over variables.
    pub model: Model,
    pub weights: Cow<'p, Weights>,
    /// The rules as they stand in each target, in the order of the pack; put together when a target is first scored,
    /// because most matters ask for a few of them.
    rules: Vec<OnceLock<TargetRules>>,
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
    pub as_of: Date,
    /// The answers as one line of text, without names and amounts.
    pub vector: String,
    /// One result for each debtor and target, in the order asked for.
    pub rows: Vec<TargetResult>,
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
        let mut out: Vec<&TargetResult> = self.rows.iter().collect();
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
        let rules = pack.profiles.iter().map(|_| OnceLock::new()).collect();
        Engine { pack, model: Model::new(pack), weights: Weights::of(pack), rules }
    }

    /// The rules as they stand in a target of the pack.
    pub(crate) fn rules(&self, target: &Profile) -> &TargetRules {
        let index = self.pack.profiles.iter().position(|known| known.id == target.id);
        let rules = &self.rules[index.expect("a target of the engine's own pack")];
        rules.get_or_init(|| TargetRules::new(&self.model, &self.weights, target))
    }

    /// The result of one debtor's answers in force ([`flow::answers_in_force`]) for one target, sums converted at `exchange`;
    /// `None` where the pack knows no such target.
    pub fn result(&self, answers: &Answers, target: &str, exchange: &Exchange, as_of: Date) -> Option<TargetResult> {
        Some(self.target(answers, self.pack.profile(target)?, exchange, as_of))
    }

    /// Targets by the number of their decided cases, most first.
    pub(crate) fn by_record(&self) -> Vec<&'p str> {
        let mut targets: Vec<&Profile> = self.pack.profiles.iter().collect();
        targets.sort_by(|a, b| b.cases.cmp(&a.cases).then(a.id.cmp(&b.id)));
        targets.into_iter().map(|target| target.id.as_str()).collect()
    }

    /// Scores a matter as of a date.
    pub fn assess(&self, matter: &Matter, as_of: Date, scope: &Scope) -> Assessment {
        let exchange = Exchange::new(self.pack, matter);
        let answers = flow::answers_in_force(self.pack, matter);
        let targets = self.targets_in(scope, &answers);
        Assessment {
            as_of,
            vector: fact_vector::write(self.pack, &flow::in_force(self.pack, matter)),
            rows: targets.into_iter().map(|target| self.target(&answers, target, &exchange, as_of)).collect(),
            findings: consistency::findings(self.pack, &answers, &exchange, as_of),
            exchange,
        }
    }

    /// The targets of a scope, in the order asked for.
    fn targets_in(&self, scope: &Scope, answers: &Answers) -> Vec<&'p Profile> {
        let pack: &'p Pack = self.pack;
        match scope {
            Scope::Matter => answers.targets(pack).filter_map(|id| pack.profile(id)).collect(),
            Scope::All => pack.profiles.iter().collect(),
            Scope::Only(ids) => ids.iter().filter_map(|id| pack.profile(id)).collect(),
        }
    }
}
