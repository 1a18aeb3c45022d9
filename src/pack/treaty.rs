//! Relations of two states: treaties, and what courts did with judgments of a state.
//!
//! Each date and clause says how it is known.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::profile::SourceStatus;
use super::reader::Table;
use crate::lang::Localized;

/// A bilateral treaty on judicial assistance.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Treaty {
    pub state: Localized,
    /// Its target id or country code.
    pub state_id: String,
    pub signed: Option<Date>,
    /// In force; absent where not in force or not established.
    pub in_force: Option<Date>,
    pub covers_judgments: bool,
    /// `civil`, `civil-commercial`, …
    pub scope: String,
    pub note: Localized,
    /// How the date of signature is known.
    pub signed_status: SourceStatus,
    /// How the date of entry into force is known.
    pub in_force_status: SourceStatus,
    /// How the clause on judgments is known.
    pub status: SourceStatus,
    pub sources: Vec<String>,
}

pub(super) fn read(table: Table<'_, '_>) -> Treaty {
    let out = Treaty {
        state: Localized { en: table.need_text("state_en").value, zh: table.need_text("state_zh").value },
        state_id: table.need_text("state_id").value,
        signed: table.date("signed"),
        in_force: table.date("in_force"),
        covers_judgments: table.flag("covers_judgments").unwrap_or_default(),
        scope: table.need_text("scope").value,
        note: table.pair("note", "note_zh"),
        signed_status: SourceStatus::read(&table, "signed_source"),
        in_force_status: SourceStatus::read(&table, "in_force_source"),
        status: SourceStatus::read(&table, "source_status"),
        sources: table.strings("sources"),
    };
    table.finish();
    out
}

/// What the courts of one country did with judgments of a state, of which the pack says which way
/// round it looks (see `Matter::state_of`).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Inbound {
    /// Country code, e.g. `us`.
    pub state_id: String,
    pub state: Localized,
    /// `treaty`, `reciprocity`, …
    pub basis: String,
    /// The latest test of reciprocity reported, or empty.
    pub test: String,
    /// Judgments recognised, at least; `None` where not known.
    pub recognised: Option<u32>,
    /// Refused, at least; `None` where not known.
    pub refused: Option<u32>,
    pub first_recognised: Option<u32>,
    /// Whose count, in English as read.
    pub counted_by: String,
    /// More on it, in English as read.
    pub note: String,
    pub status: SourceStatus,
    pub sources: Vec<String>,
}

pub(super) fn read_inbound(table: Table<'_, '_>) -> Inbound {
    let text = |key: &'static str| table.string(key);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "number_in bounds the value")]
    let count = |key: &'static str| table.number_in(key, 0.0, 1e6).map(|n| n as u32);
    let out = Inbound {
        state_id: table.need_text("state_id").value,
        state: Localized { en: table.need_text("name_en").value, zh: table.need_text("name_zh").value },
        basis: text("basis"),
        test: text("test"),
        recognised: count("recognised"),
        refused: count("refused"),
        first_recognised: count("first_recognised"),
        counted_by: text("as_counted_by"),
        note: text("note"),
        status: SourceStatus::read(&table, "source_status"),
        sources: table.strings("sources"),
    };
    table.finish();
    out
}
