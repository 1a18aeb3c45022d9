//! Targets compared: a table that can be sorted, figures or law, with what differs from the row under
//! the cursor marked; below it cost against recovery, and the targets on a map.
//!
//! Must not: order by a figure that is not shown.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::super::browse;
use super::super::canvas::Canvas;
use super::super::chart::{self, map};
use super::super::consequence;
use crate::messages::{self, chart as c, compare as t, map as m, result as r};
use crate::numbers;
use crate::pack::Profile;
use crate::scoring::TargetResult;
use crate::text;
use crate::tui::message::Click;
use crate::tui::model::{Brief, Model, ResultState, SortBy};
use crate::tui::theme::Meaning;
use crate::tui::update::target_rows;
use crate::tui::words;

/// Columns of the terminal from which the map is drawn, and the rows of the view that it needs.
const MAP: (u16, u16) = (100, 26);
/// Cells of the outlook with its range.
const OUTLOOK: usize = 26;

/// A column of the table beside name and outlook.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Bar,
    Differs,
    Net,
    Cost,
    Months,
    Confidence,
    Evidence,
    Route,
    Reciprocity,
    Announcement,
    Years,
    Loser,
    Freezing,
}

/// Columns of figures in the order in which they stand, each with its width; the weightiest first in
/// the second number.
const FIGURES: [(Column, usize, u8); 7] = [
    (Column::Bar, 24, 7),
    (Column::Differs, 8, 2),
    (Column::Net, 8, 1),
    (Column::Cost, 8, 3),
    (Column::Months, 8, 5),
    (Column::Confidence, 12, 4),
    (Column::Evidence, 10, 6),
];

/// Columns of law.
const LAW: [(Column, usize, u8); 6] = [
    (Column::Route, 14, 1),
    (Column::Reciprocity, 24, 2),
    (Column::Announcement, 19, 3),
    (Column::Years, 8, 4),
    (Column::Loser, 12, 5),
    (Column::Freezing, 11, 6),
];

impl Column {
    fn sort(self) -> Option<SortBy> {
        match self {
            Column::Net => Some(SortBy::Worth),
            Column::Cost => Some(SortBy::Cost),
            Column::Months => Some(SortBy::Time),
            Column::Confidence => Some(SortBy::Confidence),
            Column::Evidence => Some(SortBy::Evidence),
            _ => None,
        }
    }

