//! The result, as views with one key each. Outlook, confidence, evidence and money are shown apart, each with its range
//! and its reason.

mod asks;
mod hurdles;
mod sections;
mod steps;
mod summary;
mod targets;
mod weights;

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use super::consequence;
use super::doc::Doc;
use crate::lang::Lang;
use crate::messages::result as r;
use crate::numbers;
use crate::report::sentences::Writer;
use crate::report::{Audience, Form, Options};
use crate::scoring::TargetResult;
use crate::text;
use crate::tui::message::{Click, Command};
use crate::tui::model::{Model, ResultState, ResultView, Work};
use crate::tui::theme::Meaning;

pub(super) fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, state: &ResultState) {
    let Some(work) = &model.work else { return };
    let lang = model.lang;
    let used = tabs(model, canvas, area, state);
    let mut body = Rect { y: area.y + used, height: area.height - used, ..area };
    if state.view == ResultView::Card {
        // The method is the same whatever the target.
        let inner = canvas.panel(body, r::tab_card(lang), true);
        let doc = sections::card(model, work, inner.width);
        canvas.doc(inner, &doc, state.scroll, true);
        return;
    }
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
        ResultView::Targets => r::targets_title(lang, work.scores.assessment.rows.len()),
        ResultView::Answers => r::tab_answers(lang).to_owned(),
        _ => target_title(model, result),
    };
    let banner = what_if(model, result, area.width);
    // Where lines are dear the first has to do; the line at the top says the rest.
    let lines = if body.height > 22 { banner.len() } else { 1 };
    if body.height > 12 {
        for line in banner.iter().take(lines) {
            canvas.text(body.x + 1, body.y, body.width.saturating_sub(2), Meaning::Warn, line);
            body = Rect { y: body.y + 1, height: body.height - 1, ..body };
        }
    }
    let inner = canvas.panel(body, &title, true);
    match state.view {
        ResultView::Summary => summary::draw(model, canvas, inner, work, result, state.scroll),
        ResultView::Hurdles => hurdles::draw(model, canvas, inner, work, result, state),
        ResultView::Confidence => {
            let doc = sections::confidence(model, work, inner.width, result);
            canvas.doc(inner, &doc, state.scroll, true);
        }
        ResultView::Money => {
            let doc = sections::money(model, work, inner.width, result);
            canvas.doc(inner, &doc, state.scroll, true);
        }
        ResultView::Targets => targets::draw(model, canvas, inner, state),
        ResultView::Answers => super::review::list(model, canvas, inner, work, state.cursor),
        ResultView::Actions => steps::draw(model, canvas, inner, result, state),
        ResultView::Questions => asks::draw(model, canvas, inner, result, state),
        ResultView::Debtor => {
            let doc = sections::debtor(model, work, inner.width, result);
            canvas.doc(inner, &doc, state.scroll, true);
        }
        ResultView::Card => {}
    }
}

/// The views, each with its key; the one shown is marked. They take two lines where one is too short,
/// and lose their names only where there is no room for two. Gives the lines taken.
fn tabs(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, state: &ResultState) -> u16 {
    let labels = ResultView::ALL.map(|view| name(view, model.lang));
    let whole = |labels: &[&str]| labels.iter().map(|label| text::width(label) + 4).sum::<usize>();
    let room = usize::from(area.width).saturating_sub(1);
    let half = labels.len() / 2;
    let one = whole(&labels) <= room;
    let two = !one && area.height > 12 && whole(&labels[..half]) <= room && whole(&labels[half..]) <= room;
    let (mut x, mut y) = (area.x, area.y);
    for (n, view) in ResultView::ALL.into_iter().enumerate() {
        if two && n == half {
            (x, y) = (area.x, y + 1);
        }
        let chosen = view == state.view;
        let words = if one || two || chosen { labels[n] } else { "" };
        // The tenth view has the key of the zero.
        let key = (n + 1) % 10;
        let label = match (chosen, words.is_empty()) {
            (true, _) => format!("[{key} {words}]"),
            (false, true) => format!(" {key} "),
            (false, false) => format!(" {key} {words} "),
        };
        let meaning = if chosen { Meaning::Title } else { Meaning::Muted };
        let used = canvas.text(x, y, area.right().saturating_sub(x), meaning, &label);
        let digit = u8::try_from(key).unwrap_or_default();
        canvas.hits.push((Rect { x, y, width: used, height: 1 }, Click::Command(Command::Digit(digit))));
        x += used;
    }
    if two { 2 } else { 1 }
}

