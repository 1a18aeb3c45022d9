//! `pack.toml`: what the pack is called, its words, which question plays which part, rates, periods.

use serde::{Deserialize, Serialize};

use super::case::CaseColumns;
use super::condition::Expr;
use super::hurdle::{self, Support, reason, support};
use super::index::Index;
use super::reader::Table;
use super::{AssetForm, CaseFacts, Pack};
use crate::lang::Localized;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExampleName {
    /// Its file, without folder and ending.
    pub id: String,
    /// A short name for lists.
    pub name: Localized,
    pub title: Localized,
}

/// What a pack calls its subject where the program speaks of it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Wording {
    pub report: Localized,
    /// The question at the head of the home screen.
    pub home: Localized,
    /// What the decided cases are about.
    pub cases: Localized,
    pub origin_court: Localized,
    /// Whose judgments the record of a target counts.
    pub record_there: Localized,
    /// Whose judgments the record of a state counts.
    pub record_back: Localized,
}

/// A place that is not a target.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Place {
    pub id: String,
    pub name: Localized,
}

/// A likelihood word and the band in whole percent that it names.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LikelihoodWord {
    /// Highest whole percent of the band, inclusive.
    pub up_to: u8,
    pub name: Localized,
    /// The band as a sentence.
    pub meaning: Localized,
}

/// Which question plays which part where the program works with more than listed options. Each is
/// the index of a question, where the pack has one.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Roles {
    pub judgment_date: Option<usize>,
    pub effective_date: Option<usize>,
    pub amount: Option<usize>,
    pub interest: Option<usize>,
    /// Interest for late performance, which not every target enforces.
    pub late_interest: Option<usize>,
    pub paid: Option<usize>,
    /// Where the debtor lives or is registered.
    pub debtor_place: Option<usize>,
    pub assets: Option<usize>,
    pub targets: Option<usize>,
    /// The debtor's ties to the first choice.
    pub debtor_link: Option<usize>,
    pub home_enforcement: Option<usize>,
    /// Most that will be spent before the first recovery.
    pub budget: Option<usize>,
    /// Months that the creditor can wait.
    pub horizon: Option<usize>,
    /// Least net recovery that makes it worthwhile.
    pub worth: Option<usize>,
    /// Lowest acceptable settlement.
    pub settlement: Option<usize>,
    pub documents: Option<usize>,
    pub finality: Option<usize>,
    /// The sum up to which the other side's costs can be borne.
    pub adverse_sum: Option<usize>,
    /// The state whose court gave the judgment, where the pack is not about one state's judgments.
    pub origin: Option<usize>,
}

/// Other names by which a place is found, e.g. those of its cities.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OtherNames {
    pub place: String,
    /// The names, in any language.
    pub names: Vec<String>,
}

/// Planning rates of exchange into one currency.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rates {
    /// The currency of every figure in a result.
    pub currency: String,
    /// The currency in which the court that gave the judgment counts: that of a sum of the judgment
    /// that is typed without one. Empty where there is no such currency.
    pub sum_currency: String,
    /// The day the rates are stated for.
    pub as_of: jiff::civil::Date,
    /// What they are: always says that they are a planning assumption.
    pub note: Localized,
    /// Units of the result currency for one unit of each currency.
    pub per_unit: Vec<(String, rust_decimal::Decimal)>,
}

/// A period that runs where the judgment was given.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HomeDeadline {
    pub id: String,
    /// What ends.
    pub name: Localized,
    /// Years from the effective date.
    pub years: i32,
    /// What interrupts it, and what it does not do.
    pub note: Localized,
    pub support: Support,
    /// Why it is printed although it is no bar in a target.
    pub reason: Localized,
    /// The condition under which the period was interrupted.
    pub interrupted_if: Expr,
    pub interrupted: Localized,
}

/// A funder's published threshold.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Funder {
    pub id: String,
    pub name: Localized,
    /// Least amount of the claim in the result currency, where one is named.
    pub least_claim: Option<f64>,
    /// Least recoverable value as a multiple of costs, where one is named.
    pub least_ratio: Option<f64>,
    /// Address of the page.
    pub source: String,
    /// What the source says of its date.
    pub dated: Localized,
}

