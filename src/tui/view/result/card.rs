//! The model card: the method, the cases behind it, its limits and its authors, on one page.
//!
//! Must not: claim more than the weights in force; fitted and prior are told apart.

use jiff::civil::Date;

use super::super::doc::Doc;
use crate::messages::{card, num, result as r};
use crate::numbers;
use crate::pack::Case;
use crate::pack::case::counted;
use crate::report::VERSION;
use crate::tui::model::Model;
use crate::tui::theme::Meaning;

pub(super) fn page(model: &Model<'_>, width: u16) -> Doc {
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

    doc.heading(r::card_again(lang));
    let label = if doc.width >= 60 { 30 } else { 12 };
    doc.pair(card::pack(lang), label, Meaning::Text, &card::pack_value(lang, &pack.id, &pack.version));
    doc.pair(card::hash(lang), label, Meaning::Text, &pack.sha256);
    doc.pair(card::program(lang), label, Meaning::Text, &format!("exequatur {VERSION}"));
    if let Some(work) = &model.work {
        doc.pair(card::vector(lang), label, Meaning::Text, &work.scores.assessment.vector);
    }
    doc
}
