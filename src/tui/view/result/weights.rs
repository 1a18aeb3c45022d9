//! What makes a hurdle up: each contribution with its weight, its reason, its support, and the decided
//! cases with and without the fact. The report has the same as a table, without the reasons and the
//! names of the cases, for which a page of paper has no place.

use super::super::canvas::Canvas;
use super::super::chart;
use super::super::doc::Doc;
use crate::messages::{self, chart as c, hurdle, num, result as r, weigh};
use crate::numbers;
use crate::pack::Hurdle;
use crate::report::sections::hurdles as report;
use crate::report::sentences::Writer;
use crate::scoring::target::Source;
use crate::scoring::{GroundResult, rule_record};
use crate::text;
use crate::tui::model::Model;
use crate::tui::theme::Meaning;

/// Cases under which no rate is drawn from them.
const FEW: usize = 5;
/// Cases with a fact that are named.
const NAMED: usize = 6;
/// Cells of a case named in a list.
const NAME: usize = 44;
/// Indent of what stands under a contribution.
const UNDER: &str = "       ";

/// How the chance of refusal comes about: from the base through each contribution, in the order of
/// the list below.
pub(super) fn waterfall(model: &Model<'_>, canvas: &Canvas<'_>, doc: &mut Doc, rules: &Hurdle, ground: &GroundResult) {
    let lang = model.lang;
    doc.para(Meaning::Accent, c::hurdle_waterfall(lang));
    let parts: Vec<f64> = ground.contributions.iter().map(|contribution| contribution.logit).collect();
    let steps = chart::waterfall::log_odds(&parts);
    let shown = numbers::parts_of_total(&parts, ground.logit, 2);
    let bar = (doc.width / 3).clamp(12, 40);
    let room = doc.width.saturating_sub(bar + 20);
    let mut row = |figure: String, step: chart::waterfall::Step, meaning: Meaning, words: &str| {
        let mut spans = vec![doc.span(meaning, format!("{figure:>6} "))];
        spans.extend(chart::waterfall::row(bar, step, canvas.look.ascii).spans(canvas.look));
        spans.push(doc.span(
            meaning,
            format!(" {}  {}", text::right(&numbers::percent(step.after, lang), 8), text::clip(words, room)),
        ));
        doc.push(spans);
    };
    for ((contribution, step), figure) in ground.contributions.iter().zip(&steps).zip(shown) {
        let words = match contribution.of {
            Source::Base => r::base(lang),
            Source::Target => r::target_effect(lang),
            Source::Averaging => r::averaging(lang),
            Source::Rule(rule) => rules.rules.get(rule).map_or("", |rule| rule.because.get(lang)),
        };
        row(numbers::log_odds(figure), *step, Meaning::Text, &text::one_line(words));
    }
    let end = chart::waterfall::Step { before: ground.p, after: ground.p, more_is_better: false };
    row(numbers::log_odds(ground.logit), end, Meaning::Title, c::hurdle_total(lang));
}

/// All contributions and their sum.
pub(super) fn list(model: &Model<'_>, writer: &Writer<'_>, doc: &mut Doc, ground: &GroundResult) {
    let lang = model.lang;
    let parts: Vec<f64> = ground.contributions.iter().map(|contribution| contribution.logit).collect();
    let shown = numbers::parts_of_total(&parts, ground.logit, 2);
    for (contribution, figure) in ground.contributions.iter().zip(shown) {
        let of = contribution.of;
        let meaning = match figure {
            0.05.. => Meaning::Warn,
            ..-0.05 => Meaning::Good,
            _ => Meaning::Text,
        };
        let because = report::because(writer, ground, contribution);
        doc.item(&format!("{:>6} ", numbers::log_odds(figure)), meaning, &because);
        if let Some(weight) = report::weight(writer, ground, of) {
            doc.item(UNDER, Meaning::Muted, &[weigh::column(lang), &weight].join(num::colon(lang)));
        }
        // The reason of the base stands in its sentence.
        if let (Source::Rule(_), Some(reason)) = (of, report::reason(writer, ground, of)) {
            doc.item(UNDER, Meaning::Muted, reason);
        }
        if let Some(support) = report::source(writer, ground, of) {
            doc.item(UNDER, Meaning::Muted, &writer.support(support));
        }
        if let Source::Rule(rule) = of {
            cases(model, doc, ground.hurdle, rule);
        }
    }
    let sum = hurdle::sum(lang, numbers::percent(ground.p, lang));
    doc.item(&format!("{:>6} ", numbers::log_odds(ground.logit)), Meaning::Title, &sum);
}

fn named(model: &Model<'_>, case: &crate::pack::Case) -> String {
    let outcome = messages::word(model.lang, "outcome", case.outcome.id());
    num::bracket(model.lang, outcome, text::clip(&text::one_line(&case.name), NAME))
}

/// The decided cases with the fact and without.
fn cases(model: &Model<'_>, doc: &mut Doc, hurdle: usize, rule: usize) {
    let lang = model.lang;
    let Some(decided) = &model.lists.decided else {
        doc.item(UNDER, Meaning::Muted, r::working(lang));
        return;
    };
    let counts = rule_record::counts(model.engine, decided, hurdle, rule);
    let mut words = report::counts_in_words(counts, lang);
    let [lost, of] = counts.with;
    if of >= FEW {
        #[expect(clippy::cast_precision_loss, reason = "a count of cases")]
        let share = lost as f64 / of as f64;
        words = r::rate(lang, words, numbers::percent(share, lang));
    }
    doc.item(UNDER, Meaning::Muted, &words);
    let with = rule_record::with_fact(model.engine, decided, hurdle, rule);
    if with.is_empty() {
        return;
    }
    // The latest decisions are named; a list of all would bury the reason.
    let names: Vec<String> = with.iter().rev().take(NAMED).map(|case| named(model, case)).collect();
    let names = names.join(messages::ui::list_comma(lang));
    let names = if with.len() > NAMED { r::and_more(lang, names, with.len() - NAMED) } else { names };
    doc.item(UNDER, Meaning::Muted, &r::with_fact(lang, names));
}
