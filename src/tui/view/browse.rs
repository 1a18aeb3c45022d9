//! The browsers of targets and of decided cases: a list searched by typing and narrowed by filters, a page beside it,
//! and for targets a map of the world coloured by outlook.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::canvas::Canvas;
use super::chart::map::{self, Point};
use super::{browser_is_wide, overlay, pages};
use crate::messages::{self, browse as b, facet as f, map as m};
use crate::numbers;
use crate::pack::{Case, Profile};
use crate::text;
use crate::tui::filters::{self, Facet};
use crate::tui::message::{Click, Command};
use crate::tui::model::{Brief, Browser, Model, Screen};
use crate::tui::theme::Meaning;
use crate::tui::update::browser_rows;

/// Columns of the terminal from which the map is drawn, and the rows that it needs with the page.
const MAP: (u16, u16) = (100, 26);

pub(super) fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, state: &Browser) {
    let wide = browser_is_wide(model.size.0);
    let rows = browser_rows(model, state);
    let chosen = rows.get(state.list.cursor).copied();
    if wide {
        let width = (area.width * 2 / 5).clamp(36, 64);
        list(model, canvas, Rect { width, ..area }, state, &rows);
        let mut beside = Rect { x: area.x + width, width: area.width - width, ..area };
        let targets = matches!(model.screen, Screen::Jurisdictions(_));
        if targets && !state.no_map && !state.page && model.size.0 >= MAP.0 && area.height >= MAP.1 {
            let height = map::height(beside.width - 4) + 4;
            world(model, canvas, Rect { height, ..beside }, &rows, chosen);
            beside = Rect { y: beside.y + height, height: beside.height - height, ..beside };
        }
        page(model, canvas, beside, state, chosen);
    } else if state.page {
        page(model, canvas, area, state, chosen);
    } else {
        list(model, canvas, area, state, &rows);
    }
}

/// The mark of a target: tens of per cent of its outlook, `x` where blocked, `o` while not computed.
pub(super) fn mark(brief: Option<&Brief>) -> (char, Meaning) {
    match brief {
        None => ('o', Meaning::Muted),
        Some(brief) if brief.blocked => ('x', Meaning::Bad),
        Some(brief) => {
            let meaning = if brief.expected >= 0.5 { Meaning::Good } else { Meaning::Warn };
            // As printed in whole per cent, so that 69.6 % is a 7 both here and in the list.
            let percent = (brief.expected * 100.0).round();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 100")]
            let tens = (percent as usize / 10).min(9);
            ("0123456789".chars().nth(tens).unwrap_or('o'), meaning)
        }
    }
}

/// The map with the rows listed, and what its marks mean.
fn world(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, rows: &[usize], chosen: Option<usize>) {
    let lang = model.lang;
    let inner = canvas.panel(area, &m::title(lang, rows.len()), false);
    if inner.height < 4 {
        return;
    }
    let points: Vec<Point> = rows
        .iter()
        .filter_map(|index| {
            let profile = model.pack().profiles.get(*index)?;
            let (mark, meaning) = mark(model.lists.outlook_of(&profile.id));
            Some(point(model, profile, mark, meaning, Some(*index) == chosen))
        })
        .collect();
    let place = Rect { height: inner.height - 2, ..inner };
    for (row, position) in map::draw(canvas.buffer, place, &points, canvas.look) {
        canvas.hits.push((Rect { x: position.x, y: position.y, width: 1, height: 1 }, Click::Row(row)));
    }
    let says = if model.work.is_some() { m::this_matter(lang) } else { m::nothing_known(lang) };
    canvas.text(inner.x, inner.bottom() - 2, inner.width, Meaning::Muted, m::legend(lang));
    canvas.text(inner.x, inner.bottom() - 1, inner.width, Meaning::Muted, says);
}

/// A target on the map.
pub(super) fn point(model: &Model<'_>, profile: &Profile, mark: char, meaning: Meaning, selected: bool) -> Point {
    let name = text::one_line(profile.name.get(model.lang));
    Point { position: profile.position, mark, meaning, name, selected }
}

fn list(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, state: &Browser, rows: &[usize]) {
    let lang = model.lang;
    let pack = model.pack();
    let cases = matches!(model.screen, Screen::Cases(_));
    let (title, all) = if cases { (b::cases(lang), pack.cases.len()) } else { (b::targets(lang), pack.profiles.len()) };
    let title = if rows.is_empty() {
        f::found(lang, all, rows.len(), title)
    } else {
        f::found_at(lang, all, rows.len(), state.list.cursor + 1, title)
    };
    let inner = canvas.panel(area, &title, !state.page);
    let below = overlay::search_line(model, canvas, inner, &state.list, !state.page);
    let below = chips(model, canvas, below, state);
    if rows.is_empty() {
        for (n, line) in text::wrap(f::none_left(lang), usize::from(below.width)).iter().enumerate() {
            let y = below.y + u16::try_from(n).unwrap_or_default();
            if y < below.bottom() {
                canvas.text(below.x, y, below.width, Meaning::Muted, line);
            }
        }
        return;
    }
    let width = usize::from(below.width);
    // The column at the right takes what its longest row needs, the names the rest.
    let right =
        if cases { rows.iter().map(|index| text::width(&case_detail(model, &pack.cases[*index]))).max() } else { None };
    let right = right.unwrap_or_default().min(24);
    let lines: Vec<Vec<Line<'static>>> = rows
        .iter()
        .enumerate()
        .map(|(n, index)| {
            let pointer = if n == state.list.cursor { "> " } else { "  " };
            let line = if cases {
                case_row(model, canvas, &pack.cases[*index], pointer, [width.saturating_sub(right + 3), right])
            } else {
                target_row(model, canvas, &pack.profiles[*index], pointer, width)
            };
            vec![line]
        })
        .collect();
    canvas.rows(below, &lines, Some(state.list.cursor), true);
}

