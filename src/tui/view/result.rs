//! The result, as views with one key each.
//!
//! Must not: blend the figures. Outlook, confidence, evidence and money stand apart, each with its
//! range and its reason.

mod answers;
mod confidence;
mod hurdles;
mod money;
mod summary;
mod targets;

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::canvas::Canvas;
use super::consequence;
use crate::messages::result as r;
use crate::scoring::TargetResult;
use crate::text;
use crate::tui::message::{Click, Command};
use crate::tui::model::{Model, ResultState, ResultView};
use crate::tui::theme::Meaning;

pub(super) fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, state: &ResultState) {
    let Some(work) = &model.work else { return };
    let lang = model.lang;
    tabs(model, canvas, Rect { height: 1, ..area }, state);
    let body = Rect { y: area.y + 1, height: area.height - 1, ..area };
    let shown = work.shown_target(model.pack());
    let result = shown.as_deref().and_then(|id| work.result(id));
    let Some(result) = result else {
        let inner = canvas.panel(body, r::title(lang), true);
        let words = if shown.is_none() { r::no_target(lang) } else { crate::messages::consequence::working(lang) };
        for (n, line) in text::wrap(words, usize::from(inner.width)).iter().enumerate() {
            let Ok(n) = u16::try_from(n) else { break };
            canvas.text(inner.x, inner.y + n, inner.width, Meaning::Muted, line);
        }
        return;
    };
    let title = match state.view {
        ResultView::Targets => r::targets_title(lang, work.scores.assessment.targets.len()),
        ResultView::Answers => r::tab_answers(lang).to_owned(),
        _ => target_title(model, result),
    };
    let inner = canvas.panel(body, &title, true);
    match state.view {
        ResultView::Summary => {
            let doc = summary::page(model, canvas, inner.width, result);
            canvas.doc(inner, &doc, state.scroll, true);
        }
        ResultView::Hurdles => hurdles::draw(model, canvas, inner, result, state),
        ResultView::Confidence => {
            let doc = confidence::page(model, canvas, inner.width, result);
            canvas.doc(inner, &doc, state.scroll, true);
        }
        ResultView::Money => {
            let doc = money::page(model, inner.width, result);
            canvas.doc(inner, &doc, state.scroll, true);
        }
        ResultView::Targets => targets::draw(model, canvas, inner, state),
        ResultView::Answers => answers::draw(model, canvas, inner, work, state),
    }
}

/// The views, each with its digit; the one shown is marked.
fn tabs(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, state: &ResultState) {
    let lang = model.lang;
    let names = ResultView::ALL.map(|view| name(view, lang));
    let whole: usize = names.iter().map(|name| text::width(name) + 4).sum::<usize>() + 2;
    let mut x = area.x + 1;
    for (n, view) in ResultView::ALL.into_iter().enumerate() {
        let chosen = view == state.view;
        // Where there is no room for every name, only the one shown is written out.
        let words = if whole <= usize::from(area.width) || chosen { names[n] } else { "" };
        let label = if chosen { format!("[{} {words}]", n + 1) } else { format!(" {} {words}", n + 1) };
        let meaning = if chosen { Meaning::Title } else { Meaning::Muted };
        let used = canvas.text(x, area.y, area.right().saturating_sub(x), meaning, &label);
        let digit = u8::try_from(n + 1).unwrap_or_default();
        canvas.hits.push((Rect { x, width: used, ..area }, Click::Command(Command::Digit(digit))));
        x += used + 1;
    }
}

fn name(view: ResultView, lang: crate::lang::Lang) -> &'static str {
    match view {
        ResultView::Summary => r::tab_summary(lang),
        ResultView::Hurdles => r::tab_hurdles(lang),
        ResultView::Confidence => r::tab_confidence(lang),
        ResultView::Money => r::tab_money(lang),
        ResultView::Targets => r::tab_targets(lang),
        ResultView::Answers => r::tab_answers(lang),
    }
}

/// The target with its outlook, for the frame of every view.
fn target_title(model: &Model<'_>, result: &TargetResult) -> String {
    let lang = model.lang;
    let name = text::one_line(model.pack().place_name(&result.id, lang));
    let [outlook, _] = consequence::outlook_words(model, result);
    let waits = model.work.as_ref().is_some_and(|work| work.scores.pending.contains(&result.id));
    let more = if waits { " .." } else { "" };
    format!("{name} - {outlook}{more}")
}

/// A line of a label, a bar and figures.
fn bar_line(
    canvas: &Canvas<'_>,
    label: &str,
    label_width: usize,
    bar: Vec<ratatui::text::Span<'static>>,
    after: &str,
) -> Line<'static> {
    let mut spans = vec![canvas.span(Meaning::Text, format!("{} ", text::pad(label, label_width)))];
    spans.extend(bar);
    spans.push(canvas.span(Meaning::Text, format!(" {after}")));
    Line::from(spans)
}
