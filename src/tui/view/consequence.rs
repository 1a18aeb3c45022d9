//! What the answers amount to so far, in one target, and what the last answer changed. Figures that still have to be
//! computed say so.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use super::doc::Doc;
use crate::messages::{self, consequence as c};
use crate::numbers;
use crate::scoring::TargetResult;
use crate::scoring::deadline::{Deadline, What};
use crate::text;
use crate::tui::model::{Brief, Model, Work};
use crate::tui::theme::Meaning;

/// The panel beside the question.
pub(super) fn panel(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect) {
    let lang = model.lang;
    let Some(work) = &model.work else { return };
    let shown = work.shown_target(model.pack());
    let named = shown.as_deref().filter(|_| work.place_chosen(model.pack()));
    let name = named.map(|id| text::one_line(model.pack().place_name(id, lang)));
    let title = name.map_or_else(|| c::title(lang).to_owned(), |name| c::title_in(lang, name));
    let inner = canvas.panel(area, &title, false);
    if inner.is_empty() {
        return;
    }
    let mut doc = Doc::new(inner.width, model.look);
    if !work.place_chosen(model.pack()) && !work.scores.assessment.rows.is_empty() {
        unchosen(model, canvas, &mut doc, work);
        canvas.doc(inner, &doc, 0, false);
        return;
    }
    let Some(result) = shown.as_deref().and_then(|id| work.result(id)) else {
        doc.para(Meaning::Muted, c::working(lang));
        canvas.doc(inner, &doc, 0, false);
        return;
    };
    let waits = work.scores.pending.contains(&result.id);
    let label = if inner.width >= 40 { 12 } else { 11 };
    let [outlook, range] = outlook_words(model, result);
    // Where the panel is narrow the word with its percent needs the whole line.
    let narrow = label + text::width(&outlook) > usize::from(inner.width);
    let mut spans = Vec::new();
    if !narrow {
        spans.push(doc.span(Meaning::Muted, text::pad(c::outlook(lang), label)));
    }
    spans.push(doc.span(outlook_meaning(result), outlook));
    if waits {
        spans.push(doc.span(Meaning::Muted, " .."));
    }
    doc.push(spans);
    let indent = if narrow { 0 } else { label };
    let mut bar = vec![Span::raw(" ".repeat(indent))];
    let width = usize::from(inner.width).saturating_sub(indent + text::width(&range) + 1);
    bar.extend(canvas.bar(width.min(24), result.outlook.answers, result.outlook.expected, Meaning::Accent));
    bar.push(doc.span(Meaning::Muted, format!(" {range}")));
    doc.push(bar);
    if let Some(block) = result.blocked.first() {
        let hurdle = model.pack().hurdles.get(block.hurdle).map_or("", |hurdle| hurdle.name.get(lang));
        doc.pair(&text::pad(c::blocked(lang), label), label, Meaning::Bad, &text::one_line(hurdle));
    }
    let confidence = format!("{}/100", result.confidence.index);
    doc.pair(&text::pad(c::confidence(lang), label), label, Meaning::Text, &confidence);
    let grade = messages::word(lang, "grade", result.evidence.grade.id());
    // Before anything is answered there is nothing to grade.
    let known = work.anything_known(model.pack());
    let (meaning, grade) = if known { (Meaning::Text, grade) } else { (Meaning::Muted, c::nothing_known(lang)) };
    doc.pair(&text::pad(c::evidence(lang), label), label, meaning, grade);
    let deadline = nearest(result).map_or_else(
        || c::no_date(lang).to_owned(),
        |deadline| {
            let words = deadline_words(model, deadline);
            match deadline.what {
                What::Target => words,
                What::Home(index) => {
                    let name = model.pack().home_deadlines.get(index).map_or("", |deadline| deadline.name.get(lang));
                    messages::num::bracket(lang, text::one_line(name), words)
                }
            }
        },
    );
    let meaning = nearest(result).map_or(Meaning::Muted, deadline_meaning);
    doc.pair(&text::pad(c::deadline(lang), label), label, meaning, &deadline);
    if let Some([low, expected, high]) = result.money.net {
        let short = |sum| numbers::short_amount(sum, lang);
        let currency = &model.pack().rates.currency;
        let net = c::net_range(lang, currency, short(expected), short(high), short(low));
        doc.pair(
            &text::pad(c::net(lang), label),
            label,
            Meaning::Text,
            &text::clip(&net, usize::from(inner.width).saturating_sub(label)),
        );
    }
    if let Some(best) = work.scores.assessment.best().filter(|_| work.scores.assessment.rows.len() > 1) {
        let name = text::one_line(model.pack().place_name(&best.id, lang));
        let words = format!("{name} {}", numbers::percent(best.outlook.expected, lang));
        doc.pair(
            &text::pad(c::best(lang), label),
            label,
            Meaning::Text,
            &text::clip(&words, usize::from(inner.width).saturating_sub(label)),
        );
    }
    if !waits && let Some(changed) = changed(model, work, result) {
        doc.pair(&text::pad(c::last(lang), label), label, Meaning::Accent, &changed);
    }
    canvas.doc(inner, &doc, 0, false);
}