/// Reads `pack.toml` into a pack whose lists are still empty.
pub(super) fn read(root: Table<'_, '_>, index: &Index) -> Pack {
    let mut roles = Roles::default();
    if let Some(table) = root.table("roles") {
        let role = |key: &'static str| table.text(key).and_then(|id| index.need(table.reader, &id));
        roles = Roles {
            judgment_date: role("judgment-date"),
            effective_date: role("effective-date"),
            amount: role("amount"),
            interest: role("interest"),
            late_interest: role("late-interest"),
            paid: role("paid"),
            debtor_place: role("debtor-place"),
            assets: role("assets"),
            targets: role("targets"),
            debtor_link: role("debtor-link"),
            home_enforcement: role("home-enforcement"),
            budget: role("budget"),
            horizon: role("horizon"),
            worth: role("worth"),
            settlement: role("settlement"),
            documents: role("documents"),
            finality: role("finality"),
            adverse_sum: role("adverse-sum"),
            origin: role("origin"),
        };
        table.finish();
    }
    let pack = Pack {
        id: root.need_text("id").value,
        version: root.need_text("version").value,
        title: root.localized("title"),
        provenance: root.localized("provenance"),
        is_default: root.flag("default").unwrap_or_default(),
        wording: wording(&root),
        case_columns: root.table("case-columns").map_or_else(CaseColumns::default, case_columns),
        sha256: String::new(),
        cases_sha256: String::new(),
        sections: Vec::new(),
        questions: Vec::new(),
        hurdles: Vec::new(),
        contest: hurdle::empty(),
        confidence: Vec::new(),
        actions: Vec::new(),
        contradictions: Vec::new(),
        assets: AssetForm::default(),
        places: root.tables("place").into_iter().map(place).collect(),
        regions: root.tables("region").into_iter().map(place).collect(),
        words: root.tables("word").into_iter().map(word).collect(),
        roles,
        rates: root.table("rates").map_or_else(no_rates, rates),
        home_deadlines: root.tables("deadline").into_iter().map(|table| deadline(table, index)).collect(),
        funders: root.tables("funder").into_iter().map(funder).collect(),
        profiles: Vec::new(),
        cases: Vec::new(),
        case_facts: CaseFacts::default(),
        treaties: Vec::new(),
        inbound: Vec::new(),
        renames: Vec::new(),
        also: root.tables("also").into_iter().map(other_names).collect(),
        examples: Vec::new(),
        example_names: root.tables("example").into_iter().map(example_name).collect(),
        target_spread: root.number_in("target-spread", 0.0, 3.0).unwrap_or(0.5),
        case_weight: root.number_in("case-weight", 0.01, 1.0).unwrap_or(1.0),
        fitted: None,
        validation: None,
    };
    if pack.words.is_empty() {
        root.missing("word");
    }
    root.finish();
    pack
}

/// The words of a pack where the program speaks of its subject. Each must be there.
fn wording(root: &Table<'_, '_>) -> Wording {
    let Some(table) = root.table("wording") else {
        root.missing("wording");
        return Wording::default();
    };
    let out = Wording {
        report: table.localized("report"),
        home: table.localized("home"),
        cases: table.localized("cases"),
        origin_court: table.localized("origin-court"),
        record_there: table.localized("record-there"),
        record_back: table.localized("record-back"),
    };
    table.finish();
    out
}

fn case_columns(table: Table<'_, '_>) -> CaseColumns {
    let out =
        CaseColumns { facts: Vec::new(), origin_court: table.string("origin-court"), others: table.strings("others") };
    table.finish();
    out
}

fn example_name(table: Table<'_, '_>) -> ExampleName {
    let out =
        ExampleName { id: table.need_text("id").value, name: table.localized("name"), title: table.localized("title") };
    table.finish();
    out
}

fn place(table: Table<'_, '_>) -> Place {
    let out = Place { id: table.need_text("id").value, name: table.localized("name") };
    table.finish();
    out
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "need_number bounds the value")]
fn word(table: Table<'_, '_>) -> LikelihoodWord {
    let out = LikelihoodWord {
        up_to: table.need_number("up-to", 0.0, 100.0) as u8,
        name: table.localized("name"),
        meaning: table.localized("meaning"),
    };
    table.finish();
    out
}

fn no_rates() -> Rates {
    Rates {
        currency: "USD".to_owned(),
        sum_currency: String::new(),
        as_of: jiff::civil::Date::default(),
        note: Localized::default(),
        per_unit: Vec::new(),
    }
}

fn other_names(table: Table<'_, '_>) -> OtherNames {
    let out = OtherNames { place: table.need_text("place").value, names: table.strings("names") };
    table.finish();
    out
}

fn rates(table: Table<'_, '_>) -> Rates {
    let out = Rates {
        currency: table.need_text("currency").value,
        sum_currency: table.string("sum-currency"),
        as_of: table.date("as-of").unwrap_or_default(),
        note: table.localized("note"),
        per_unit: table.rates("per-unit"),
    };
    table.finish();
    out
}

#[expect(clippy::cast_possible_truncation, reason = "need_number bounds the value")]
fn deadline(table: Table<'_, '_>, index: &Index) -> HomeDeadline {
    let out = HomeDeadline {
        id: table.need_text("id").value,
        name: table.localized("name"),
        years: table.need_number("years", 1.0, 100.0) as i32,
        note: table.localized("note"),
        support: support(&table),
        reason: reason(&table),
        interrupted_if: index.condition(&table, "interrupted-if", false).0,
        interrupted: if table.has("interrupted-if") {
            table.localized("interrupted")
        } else {
            table.localized_or("interrupted")
        },
    };
    table.finish();
    out
}

fn funder(table: Table<'_, '_>) -> Funder {
    let out = Funder {
        id: table.need_text("id").value,
        name: table.localized("name"),
        least_claim: table.number("least-claim").map(|located| located.value),
        least_ratio: table.number("least-ratio").map(|located| located.value),
        source: table.need_text("source").value,
        dated: table.localized("dated"),
    };
    table.finish();
    out
}
