//! A target: its law, its practice, its costs, and how sure we are of each.
//!
//! Every part carries its sources and whether they were read.

mod file;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::reader::Table;
use crate::lang::{Lang, Localized};

pub(super) use file::read;

/// How a statement is supported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SourceStatus {
    #[default]
    Read,
    /// The sentences tagged `[memory]` have no page behind them.
    PartlyMemory,
    /// No page was read.
    Memory,
}

impl SourceStatus {
    const WORDS: &'static [(&'static str, SourceStatus)] = &[
        ("read", SourceStatus::Read),
        ("partly-memory", SourceStatus::PartlyMemory),
        ("partly-read", SourceStatus::PartlyMemory),
        ("memory", SourceStatus::Memory),
    ];

    /// The word used in files.
    pub const fn id(self) -> &'static str {
        match self {
            SourceStatus::Read => "read",
            SourceStatus::PartlyMemory => "partly-memory",
            SourceStatus::Memory => "memory",
        }
    }

    /// Reads a key that holds a status; an absent key means read.
    pub(super) fn read(table: &Table<'_, '_>, key: &'static str) -> Self {
        table.word_or(key, SourceStatus::WORDS).unwrap_or_default()
    }
}

/// Where a statement comes from.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Provenance {
    pub status: SourceStatus,
    /// Addresses of the pages.
    pub sources: Vec<String>,
}

impl Provenance {
    pub(super) fn read(table: &Table<'_, '_>) -> Self {
        let status = SourceStatus::read(table, "source_status");
        let sources: Vec<String> = table.strings("sources");
        Provenance { status, sources }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Profile {
    /// Stable id, e.g. `au-nsw`.
    pub id: String,
    pub name: Localized,
    /// The Chinese name in pinyin, syllable by syllable; empty where the pack does not have it.
    pub sort_zh: String,
    /// The day the profile is stated for.
    pub as_of: Date,
    /// The part of the world that it belongs to: an id of [`super::Pack::regions`].
    pub region: String,
    /// Its capital or chief commercial court in degrees north and east, for the map alone.
    pub position: [f64; 2],
    /// How many of the pack's cases fall under it ([`super::case::target_of`]), whether they count or not.
    pub cases: usize,
    /// How many matters those of them concern that count ([`super::Case::counts`]), each once.
    pub matters: usize,
    /// What to bear in mind.
    pub notes: Localized,
    /// `common-law`, `civil-law` or `mixed`.
    pub legal_family: String,
    pub basis: Basis,
    /// The period within which it must be asked for.
    pub limitation: Limitation,
    pub service: Service,
    /// Grounds of refusal as its law words them.
    pub grounds: Vec<ProfileGround>,
    pub procedure: Procedure,
    pub interest: Interest,
    pub mediation: Mediation,
    /// Months, uncontested and contested: estimates.
    pub time: Range2,
    /// US dollars, uncontested and contested: estimates.
    pub cost: Range2,
    /// How costs may be funded there.
    pub funding: Localized,
    /// Decisions counted.
    pub record: Record,
}

impl Profile {
    /// The key by which a list is sorted: the name as it is written, in Chinese by its sound.
    pub fn sort_key(&self, lang: Lang) -> String {
        if lang == Lang::Zh && !self.sort_zh.is_empty() {
            return self.sort_zh.clone();
        }
        self.name.get(lang).to_lowercase()
    }

    /// The fields that conditions may test, with the words that each may hold (none listed: any).
    pub(crate) const FIELDS: &'static [(&'static str, &'static [&'static str])] = &[
        ("profile.id", &[]),
        ("profile.legal_family", &["common-law", "civil-law", "mixed"]),
        ("profile.basis.kind", &["treaty", "arrangement", "statute", "common-law", "none"]),
        (
            "profile.basis.reciprocity",
            &["not-required", "required-met", "required-uncertain", "required-denied", "treaty"],
        ),
        ("profile.service.hague_service_party", &["true", "false"]),
        ("profile.service.postal_channel_objection", &["true", "false"]),
        ("profile.service.public_announcement", &["accepted", "scrutinised", "high-risk", "unknown"]),
        ("profile.procedure.discovery", &["none", "limited", "broad"]),
        ("profile.procedure.cross_examination", &["none", "possible", "likely"]),
        ("profile.procedure.summary_judgment", &["true", "false"]),
        ("profile.procedure.security_for_costs", &["no", "possible", "likely"]),
        ("profile.procedure.loser_pays", &["yes", "partly", "no"]),
        ("profile.procedure.freezing_order", &["available", "limited"]),
        ("profile.procedure.asset_discovery", &["strong", "moderate", "weak"]),
        ("profile.interest.double_interest", &["enforced", "severable", "uncertain", "not-tested"]),
        ("profile.mediation.status", &[]),
    ];

    /// The words that a field may hold; `None` where there is no such field.
    pub(crate) fn field_words(path: &str) -> Option<&'static [&'static str]> {
        Profile::FIELDS.iter().find(|(field, _)| *field == path).map(|(_, words)| *words)
    }

    /// The word in a field that conditions may test.
    pub fn field(&self, path: &str) -> Option<&str> {
        let flag = |value: bool| if value { "true" } else { "false" };
        Some(match path.strip_prefix("profile.")? {
            "id" => &self.id,
            "legal_family" => &self.legal_family,
            "basis.kind" => &self.basis.kind,
            "basis.reciprocity" => &self.basis.reciprocity,
            "service.hague_service_party" => flag(self.service.hague_party),
            "service.postal_channel_objection" => flag(self.service.postal_objection),
            "service.public_announcement" => &self.service.announcement,
            "procedure.discovery" => &self.procedure.discovery,
            "procedure.cross_examination" => &self.procedure.cross_examination,
            "procedure.summary_judgment" => flag(self.procedure.summary_judgment),
            "procedure.security_for_costs" => &self.procedure.security_for_costs,
            "procedure.loser_pays" => &self.procedure.loser_pays,
            "procedure.freezing_order" => &self.procedure.freezing_order,
            "procedure.asset_discovery" => &self.procedure.asset_discovery,
            "interest.double_interest" => &self.interest.double_interest,
            "mediation.status" => &self.mediation.status,
            _ => return None,
        })
    }

    /// What the profile says of a ground, by the id of the law's own list.
    pub fn ground(&self, id: &str) -> Option<&ProfileGround> {
        self.grounds.iter().find(|ground| ground.id == id)
    }

    /// The status of every part, weakest last, for the marks of doubt.
    pub fn parts(&self) -> Vec<(&'static str, &Provenance)> {
        vec![
            ("basis", &self.basis.provenance),
            ("limitation", &self.limitation.provenance),
            ("service", &self.service.provenance),
            ("procedure", &self.procedure.provenance),
            ("interest", &self.interest.provenance),
            ("mediation", &self.mediation.provenance),
            ("time", &self.time.provenance),
            ("cost", &self.cost.provenance),
            ("record", &self.record.provenance),
        ]
    }
}

