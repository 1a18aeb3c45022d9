//! Decided cases, and which of them count.
//!
//! What was known only after the ruling (outcome, decisive ground, summary, defences) answers no
//! question. A pack names its facts in `case-facts.toml`; it cannot name a field of
//! [`Case::FIELDS`], save those of [`Case::FIELDS_AND_FACTS`].

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::profile::SourceStatus;
use super::reader::Table;
use crate::diagnostic::Code;
use crate::lang::Localized;

/// What a court did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    Recognised,
    Partly,
    Refused,
    /// A defence was sent to trial: summary relief denied.
    Remitted,
    Withdrawn,
    Unknown,
}

impl Outcome {
    /// The words used in files.
    pub const WORDS: &'static [(&'static str, Outcome)] = &[
        ("recognised", Outcome::Recognised),
        ("partly", Outcome::Partly),
        ("refused", Outcome::Refused),
        ("remitted", Outcome::Remitted),
        ("withdrawn", Outcome::Withdrawn),
        ("unknown", Outcome::Unknown),
    ];

    /// The word used in files.
    pub fn id(self) -> &'static str {
        Outcome::WORDS.iter().find(|(_, outcome)| *outcome == self).map_or("unknown", |(word, _)| word)
    }

    /// True when the judgment was recognised at that stage, at least in part.
    pub const fn won(self) -> bool {
        matches!(self, Outcome::Recognised | Outcome::Partly)
    }
}

/// What was before the court.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CaseKind {
    Judgment,
    MediationStatement,
    PreservationOrder,
    /// A ruling short of recognition, or not on a money judgment.
    Other,
}

impl CaseKind {
    const WORDS: &'static [(&'static str, CaseKind)] = &[
        ("judgment", CaseKind::Judgment),
        ("mediation-statement", CaseKind::MediationStatement),
        ("preservation-order", CaseKind::PreservationOrder),
        ("other", CaseKind::Other),
    ];
}

/// Why a case does not count towards rates and fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCounted {
    /// No page was read.
    Memory,
    /// The outcome is not known, or the application was withdrawn.
    Outcome,
    /// Not a ruling on recognition of a money judgment.
    Kind,
    /// An earlier stage of a matter of which a later one counts.
    EarlierStage,
    /// No date, so that it has no place in an order of time.
    NoDate,
}

impl NotCounted {
    /// The word used in JSON and as a key of the messages.
    pub const fn id(self) -> &'static str {
        match self {
            NotCounted::Memory => "memory",
            NotCounted::Outcome => "outcome",
            NotCounted::Kind => "kind",
            NotCounted::EarlierStage => "earlier-stage",
            NotCounted::NoDate => "no-date",
        }
    }
}

/// A decision of a court of a target on a judgment of the kind that the pack is about.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Case {
    /// Stable id, e.g. `au-nsw-jing-2023`.
    pub id: String,
    pub name: String,
    pub jurisdiction: String,
    pub court: String,
    pub citation: String,
    /// When it was decided, to the day where known.
    pub decided: Option<Date>,
    pub decided_year: Option<i16>,
    pub origin_court: String,
    pub outcome: Outcome,
    /// False where interlocutory or under appeal; `None` where not known.
    pub is_final: Option<bool>,
    /// What was before it.
    pub kind: CaseKind,
    /// Facts as they were before the ruling, by the fields that the pack names.
    pub facts: BTreeMap<String, String>,
    pub defences: Vec<String>,
    /// Grounds that decided it, in favour of whoever won.
    pub decisive: Vec<String>,
    /// `yes`, `no` or `unknown`.
    pub contested: String,
    pub amount: Option<f64>,
    pub currency: String,
    /// Months from start to ruling, where known.
    pub duration_months: Option<f64>,
    pub summary: Localized,
    /// What to take from it.
    pub lesson: Localized,
    /// Doubts of the coder.
    pub note: Localized,
    /// `high`, `medium` or `low`.
    pub confidence: String,
    /// Whether a page was read.
    pub status: SourceStatus,
    /// Addresses of the pages.
    pub sources: Vec<String>,
    /// The matter, where several records concern one; the id otherwise.
    pub matter: String,
}

