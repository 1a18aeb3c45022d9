//! What helps the creditor decide: confidence hurdles, actions, contradictions.
//!
//! None of them moves the outlook: a creditor's nerve does not change the law.

use serde::{Deserialize, Serialize};

use super::condition::Expr;
use super::hurdle::reason;
use super::index::Index;
use super::reader::Table;
use crate::diagnostic::Code;
use crate::lang::Localized;

/// A hurdle of creditor confidence, 0 (low) to 1 (high).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConfidenceHurdle {
    /// Stable id, e.g. `predictability`.
    pub id: String,
    pub name: Localized,
    /// Its share of the index; all shares add up to one.
    pub weight: f64,
    pub reason: Localized,
    /// A measure that the program works out, if any.
    pub measure: Option<Measure>,
    /// Value when no rule applies, for hurdles without a measure.
    pub start: f64,
    pub raise: Localized,
    /// Facts that move it.
    pub rules: Vec<ConfidenceRule>,
}

/// A measure of the creditor's readiness against a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measure {
    /// Budget over the target's expected cost.
    BudgetOverCost,
    /// Share of the target's documents in hand.
    DocumentsInHand,
    /// Horizon over the target's expected months.
    HorizonOverMonths,
}

impl Measure {
    /// The words used in files.
    pub const WORDS: &'static [(&'static str, Measure)] = &[
        ("budget-over-cost", Measure::BudgetOverCost),
        ("documents-in-hand", Measure::DocumentsInHand),
        ("horizon-over-months", Measure::HorizonOverMonths),
    ];
}

/// A fact that moves a confidence hurdle.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConfidenceRule {
    /// Unique within the hurdle.
    pub id: String,
    pub when: Expr,
    /// Added to the value; the sum is kept within 0 and 1.
    pub change: f64,
    /// One sentence for the report.
    pub because: Localized,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Action {
    pub id: String,
    /// Its name, beginning with a verb.
    pub name: Localized,
    /// What to do, whom to ask.
    pub how: Localized,
    /// Who does it; empty where the pack does not say.
    pub who: Localized,
    /// When it makes sense.
    pub when: Expr,
    /// Answers after it succeeds: question index and option index.
    pub set: Vec<(usize, usize)>,
    /// Options ticked after it succeeds: question index and option index.
    pub add: Vec<(usize, usize)>,
    /// Cost, low and high, in the result currency.
    pub cost: [f64; 2],
    /// Days, low and high.
    pub days: [f64; 2],
    /// On what cost and days rest.
    pub estimate: Localized,
    pub kind: ActionKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ActionKind {
    /// Mends a weakness.
    Cure,
    /// Proves what is already so.
    Evidence,
    /// Is the creditor's own choice.
    Decide,
}

impl ActionKind {
    /// The words used in files.
    pub const WORDS: &'static [(&'static str, ActionKind)] =
        &[("cure", ActionKind::Cure), ("evidence", ActionKind::Evidence), ("decide", ActionKind::Decide)];
}

/// Answers that do not fit together.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Contradiction {
    pub id: String,
    pub when: Expr,
    /// What does not fit and what to check.
    pub says: Localized,
    /// Indices of the questions to look at again.
    pub questions: Vec<usize>,
}

pub(super) fn confidence(root: Table<'_, '_>, index: &Index) -> Vec<ConfidenceHurdle> {
    let mut sum = 0.0;
    let hurdles = root
        .tables("hurdle")
        .into_iter()
        .map(|table| {
            let rules = table
                .tables("rule")
                .into_iter()
                .map(|table| {
                    let rule = ConfidenceRule {
                        id: table.need_text("id").value,
                        when: index.need_condition(&table, "when").0,
                        change: table.need_number("change", -1.0, 1.0),
                        because: table.localized("because"),
                    };
                    table.finish();
                    rule
                })
                .collect();
            let measure = table.word_or("measure", Measure::WORDS);
            let hurdle = ConfidenceHurdle {
                id: table.need_text("id").value,
                name: table.localized("name"),
                weight: table.need_number("weight", 0.0, 1.0),
                reason: reason(&table),
                measure,
                start: table.number_in("start", 0.0, 1.0).unwrap_or(1.0),
                raise: table.localized("raise"),
                rules,
            };
            let _ = table.text("support");
            sum += hurdle.weight;
            table.finish();
            hurdle
        })
        .collect();
    if (sum - 1.0).abs() > 1e-9 {
        root.reader.fault(root.span.clone(), Code::WeightsSum, &[("sum", &format!("{sum:.4}"))]);
    }
    root.finish();
    hurdles
}

pub(super) fn actions(root: Table<'_, '_>, index: &Index) -> Vec<Action> {
    let actions = root
        .tables("action")
        .into_iter()
        .map(|table| {
            let changes = |key: &'static str| -> Vec<(usize, usize)> {
                let Some(changes) = table.table(key) else { return Vec::new() };
                let mut out = Vec::new();
                for (id, value) in changes.entries() {
                    let Some(question) = index.need(table.reader, &id) else { continue };
                    for word in changes.words(&id.value, value) {
                        out.extend(index.need_option(table.reader, question, &word).map(|option| (question, option)));
                    }
                }
                out
            };
            let (set, add) = (changes("set"), changes("add"));
            let action = Action {
                id: table.need_text("id").value,
                name: table.localized("name"),
                how: table.localized("how"),
                who: table.localized_or("who"),
                when: index.need_condition(&table, "when").0,
                set,
                add,
                cost: table.range("cost_usd"),
                days: table.range("days"),
                estimate: table.localized("estimate"),
                kind: table.word("kind", ActionKind::WORDS),
            };
            table.finish();
            action
        })
        .collect();
    root.finish();
    actions
}

pub(super) fn contradictions(root: Table<'_, '_>, index: &Index) -> Vec<Contradiction> {
    let out = root
        .tables("contradiction")
        .into_iter()
        .map(|table| {
            let questions = table.texts("questions").iter().filter_map(|id| index.need(table.reader, id)).collect();
            let contradiction = Contradiction {
                id: table.need_text("id").value,
                when: index.need_condition(&table, "when").0,
                says: table.localized("says"),
                questions,
            };
            table.finish();
            contradiction
        })
        .collect();
    root.finish();
    out
}