/// On what recognition rests.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Basis {
    /// `treaty`, `arrangement`, `statute`, `common-law` or `none`.
    pub kind: String,
    pub instrument: Localized,
    pub procedure: Localized,
    /// `not-required`, `required-met`, `required-uncertain`, `required-denied` or `treaty`.
    pub reciprocity: String,
    pub reciprocity_note: Localized,
    pub provenance: Provenance,
}

/// The period within which recognition must be asked for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Limitation {
    pub years: i32,
    pub runs_from: Localized,
    pub note: Localized,
    pub provenance: Provenance,
}

/// How a target looks at service.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Service {
    pub standard: Localized,
    /// Party to the Hague Service Convention.
    pub hague_party: bool,
    /// Objects to service by post.
    pub postal_objection: bool,
    /// `accepted`, `scrutinised`, `high-risk` or `unknown`.
    pub announcement: String,
    pub note: Localized,
    pub provenance: Provenance,
}

/// A ground of refusal as the target's law words it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProfileGround {
    /// Id in the law's own list, e.g. `inconsistent-judgment`.
    pub id: String,
    /// True when the court must refuse.
    pub mandatory: bool,
    pub law: Localized,
    pub how: Localized,
    /// What was seen on Chinese judgments: `never-seen` … `accepted-often`. Known after the
    /// rulings, so no rule may read it.
    pub seen: String,
    pub provenance: Provenance,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Procedure {
    /// `none`, `limited` or `broad`.
    pub discovery: String,
    /// `none`, `possible` or `likely`.
    pub cross_examination: String,
    /// Whether judgment can be had without a trial.
    pub summary_judgment: bool,
    /// `no`, `possible` or `likely`.
    pub security_for_costs: String,
    /// `yes`, `partly` or `no`.
    pub loser_pays: String,
    /// `available` or `limited`.
    pub freezing_order: String,
    /// `strong`, `moderate` or `weak`.
    pub asset_discovery: String,
    pub translation: Localized,
    /// What must be filed.
    pub documents: Vec<Localized>,
    pub note: Localized,
    pub provenance: Provenance,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Interest {
    /// `enforced`, `severable`, `uncertain` or `not-tested`.
    pub double_interest: String,
    /// Whether judgment may be in a foreign currency.
    pub currency: Localized,
    pub note: Localized,
    pub provenance: Provenance,
}

/// How a mediation statement is treated.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Mediation {
    /// E.g. `treated-as-judgment`, `untested`.
    pub status: String,
    pub note: Localized,
    pub provenance: Provenance,
}

/// An estimate, uncontested and contested, low to high.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Range2 {
    /// When nobody fights.
    pub uncontested: [f64; 2],
    /// When the debtor fights.
    pub contested: [f64; 2],
    /// On what it rests.
    pub basis: Localized,
    pub provenance: Provenance,
}

/// Decisions on Chinese judgments, as counted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Record {
    /// Recognised; 0 means that none was found.
    pub recognised: u32,
    pub refused: u32,
    pub counted_by: Localized,
    pub notes: Localized,
    pub provenance: Provenance,
}
