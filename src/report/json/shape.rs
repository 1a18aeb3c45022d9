//! The fields of the JSON, in their order: a promise to scripts. `json` fills them.

use serde::Serialize;
use serde_json::Value;

#[derive(Clone, Debug, Serialize)]
pub struct Score {
    pub(super) program: &'static str,
    pub(super) pack: PackId,
    pub(super) as_of: String,
    pub(super) language: &'static str,
    pub(super) vector: String,
    pub(super) targets: Vec<Target>,
    pub(super) confidence: Option<ConfidenceOf>,
    pub(super) next_questions: Vec<NextQuestion>,
    pub(super) findings: Vec<String>,
    pub(super) answers: Vec<AnswerLine>,
    pub(super) rates: Rates,
    pub(super) weights: Weights,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct PackId {
    pub(super) id: String,
    pub(super) version: String,
    pub(super) sha256: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Target {
    pub(super) jurisdiction: String,
    pub(super) name: String,
    pub(super) blocked: Vec<Block>,
    pub(super) may_block: Vec<Block>,
    pub(super) outlook: Outlook,
    pub(super) grounds: Vec<Ground>,
    pub(super) contest: f64,
    pub(super) evidence: Evidence,
    pub(super) money: Money,
    pub(super) deadlines: Vec<Deadline>,
    pub(super) actions: Vec<Action>,
    pub(super) cases: Vec<NearCase>,
    pub(super) confidence: ConfidenceOf,
    pub(super) cure_plan: Vec<CureOf>,
    /// The outlook after every action that makes sense on what is known; null where there is none.
    pub(super) outlook_if_all_cured: Option<f64>,
    pub(super) objections: Vec<Objection>,
    pub(super) documents: Documents,
}

/// A weakness, and the action that lowers it most.
#[derive(Clone, Debug, Serialize)]
pub(super) struct CureOf {
    pub(super) ground: String,
    pub(super) p: f64,
    pub(super) cure: &'static str,
    pub(super) action: Option<String>,
    pub(super) p_after: Option<f64>,
    pub(super) outlook_after: Option<f64>,
}

/// What the debtor will say.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Objection {
    pub(super) ground: String,
    pub(super) says: String,
    pub(super) reply: String,
    pub(super) case: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Documents {
    pub(super) checklist: Vec<Paper>,
    /// What the target asks for, in words.
    pub(super) required: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Paper {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) in_hand: Option<bool>,
    pub(super) action: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Block {
    pub(super) ground: String,
    pub(super) gate: String,
    pub(super) because: String,
    pub(super) cure: String,
    pub(super) outlook_if_cured: f64,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Outlook {
    pub(super) expected: f64,
    pub(super) answers: [f64; 2],
    pub(super) data: [f64; 2],
    pub(super) word: String,
    pub(super) standard_error: f64,
    pub(super) outer_bound: bool,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Ground {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) p: f64,
    pub(super) answers: [f64; 2],
    pub(super) logit: f64,
    pub(super) cure: &'static str,
    pub(super) contributions: Vec<Contribution>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Contribution {
    pub(super) rule: String,
    pub(super) logit: f64,
    pub(super) holds: f64,
    pub(super) because: String,
    /// The prior of the weight, the weight in force and its standard deviation; absent for what has
    /// no weight of its own.
    pub(super) prior: Option<f64>,
    pub(super) weight: Option<f64>,
    pub(super) spread: Option<f64>,
    pub(super) reason: Option<String>,
    pub(super) support: Option<SupportOf>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct SupportOf {
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) cases: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) law: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) with: Option<[usize; 2]>,
    /// Decided cases that certainly have the fact.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) cases_with: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) without: Option<[usize; 2]>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Evidence {
    pub(super) grade: &'static str,
    pub(super) reasons: Vec<String>,
    pub(super) load_bearing: Vec<LoadBearing>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct LoadBearing {
    pub(super) question: String,
    pub(super) moves: f64,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Money {
    pub(super) currency: String,
    pub(super) cost: [Value; 2],
    pub(super) recoverable: Option<[Value; 2]>,
    pub(super) net: Option<Net>,
    pub(super) ratio: Option<f64>,
    pub(super) break_even: Option<Value>,
    pub(super) claim: Option<[Value; 2]>,
    pub(super) assets: Option<[Value; 3]>,
    pub(super) expected_cost: Value,
    pub(super) expected_recoverable: Option<Value>,
    pub(super) funders: Vec<FunderView>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Net {
    pub(super) expected: Value,
    pub(super) range: [Value; 2],
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct FunderView {
    pub(super) id: String,
    pub(super) met: Option<bool>,
    pub(super) source: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Deadline {
    pub(super) what: String,
    pub(super) id: String,
    pub(super) date: Option<String>,
    pub(super) days: Option<i32>,
    pub(super) earliest: bool,
    pub(super) interrupted: bool,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Action {
    pub(super) id: String,
    pub(super) outlook: f64,
    pub(super) net: Option<Value>,
    pub(super) confidence: i16,
    /// The middle of the estimate, in the result currency and in days; the ranges stand beside.
    pub(super) cost: f64,
    pub(super) days: f64,
    pub(super) cost_range: [f64; 2],
    pub(super) days_range: [f64; 2],
    pub(super) estimate: bool,
    /// Change of the width of the answer range.
    pub(super) width: f64,
    pub(super) outlook_after: f64,
    pub(super) blocked_after: usize,
    /// True where it makes sense only if an answer that is not known turns out so.
    pub(super) depends: bool,
    pub(super) name: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct NearCase {
    pub(super) id: String,
    pub(super) shared: usize,
    pub(super) agrees: Vec<String>,
    pub(super) differs: Vec<String>,
    pub(super) nearness: i32,
    pub(super) outcome: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct NextQuestion {
    pub(super) question: String,
    pub(super) narrows: f64,
    /// Lowest and highest expected outlook over its answers.
    pub(super) outlook: [f64; 2],
    /// Index of the question's order in the interview, from one.
    pub(super) number: usize,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct ConfidenceOf {
    pub(super) jurisdiction: String,
    pub(super) index: u8,
    pub(super) hurdles: Vec<Hurdle>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Hurdle {
    pub(super) id: String,
    pub(super) value: f64,
    pub(super) weight: f64,
    pub(super) because: String,
    pub(super) range: [f64; 2],
    pub(super) raise: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct AnswerLine {
    pub(super) question: String,
    pub(super) answer: String,
    pub(super) basis: &'static str,
    pub(super) evidence: String,
    pub(super) note: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Rates {
    pub(super) currency: String,
    pub(super) as_of: String,
    pub(super) own: bool,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Weights {
    pub(super) fitted: bool,
    pub(super) cases: usize,
    /// SHA-256 of the weights in force, as `weights.toml` writes them.
    pub(super) sha256: String,
}
