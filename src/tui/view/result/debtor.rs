//! The debtor's case: the strongest objections with what meets them, then the nearest decided cases.
//!
//! Must not: leave out the cases that were lost, or measure nearness by who won.

use super::super::doc::Doc;
use crate::messages::{self, debtor as d, num, result as r};
use crate::numbers;
use crate::pack::Case;
use crate::pack::case::target_of;
use crate::scoring::nearest::Nearest;
use crate::scoring::{GroundResult, TargetResult, record};
use crate::text;
use crate::tui::model::Model;
use crate::tui::theme::Meaning;

/// Objections that are prepared for.
const OBJECTIONS: usize = 3;
/// Cells of a question named in short.
const SHORT: usize = 36;

pub(super) fn page(model: &Model<'_>, width: u16, result: &TargetResult) -> Doc {
    let lang = model.lang;
    let mut doc = Doc::new(width, model.look);
    doc.para(Meaning::Muted, d::intro(lang));
    for (n, ground) in result.worst_first().into_iter().take(OBJECTIONS).enumerate() {
        objection(model, &mut doc, result, ground, n + 1);
    }
    doc.heading(r::nearest(lang));
    doc.para(Meaning::Muted, r::nearest_says(lang));
    match super::listed(model, &result.id, model.lists.nearest.as_deref()) {
        None => doc.para(Meaning::Muted, r::working(lang)),
        Some([]) => doc.para(Meaning::Muted, r::no_cases(lang)),
        Some(cases) => cases.iter().for_each(|near| nearest(model, &mut doc, near)),
    }
    doc
}

fn objection(model: &Model<'_>, doc: &mut Doc, result: &TargetResult, ground: &GroundResult, n: usize) {
    let lang = model.lang;
    let pack = model.pack();
    let Some(hurdle) = pack.hurdles.get(ground.hurdle) else { return };
    let name = text::one_line(hurdle.name.get(lang));
    doc.heading(&format!("{n}. {}", d::heading(lang, name, numbers::percent(ground.p, lang))));
    let label = if doc.width >= 60 { 20 } else { 12 };
    doc.pair(d::says(lang), label, Meaning::Text, hurdle.objection.get(lang));
    doc.pair(d::reply(lang), label, Meaning::Good, hurdle.answer.get(lang));
    let supports = record::on_ground(pack, result, ground);
    let answers = record::failed_defence(pack, &result.id, &hurdle.id);
    if supports.is_none() && answers.is_none() {
        doc.pair(d::case(lang), label, Meaning::Muted, d::no_case(lang));
    }
    if let Some(case) = supports {
        // A case that was won helps the creditor, although it was decided on this ground.
        let (says, meaning) =
            if case.outcome.won() { (r::answers_it(lang), Meaning::Good) } else { (r::supports(lang), Meaning::Warn) };
        doc.pair(says, label, meaning, &line(model, case));
    }
    if let Some(case) = answers.filter(|case| supports.is_none_or(|other| other.id != case.id)) {
        doc.pair(r::answers_it(lang), label, Meaning::Good, &line(model, case));
    }
}

/// A case in a line: outcome, name, when, where, lesson.
fn line(model: &Model<'_>, case: &Case) -> String {
    let lang = model.lang;
    let outcome = messages::word(lang, "outcome", case.outcome.id());
    r::case_line(
        lang,
        case.lesson.get(lang),
        text::one_line(&case.name),
        outcome,
        place(model, case),
        when(model, case),
    )
}

fn when(model: &Model<'_>, case: &Case) -> String {
    case.decided
        .map(|date| numbers::date(date, model.lang))
        .or_else(|| case.decided_year.map(|year| num::year(model.lang, year)))
        .unwrap_or_else(|| num::none(model.lang).to_owned())
}

fn place(model: &Model<'_>, case: &Case) -> String {
    let place = target_of(model.pack(), &case.jurisdiction);
    text::one_line(place.map_or(case.jurisdiction.as_str(), |profile| profile.name.get(model.lang)))
}

/// A case beside the matter: what agrees, what differs, what to take from it.
fn nearest(model: &Model<'_>, doc: &mut Doc, near: &Nearest<'_>) {
    let lang = model.lang;
    let case = near.case;
    let won = case.outcome.won();
    let mark = if won { r::won(lang) } else { r::lost(lang) };
    let outcome = messages::word(lang, "outcome", case.outcome.id());
    doc.blank();
    let head = r::nearest_head(lang, mark, text::one_line(&case.name), outcome, place(model, case), when(model, case));
    doc.para(if won { Meaning::Good } else { Meaning::Warn }, &head);
    let label = if doc.width >= 60 { 16 } else { 12 };
    for (says, questions) in
        [(r::agrees(lang, near.agrees.len()), &near.agrees), (r::differs(lang, near.differs.len()), &near.differs)]
    {
        let asks: Vec<String> = questions
            .iter()
            .filter_map(|at| model.pack().questions.get(*at))
            .map(|question| text::clip(&text::one_line(question.ask.get(lang)), SHORT))
            .collect();
        let words =
            if asks.is_empty() { num::none(lang).to_owned() } else { asks.join(messages::ui::list_comma(lang)) };
        doc.pair(&says, label, Meaning::Text, &words);
    }
    doc.pair(r::lesson(lang), label, Meaning::Text, case.lesson.get(lang));
}