fn name(view: ResultView, lang: Lang) -> &'static str {
    match view {
        ResultView::Summary => r::tab_summary(lang),
        ResultView::Hurdles => r::tab_hurdles(lang),
        ResultView::Confidence => r::tab_confidence(lang),
        ResultView::Money => r::tab_money(lang),
        ResultView::Targets => r::tab_targets(lang),
        ResultView::Answers => r::tab_answers(lang),
        ResultView::Actions => r::tab_actions(lang),
        ResultView::Questions => r::tab_questions(lang),
        ResultView::Debtor => r::tab_debtor(lang),
        ResultView::Card => r::tab_card(lang),
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

/// A row of a list that opens: its head, then what stands below it.
type Row = Vec<Line<'static>>;

/// Draws the rows so that the head of the one under the cursor is seen; its text scrolls with the
/// page keys.
fn open_list(canvas: &mut Canvas<'_>, area: Rect, rows: &[Row], state: &ResultState) {
    let height = usize::from(area.height);
    let total: usize = rows.iter().map(Vec::len).sum();
    let above: usize = rows.iter().take(state.cursor).map(Vec::len).sum();
    let own = rows.get(state.cursor).map_or(1, Vec::len);
    // How far a long row under the cursor can be scrolled.
    let longer = own.saturating_sub(height.saturating_sub(1));
    canvas.scroll = u16::try_from(longer).unwrap_or(u16::MAX);
    canvas.page = area.height;
    let within = usize::from(state.scroll).min(longer);
    let before = height.saturating_sub(own);
    let top = (above + within).saturating_sub(before).min(total.saturating_sub(height));
    let mut n = 0;
    for (row, lines) in rows.iter().enumerate() {
        for (at, line) in lines.iter().enumerate() {
            if (top..top + height).contains(&n) {
                let y = area.y + u16::try_from(n - top).unwrap_or_default();
                let place = Rect { y, height: 1, ..area };
                canvas.line(area.x, y, area.width, line);
                if at == 0 {
                    canvas.hits.push((place, crate::tui::message::Click::Row(row)));
                    if row == state.cursor {
                        let style = canvas.style(Meaning::Focus);
                        canvas.paint(place, style);
                    }
                }
            }
            n += 1;
        }
    }
    if total > top + height {
        canvas.more_below(area, u16::try_from(total - top - height).unwrap_or(u16::MAX));
    }
}

/// The lines of a page, moved to the right.
fn indented(doc: Doc, cells: usize) -> impl Iterator<Item = Line<'static>> {
    doc.lines.into_iter().map(move |line| {
        let mut spans = vec![Span::raw(" ".repeat(cells))];
        spans.extend(line.spans);
        Line::from(spans)
    })
}

/// Words the matter in hand as a report does.
fn writer<'m>(model: &'m Model<'_>, work: &'m Work) -> Writer<'m> {
    Writer::new(model.engine, &work.matter, &work.scores.assessment, model.lang)
}

/// The same about a target, with the lists that are worked out for it.
fn writer_about<'m>(model: &'m Model<'_>, work: &'m Work, result: &'m TargetResult) -> Writer<'m> {
    let actions = listed(model, &result.id, model.lists.actions.as_deref()).unwrap_or_default();
    let questions = listed(model, &result.id, model.lists.questions.as_deref()).unwrap_or_default();
    let worth = actions.iter().map(|step| step.worth.clone()).collect();
    writer(model, work).about(result, worth, questions.to_vec())
}

/// The report that the views are parts of.
fn options(lang: Lang) -> Options {
    Options { lang, form: Form::Full, audience: Audience::Counsel }
}

/// A list that was worked out, unless it is about another target.
fn listed<'l, T>(model: &Model<'_>, target: &str, list: Option<&'l [T]>) -> Option<&'l [T]> {
    list.filter(|_| model.lists.target == target)
}

/// A change of a chance in whole points with its sign.
fn points(change: f64) -> String {
    let whole = (change * 100.0).round();
    if whole == 0.0 { "-".to_owned() } else { format!("{whole:+.0}") }
}

/// While answers are only tried: the target's figures before and now, and what was tried.
fn what_if(model: &Model<'_>, result: &TargetResult, width: u16) -> Vec<String> {
    let lang = model.lang;
    let Some(work) = model.work.as_ref().filter(|work| work.trying()) else { return Vec::new() };
    let figure = |expected: f64, blocked: bool| {
        let percent = numbers::percent(expected, lang);
        if blocked { r::column_blocked(lang, percent) } else { percent }
    };
    let before = work.trial.before.iter().find(|brief| brief.id == result.id);
    let before = before.map_or_else(|| "-".to_owned(), |brief| figure(brief.expected, brief.blocked));
    let after = if work.scores.pending.contains(&result.id) {
        "..".to_owned()
    } else {
        figure(result.outlook.expected, !result.blocked.is_empty())
    };
    let place = text::one_line(model.pack().place_name(&result.id, lang));
    let room = usize::from(width).saturating_sub(2);
    let mut out = text::wrap(&r::what_if(lang, after, before, place), room);
    let tried: Vec<String> = work
        .tried()
        .iter()
        .filter_map(|at| model.pack().actions.get(*at))
        .map(|action| text::one_line(action.name.get(lang)))
        .collect();
    if !tried.is_empty() {
        let words = r::what_if_tried(lang, tried.join(crate::messages::ui::list_comma(lang)));
        out.push(text::clip(&words, room));
    }
    out
}
