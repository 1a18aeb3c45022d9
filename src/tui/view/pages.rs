//! The pages of a target and of a decided case.

use super::doc::Doc;
use crate::lang::Localized;
use crate::messages::{self, browse as b, num};
use crate::numbers;
use crate::pack::{Case, Profile};
use crate::report::listing;
use crate::text;
use crate::tui::model::Model;
use crate::tui::theme::Meaning;

const LABEL: usize = 22;

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
    let mut doc = Doc::new(width, model.look);
    doc.blocks(&listing::profile::page(model.pack(), profile, model.lang), model.lang);
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
        doc.pair(b::duration(lang), LABEL, Meaning::Text, &numbers::months([months, months], lang));
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
