//! Legal hurdles: grounds of refusal, their rules and gates.
//!
//! What they come to is worked out by `scoring`: `logit p = base + sum of the weights of the rules whose condition holds`.

use serde::{Deserialize, Serialize};

use super::condition::Expr;
use super::index::Index;
use super::reader::Table;
use crate::diagnostic::Code;
use crate::lang::Localized;

/// A ground on which a court may refuse.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Hurdle {
    /// Stable id, e.g. `natural-justice`.
    pub id: String,
    pub name: Localized,
    pub asks: Localized,
    /// Log-odds that the ground succeeds when no rule applies.
    pub base: Weight,
    pub support: Support,
    /// Why the base has this size.
    pub reason: Localized,
    pub cure: Cure,
    /// What the debtor will say.
    pub objection: Localized,
    pub answer: Localized,
    /// Facts that move it.
    pub rules: Vec<Rule>,
    /// Facts that block the target altogether.
    pub gates: Vec<Gate>,
}

/// A log-odds weight with its prior spread (one standard deviation).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weight {
    pub mean: f64,
    /// Standard deviation, above zero.
    pub spread: f64,
}

/// A fact that moves a hurdle.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rule {
    /// Unique within the hurdle.
    pub id: String,
    pub when: Expr,
    /// The condition as the pack words it.
    pub sentence: String,
    /// What it adds to the log-odds of refusal: positive is worse for the creditor.
    pub weight: Weight,
    /// One sentence for the report.
    pub because: Localized,
    /// Why the weight has this size.
    pub reason: Localized,
    pub support: Support,
}

/// A fact that blocks: not a probability.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Gate {
    /// Unique within the hurdle.
    pub id: String,
    pub when: Expr,
    /// One sentence for the report.
    pub because: Localized,
    /// Why it blocks.
    pub reason: Localized,
    /// What would lift it, or that nothing does.
    pub cure: Localized,
    pub support: Support,
}

/// Where a rule comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Support {
    Precedent(Vec<String>),
    Statute(String),
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

    pub fn cases(&self) -> &[String] {
        if let Support::Precedent(cases) = self { cases } else { &[] }
    }
}

/// Whether a weakness can be mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cure {
    /// By something that the creditor can do.
    Curable,
    Mitigable,
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

/// Rules of a hurdle are bits of a mask.
const MAX_RULES: usize = 64;

/// Largest log-odds weight that a pack may carry: e^8 is about 3000 to 1.
const MAX_WEIGHT: f64 = 8.0;

/// Where a figure comes from; a fault where the file does not say it.
pub(super) fn support(table: &Table<'_, '_>) -> Support {
    let cases: Vec<String> = table.strings("cases");
    let law = table.string("law");
    let kind = table.word_or("support", &[("precedent", 0), ("statute", 1), ("judgement", 2)]);
    match kind {
        Some(0) if !cases.is_empty() => Support::Precedent(cases),
        Some(1) if !law.is_empty() => Support::Statute(law),
        Some(2) => Support::Judgement,
        _ => {
            table.reader.fault(table.span.clone(), Code::NoSupport, &[]);
            Support::Judgement
        }
    }
}

/// Why a figure has its size; a fault where the file does not say it.
pub(super) fn reason(table: &Table<'_, '_>) -> Localized {
    if !table.has("reason") {
        table.reader.fault(table.span.clone(), Code::NoReason, &[]);
    }
    table.localized_or("reason")
}

/// Reads a file with one hurdle.
pub(super) fn read(root: Table<'_, '_>, index: &Index) -> Option<Hurdle> {
    let Some(head) = root.table("hurdle") else {
        root.missing("hurdle");
        return None;
    };
    let spread = |table: &Table<'_, '_>| table.need_number("spread", 0.01, MAX_WEIGHT);
    let rules = root.tables("rule");
    root.at_most(rules.len(), MAX_RULES);
    let rules = rules
        .into_iter()
        .take(MAX_RULES)
        .map(|table| {
            let (when, sentence) = index.need_condition(&table, "when");
            let rule = Rule {
                id: table.need_text("id").value,
                when,
                sentence,
                weight: Weight { mean: table.need_number("weight", -MAX_WEIGHT, MAX_WEIGHT), spread: spread(&table) },
                because: table.localized("because"),
                reason: reason(&table),
                support: support(&table),
            };
            table.finish();
            rule
        })
        .collect();
    let gates = root
        .tables("gate")
        .into_iter()
        .map(|table| {
            let gate = Gate {
                id: table.need_text("id").value,
                when: index.need_condition(&table, "when").0,
                because: table.localized("because"),
                reason: reason(&table),
                cure: table.localized("cure"),
                support: support(&table),
            };
            table.finish();
            gate
        })
        .collect();
    let hurdle = Hurdle {
        id: head.need_text("id").value,
        name: head.localized("name"),
        asks: head.localized("asks"),
        base: Weight { mean: head.need_number("base", -MAX_WEIGHT, MAX_WEIGHT), spread: spread(&head) },
        support: support(&head),
        reason: reason(&head),
        cure: head.word("cure", Cure::WORDS),
        objection: head.localized("objection"),
        answer: head.localized("answer"),
        rules,
        gates,
    };
    head.finish();
    root.finish();
    Some(hurdle)
}

/// The contest of a pack that lacks the file of it, which is a fault of its own.
pub(super) fn empty() -> Hurdle {
    Hurdle {
        id: "contest".to_owned(),
        name: Localized::default(),
        asks: Localized::default(),
        base: Weight { mean: 0.0, spread: 1.0 },
        support: Support::Judgement,
        reason: Localized::default(),
        cure: Cure::Fixed,
        objection: Localized::default(),
        answer: Localized::default(),
        rules: Vec::new(),
        gates: Vec::new(),
    }
}
