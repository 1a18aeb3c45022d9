//! The pages of a target and of a decided case.
//!
//! Must not: leave out doubt. A part that no page was read for says so beside its heading.

use super::doc::Doc;
use crate::lang::Localized;
use crate::messages::{self, browse as b, num};
use crate::numbers;
use crate::pack::{Case, Profile, Provenance, SourceStatus};
use crate::text;
use crate::tui::model::Model;
use crate::tui::theme::Meaning;
use crate::tui::words;

/// Cells of the labels.
const LABEL: usize = 22;

/// A heading, with a mark where the part is from memory.
fn heading(model: &Model<'_>, doc: &mut Doc, words: &str, provenance: &Provenance) {
    let status = messages::word(model.lang, "status", provenance.status.id());
    let words = match provenance.status {
        SourceStatus::Read => words.to_owned(),
        _ => format!("{words}  [! {status}]"),
    };
    doc.heading(&words);
}

fn sources(model: &Model<'_>, doc: &mut Doc, list: &[String]) {
    if !list.is_empty() {
        doc.para(Meaning::Muted, &format!("{} {}", b::sources(model.lang), list.join("  ")));
    }
}

fn local(model: &Model<'_>, doc: &mut Doc, meaning: Meaning, words: &Localized) {
    if !words.is_empty() {
        doc.para(meaning, words.get(model.lang));
    }
}

