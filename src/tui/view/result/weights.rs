//! What makes a hurdle up: each contribution with its prior, its fitted weight, its support, and the
//! decided cases with and without the fact.
//!
//! Must not: draw a rate from fewer than five cases, or show figures that do not add up.

use super::super::canvas::Canvas;
use super::super::chart;
use super::super::doc::Doc;
use crate::messages::{self, chart as c, num, result as r};
use crate::numbers;
use crate::pack::hurdle::Weight;
use crate::pack::{Hurdle, Support};
use crate::report::counts_in_words;
use crate::scoring::target::Source;
use crate::scoring::{Contribution, GroundResult, record};
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
pub(super) fn waterfall(model: &Model<'_>, canvas: &Canvas<'_>, doc: &mut Doc, hurdle: &Hurdle, ground: &GroundResult) {
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
            Source::Rule(rule) => hurdle.rules.get(rule).map_or("", |rule| rule.because.get(lang)),
        };
        row(numbers::log_odds(figure), *step, Meaning::Text, &text::one_line(words));
    }
    let end = chart::waterfall::Step { before: ground.p, after: ground.p, more_is_better: false };
    row(numbers::log_odds(ground.logit), end, Meaning::Title, c::hurdle_total(lang));
}

/// All contributions and their sum.
pub(super) fn list(model: &Model<'_>, doc: &mut Doc, hurdle: &Hurdle, ground: &GroundResult) {
    let lang = model.lang;
    let parts: Vec<f64> = ground.contributions.iter().map(|contribution| contribution.logit).collect();
    let shown = numbers::parts_of_total(&parts, ground.logit, 2);
    for (contribution, figure) in ground.contributions.iter().zip(shown) {
        one(model, doc, hurdle, ground.hurdle, contribution, figure);
    }
    doc.para(Meaning::Title, &r::sum(lang, numbers::log_odds(ground.logit), numbers::percent(ground.p, lang)));
}

fn one(model: &Model<'_>, doc: &mut Doc, hurdle: &Hurdle, at: usize, contribution: &Contribution, figure: f64) {
    let lang = model.lang;
    let mark = format!("{:>6} ", numbers::log_odds(figure));
    let meaning = if figure > 0.05 {
        Meaning::Warn
    } else if figure < -0.05 {
        Meaning::Good
    } else {
        Meaning::Text
    };
    match contribution.of {
        Source::Base => {
            doc.item(&mark, meaning, r::base(lang));
            weight(model, doc, at, 0, hurdle.base, hurdle.reason.get(lang));
            support(model, doc, &hurdle.support);
        }
        Source::Target => doc.item(&mark, meaning, r::target_effect(lang)),
        Source::Averaging => doc.item(&mark, meaning, r::averaging(lang)),
        Source::Rule(rule) => {
            let Some(it) = hurdle.rules.get(rule) else { return };
            let because = it.because.get(lang);
            let words = if contribution.holds < 0.995 {
                r::holds(lang, because, numbers::percent(contribution.holds, lang))
            } else {
                because.to_owned()
            };
            doc.item(&mark, meaning, &words);
            weight(model, doc, at, rule + 1, it.weight, it.reason.get(lang));
            support(model, doc, &it.support);
            cases(model, doc, at, rule);
        }
    }
}

/// The prior with its reason, and what the decided cases made of it.
fn weight(model: &Model<'_>, doc: &mut Doc, hurdle: usize, parameter: usize, prior: Weight, reason: &str) {
    let lang = model.lang;
    let word = |mean: f64, spread: f64| r::weight(lang, numbers::log_odds(mean), format!("{spread:.2}"));
    let before = word(prior.mean, prior.spread);
    let weights = model.engine.weights.hurdles.get(hurdle).filter(|_| model.engine.weights.fitted_on.is_some());
    let words = match weights.and_then(|weights| Some((weights, weights.means.get(parameter)?))) {
        Some((weights, mean)) => r::fitted(lang, word(*mean, weights.spread(parameter)), before),
        None => r::prior(lang, before),
    };
    doc.item(UNDER, Meaning::Muted, &words);
    doc.item(UNDER, Meaning::Muted, reason);
}

/// Where a rule comes from: cases by name, a statute, or our own judgement.
fn support(model: &Model<'_>, doc: &mut Doc, support: &Support) {
    let lang = model.lang;
    let word = messages::word(lang, "support", support.kind());
    let words = match support {
        Support::Judgement => word.to_owned(),
        Support::Statute(law) => [word, law].join(num::colon(lang)),
        Support::Precedent(ids) => {
            let names: Vec<String> = ids
                .iter()
                .map(|id| model.pack().case(id).map_or_else(|| id.to_string(), |case| named(model, case)))
                .collect();
            [word, &names.join(messages::ui::list_comma(lang))].join(num::colon(lang))
        }
    };
    doc.item(UNDER, Meaning::Muted, &words);
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
    let counts = record::counts(model.engine, decided, hurdle, rule);
    let mut words = counts_in_words(counts, lang);
    let [lost, of] = counts.with;
    if of >= FEW {
        #[expect(clippy::cast_precision_loss, reason = "a count of cases")]
        let share = lost as f64 / of as f64;
        words = r::rate(lang, words, numbers::percent(share, lang));
    }
    doc.item(UNDER, Meaning::Muted, &words);
    let with = record::with_fact(model.engine, decided, hurdle, rule);
    if with.is_empty() {
        return;
    }
    // The latest decisions are named; a list of all would bury the reason.
    let names: Vec<String> = with.iter().rev().take(NAMED).map(|case| named(model, case)).collect();
    let names = names.join(messages::ui::list_comma(lang));
    let names = if with.len() > NAMED { r::and_more(lang, names, with.len() - NAMED) } else { names };
    doc.item(UNDER, Meaning::Muted, &r::with_fact(lang, names));
}
