//! What matters most, on one page.
//!
//! Must not: give a figure without its range, or a grade without its reasons.

use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::consequence;
use super::super::doc::Doc;
use super::bar_line;
use crate::messages::{self, num, result as r};
use crate::numbers;
use crate::pack::{Cure, Gate};
use crate::scoring::deadline::What;
use crate::scoring::evidence::Reason;
use crate::scoring::target::Source;
use crate::scoring::{Block, TargetResult};
use crate::text;
use crate::tui::model::Model;
use crate::tui::theme::Meaning;

/// Hurdles that are listed.
const MOST_HURDLES: usize = 6;
/// Things to mend that are listed.
const MOST_TO_MEND: usize = 4;

/// Columns from which the page is in two.
const TWO: u16 = 108;

pub(super) fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, result: &TargetResult, scroll: u16) {
    if area.width < TWO {
        let mut doc = Doc::new(area.width, model.look);
        recognition(model, canvas, &mut doc, result);
        doc.blank();
        rest(model, &mut doc, result);
        canvas.doc(area, &doc, scroll, true);
        return;
    }
    let gap = 3;
    let width = (area.width - gap) / 2;
    let right = Rect { x: area.x + width + gap, width: area.width - gap - width, ..area };
    let left = Rect { width, ..area };
    let mut first = Doc::new(left.width, model.look);
    recognition(model, canvas, &mut first, result);
    let mut second = Doc::new(right.width, model.look);
    rest(model, &mut second, result);
    // The waterfall goes where there is room for it.
    let steps = super::hurdles::waterfall(model, canvas, right.width, result);
    let shorter = if second.lines.len() <= first.lines.len() { &mut second } else { &mut first };
    if shorter.lines.len() + 2 + steps.len() <= usize::from(area.height) {
        shorter.heading(crate::messages::chart::waterfall(model.lang));
        shorter.lines.extend(steps);
    }
    // The longer of the two says how far there is to scroll.
    let longer = first.lines.len() >= second.lines.len();
    canvas.doc(left, &first, scroll, longer);
    canvas.doc(right, &second, scroll, !longer);
}

/// Whether it is recognised, what stands in the way, and what to mend.
fn recognition(model: &Model<'_>, canvas: &Canvas<'_>, doc: &mut Doc, result: &TargetResult) {
    let lang = model.lang;
    if let Some(work) = &model.work {
        let verdict = crate::report::sections::verdict::collection(model.pack(), work.in_force(), result, lang);
        let meaning = match result.money.net {
            Some([_, expected, _]) if result.blocked.is_empty() && expected.is_sign_positive() => Meaning::Good,
            Some(_) => Meaning::Bad,
            None => Meaning::Warn,
        };
        doc.para(meaning, &verdict);
    }
    outlook(model, canvas, doc, result);
    blocked(model, doc, result);
    doc.heading(r::hurdles(lang));
    hurdle_bars(model, canvas, doc, result, MOST_HURDLES);
    super::steps::first(model, doc, result);
    doc.heading(r::mend_first(lang));
    mend(model, doc, result);
    may_block(model, doc, result);
}

/// The creditor, the evidence, dates and money.
fn rest(model: &Model<'_>, doc: &mut Doc, result: &TargetResult) {
    let lang = model.lang;
    doc.heading(&r::confidence(lang, result.confidence.index));
    for value in result.confidence.lowest_first().into_iter().take(2) {
        if let Some(hurdle) = model.pack().confidence.get(value.hurdle) {
            let name = text::one_line(hurdle.name.get(lang));
            let words = [name.as_str(), hurdle.raise.get(lang)].join(num::colon(lang));
            doc.item("- ", Meaning::Text, &words);
        }
    }
    evidence(model, doc, result);
    doc.heading(r::deadlines(lang));
    deadlines(model, doc, result);
    doc.heading(r::money(lang));
    super::money::short(model, doc, result);
    doc.blank();
    doc.para(Meaning::Muted, r::no_advice(lang));
}

/// The grade with its reasons, once there is anything to grade.
fn evidence(model: &Model<'_>, doc: &mut Doc, result: &TargetResult) {
    let lang = model.lang;
    if !model.work.as_ref().is_some_and(|work| work.anything_known(model.pack())) {
        doc.heading(r::no_grade(lang));
        doc.para(Meaning::Muted, r::no_grade_says(lang));
        return;
    }
    doc.heading(&r::evidence(lang, messages::word(lang, "grade", result.evidence.grade.id())));
    if result.evidence.reasons.is_empty() {
        doc.para(Meaning::Text, r::no_step_down(lang));
    }
    for reason in &result.evidence.reasons {
        doc.item("- ", Meaning::Text, &reason_text(model, reason));
    }
}

fn outlook(model: &Model<'_>, canvas: &Canvas<'_>, doc: &mut Doc, result: &TargetResult) {
    let lang = model.lang;
    let word = model.pack().word(result.outlook.expected);
    let [outlook, _] = consequence::outlook_words(model, result);
    let blocked = !result.blocked.is_empty();
    let words = if blocked { r::outlook_if_cured(lang, outlook) } else { r::outlook(lang, outlook) };
    doc.para(consequence::outlook_meaning(result), &words);
    doc.para(Meaning::Muted, word.meaning.get(lang));
    let label = if doc.width >= 60 { 22 } else { 18 };
    let bar = doc.width.saturating_sub(label + 12).min(44);
    for (name, range) in [(r::answer_range(lang), result.outlook.answers), (r::data_range(lang), result.outlook.data)] {
        let line = bar_line(
            canvas,
            name,
            label,
            canvas.bar(bar, range, result.outlook.expected, Meaning::Accent),
            &numbers::percent_range(range, lang),
        );
        doc.lines.push(line);
    }
    if result.outlook.exactness.outer_bound {
        doc.para(Meaning::Muted, r::outer_bound(lang));
    }
}

