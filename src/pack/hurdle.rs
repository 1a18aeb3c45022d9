//! Legal hurdles: grounds of refusal, their rules and gates.
//!
//! Must not: score. `scoring` reads these values; MODEL.md says how:
//! `logit p = base + sum of the weights of the rules whose condition holds`.

use super::condition::Expr;
use crate::lang::Localized;

/// A ground on which a court may refuse.
#[derive(Clone, Debug)]
pub struct Hurdle {
    /// Stable id, e.g. `natural-justice`.
    pub id: String,
    /// Its name.
    pub name: Localized,
    /// What the court asks.
    pub asks: Localized,
    /// Log-odds that the ground succeeds when no rule applies.
    pub base: Weight,
    /// Where the base comes from.
    pub support: Support,
    /// Why the base has this size.
    pub reason: Localized,
    /// Whether a creditor can do something about it.
    pub cure: Cure,
    /// What the debtor will say.
    pub objection: Localized,
    /// The evidence that answers it.
    pub answer: Localized,
    /// Facts that move it.
    pub rules: Vec<Rule>,
    /// Facts that block the target altogether.
    pub gates: Vec<Gate>,
}

/// A log-odds weight with its prior spread (one standard deviation).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weight {
    /// Mean.
    pub mean: f64,
    /// Standard deviation, above zero.
    pub spread: f64,
}

/// A fact that moves a hurdle.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Unique within the hurdle.
    pub id: String,
    /// When it applies.
    pub when: Expr,
    /// The condition as the pack words it.
    pub sentence: String,
    /// What it adds to the log-odds of refusal: positive is worse for the creditor.
    pub weight: Weight,
    /// One sentence for the report.
    pub because: Localized,
    /// Why the weight has this size.
    pub reason: Localized,
    /// Where it comes from.
    pub support: Support,
}

/// A fact that blocks: not a probability.
#[derive(Clone, Debug)]
pub struct Gate {
    /// Unique within the hurdle.
    pub id: String,
    /// When it blocks.
    pub when: Expr,
    /// One sentence for the report.
    pub because: Localized,
    /// Why it blocks.
    pub reason: Localized,
    /// What would lift it, or that nothing does.
    pub cure: Localized,
    /// Where it comes from.
    pub support: Support,
}

/// Where a rule comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Support {
    /// Decided cases, by id.
    Precedent(Vec<String>),
    /// A citation.
    Statute(String),
    /// Our own judgement.
    Judgement,
}

impl Support {
    /// The word used in files and in JSON.
    pub const fn kind(&self) -> &'static str {
        match self {
            Support::Precedent(_) => "precedent",
            Support::Statute(_) => "statute",
            Support::Judgement => "judgement",
        }
    }

    /// The decided cases named.
    pub fn cases(&self) -> &[String] {
        if let Support::Precedent(cases) = self { cases } else { &[] }
    }
}

/// Whether a weakness can be mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cure {
    /// By something that the creditor can do.
    Curable,
    /// In part.
    Mitigable,
    /// Not at all.
    Fixed,
}

impl Cure {
    /// The words used in files.
    pub const WORDS: &'static [(&'static str, Cure)] =
        &[("curable", Cure::Curable), ("mitigable", Cure::Mitigable), ("fixed", Cure::Fixed)];

    /// The word used in files.
    pub const fn id(self) -> &'static str {
        match self {
            Cure::Curable => "curable",
            Cure::Mitigable => "mitigable",
            Cure::Fixed => "fixed",
        }
    }
}