impl Case {
    /// The fields that every case may have. What they hold was known only after the ruling, or is
    /// no fact of the matter, so that none of them may answer a question.
    pub(crate) const FIELDS: &'static [&'static str] = &[
        "id",
        "name",
        "jurisdiction",
        "court",
        "citation",
        "decided",
        "decided_year",
        "outcome",
        "final",
        "kind",
        "defences",
        "decisive",
        "contested",
        "amount",
        "currency",
        "duration_months",
        "summary",
        "summary_zh",
        "lesson",
        "lesson_zh",
        "note",
        "note_zh",
        "coding_confidence",
        "source_status",
        "sources",
        "matter",
    ];

    /// The fields of every case that are facts as well.
    pub(crate) const FIELDS_AND_FACTS: &'static [&'static str] = &["kind", "amount"];

    /// Whether a pack may let a field of its cases answer a question.
    pub(crate) fn may_answer(field: &str) -> bool {
        Case::FIELDS_AND_FACTS.contains(&field) || !Case::FIELDS.contains(&field)
    }

    /// Whether the case counts towards rates and fits, by the rule of the data: outcome recognised,
    /// partly, refused or remitted; a judgment or mediation statement; read, not from memory.
    ///
    /// # Errors
    /// The first reason why it does not.
    pub fn counts(&self) -> Result<(), NotCounted> {
        if matches!(self.outcome, Outcome::Withdrawn | Outcome::Unknown) {
            Err(NotCounted::Outcome)
        } else if !matches!(self.kind, CaseKind::Judgment | CaseKind::MediationStatement) {
            Err(NotCounted::Kind)
        } else if self.status == SourceStatus::Memory {
            Err(NotCounted::Memory)
        } else {
            Ok(())
        }
    }

    /// The day by which cases are put in order: the day decided, else the middle of the year.
    pub fn order(&self) -> Option<Date> {
        self.decided.or_else(|| Date::new(self.decided_year?, 7, 1).ok())
    }
}

/// Reads a case of a pack: in both languages, and with its source.
pub(super) fn read(table: Table<'_, '_>, columns: &CaseColumns) -> Case {
    read_as(table, columns, true)
}

/// Reads a case of a table outside the pack, which may be in English alone.
pub(super) fn read_bare(table: Table<'_, '_>, columns: &CaseColumns) -> Case {
    read_as(table, columns, false)
}

fn read_as(table: Table<'_, '_>, columns: &CaseColumns, complete: bool) -> Case {
    let pair = |key: &'static str, key_zh: &'static str| {
        if complete {
            return table.pair(key, key_zh);
        }
        let text = |key| table.string(key);
        Localized { en: text(key), zh: text(key_zh) }
    };
    let text = |key: &'static str| table.string(key);
    let list = |key: &'static str| table.strings(key);
    let id = table.need_text("id").value;
    let mut facts = BTreeMap::new();
    for field in columns.facts.iter().filter(|field| *field != "amount") {
        let value = table.need_text_at(field).value;
        if value != "unknown" && !value.is_empty() {
            facts.insert(field.clone(), value);
        }
    }
    // A sum in the coding says that the judgment orders one; no sum says nothing.
    if table.has("amount") {
        facts.insert("amount".to_owned(), "stated".to_owned());
    }
    #[expect(clippy::cast_possible_truncation, reason = "number_in bounds the year")]
    let year = |key| table.number_in(key, 1900.0, 2200.0).map(|year| year as i16);
    // Columns that the pack keeps for its readers and that nothing here works with.
    for column in &columns.others {
        table.pass_over(column);
    }
    let decided = table.date("decided");
    let case = Case {
        name: table.need_text("name").value,
        jurisdiction: table.need_text("jurisdiction").value,
        court: text("court"),
        citation: text("citation"),
        decided,
        decided_year: year("decided_year").or(decided.map(jiff::civil::Date::year)),
        origin_court: table.text_at(&columns.origin_court).map(|located| located.value).unwrap_or_default(),
        outcome: table.word("outcome", Outcome::WORDS),
        is_final: table.flag("final"),
        kind: table.word("kind", CaseKind::WORDS),
        facts,
        defences: list("defences"),
        decisive: list("decisive"),
        contested: text("contested"),
        amount: table.number("amount").map(|located| located.value),
        currency: text("currency"),
        duration_months: table.number("duration_months").map(|located| located.value),
        summary: pair("summary", "summary_zh"),
        lesson: pair("lesson", "lesson_zh"),
        note: pair("note", "note_zh"),
        confidence: text("coding_confidence"),
        status: SourceStatus::read(&table, "source_status"),
        sources: list("sources"),
        matter: table.text("matter").map_or_else(|| id.clone(), |located| located.value),
        id,
    };
    if complete && case.sources.is_empty() && case.status == SourceStatus::Read {
        table.reader.fault(table.span.clone(), Code::NoSource, &[("id", &case.id)]);
    }
    // A table from elsewhere may carry more than we read; what we need and misspelt is missing above.
    if complete {
        table.finish();
    }
    case
}

