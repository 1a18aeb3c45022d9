//! Creditor confidence: six hurdles, each with what it rests on and what would raise it.
//!
//! Must not: mix with the outlook. A creditor's nerve does not change the law.

use super::super::canvas::Canvas;
use super::super::doc::Doc;
use super::bar_line;
use crate::messages::result as r;
use crate::numbers;
use crate::pack::Measure;
use crate::scoring::TargetResult;
use crate::scoring::confidence::Measured;
use crate::text;
use crate::tui::model::Model;
use crate::tui::theme::Meaning;
use crate::tui::words;

pub(super) fn page(model: &Model<'_>, canvas: &Canvas<'_>, width: u16, result: &TargetResult) -> Doc {
    let lang = model.lang;
    let mut doc = Doc::new(width, model.look);
    doc.para(Meaning::Title, &r::confidence(lang, result.confidence.index));
    doc.para(Meaning::Muted, r::confidence_says(lang));
    let label = if doc.width >= 60 { 22 } else { 14 };
    let bar = doc.width.saturating_sub(label + 27).min(36);
    for value in result.confidence.lowest_first() {
        let Some(hurdle) = model.pack().confidence.get(value.hurdle) else { continue };
        doc.blank();
        let share = r::share(lang, numbers::percent(hurdle.weight, lang));
        let after = format!("{:>3}/100  {share}", whole(value.value));
        let meaning = if value.value < 0.35 {
            Meaning::Bad
        } else if value.value < 0.6 {
            Meaning::Warn
        } else {
            Meaning::Good
        };
        let name = text::one_line(hurdle.name.get(lang));
        let line = bar_line(canvas, &name, label, canvas.bar(bar, value.range, value.value, meaning), &after);
        doc.lines.push(line);
        if let Some(measured) = &value.measured {
            doc.item("  ", Meaning::Text, &measure_text(model, measured));
        }
        for rule in &value.rules {
            if let Some(rule) = hurdle.rules.get(*rule) {
                doc.item("  - ", Meaning::Text, rule.because.get(lang));
            }
        }
        if value.open {
            doc.item("  ", Meaning::Muted, &r::open_range(lang, whole(value.range[1]), whole(value.range[0])));
        }
        doc.item("  ", Meaning::Accent, &r::raise(lang, hurdle.raise.get(lang)));
    }
    doc
}

/// A value from 0 to 1 as a whole number to 100.
fn whole(value: f64) -> String {
    format!("{:.0}", value * 100.0)
}

/// What the creditor has against what the target asks.
fn measure_text(model: &Model<'_>, measured: &Measured) -> String {
    let lang = model.lang;
    let pack = model.pack();
    let figure = |number: f64| match measured.measure {
        Measure::BudgetOverCost => {
            numbers::estimate(crate::scoring::money::decimal(number), &pack.rates.currency, lang)
        }
        _ => words::grouped(crate::scoring::money::decimal(number).round()),
    };
    let need = figure(measured.need);
    let Some(have) = measured.have.map(figure) else {
        return match measured.measure {
            Measure::BudgetOverCost => r::measure_budget_open(lang, need),
            Measure::DocumentsInHand => r::measure_documents_open(lang, need),
            Measure::HorizonOverMonths => r::measure_horizon_open(lang, need),
        };
    };
    match measured.measure {
        Measure::BudgetOverCost => r::measure_budget(lang, have, need),
        Measure::DocumentsInHand => r::measure_documents(lang, have, need),
        Measure::HorizonOverMonths => r::measure_horizon(lang, have, need),
    }
}