/// The page of a target.
pub(super) fn profile(model: &Model<'_>, profile: &Profile, width: u16) -> Doc {
    let lang = model.lang;
    let mut doc = Doc::new(width, model.look);
    let level = |id: &str| messages::word(lang, "level", id).to_owned();
    let flag = |yes: bool| messages::word(lang, "level", if yes { "yes" } else { "no" }).to_owned();
    let family = messages::word(lang, "family", &profile.legal_family);
    doc.para(Meaning::Muted, &b::stated_for(lang, numbers::date(profile.as_of, lang), family, &profile.id));
    doc.para(Meaning::Muted, &text::one_line(model.pack().region_name(&profile.region, lang)));
    local(model, &mut doc, Meaning::Text, &profile.notes);

    let record = &profile.record;
    heading(model, &mut doc, b::record(lang), &record.provenance);
    doc.para(Meaning::Title, &b::record_counts(lang, record.recognised, record.refused));
    local(model, &mut doc, Meaning::Muted, &record.counted_by);
    local(model, &mut doc, Meaning::Text, &record.notes);

    let basis = &profile.basis;
    heading(model, &mut doc, b::basis(lang), &basis.provenance);
    doc.pair(b::basis_kind(lang), LABEL, Meaning::Text, messages::word(lang, "basis-kind", &basis.kind));
    doc.pair(b::instrument(lang), LABEL, Meaning::Text, basis.instrument.get(lang));
    doc.pair(b::procedure(lang), LABEL, Meaning::Text, basis.procedure.get(lang));
    doc.pair(b::reciprocity(lang), LABEL, Meaning::Text, messages::word(lang, "reciprocity", &basis.reciprocity));
    local(model, &mut doc, Meaning::Text, &basis.reciprocity_note);
    sources(model, &mut doc, &basis.provenance.sources);

    let limitation = &profile.limitation;
    heading(model, &mut doc, b::limitation(lang), &limitation.provenance);
    doc.para(Meaning::Title, &b::years(lang, limitation.years));
    local(model, &mut doc, Meaning::Text, &limitation.runs_from);
    local(model, &mut doc, Meaning::Text, &limitation.note);
    sources(model, &mut doc, &limitation.provenance.sources);

    let service = &profile.service;
    heading(model, &mut doc, b::service(lang), &service.provenance);
    local(model, &mut doc, Meaning::Text, &service.standard);
    doc.pair(b::announcement(lang), LABEL, Meaning::Text, messages::word(lang, "announcement", &service.announcement));
    doc.pair(b::hague(lang), LABEL, Meaning::Text, &flag(service.hague_party));
    doc.pair(b::postal(lang), LABEL, Meaning::Text, &flag(service.postal_objection));
    local(model, &mut doc, Meaning::Text, &service.note);
    sources(model, &mut doc, &service.provenance.sources);

    doc.heading(b::grounds(lang));
    for ground in &profile.grounds {
        let seen = messages::word(lang, "seen", &ground.seen);
        let must = if ground.mandatory { b::mandatory(lang) } else { b::discretionary(lang) };
        doc.item("- ", Meaning::Title, &format!("{} ({must}; {seen})", text::one_line(ground.law.get(lang))));
        doc.item("  ", Meaning::Text, ground.how.get(lang));
        if ground.provenance.status != SourceStatus::Read {
            let status = messages::word(lang, "status", ground.provenance.status.id());
            doc.item("  ", Meaning::Warn, &format!("[! {status}]"));
        }
    }

    let procedure = &profile.procedure;
    heading(model, &mut doc, b::proceeding(lang), &procedure.provenance);
    doc.pair(b::discovery(lang), LABEL, Meaning::Text, &level(&procedure.discovery));
    doc.pair(b::cross_examination(lang), LABEL, Meaning::Text, &level(&procedure.cross_examination));
    doc.pair(b::summary_judgment(lang), LABEL, Meaning::Text, &flag(procedure.summary_judgment));
    doc.pair(b::security(lang), LABEL, Meaning::Text, &level(&procedure.security_for_costs));
    doc.pair(b::loser_pays(lang), LABEL, Meaning::Text, &level(&procedure.loser_pays));
    doc.pair(b::freezing(lang), LABEL, Meaning::Text, &level(&procedure.freezing_order));
    doc.pair(b::asset_discovery(lang), LABEL, Meaning::Text, &level(&procedure.asset_discovery));
    doc.pair(b::translation(lang), LABEL, Meaning::Text, procedure.translation.get(lang));
    for document in &procedure.documents {
        doc.item("  - ", Meaning::Text, document.get(lang));
    }
    local(model, &mut doc, Meaning::Text, &procedure.note);
    sources(model, &mut doc, &procedure.provenance.sources);

    heading(model, &mut doc, b::interest(lang), &profile.interest.provenance);
    doc.pair(b::double_interest(lang), LABEL, Meaning::Text, &level(&profile.interest.double_interest));
    local(model, &mut doc, Meaning::Text, &profile.interest.currency);
    local(model, &mut doc, Meaning::Text, &profile.interest.note);

    heading(model, &mut doc, b::mediation(lang), &profile.mediation.provenance);
    doc.para(Meaning::Text, messages::word(lang, "mediation", &profile.mediation.status));
    local(model, &mut doc, Meaning::Text, &profile.mediation.note);

    heading(model, &mut doc, b::time(lang), &profile.time.provenance);
    doc.para(
        Meaning::Text,
        &b::time_range(lang, words::numbers(profile.time.contested), words::numbers(profile.time.uncontested)),
    );
    local(model, &mut doc, Meaning::Muted, &profile.time.basis);
    heading(model, &mut doc, b::cost(lang), &profile.cost.provenance);
    doc.para(
        Meaning::Text,
        &b::cost_range(lang, words::numbers(profile.cost.contested), words::numbers(profile.cost.uncontested)),
    );
    local(model, &mut doc, Meaning::Muted, &profile.cost.basis);
    local(model, &mut doc, Meaning::Text, &profile.funding);

    let cases: Vec<&Case> = model
        .pack()
        .cases
        .iter()
        .filter(|case| {
            crate::pack::case::target_of(model.pack(), &case.jurisdiction).is_some_and(|target| target.id == profile.id)
        })
        .collect();
    if !cases.is_empty() {
        doc.heading(&b::cases_here(lang, cases.len()));
    }
    for case in cases {
        let year = case.decided_year.map(|year| year.to_string()).unwrap_or_default();
        let outcome = messages::word(lang, "outcome", case.outcome.id());
        doc.item("- ", Meaning::Text, &format!("{} ({year}, {outcome})", text::one_line(&case.name)));
    }
    doc
}