/// Before a place is chosen: how far the places differ, and no figure for one of them.
fn unchosen(model: &Model<'_>, canvas: &Canvas<'_>, doc: &mut Doc, work: &Work) {
    let lang = model.lang;
    let [low, high] = spread(work);
    let width = doc.width.min(36);
    doc.push(canvas.bar(width, [low, high], f64::midpoint(low, high), Meaning::Muted));
    let count = work.scores.assessment.rows.len();
    doc.para(Meaning::Text, &c::chosen_later(lang, numbers::percent(high, lang), numbers::percent(low, lang), count));
}

/// The lowest and the highest outlook of the targets that were scored.
fn spread(work: &Work) -> [f64; 2] {
    let all = work.scores.assessment.rows.iter().map(|target| target.outlook.expected);
    all.fold([1.0, 0.0], |[low, high], p| [low.min(p), high.max(p)])
}

/// The same folded to one line.
pub(super) fn line(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect) {
    let lang = model.lang;
    let Some(work) = &model.work else { return };
    let shown = work.shown_target(model.pack());
    let Some(result) = shown.as_deref().and_then(|id| work.result(id)) else {
        canvas.text(area.x + 1, area.y, area.width.saturating_sub(1), Meaning::Muted, c::working(lang));
        return;
    };
    if !work.place_chosen(model.pack()) {
        let [low, high] = spread(work).map(|p| numbers::percent(p, lang));
        canvas.text(area.x, area.y, area.width, Meaning::Muted, &c::chosen_later_line(lang, high, low));
        return;
    }
    let name = text::one_line(model.pack().place_name(&result.id, lang));
    let [outlook, range] = outlook_words(model, result);
    let mut spans = vec![canvas.span(Meaning::Muted, format!(" {}  ", text::clip(&name, 18)))];
    spans.push(canvas.span(outlook_meaning(result), outlook));
    spans.push(canvas.span(Meaning::Muted, format!(" ({range})")));
    if !result.blocked.is_empty() {
        spans.push(canvas.span(Meaning::Bad, format!("  {}", c::blocked(lang))));
    } else if let Some(changed) = changed(model, work, result).filter(|_| !work.scores.pending.contains(&result.id)) {
        spans.push(canvas.span(Meaning::Accent, format!("  {changed}")));
    }
    canvas.line(area.x, area.y, area.width, &Line::from(spans));
}

/// The outlook as word and percent, and its range over what is not known.
pub(super) fn outlook_words(model: &Model<'_>, result: &TargetResult) -> [String; 2] {
    let lang = model.lang;
    let word = model.pack().word(result.outlook.expected).name.get(lang);
    let expected = numbers::percent(result.outlook.expected, lang);
    [c::likely(lang, expected, text::one_line(word)), numbers::percent_range(result.outlook.answers, lang)]
}

/// How the outlook is coloured; the word says the same.
pub(super) fn outlook_meaning(result: &TargetResult) -> Meaning {
    if !result.blocked.is_empty() {
        Meaning::Bad
    } else if result.outlook.expected >= 0.5 {
        Meaning::Good
    } else {
        Meaning::Warn
    }
}

/// The deadline that comes first among those that still hold.
pub(super) fn nearest(result: &TargetResult) -> Option<&Deadline> {
    result.deadlines.iter().filter(|deadline| !deadline.interrupted && deadline.date.is_some()).min_by_key(|d| d.date)
}

/// A deadline as a date with the days left.
pub(super) fn deadline_words(model: &Model<'_>, deadline: &Deadline) -> String {
    let lang = model.lang;
    let day = deadline.date.map(|date| numbers::date(date, lang)).unwrap_or_default();
    let whole = |days: i32| numbers::number(days.into());
    match (deadline.date, deadline.days) {
        (Some(_), Some(days)) if days < 0 => c::passed(lang, day),
        (Some(_), Some(days)) if deadline.earliest => c::earliest(lang, day, whole(days)),
        (Some(_), Some(days)) => c::days_left(lang, day, whole(days)),
        _ => c::no_date(lang).to_owned(),
    }
}

/// How a deadline is coloured; the words say the same.
pub(super) fn deadline_meaning(deadline: &Deadline) -> Meaning {
    match deadline.days {
        Some(..0) => Meaning::Bad,
        Some(days) if days < crate::scoring::target::URGENT_DAYS => Meaning::Warn,
        _ => Meaning::Text,
    }
}

/// What the last change moved, if anything.
fn changed(model: &Model<'_>, work: &Work, result: &TargetResult) -> Option<String> {
    let lang = model.lang;
    let before = work.scores.before.iter().find(|brief| brief.id == result.id)?;
    let now = Brief::of(result);
    let mut parts = Vec::new();
    let percent = |share| numbers::percent(share, lang);
    let range = |shares| numbers::percent_range(shares, lang);
    if percent(before.expected) != percent(now.expected) {
        parts.push(format!("{} > {}", percent(before.expected), percent(now.expected)));
    } else if range(before.range) != range(now.range) {
        parts.push(format!("{} > {}", range(before.range), range(now.range)));
    }
    if before.confidence != now.confidence {
        parts.push(c::confidence_moved(lang, before.confidence, now.confidence));
    }
    if before.blocked != now.blocked {
        parts.push(if now.blocked { c::now_blocked(lang) } else { c::now_free(lang) }.to_owned());
    }
    if before.grade != now.grade && work.anything_known(model.pack()) {
        let name = |grade: crate::scoring::evidence::Grade| messages::word(lang, "grade", grade.id());
        parts.push(c::evidence_moved(lang, name(before.grade), name(now.grade)));
    }
    if parts.is_empty() { None } else { Some(parts.join(messages::ui::list_comma(lang))) }
}