    fn name(self, model: &Model<'_>) -> &'static str {
        let lang = model.lang;
        match self {
            Column::Bar => t::column_range(lang),
            Column::Differs => t::column_differs(lang),
            Column::Net => t::column_net(lang),
            Column::Cost => t::column_cost(lang),
            Column::Months => t::column_months(lang),
            Column::Confidence => t::column_confidence(lang),
            Column::Evidence => t::column_evidence(lang),
            Column::Route => t::column_route(lang),
            Column::Reciprocity => t::column_reciprocity(lang),
            Column::Announcement => t::column_announcement(lang),
            Column::Years => t::column_years(lang),
            Column::Loser => t::column_loser(lang),
            Column::Freezing => t::column_freezing(lang),
        }
    }
}

fn sort_name(model: &Model<'_>, sort: SortBy) -> &'static str {
    let lang = model.lang;
    match sort {
        SortBy::Worth => t::column_net(lang),
        SortBy::Outlook => t::column_outlook(lang),
        SortBy::Confidence => t::column_confidence(lang),
        SortBy::Cost => t::column_cost(lang),
        SortBy::Time => t::column_months(lang),
        SortBy::Evidence => t::column_evidence(lang),
        SortBy::Name => t::column_target(lang),
    }
}

pub(super) fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, state: &ResultState) {
    let ids = target_rows(model, state);
    let rows: Vec<&TargetResult> =
        ids.iter().filter_map(|id| model.work.as_ref().and_then(|work| work.result(id))).collect();
    let count = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let with_map = model.size.0 >= MAP.0 && area.height >= MAP.1;
    let below = if with_map {
        map::height(area.width / 2) + 3
    } else if area.height >= count.saturating_mul(2).saturating_add(7) {
        // The chart of money needs a row for each target, its heading and its legend.
        count + 3
    } else {
        0
    };
    let list_height = area.height.saturating_sub(below + 3).min(count);
    table(model, canvas, Rect { height: list_height + 1, ..area }, state, &rows);
    let y = area.y + list_height + 1;
    says(model, canvas, Rect { y, height: area.bottom().saturating_sub(y).min(2), ..area }, state);
    let top = y + 3;
    if below == 0 || top >= area.bottom() {
        return;
    }
    let block = Rect { y: top, height: area.bottom() - top, ..area };
    if with_map {
        let left = Rect { width: area.width / 2 - 2, ..block };
        money(model, canvas, left, &rows, state.cursor);
        let right = Rect { x: area.x + area.width / 2, width: area.width - area.width / 2, ..block };
        world(model, canvas, right, &rows, state.cursor);
    } else {
        money(model, canvas, block, &rows, state.cursor);
    }
}

/// The columns that fit, in their order: that by which it is sorted always, the others by their weight.
fn columns(state: &ResultState, room: usize) -> Vec<(Column, usize)> {
    let all: &[(Column, usize, u8)] = if state.law { &LAW } else { &FIGURES };
    let mut by_weight: Vec<usize> = (0..all.len()).collect();
    by_weight.sort_by_key(|at| (all[*at].0.sort() != Some(state.sort), all[*at].2));
    let mut left = room;
    let mut chosen = Vec::new();
    for at in by_weight {
        if all[at].1 < left {
            left -= all[at].1 + 1;
            chosen.push(at);
        }
    }
    chosen.sort_unstable();
    chosen.into_iter().map(|at| (all[at].0, all[at].1)).collect()
}

fn table(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, state: &ResultState, rows: &[&TargetResult]) {
    let lang = model.lang;
    let name = (usize::from(area.width) / 5).clamp(16, 34);
    let columns = columns(state, usize::from(area.width).saturating_sub(name + OUTLOOK + 4));
    let turned = if state.worst_first { "^" } else { "v" };
    let mut x = area.x;
    let mut head = |canvas: &mut Canvas<'_>, words: &str, width: usize, sort: Option<SortBy>| {
        let words = match sort {
            Some(sort) if sort == state.sort => format!("{words} {turned}"),
            _ => words.to_owned(),
        };
        let cells = u16::try_from(width).unwrap_or_default();
        let meaning = if sort == Some(state.sort) { Meaning::Title } else { Meaning::Accent };
        let room = area.right().saturating_sub(x).min(cells);
        canvas.text(x, area.y, room, meaning, &words);
        if let Some(sort) = sort {
            canvas.hits.push((Rect { x, y: area.y, width: room, height: 1 }, Click::Column(sort)));
        }
        x += cells + 1;
    };
    head(canvas, &format!("  {}", t::column_target(lang)), name + 2, Some(SortBy::Name));
    head(canvas, t::column_outlook(lang), OUTLOOK, Some(SortBy::Outlook));
    for (column, width) in &columns {
        head(canvas, column.name(model), *width, column.sort());
    }
    let under = rows.get(state.cursor).copied();
    let lines: Vec<Vec<Line<'static>>> = rows
        .iter()
        .enumerate()
        .map(|(n, result)| {
            let pointer = if n == state.cursor { "> " } else { "  " };
            let place = text::one_line(model.pack().place_name(&result.id, lang));
            let mut spans = vec![
                canvas.span(Meaning::Text, format!("{pointer}{} ", text::pad(&place, name))),
                canvas.span(consequence::outlook_meaning(result), text::pad(&outlook(model, result), OUTLOOK)),
            ];
            for (column, width) in &columns {
                spans.push(canvas.span(Meaning::Text, " "));
                spans.extend(cell(model, canvas, *column, *width, result, under));
            }
            vec![Line::from(spans)]
        })
        .collect();
    let list = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    canvas.rows(list, &lines, Some(state.cursor), true);
}