/// Year and outcome; won and lost differ by a sign as well as by colour.
fn case_detail(model: &Model<'_>, case: &Case) -> String {
    let year = case.decided_year.map(|year| year.to_string()).unwrap_or_default();
    let outcome = messages::word(model.lang, "outcome", case.outcome.id());
    let sign = if case.outcome.won() { '+' } else { '-' };
    format!("{year:<4} {sign} {outcome}")
}

fn case_row(
    model: &Model<'_>,
    canvas: &Canvas<'_>,
    case: &Case,
    pointer: &str,
    [left, right]: [usize; 2],
) -> Line<'static> {
    let meaning = if case.outcome.won() { Meaning::Good } else { Meaning::Warn };
    Line::from(vec![
        canvas.span(Meaning::Text, format!("{pointer}{} ", text::pad(&text::one_line(&case.name), left))),
        canvas.span(meaning, text::clip(&case_detail(model, case), right)),
    ])
}

fn target_row(model: &Model<'_>, canvas: &Canvas<'_>, profile: &Profile, pointer: &str, width: usize) -> Line<'static> {
    let lang = model.lang;
    let brief = model.lists.outlook_of(&profile.id);
    let (mark, meaning) = mark(brief);
    let outlook = match brief {
        None => "..".to_owned(),
        Some(brief) if brief.blocked => f::blocked(lang).to_owned(),
        Some(brief) => numbers::percent(brief.expected, lang),
    };
    let kind = messages::word(lang, "basis-kind", &profile.basis.kind);
    // A name goes before what kind of law it is: two states of one country begin alike.
    let right = if width >= 46 { 12 } else { 0 };
    let left = width.saturating_sub(right + 13);
    Line::from(vec![
        canvas.span(Meaning::Text, format!("{pointer}{} ", text::pad(&text::one_line(profile.name.get(lang)), left))),
        canvas.span(meaning, format!("{mark} {} ", text::pad(&outlook, 7))),
        canvas.span(Meaning::Muted, text::clip(kind, right)),
    ])
}

/// The filters in force on one line or more; each can be clicked.
fn chips(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, state: &Browser) -> Rect {
    if state.filters.is_empty() || area.height < 3 {
        return area;
    }
    let (mut x, mut y) = (area.x, area.y);
    let mut put = |canvas: &mut Canvas<'_>, words: &str, meaning: Meaning, click: Click| {
        let width = u16::try_from(text::width(words)).unwrap_or(u16::MAX).min(area.width);
        if x > area.x && x.saturating_add(width) > area.right() && y + 2 < area.bottom() {
            (x, y) = (area.x, y + 1);
        }
        let used = canvas.text(x, y, area.right().saturating_sub(x), meaning, words);
        canvas.hits.push((Rect { x, y, width: used, height: 1 }, click));
        x += used + 1;
        y
    };
    let mut last = area.y;
    for (facet, value) in &state.filters {
        let words = chip(model, *facet, value);
        last = put(canvas, &words, Meaning::Chosen, Click::Command(Command::Filter(*facet)));
    }
    last = put(canvas, f::clears(model.lang), Meaning::Muted, Click::Command(Command::ClearFilters)).max(last);
    let used = last + 1 - area.y;
    Rect { y: area.y + used, height: area.height - used, ..area }
}

fn chip(model: &Model<'_>, facet: Facet, value: &str) -> String {
    let label = filters::label(model, facet, value);
    format!("[{}]", [facet.name(model.lang), &label].join(messages::num::colon(model.lang)))
}

fn page(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, state: &Browser, chosen: Option<usize>) {
    let pack = model.pack();
    let Some(index) = chosen else {
        canvas.panel(area, "", false);
        return;
    };
    let inner_width = area.width.saturating_sub(4);
    let (title, doc) = if matches!(model.screen, Screen::Cases(_)) {
        (pack.cases[index].name.clone(), pages::case(model, &pack.cases[index], inner_width))
    } else {
        let profile = &pack.profiles[index];
        let name = text::one_line(profile.name.get(model.lang));
        let title = match model.lists.outlook_of(&profile.id) {
            Some(brief) if !brief.blocked => {
                format!("{name} - {}", m::short(model.lang, numbers::percent(brief.expected, model.lang)))
            }
            _ => name,
        };
        (title, pages::profile(model, profile, inner_width))
    };
    let inner = canvas.panel(area, &text::one_line(&title), state.page);
    canvas.doc(inner, &doc, state.scroll, true);
}
