//! The file of a target, read part by part.

use super::{
    Basis, Interest, Limitation, Mediation, Procedure, Profile, ProfileGround, Provenance, Range2, Record, Service,
    SourceStatus,
};
use crate::diagnostic::Code;
use crate::lang::Localized;
use crate::pack::reader::Table;

/// Reads one profile; `None` where even the id is missing.
pub(in crate::pack) fn read(root: Table<'_, '_>) -> Option<Profile> {
    let id = root.need_text("id").value;
    let text = |key: &'static str| root.need_text(key).value;
    let part = |key: &'static str| {
        let table = root.table(key);
        if table.is_none() {
            root.missing(key);
        }
        table
    };
    let mut profile = Profile {
        id,
        name: Localized { en: text("name_en"), zh: text("name_zh") },
        sort_zh: root.string("sort_zh"),
        as_of: root.date("as_of").unwrap_or_default(),
        region: text("region"),
        position: position(&root),
        notes: root.pair("notes", "notes_zh"),
        legal_family: enumerated(&root, "legal_family", "profile.legal_family"),
        basis: basis(part("basis")?),
        limitation: limitation(part("limitation")?),
        service: service(part("service")?),
        grounds: root.tables("ground").into_iter().map(ground).collect(),
        procedure: procedure(part("procedure")?),
        interest: interest(part("interest")?),
        mediation: mediation(part("mediation")?),
        time: range2(part("time_months")?).0,
        record: record(part("track_record")?),
        ..Profile::default()
    };
    (profile.cost, profile.funding) = range2(part("cost_usd")?);
    root.finish();
    Some(profile)
}

/// Degrees north (-90 to 90) and east (-180 to 180).
fn position(table: &Table<'_, '_>) -> [f64; 2] {
    if !table.has("position") {
        table.missing("position");
        return [0.0; 2];
    }
    match table.numbers("position").unwrap_or_default().as_slice() {
        [north, east] if (-90.0..=90.0).contains(north) && (-180.0..=180.0).contains(east) => [*north, *east],
        _ => {
            let fields = [("key", "position"), ("from", "[-90, -180]"), ("to", "[90, 180]")];
            table.reader.fault(table.span_of("position"), Code::OutOfRange, &fields);
            [0.0; 2]
        }
    }
}