/// The outlook with its range, or that it is blocked.
fn outlook(model: &Model<'_>, result: &TargetResult) -> String {
    let pending = model.work.as_ref().is_some_and(|work| work.scores.pending.contains(&result.id));
    let waits = if pending { " .." } else { "" };
    let lang = model.lang;
    let expected = numbers::percent(result.outlook.expected, lang);
    if result.blocked.is_empty() {
        format!("{} ({}){waits}", text::right(&expected, 4), numbers::percent_range(result.outlook.answers, lang))
    } else {
        format!("{}{waits}", r::column_blocked(lang, expected))
    }
}

/// A cell of the table, as wide as its column.
fn cell(
    model: &Model<'_>,
    canvas: &Canvas<'_>,
    column: Column,
    width: usize,
    result: &TargetResult,
    under: Option<&TargetResult>,
) -> Vec<Span<'static>> {
    let lang = model.lang;
    let outlook = &result.outlook;
    let profile = model.pack().profile(&result.id);
    let words = match column {
        Column::Bar => return canvas.bar(width, outlook.answers, outlook.expected, Meaning::Accent),
        Column::Differs => match under.filter(|under| under.id != result.id) {
            Some(under) => super::points(outlook.expected - under.outlook.expected),
            None => String::new(),
        },
        Column::Net => result.money.net.map_or_else(|| "-".to_owned(), |net| words::short_amount(lang, net[1])),
        Column::Cost => words::short_amount(lang, result.money.cost[1]),
        Column::Months => profile.map_or_else(String::new, |profile| words::numbers(profile.time.contested)),
        Column::Confidence => format!("{}/100", result.confidence.index),
        Column::Evidence => messages::word(lang, "grade", result.evidence.grade.id()).to_owned(),
        law => {
            let own = profile.map(|profile| law_cell(model, law, profile)).unwrap_or_default();
            let other = under.and_then(|under| model.pack().profile(&under.id));
            let differs = other.is_some_and(|other| law_cell(model, law, other) != own);
            let (mark, meaning) = if differs { ("* ", Meaning::Warn) } else { ("  ", Meaning::Text) };
            return vec![canvas.span(meaning, text::pad(&format!("{mark}{own}"), width))];
        }
    };
    vec![canvas.span(Meaning::Text, text::pad(&words, width))]
}

fn law_cell(model: &Model<'_>, column: Column, profile: &Profile) -> String {
    let lang = model.lang;
    match column {
        Column::Route => messages::word(lang, "basis-kind", &profile.basis.kind).to_owned(),
        Column::Reciprocity => messages::word(lang, "reciprocity", &profile.basis.reciprocity).to_owned(),
        Column::Announcement => messages::word(lang, "announcement", &profile.service.announcement).to_owned(),
        Column::Years => t::years(lang, profile.limitation.years),
        Column::Loser => messages::word(lang, "level", &profile.procedure.loser_pays).to_owned(),
        Column::Freezing => messages::word(lang, "level", &profile.procedure.freezing_order).to_owned(),
        _ => String::new(),
    }
}

/// How it is sorted, what the marks mean, and the keys.
fn says(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, state: &ResultState) {
    let lang = model.lang;
    let column = sort_name(model, state.sort);
    let mut first = if state.worst_first { t::sorted_up(lang, column) } else { t::sorted_down(lang, column) };
    first.push_str(messages::ui::list_comma(lang));
    first.push_str(if state.law { t::marks_law(lang) } else { t::marks(lang) });
    let waiting = model.work.as_ref().map_or(0, |work| work.scores.pending.len());
    let second = if waiting > 0 {
        r::waiting(lang, waiting)
    } else {
        format!("{} {}", t::amounts(lang, &model.pack().rates.currency), t::keys(lang))
    };
    for (n, words) in [first, second].iter().enumerate() {
        let y = area.y + u16::try_from(n).unwrap_or_default();
        if y < area.bottom() {
            canvas.text(area.x, y, area.width, Meaning::Muted, words);
        }
    }
}