/// What the columns of a pack's cases are called, beyond those that every case may have.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct CaseColumns {
    /// Facts as they were before the ruling: every field that `case-facts.toml` lets answer a question.
    pub facts: Vec<String>,
    pub origin_court: String,
    /// Columns that are kept for readers of the file.
    pub others: Vec<String>,
}

/// The cases that count, and those that do not.
#[derive(Debug, Default)]
pub struct Counted<'p> {
    /// One record a matter (its last stage), in the order of decision; cases without a date last.
    pub cases: Vec<&'p Case>,
    /// The others, each with the reason.
    pub skipped: Vec<(&'p Case, NotCounted)>,
}

/// Sorts the cases of a pack by whether they count towards rates and fits.
pub fn counted(pack: &super::Pack) -> Counted<'_> {
    count(pack.cases.iter())
}

/// The same for any cases.
pub fn count<'p>(cases: impl Iterator<Item = &'p Case>) -> Counted<'p> {
    let mut out = Counted::default();
    for case in cases {
        match case.counts() {
            Ok(()) => out.cases.push(case),
            Err(why) => out.skipped.push((case, why)),
        }
    }
    let order = |case: &'p Case| (case.order().is_none(), case.order(), case.id.as_str());
    out.cases.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut last: BTreeMap<&str, &str> = BTreeMap::new();
    for case in &out.cases {
        last.insert(&case.matter, &case.id);
    }
    let (kept, earlier): (Vec<&Case>, Vec<&Case>) =
        out.cases.iter().partition(|case| last.get(case.matter.as_str()) == Some(&case.id.as_str()));
    out.cases = kept;
    out.skipped.extend(earlier.into_iter().map(|case| (case, NotCounted::EarlierStage)));
    out
}

/// Share of each option of each question among the cases where it is known, with one pseudo-case an
/// option (MODEL.md). A fact that leaves several options possible counts as an equal part of each.
pub(crate) fn option_shares(pack: &super::Pack, cases: &[&Case]) -> Vec<Vec<f64>> {
    let mut counts: Vec<Vec<f64>> = pack.questions.iter().map(|question| vec![1.0; question.options.len()]).collect();
    for case in cases {
        for (question, mask) in pack.case_facts.answers(case) {
            for (option, count) in counts[question].iter_mut().enumerate() {
                if mask & 1 << option != 0 {
                    *count += 1.0 / f64::from(mask.count_ones());
                }
            }
        }
    }
    for counts in &mut counts {
        let sum: f64 = counts.iter().sum();
        for count in counts {
            *count /= sum;
        }
    }
    counts
}

/// The target whose profile covers a court: its own; for a state without one the profile of the rest
/// of its country (`us-in` → `us-other`), or else the first of that country (`au-qld` → `au-nsw`).
pub fn target_of<'p>(pack: &'p super::Pack, jurisdiction: &str) -> Option<&'p super::Profile> {
    let country = jurisdiction.split('-').next().unwrap_or_default();
    let same = || pack.profiles.iter().find(|profile| profile.id.split('-').next() == Some(country));
    pack.profile(jurisdiction).or_else(|| pack.profile(&format!("{country}-other"))).or_else(same)
}

/// Notes with each target how many cases, and how many matters that count, were decided there.
pub(super) fn count_by_target(pack: &mut super::Pack) {
    let target = |case: &Case| target_of(pack, &case.jurisdiction).map(|profile| profile.id.clone());
    let targets: Vec<Option<String>> = pack.cases.iter().map(target).collect();
    for profile in &mut pack.profiles {
        let mut matters = BTreeSet::new();
        for (case, target) in pack.cases.iter().zip(&targets) {
            if target.as_ref() == Some(&profile.id) {
                profile.cases += 1;
                if case.counts().is_ok() {
                    matters.insert(&case.matter);
                }
            }
        }
        profile.matters = matters.len();
    }
}
