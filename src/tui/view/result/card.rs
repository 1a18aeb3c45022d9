//! The model card: the method, the cases behind it, its limits and its authors, on one page.
//!
//! Must not: claim more than the weights in force; fitted and prior are told apart.

use jiff::civil::Date;

use super::super::chart;
use super::super::doc::Doc;
use crate::messages::{card, chart as c, num, result as r};
use crate::numbers;
use crate::pack::Case;
use crate::pack::case::counted;
use crate::report::{VERSION, walk_forward};
use crate::text;
use crate::tui::model::Model;
use crate::tui::theme::Meaning;

pub(super) fn page(model: &Model<'_>, width: u16) -> Doc {
    let mut doc = method(model, width);
    calibration(model, &mut doc);
    again(model, &mut doc);
    doc
}

/// The plot of predicted against observed, with the figures beside it where there is room.
fn calibration(model: &Model<'_>, doc: &mut Doc) {
    let lang = model.lang;
    doc.heading(c::calibration(lang));
    doc.para(Meaning::Text, &walk_forward(model.pack(), lang));
    let bins = model.pack().validation.as_ref().map(|test| test.calibration.as_slice()).unwrap_or_default();
    if bins.is_empty() {
        doc.para(Meaning::Muted, c::no_calibration(lang));
        return;
    }
    doc.para(Meaning::Muted, c::calibration_says(lang));
    let width = (doc.width.saturating_sub(chart::calibration::LABEL)).min(41);
    let plot = chart::calibration::rows(width, 11, bins, doc.look().ascii);
    let mut table = vec![format!(
        "{}  {}  {}  {}",
        text::pad(c::column_fifth(lang), 6),
        text::pad(c::column_predicted(lang), 9),
        text::pad(c::column_observed(lang), 10),
        c::column_n(lang)
    )];
    table.extend(bins.iter().enumerate().map(|(n, bin)| {
        let [predicted, observed] = [bin.predicted, bin.observed].map(|p| numbers::percent(p, lang));
        format!("{:<6}  {}  {}  {}", n + 1, text::right(&predicted, 9), text::right(&observed, 10), bin.n)
    }));
    let beside = doc.width >= width + chart::calibration::LABEL + 40;
    for (n, row) in plot.iter().enumerate() {
        let mut spans = row.spans(doc.look());
        if beside && let Some(figures) = n.checked_sub(2).and_then(|n| table.get(n)) {
            spans.push(doc.span(Meaning::Text, format!("   {figures}")));
        }
        doc.push(spans);
    }
    if !beside {
        for figures in table {
            doc.para(Meaning::Text, &figures);
        }
    }
}

/// What the method is, its weights, its limits and its authors.
fn method(model: &Model<'_>, width: u16) -> Doc {
    let lang = model.lang;
    let pack = model.pack();
    let mut doc = Doc::new(width, model.look);
    doc.para(Meaning::Accent, r::card_how(lang));
    doc.para(Meaning::Text, card::what(lang));

    doc.heading(r::card_weights(lang));
    let weights = &model.engine.weights;
    match &weights.fitted_on {
        None => doc.para(Meaning::Title, card::priors(lang)),
        Some(on) => {
            doc.para(Meaning::Title, &card::fitted(lang, weights.cases));
            let day =
                |text: &str| text.parse::<Date>().map_or_else(|_| text.to_owned(), |day| numbers::date(day, lang));
            let [first, last] = [day(&weights.dates[0]), day(&weights.dates[1])];
            doc.para(Meaning::Text, &r::card_dates(lang, weights.cases, first, last));
            if *on != pack.cases_sha256 {
                doc.item("! ", Meaning::Warn, r::card_stale(lang));
            }
        }
    }
    let count = pack.cases.iter().filter(|case| case.counts().is_ok());
    let dates = || count.clone().filter_map(Case::order);
    let year = |date: Option<Date>| date.map_or_else(String::new, |date| num::year(lang, date.year()));
    let (first, last) = (year(dates().min()), year(dates().max()));
    let matters = counted(pack).cases.len();
    doc.para(Meaning::Text, &card::cases(lang, count.clone().count(), first, last, matters, pack.cases.len()));

    doc.heading(r::card_limits(lang));
    doc.para(Meaning::Text, card::limits(lang));
    doc.para(Meaning::Text, card::cost(lang));

    doc.heading(r::card_who(lang));
    doc.para(Meaning::Text, pack.provenance.get(lang));
    doc
}

/// What makes the result again.
fn again(model: &Model<'_>, doc: &mut Doc) {
    let (lang, pack) = (model.lang, model.pack());
    doc.heading(r::card_again(lang));
    let label = if doc.width >= 60 { 30 } else { 12 };
    doc.pair(card::pack(lang), label, Meaning::Text, &card::pack_value(lang, &pack.id, &pack.version));
    doc.pair(card::hash(lang), label, Meaning::Text, &pack.sha256);
    doc.pair(card::program(lang), label, Meaning::Text, &format!("exequatur {VERSION}"));
    if let Some(work) = &model.work {
        doc.pair(card::vector(lang), label, Meaning::Text, &work.scores.assessment.vector);
    }
}