/// The page of a decided case.
pub(super) fn case(model: &Model<'_>, case: &Case, width: u16) -> Doc {
    let lang = model.lang;
    let pack = model.pack();
    let mut doc = Doc::new(width, model.look);
    let outcome = messages::word(lang, "outcome", case.outcome.id());
    let meaning = if case.outcome.won() { Meaning::Good } else { Meaning::Warn };
    doc.pair(b::outcome(lang), LABEL, meaning, outcome);
    let place = crate::pack::case::target_of(pack, &case.jurisdiction);
    let place = place.map_or(case.jurisdiction.as_str(), |profile| profile.name.get(lang));
    doc.pair(b::target(lang), LABEL, Meaning::Text, place);
    // A word of the coding is not shown as if it were a name.
    let given = |words: &str| if words == "unknown" { num::none(lang).to_owned() } else { text::one_line(words) };
    doc.pair(b::court(lang), LABEL, Meaning::Text, &given(&case.court));
    doc.pair(b::citation(lang), LABEL, Meaning::Text, &given(&case.citation));
    let decided = case.decided.map(|date| numbers::date(date, lang)).or(case.decided_year.map(|year| year.to_string()));
    doc.pair(b::decided(lang), LABEL, Meaning::Text, &decided.unwrap_or_default());
    let origin = text::one_line(model.pack().wording.origin_court.get(lang));
    doc.pair(&origin, LABEL, Meaning::Text, &given(&case.origin_court));
    if let Some(amount) = case.amount {
        let words = text::one_line(&numbers::money(crate::scoring::money::decimal(amount), &case.currency, lang));
        doc.pair(b::amount(lang), LABEL, Meaning::Text, &words);
    }
    if let Some(months) = case.duration_months {
        doc.pair(
            b::duration(lang),
            LABEL,
            Meaning::Text,
            &messages::result::months(lang, words::numbers([months, months])),
        );
    }
    doc.heading(b::happened(lang));
    local(model, &mut doc, Meaning::Text, &case.summary);
    doc.heading(b::lesson(lang));
    local(model, &mut doc, Meaning::Text, &case.lesson);
    doc.heading(b::facts(lang));
    for (question, mask) in pack.case_facts.answers(case) {
        let Some(question) = pack.questions.get(question) else { continue };
        let labels: Vec<String> = question
            .options
            .iter()
            .enumerate()
            .filter(|(n, _)| mask & 1 << n != 0)
            .map(|(_, option)| text::one_line(option.label.get(lang)))
            .collect();
        doc.item("- ", Meaning::Muted, question.ask.get(lang));
        doc.item("  ", Meaning::Text, &labels.join(b::or(lang)));
    }
    let grounds = |ids: &[String]| -> String {
        let names: Vec<String> = ids
            .iter()
            .map(|id| {
                let hurdle =
                    pack.case_facts.hurdle(id).and_then(|id| pack.hurdles.iter().find(|hurdle| hurdle.id == id));
                hurdle.map_or_else(|| text::one_line(id), |hurdle| text::one_line(hurdle.name.get(lang)))
            })
            .collect();
        names.join(messages::ui::list_comma(lang))
    };
    doc.blank();
    doc.pair(b::defences(lang), LABEL, Meaning::Text, &grounds(&case.defences));
    doc.pair(b::decisive(lang), LABEL, Meaning::Text, &grounds(&case.decisive));
    doc.heading(b::doubt(lang));
    let status = messages::word(lang, "status", case.status.id());
    let coding = messages::word(lang, "coding", &case.confidence);
    doc.para(Meaning::Text, &format!("{status}{}{coding}", messages::ui::list_comma(lang)));
    local(model, &mut doc, Meaning::Text, &case.note);
    sources(model, &mut doc, &case.sources);
    doc
}