/// A key whose words are those of [`Profile::FIELDS`].
fn enumerated(table: &Table<'_, '_>, key: &'static str, path: &str) -> String {
    let words: Vec<(&str, &'static str)> =
        Profile::field_words(path).unwrap_or_default().iter().map(|word| (*word, *word)).collect();
    table.word(key, &words).to_owned()
}

fn basis(table: Table<'_, '_>) -> Basis {
    let out = Basis {
        kind: enumerated(&table, "kind", "profile.basis.kind"),
        instrument: table.pair("instrument", "instrument_zh"),
        procedure: table.pair("procedure", "procedure_zh"),
        reciprocity: enumerated(&table, "reciprocity", "profile.basis.reciprocity"),
        reciprocity_note: table.pair("reciprocity_note", "reciprocity_note_zh"),
        provenance: Provenance::read(&table),
    };
    table.finish();
    out
}

#[expect(clippy::cast_possible_truncation, reason = "need_number bounds the value")]
fn limitation(table: Table<'_, '_>) -> Limitation {
    let out = Limitation {
        years: table.need_number("years", 1.0, 100.0) as i32,
        runs_from: table.pair("runs_from", "runs_from_zh"),
        note: table.pair("note", "note_zh"),
        provenance: Provenance::read(&table),
    };
    table.finish();
    out
}

fn service(table: Table<'_, '_>) -> Service {
    let out = Service {
        standard: table.pair("standard", "standard_zh"),
        hague_party: table.flag("hague_service_party").unwrap_or_default(),
        postal_objection: table.flag("postal_channel_objection").unwrap_or_default(),
        announcement: enumerated(&table, "public_announcement", "profile.service.public_announcement"),
        note: table.pair("note", "note_zh"),
        provenance: Provenance::read(&table),
    };
    table.finish();
    out
}

/// What was seen of a ground on Chinese judgments.
const SEEN: &[(&str, &str)] = &[
    ("never-seen", "never-seen"),
    ("argued-rejected", "argued-rejected"),
    ("argued-open", "argued-open"),
    ("accepted-once", "accepted-once"),
    ("accepted-often", "accepted-often"),
];

fn ground(table: Table<'_, '_>) -> ProfileGround {
    let out = ProfileGround {
        id: table.need_text("id").value,
        mandatory: table.flag("mandatory").unwrap_or_default(),
        law: table.pair("law", "law_zh"),
        how: table.pair("how_it_bites", "how_it_bites_zh"),
        seen: table.word("seen", SEEN).to_owned(),
        provenance: Provenance::read(&table),
    };
    if out.provenance.sources.is_empty() && out.provenance.status == SourceStatus::Read {
        table.reader.fault(table.span.clone(), Code::NoSource, &[("id", &out.id)]);
    }
    table.finish();
    out
}

fn procedure(table: Table<'_, '_>) -> Procedure {
    let en = table.strings("documents");
    let zh = table.strings("documents_zh");
    if en.len() != zh.len() {
        let span = table.span_of("documents");
        table.reader.fault(span, Code::MissingTranslation, &[("key", "documents"), ("language", "zh")]);
    }
    let documents =
        en.into_iter().enumerate().map(|(n, en)| Localized { zh: zh.get(n).unwrap_or(&en).clone(), en }).collect();
    let out = Procedure {
        discovery: enumerated(&table, "discovery", "profile.procedure.discovery"),
        cross_examination: enumerated(&table, "cross_examination", "profile.procedure.cross_examination"),
        summary_judgment: table.flag("summary_judgment").unwrap_or_default(),
        security_for_costs: enumerated(&table, "security_for_costs", "profile.procedure.security_for_costs"),
        loser_pays: enumerated(&table, "loser_pays", "profile.procedure.loser_pays"),
        freezing_order: enumerated(&table, "freezing_order", "profile.procedure.freezing_order"),
        asset_discovery: enumerated(&table, "asset_discovery", "profile.procedure.asset_discovery"),
        translation: table.pair("translation", "translation_zh"),
        documents,
        note: table.pair("note", "note_zh"),
        provenance: Provenance::read(&table),
    };
    table.finish();
    out
}

fn interest(table: Table<'_, '_>) -> Interest {
    let out = Interest {
        double_interest: enumerated(&table, "double_interest", "profile.interest.double_interest"),
        currency: table.pair("currency", "currency_zh"),
        note: table.pair("note", "note_zh"),
        provenance: Provenance::read(&table),
    };
    table.finish();
    out
}

fn mediation(table: Table<'_, '_>) -> Mediation {
    let out = Mediation {
        status: table.need_text("status").value,
        note: table.pair("note", "note_zh"),
        provenance: Provenance::read(&table),
    };
    table.finish();
    out
}

fn range2(table: Table<'_, '_>) -> (Range2, Localized) {
    let out = Range2 {
        uncontested: table.range("uncontested"),
        contested: table.range("contested"),
        basis: table.pair("basis", "basis_zh"),
        provenance: Provenance::read(&table),
    };
    let funding = table.pair("funding", "funding_zh");
    table.finish();
    (out, funding)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "need_number bounds the value")]
fn record(table: Table<'_, '_>) -> Record {
    let out = Record {
        recognised: table.need_number("recognised", 0.0, 1e6) as u32,
        refused: table.need_number("refused", 0.0, 1e6) as u32,
        counted_by: table.pair("as_counted_by", "as_counted_by_zh"),
        notes: table.pair("notes", "notes_zh"),
        provenance: Provenance::read(&table),
    };
    table.finish();
    out
}