/// What blocks, and what would lift it.
fn blocked(model: &Model<'_>, doc: &mut Doc, result: &TargetResult) {
    let lang = model.lang;
    if !result.blocked.is_empty() {
        doc.heading(r::blocked(lang));
    }
    for gate in gates(model, &result.blocked) {
        doc.item("! ", Meaning::Bad, gate.because.get(lang));
        doc.item("  ", Meaning::Text, gate.cure.get(lang));
    }
}

/// What may block, should an answer that is not known turn out badly.
fn may_block(model: &Model<'_>, doc: &mut Doc, result: &TargetResult) {
    let lang = model.lang;
    if !result.may_block.is_empty() {
        doc.heading(r::may_block(lang));
    }
    for gate in gates(model, &result.may_block) {
        doc.item("! ", Meaning::Warn, gate.because.get(lang));
    }
}

fn gates<'p>(model: &Model<'p>, blocks: &[Block]) -> Vec<&'p Gate> {
    let pack = model.pack();
    blocks.iter().filter_map(|block| pack.hurdles.get(block.hurdle)?.gates.get(block.gate)).collect()
}

/// The hurdles from the most dangerous on, as bars.
pub(super) fn hurdle_bars(model: &Model<'_>, canvas: &Canvas<'_>, doc: &mut Doc, result: &TargetResult, most: usize) {
    let label = super::hurdle_label(doc.width);
    let bar = doc.width.saturating_sub(label + 29).min(40);
    for ground in result.worst_first().into_iter().take(most) {
        let name = model.pack().hurdles.get(ground.hurdle).map_or("", |hurdle| hurdle.name.get(model.lang));
        let after = super::chance(ground, model.lang);
        let bar = super::refusal_bar(canvas, bar, ground);
        doc.lines.push(bar_line(canvas, &text::one_line(name), label, bar, &after));
    }
}

/// The weightiest facts against the creditor in hurdles that can be mended.
fn mend(model: &Model<'_>, doc: &mut Doc, result: &TargetResult) {
    let lang = model.lang;
    let mut found: Vec<(f64, String)> = Vec::new();
    for ground in result.worst_first() {
        let Some(hurdle) = model.pack().hurdles.get(ground.hurdle) else { continue };
        if hurdle.cure == Cure::Fixed {
            continue;
        }
        for contribution in &ground.contributions {
            if let Source::Rule(rule) = contribution.of
                && contribution.logit > 0.0
                && contribution.holds > 0.99
                && let Some(rule) = hurdle.rules.get(rule)
            {
                let cure = messages::word(lang, "cure", hurdle.cure.id());
                let name = text::one_line(hurdle.name.get(lang));
                let inside = [name.as_str(), cure].join(num::colon(lang));
                let words = num::bracket(lang, inside, rule.because.get(lang));
                found.push((contribution.logit * ground.p, words));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    if found.is_empty() {
        doc.para(Meaning::Muted, r::nothing_to_mend(lang));
    }
    for (n, (_, words)) in found.iter().take(MOST_TO_MEND).enumerate() {
        doc.item(&format!("{}. ", n + 1), Meaning::Text, words);
    }
}

/// Every deadline with the days left.
pub(super) fn deadlines(model: &Model<'_>, doc: &mut Doc, result: &TargetResult) {
    let lang = model.lang;
    let label = if doc.width >= 60 { 34 } else { 18 };
    for deadline in &result.deadlines {
        let name = match deadline.what {
            What::Target => r::deadline_there(lang).to_owned(),
            What::Home(at) => {
                text::one_line(model.pack().home_deadlines.get(at).map_or("", |deadline| deadline.name.get(lang)))
            }
        };
        let words = match deadline.what {
            What::Home(at) if deadline.interrupted => {
                let why = model.pack().home_deadlines.get(at).map_or("", |home| home.interrupted.get(lang));
                let day = deadline.date.map(|date| crate::numbers::date(date, lang)).unwrap_or_default();
                messages::deadline::interrupted(lang, day, text::one_line(why))
            }
            _ => consequence::deadline_words(model, deadline),
        };
        let meaning = if deadline.interrupted { Meaning::Muted } else { consequence::deadline_meaning(deadline) };
        doc.pair(&name, label + 1, meaning, &words);
    }
}

/// Why the grade went down a step.
fn reason_text(model: &Model<'_>, reason: &Reason) -> String {
    let lang = model.lang;
    let pack = model.pack();
    match reason {
        Reason::AnswerRange(points) => r::reason_answer_range(lang, points),
        Reason::DataRange(points) => r::reason_data_range(lang, points),
        Reason::FewCases(count) => r::reason_few_cases(lang, count),
        Reason::DecisiveJudgement(hurdle, rule) => {
            let rule = pack.hurdles.get(*hurdle).and_then(|hurdle| hurdle.rules.get(*rule));
            r::reason_judgement(lang, text::one_line(rule.map_or("", |rule| rule.because.get(lang))))
        }
        Reason::LoadBearing(questions) => {
            let asks: Vec<String> = questions
                .iter()
                .filter_map(|at| pack.questions.get(*at))
                .map(|question| text::one_line(question.ask.get(lang)))
                .collect();
            r::reason_load_bearing(lang, asks.join(messages::ui::list_comma(lang)))
        }
        Reason::OldProfile(date) => r::reason_old_profile(lang, crate::numbers::date(*date, lang)),
    }
}
