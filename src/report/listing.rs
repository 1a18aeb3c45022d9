//! Lists of decided cases and targets, and one profile in full, as text and as JSON.
//!
//! Must not: smooth over doubt: whose count it is and what was not read stand beside each figure.

pub mod backtest;
pub mod compare;
pub mod coverage;
pub mod score;

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::lang::{Lang, Localized};
use crate::messages::{listing as words, word};
use crate::pack::case::target_of;
use crate::pack::profile::{Range2, SourceStatus};
use crate::pack::{Case, Pack, Profile, Provenance};
use crate::text::{one_line, pad, wrap};

/// Columns of text output.
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

/// Decided cases as lines of text.
pub fn cases_text(pack: &Pack, targets: Option<&[&str]>, ground: Option<&str>, lang: Lang) -> String {
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

/// Decided cases as JSON.
pub fn cases_json(pack: &Pack, targets: Option<&[&str]>, ground: Option<&str>) -> String {
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

/// Targets as lines of text.
pub fn profiles_text(pack: &Pack, lang: Lang) -> String {
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

/// Targets as JSON.
pub fn profiles_json(pack: &Pack) -> String {
    let list: Vec<Value> = pack.profiles.iter().map(profile_value).collect();
    format!("{:#}\n", Value::Array(list))
}

/// One profile as JSON.
pub fn profile_json(profile: &Profile) -> String {
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

struct Page {
    out: String,
    lang: Lang,
}

impl Page {
    /// A heading with the mark of doubt of its part.
    fn head(&mut self, name: &str, part: &Provenance) {
        let mark = match part.status {
            SourceStatus::Read => String::new(),
            status => format!(" ({})", word(self.lang, "status", status.id())),
        };
        let _ = writeln!(self.out, "\n{name}{mark}");
    }

    fn text(&mut self, text: &str) {
        if !text.is_empty() {
            for line in wrap(&one_line(text), WIDTH - 2) {
                let _ = writeln!(self.out, "  {line}");
            }
        }
    }

    fn pair(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.text(&format!("{name}: {text}"));
        }
    }

    fn sources(&mut self, part: &Provenance) {
        for source in &part.sources {
            let _ = writeln!(self.out, "  - {}", one_line(source));
        }
    }
}

/// One profile in full, as text.
pub fn profile_text(pack: &Pack, p: &Profile, lang: Lang) -> String {
    let mut page = Page { out: String::new(), lang };
    let level = |id: &str| word(lang, "level", id).to_owned();
    let flag = |value: bool| level(if value { "yes" } else { "no" });
    let _ = writeln!(page.out, "{} ({}), {}", p.name.get(lang), p.id, word(lang, "family", &p.legal_family));
    page.text(&words::as_of(lang, p.as_of));
    page.text(p.notes.get(lang));
    page.head(words::law(lang), &p.basis.provenance);
    page.pair(word(lang, "basis-kind", &p.basis.kind), p.basis.instrument.get(lang));
    page.pair(words::procedure(lang), p.basis.procedure.get(lang));
    page.pair(words::reciprocity(lang), word(lang, "reciprocity", &p.basis.reciprocity));
    page.text(p.basis.reciprocity_note.get(lang));
    page.sources(&p.basis.provenance);
    for treaty in pack.treaties_with(&p.id) {
        let day = |day: Option<jiff::civil::Date>, status: SourceStatus| {
            let day = day.map_or_else(|| words::unknown_date(lang).to_owned(), |day| day.to_string());
            if status == SourceStatus::Read { day } else { format!("{day} ({})", word(lang, "status", status.id())) }
        };
        let covers = if treaty.covers_judgments { words::treaty_covers(lang) } else { words::treaty_not(lang) };
        let line = words::treaty_line(
            lang,
            day(treaty.in_force, treaty.in_force_status),
            day(treaty.signed, treaty.signed_status),
        );
        page.pair(words::treaty(lang), &format!("{line}; {covers}"));
    }
    page.head(words::limitation(lang), &p.limitation.provenance);
    page.text(&format!("{}; {}", words::years(lang, p.limitation.years), p.limitation.runs_from.get(lang)));
    page.text(p.limitation.note.get(lang));
    page.sources(&p.limitation.provenance);
    page.head(words::service(lang), &p.service.provenance);
    page.text(p.service.standard.get(lang));
    page.pair(words::announcement(lang), word(lang, "announcement", &p.service.announcement));
    page.pair(words::hague(lang), &flag(p.service.hague_party));
    page.pair(words::post_objection(lang), &flag(p.service.postal_objection));
    page.text(p.service.note.get(lang));
    page.sources(&p.service.provenance);
    let _ = writeln!(page.out, "\n{}", words::grounds(lang));
    for ground in &p.grounds {
        let must = if ground.mandatory { words::mandatory(lang) } else { words::optional(lang) };
        let seen = word(lang, "seen", &ground.seen);
        let mark = match ground.provenance.status {
            SourceStatus::Read => String::new(),
            status => format!("; {}", word(lang, "status", status.id())),
        };
        page.text(&format!("{}: {} [{must}; {seen}{mark}]", ground_name(pack, &ground.id, lang), ground.law.get(lang)));
        page.text(&format!("  {}", ground.how.get(lang)));
    }
    page.head(words::in_court(lang), &p.procedure.provenance);
    for (name, value) in [
        (words::discovery(lang), level(&p.procedure.discovery)),
        (words::cross_examination(lang), level(&p.procedure.cross_examination)),
        (words::summary_judgment(lang), flag(p.procedure.summary_judgment)),
        (words::security(lang), level(&p.procedure.security_for_costs)),
        (words::loser_pays(lang), level(&p.procedure.loser_pays)),
        (words::freezing(lang), level(&p.procedure.freezing_order)),
        (words::asset_discovery(lang), level(&p.procedure.asset_discovery)),
        (words::translation(lang), p.procedure.translation.get(lang).to_owned()),
    ] {
        page.pair(name, &value);
    }
    page.text(p.procedure.note.get(lang));
    let _ = writeln!(page.out, "\n{}", words::documents(lang));
    for document in &p.procedure.documents {
        page.text(&format!("- {}", document.get(lang)));
    }
    page.head(words::interest(lang), &p.interest.provenance);
    page.text(&level(&p.interest.double_interest));
    page.text(p.interest.note.get(lang));
    page.head(words::mediation(lang), &p.mediation.provenance);
    page.text(word(lang, "mediation", &p.mediation.status));
    page.text(p.mediation.note.get(lang));
    for (name, range) in [(words::time(lang), &p.time), (words::cost(lang), &p.cost)] {
        page.head(name, &range.provenance);
        let quiet = words::uncontested(lang, range.uncontested[1], range.uncontested[0]);
        let fought = words::contested(lang, range.contested[1], range.contested[0]);
        page.text(&format!("{quiet}; {fought}"));
        page.text(range.basis.get(lang));
    }
    page.pair(words::funding(lang), p.funding.get(lang));
    page.head(words::track_record(lang), &p.record.provenance);
    page.text(&words::record(lang, p.record.recognised, p.record.refused));
    page.pair(words::counted_by(lang), p.record.counted_by.get(lang));
    page.text(p.record.notes.get(lang));
    page.pair(
        words::own_cases(lang),
        &pack.counted_in(&p.id).map(|case| case.id.clone()).collect::<Vec<_>>().join(", "),
    );
    let _ = writeln!(page.out, "\n{}", words::memory_mark(lang));
    page.out
}

/// The name of a ground as the hurdles call it, else its id.
fn ground_name(pack: &Pack, id: &str, lang: Lang) -> String {
    let hurdle = pack.case_facts.hurdle(id).unwrap_or(id);
    pack.hurdles.iter().find(|known| known.id == hurdle).map_or(id, |known| known.name.get(lang)).to_owned()
}
