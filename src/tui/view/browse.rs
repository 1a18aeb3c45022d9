//! The browsers of targets and of decided cases: a list searched by typing, and a page beside it.
//!
//! Must not: smooth over doubt; marks of doubt stand where the text does.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::canvas::Canvas;
use super::{browser_is_wide, overlay, pages};
use crate::messages::{self, browse as b, ui};
use crate::text;
use crate::tui::model::{Browser, Model, Screen};
use crate::tui::theme::Meaning;
use crate::tui::update::browser_rows;

pub(super) fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, state: &Browser) {
    let wide = browser_is_wide(model.size.0);
    let rows = browser_rows(model, state);
    let chosen = rows.get(state.list.cursor).copied();
    if wide {
        let width = (area.width * 2 / 5).clamp(36, 60);
        list(model, canvas, Rect { width, ..area }, state, &rows);
        page(model, canvas, Rect { x: area.x + width, width: area.width - width, ..area }, state, chosen);
    } else if state.page {
        page(model, canvas, area, state, chosen);
    } else {
        list(model, canvas, area, state, &rows);
    }
}

fn list(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, state: &Browser, rows: &[usize]) {
    let lang = model.lang;
    let pack = model.pack();
    let cases = matches!(model.screen, Screen::Cases(_));
    let (title, all) = if cases { (b::cases(lang), pack.cases.len()) } else { (b::targets(lang), pack.profiles.len()) };
    let title = b::count(lang, all, rows.len(), title);
    let inner = canvas.panel(area, &title, !state.page);
    let below = overlay::search_line(model, canvas, inner, &state.list, !state.page);
    if rows.is_empty() {
        canvas.text(below.x, below.y, below.width, Meaning::Muted, ui::nothing_found(lang));
        return;
    }
    let width = usize::from(below.width);
    let lines: Vec<Vec<Line<'static>>> = rows
        .iter()
        .enumerate()
        .map(|(n, at)| {
            let mark = if n == state.list.cursor { "> " } else { "  " };
            let (name, detail, meaning) = if cases {
                let case = &pack.cases[*at];
                let year = case.decided_year.map(|year| year.to_string()).unwrap_or_default();
                let outcome = messages::word(lang, "outcome", case.outcome.id());
                let meaning = if case.outcome.won() { Meaning::Good } else { Meaning::Warn };
                (case.name.clone(), format!("{year} {outcome}"), meaning)
            } else {
                let profile = &pack.profiles[*at];
                let kind = messages::word(lang, "basis-kind", &profile.basis.kind);
                (profile.name.get(lang).to_owned(), kind.to_owned(), Meaning::Muted)
            };
            let right = if width >= 50 { 20 } else { 14 };
            let left = width.saturating_sub(right + 3);
            vec![Line::from(vec![
                canvas.span(Meaning::Text, format!("{mark}{} ", text::pad(&text::one_line(&name), left))),
                canvas.span(meaning, text::clip(&detail, right)),
            ])]
        })
        .collect();
    canvas.rows(below, &lines, Some(state.list.cursor), true);
}

fn page(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, state: &Browser, chosen: Option<usize>) {
    let pack = model.pack();
    let Some(at) = chosen else {
        canvas.panel(area, "", false);
        return;
    };
    let inner_width = area.width.saturating_sub(4);
    let (title, doc) = if matches!(model.screen, Screen::Cases(_)) {
        (pack.cases[at].name.clone(), pages::case(model, &pack.cases[at], inner_width))
    } else {
        (pack.profiles[at].name.get(model.lang).to_owned(), pages::profile(model, &pack.profiles[at], inner_width))
    };
    let inner = canvas.panel(area, &text::one_line(&title), state.page);
    canvas.doc(inner, &doc, state.scroll, true);
}
