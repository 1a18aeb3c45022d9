//! Money and time: what can be recovered, what it costs, what is left, and by when.
//!
//! Must not: hide a rate. Every amount is in one currency, with the day of the rates.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::super::canvas::Canvas;
use super::super::chart;
use super::super::doc::Doc;
use crate::messages::{chart as c, result as r};
use crate::numbers;
use crate::scoring::TargetResult;
use crate::text;
use crate::tui::model::Model;
use crate::tui::theme::Meaning;
use crate::tui::words;

pub(super) fn page(model: &Model<'_>, canvas: &Canvas<'_>, width: u16, result: &TargetResult) -> Doc {
    let lang = model.lang;
    let mut doc = Doc::new(width, model.look);
    let money = &result.money;
    let label = if doc.width >= 60 { 34 } else { 20 };
    let row = |doc: &mut Doc, name: &str, words: String, meaning: Meaning| {
        doc.pair(name, label + 1, meaning, &words);
    };
    doc.para(Meaning::Accent, r::money(lang));
    let cannot = || r::cannot_work_out(lang).to_owned();
    row(&mut doc, r::claim(lang), money.claim.map_or_else(cannot, |claim| range2(model, claim)), Meaning::Text);
    row(&mut doc, r::assets(lang), money.assets.map_or_else(cannot, |assets| range3(model, assets)), Meaning::Text);
    let recoverable = money.recoverable.map_or_else(cannot, |sums| range3(model, sums));
    row(&mut doc, r::recoverable(lang), recoverable, Meaning::Text);
    row(&mut doc, r::cost(lang), range3(model, money.cost), Meaning::Text);
    row(&mut doc, r::contest(lang), numbers::percent(money.contest, lang), Meaning::Text);
    let net = money.net.map_or_else(cannot, |sums| range3(model, sums));
    let meaning = match money.net {
        Some([_, expected, _]) if expected > Decimal::ZERO => Meaning::Good,
        Some(_) => Meaning::Bad,
        None => Meaning::Muted,
    };
    row(&mut doc, r::net(lang), net, meaning);
    if let Some(ratio) = money.ratio {
        row(&mut doc, r::ratio(lang), format!("{ratio:.1} : 1"), Meaning::Text);
    }
    if let Some(sum) = money.break_even {
        row(&mut doc, r::break_even(lang), amount(model, sum), Meaning::Text);
    }
    bars(model, canvas, &mut doc, result);
    doc.blank();
    if let Some(work) = &model.work {
        let exchange = &work.scores.assessment.exchange;
        let day = numbers::date(exchange.as_of, lang);
        let own = if exchange.own { r::rates_own(lang, day) } else { r::rates_pack(lang, day) };
        doc.para(Meaning::Muted, &own);
    }
    doc.para(Meaning::Muted, model.pack().rates.note.get(lang));
    if let Some(profile) = model.pack().profile(&result.id) {
        doc.heading(r::time(lang));
        row(&mut doc, r::uncontested(lang), r::months(lang, words::numbers(profile.time.uncontested)), Meaning::Text);
        row(&mut doc, r::contested(lang), r::months(lang, words::numbers(profile.time.contested)), Meaning::Text);
        doc.para(Meaning::Muted, profile.time.basis.get(lang));
        doc.heading(r::cost_basis(lang));
        let costs = |[low, high]: [f64; 2]| {
            range2(model, [crate::scoring::money::decimal(low), crate::scoring::money::decimal(high)])
        };
        row(&mut doc, r::uncontested(lang), costs(profile.cost.uncontested), Meaning::Text);
        row(&mut doc, r::contested(lang), costs(profile.cost.contested), Meaning::Text);
        doc.para(Meaning::Muted, profile.cost.basis.get(lang));
    }
    doc.heading(r::deadlines(lang));
    super::summary::deadlines(model, &mut doc, result);
    for home in &model.pack().home_deadlines {
        doc.item("  ", Meaning::Muted, home.note.get(lang));
    }
    doc
}

/// Cost against recovery and what is left, on one scale.
fn bars(model: &Model<'_>, canvas: &Canvas<'_>, doc: &mut Doc, result: &TargetResult) {
    let lang = model.lang;
    let money = &result.money;
    let Some((recoverable, net)) = money.recoverable.zip(money.net) else { return };
    let rows = [(r::recoverable(lang), recoverable), (r::cost(lang), money.cost), (r::net(lang), net)];
    let low = rows.iter().map(|(_, sums)| sums[0]).min().unwrap_or_default().min(Decimal::ZERO);
    let high = rows.iter().map(|(_, sums)| sums[2]).max().unwrap_or_default();
    let float = |sum: Decimal| sum.to_f64().unwrap_or_default();
    doc.heading(c::cost_recovery(lang));
    let label = if doc.width >= 60 { 24 } else { 14 };
    let width = doc.width.saturating_sub(label + 12).min(64);
    for (name, sums) in rows {
        let row = chart::money::range(width, sums.map(float), [low, high].map(float), canvas.look.ascii);
        let mut spans = vec![doc.span(Meaning::Text, format!("{} ", text::pad(name, label)))];
        spans.extend(row.spans(canvas.look));
        spans.push(doc.span(Meaning::Text, format!(" {}", numbers::short_amount(sums[1], lang))));
        doc.push(spans);
    }
    doc.para(Meaning::Muted, &c::net_scale(lang, amount(model, high), amount(model, low)));
}

/// The three figures that the summary shows.
pub(super) fn short(model: &Model<'_>, doc: &mut Doc, result: &TargetResult) {
    let lang = model.lang;
    let label = if doc.width >= 60 { 34 } else { 18 };
    let money = &result.money;
    let cannot = || r::cannot_work_out(lang).to_owned();
    let rows = [
        (r::recoverable(lang), money.recoverable.map_or_else(cannot, |sums| range3(model, sums))),
        (r::cost(lang), range3(model, money.cost)),
        (r::net(lang), money.net.map_or_else(cannot, |sums| range3(model, sums))),
    ];
    for (name, words) in rows {
        doc.pair(name, label + 1, Meaning::Text, &words);
    }
}

fn amount(model: &Model<'_>, sum: Decimal) -> String {
    numbers::estimate(sum, &model.pack().rates.currency, model.lang)
}

fn range2(model: &Model<'_>, [low, high]: [Decimal; 2]) -> String {
    numbers::estimates(low, high, &model.pack().rates.currency, model.lang)
}

fn range3(model: &Model<'_>, [low, expected, high]: [Decimal; 3]) -> String {
    r::expected_range(model.lang, amount(model, expected), range2(model, [low, high]))
}