/// Cost against recovery, a row for each target, on one scale.
fn money(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, rows: &[&TargetResult], cursor: usize) {
    let lang = model.lang;
    let float = |sum: Decimal| sum.to_f64().unwrap_or_default();
    // What may be recovered times the chance of recognition: what is left of it after the costs is the net.
    let recovery = |result: &TargetResult| result.money.net.map(|net| net[1] + result.money.cost[1]);
    let most = rows.iter().flat_map(|result| [Some(result.money.cost[1]), recovery(result)]).flatten().max();
    let most = most.unwrap_or_default();
    canvas.text(area.x, area.y, area.width, Meaning::Accent, c::cost_recovery(lang));
    let legend = c::cost_recovery_says(lang, words::short_amount(lang, most));
    let legend = text::wrap(&legend, usize::from(area.width));
    let lines = u16::try_from(legend.len()).unwrap_or_default();
    let label = (usize::from(area.width) / 4).clamp(10, 22);
    let figures = 18;
    let bar = usize::from(area.width).saturating_sub(label + figures + 2).min(60);
    let charts: Vec<Vec<Line<'static>>> = rows
        .iter()
        .enumerate()
        .map(|(n, result)| {
            let cost = result.money.cost[1];
            let short = |sum: Option<Decimal>| sum.map_or_else(|| "-".to_owned(), |sum| words::short_amount(lang, sum));
            let row = chart::money::row(bar, float(cost), recovery(result).map(float), float(most), canvas.look.ascii);
            let name = text::one_line(model.pack().place_name(&result.id, lang));
            let meaning = if n == cursor { Meaning::Title } else { Meaning::Text };
            let mut spans = vec![canvas.span(meaning, format!("{} ", text::pad(&name, label)))];
            spans.extend(row.spans(canvas.look));
            let words = c::cost_recovery_figures(lang, short(Some(cost)), short(recovery(result)));
            spans.push(canvas.span(Meaning::Text, format!(" {words}")));
            vec![Line::from(spans)]
        })
        .collect();
    let height = area.height.saturating_sub(1 + lines);
    let list = Rect { y: area.y + 1, height, ..area };
    canvas.rows(list, &charts, Some(cursor), false);
    let y = list.y + height.min(u16::try_from(charts.len()).unwrap_or(u16::MAX));
    for (n, words) in legend.iter().enumerate() {
        let y = y + u16::try_from(n).unwrap_or_default();
        if y < area.bottom() {
            canvas.text(area.x, y, area.width, Meaning::Muted, words);
        }
    }
}

/// The targets on a map, the one under the cursor named.
fn world(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, rows: &[&TargetResult], cursor: usize) {
    let lang = model.lang;
    canvas.text(area.x, area.y, area.width, Meaning::Accent, &m::title(lang, rows.len()));
    let points: Vec<map::Point> = rows
        .iter()
        .enumerate()
        .filter_map(|(n, result)| {
            let profile = model.pack().profile(&result.id)?;
            let (mark, meaning) = browse::mark(Some(&Brief::of(result)));
            Some(browse::point(model, profile, mark, meaning, n == cursor))
        })
        .collect();
    let height = map::height(area.width).min(area.height.saturating_sub(2));
    let place = Rect { y: area.y + 1, height, ..area };
    for (row, at) in map::draw(canvas.buffer, place, &points, canvas.look) {
        canvas.hits.push((Rect { x: at.x, y: at.y, width: 1, height: 1 }, Click::Row(row)));
    }
    canvas.text(area.x, place.bottom(), area.width, Meaning::Muted, m::legend(lang));
}
