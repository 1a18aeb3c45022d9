//! Lists of decided cases and targets, and one target in full, as text and as JSON. Whose count a figure
//! is, and what was not read, stand beside it.

pub mod backtest;
pub mod compare;
pub mod coverage;
pub(crate) mod profile;
pub mod score;

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::lang::{Lang, Localized};
use crate::messages::{listing as words, word};
use crate::pack::case::target_of;
use crate::pack::profile::Range2;
use crate::pack::{Case, Pack, Profile, Provenance};
use crate::text::{one_line, pad, wrap};

const WIDTH: usize = 96;

/// Whether a case was decided in one of the targets and concerns a ground.
fn wanted(pack: &Pack, case: &Case, targets: Option<&[&str]>, ground: Option<&str>) -> bool {
    let here = targets.is_none_or(|targets| {
        let covered = target_of(pack, &case.jurisdiction).map(|profile| profile.id.as_str());
        targets.iter().any(|target| *target == case.jurisdiction || Some(*target) == covered)
    });
    let about = ground.is_none_or(|ground| {
        let named = case.defences.iter().chain(&case.decisive);
        named.into_iter().any(|found| found == ground || pack.case_facts.hurdle(found) == Some(ground))
    });
    here && about
}

pub(crate) fn cases_text(pack: &Pack, targets: Option<&[&str]>, ground: Option<&str>, lang: Lang) -> String {
    let list: Vec<&Case> = pack.cases.iter().filter(|case| wanted(pack, case, targets, ground)).collect();
    let counted = list.iter().filter(|case| case.counts().is_ok()).count();
    let mut out = format!("{}\n", words::cases_head(lang, counted, list.len()));
    for case in list {
        let day = case.decided.map(|day| day.to_string()).or(case.decided_year.map(|year| year.to_string()));
        let _ = writeln!(
            out,
            "\n{}  {}  {}  {}",
            pad(&case.id, 28),
            pad(&day.unwrap_or_default(), 10),
            pad(word(lang, "outcome", case.outcome.id()), 18),
            one_line(&case.name)
        );
        let marks = format!(
            "{} {}; {}",
            one_line(&case.citation),
            word(lang, "coding", &case.confidence),
            word(lang, "status", case.status.id())
        );
        for line in wrap(&marks, WIDTH - 4).into_iter().chain(wrap(&one_line(case.lesson.get(lang)), WIDTH - 4)) {
            let _ = writeln!(out, "    {line}");
        }
    }
    out
}

pub(crate) fn cases_json(pack: &Pack, targets: Option<&[&str]>, ground: Option<&str>) -> String {
    let list: Vec<Value> =
        pack.cases.iter().filter(|case| wanted(pack, case, targets, ground)).map(case_json).collect();
    format!("{:#}\n", Value::Array(list))
}

fn case_json(case: &Case) -> Value {
    json!({
        "id": case.id, "name": case.name, "jurisdiction": case.jurisdiction, "court": case.court,
        "citation": case.citation, "decided": case.decided.map(|day| day.to_string()), "year": case.decided_year,
        "origin_court": case.origin_court, "outcome": case.outcome.id(), "final": case.is_final,
        "counts": case.counts().is_ok(), "not_counted": case.counts().err().map(super::super::pack::case::NotCounted::id),
        "facts": case.facts, "defences": case.defences, "decisive": case.decisive, "contested": case.contested,
        "summary": both(&case.summary), "lesson": both(&case.lesson), "note": both(&case.note),
        "coding_confidence": case.confidence, "source_status": case.status.id(), "sources": case.sources,
        "matter": case.matter,
    })
}

fn both(text: &Localized) -> Value {
    json!({"en": text.en, "zh": text.zh})
}

pub(crate) fn profiles_text(pack: &Pack, lang: Lang) -> String {
    let mut out = format!("{}\n\n", words::profiles_head(lang, pack.profiles.len()));
    for profile in &pack.profiles {
        let [low, _] = profile.cost.uncontested;
        let [_, high] = profile.cost.contested;
        let _ = writeln!(
            out,
            "{}  {}  {}  {}  {}  {low:.0}..{high:.0}",
            pad(&profile.id, 9),
            pad(profile.name.get(lang), 30),
            pad(word(lang, "basis-kind", &profile.basis.kind), 12),
            pad(&words::years(lang, profile.limitation.years), 9),
            pad(&words::record(lang, profile.record.recognised, profile.record.refused), 26),
        );
    }
    out
}

pub(crate) fn profiles_json(pack: &Pack) -> String {
    let list: Vec<Value> = pack.profiles.iter().map(profile_value).collect();
    format!("{:#}\n", Value::Array(list))
}

pub(crate) fn profile_json(profile: &Profile) -> String {
    format!("{:#}\n", profile_value(profile))
}

fn provenance(part: &Provenance) -> Value {
    json!({"status": part.status.id(), "sources": part.sources})
}

fn estimate(range: &Range2) -> Value {
    json!({"uncontested": range.uncontested, "contested": range.contested, "estimate": true,
           "basis": both(&range.basis), "provenance": provenance(&range.provenance)})
}

fn profile_value(p: &Profile) -> Value {
    json!({
        "id": p.id, "name": both(&p.name), "as_of": p.as_of.to_string(), "legal_family": p.legal_family,
        "notes": both(&p.notes),
        "basis": {"kind": p.basis.kind, "instrument": both(&p.basis.instrument),
            "procedure": both(&p.basis.procedure), "reciprocity": p.basis.reciprocity,
            "reciprocity_note": both(&p.basis.reciprocity_note), "provenance": provenance(&p.basis.provenance)},
        "limitation": {"years": p.limitation.years, "runs_from": both(&p.limitation.runs_from),
            "note": both(&p.limitation.note), "provenance": provenance(&p.limitation.provenance)},
        "service": {"standard": both(&p.service.standard), "hague_service_party": p.service.hague_party,
            "postal_channel_objection": p.service.postal_objection,
            "public_announcement": p.service.announcement, "note": both(&p.service.note),
            "provenance": provenance(&p.service.provenance)},
        "grounds": p.grounds.iter().map(|g| json!({"id": g.id, "mandatory": g.mandatory, "law": both(&g.law),
            "how_it_bites": both(&g.how), "seen": g.seen, "provenance": provenance(&g.provenance)})).collect::<Vec<_>>(),
        "procedure": {"discovery": p.procedure.discovery, "cross_examination": p.procedure.cross_examination,
            "summary_judgment": p.procedure.summary_judgment, "security_for_costs": p.procedure.security_for_costs,
            "loser_pays": p.procedure.loser_pays, "freezing_order": p.procedure.freezing_order,
            "asset_discovery": p.procedure.asset_discovery, "translation": both(&p.procedure.translation),
            "documents": p.procedure.documents.iter().map(both).collect::<Vec<_>>(),
            "note": both(&p.procedure.note), "provenance": provenance(&p.procedure.provenance)},
        "interest": {"double_interest": p.interest.double_interest, "currency": both(&p.interest.currency),
            "note": both(&p.interest.note), "provenance": provenance(&p.interest.provenance)},
        "mediation": {"status": p.mediation.status, "note": both(&p.mediation.note),
            "provenance": provenance(&p.mediation.provenance)},
        "time_months": estimate(&p.time), "cost_usd": estimate(&p.cost), "funding": both(&p.funding),
        "track_record": {"recognised": p.record.recognised, "refused": p.record.refused,
            "as_counted_by": both(&p.record.counted_by), "notes": both(&p.record.notes),
            "provenance": provenance(&p.record.provenance)},
    })
}
