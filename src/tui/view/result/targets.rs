//! Targets compared: a table that can be sorted, figures or law, with what differs from the row under
//! the cursor marked; below it cost against recovery, and the targets on a map.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::super::browse;
use super::super::canvas::Canvas;
use super::super::chart::{self, map};
use super::super::consequence;
use crate::lang::Lang;
use crate::messages::{self, chart as c, compare as t, map as m, num, result as r};
use crate::numbers;
use crate::report::columns::{self, Row};
use crate::report::sentences::Writer;
use crate::scoring::TargetResult;
use crate::text;
use crate::tui::message::Click;
use crate::tui::model::{Brief, Model, ResultState, SortBy};
use crate::tui::theme::Meaning;
use crate::tui::update::target_rows;

/// Columns of the terminal from which the map is drawn, and the rows of the view that it needs.
const MAP: (u16, u16) = (100, 26);
/// Least cells of the outlook with its range.
const OUTLOOK: usize = 12;

/// A column of the table beside name and outlook.
#[derive(Clone, Copy)]
enum Column {
    /// The range of the outlook, drawn.
    Bar,
    /// Points of the outlook from the row under the cursor.
    Differs,
    Listed(&'static columns::Column, &'static columns::Screen),
}

impl Column {
    fn name(self, lang: Lang) -> &'static str {
        match self {
            Column::Bar => t::column_range(lang),
            Column::Differs => t::column_differs(lang),
            Column::Listed(_, screen) => (screen.name)(lang),
        }
    }

    fn sort(self) -> Option<SortBy> {
        let Column::Listed(column, _) = self else { return None };
        match column.id {
            "net" => Some(SortBy::Worth),
            "cost" => Some(SortBy::Cost),
            "months" => Some(SortBy::Time),
            "confidence" => Some(SortBy::Confidence),
            "evidence" => Some(SortBy::Evidence),
            _ => None,
        }
    }
}

/// The columns of a view in their order, each with its cells and its weight.
fn all_columns(law: bool) -> Vec<(Column, usize, u8)> {
    let mut out = if law { Vec::new() } else { vec![(Column::Bar, 24, 7), (Column::Differs, 8, 2)] };
    for column in &columns::COLUMNS {
        if let Some(screen) = column.screen.as_ref().filter(|screen| screen.law == law) {
            out.push((Column::Listed(column, screen), screen.width, screen.weight));
        }
    }
    out
}

fn sort_name(lang: Lang, sort: SortBy) -> &'static str {
    match sort {
        SortBy::Outlook => t::column_outlook(lang),
        SortBy::Name => t::column_target(lang),
        _ => {
            let all = all_columns(false);
            let column = all.iter().find(|(column, ..)| column.sort() == Some(sort));
            column.map_or("", |(column, ..)| column.name(lang))
        }
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
    let all = all_columns(state.law);
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
    let outlooks: Vec<String> = rows.iter().map(|result| outlook(model, result)).collect();
    let cells = outlooks.iter().map(|words| text::width(words)).max().unwrap_or(0).max(OUTLOOK);
    let columns = columns(state, usize::from(area.width).saturating_sub(name + cells + 4));
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
    head(canvas, t::column_outlook(lang), cells, Some(SortBy::Outlook));
    for (column, width) in &columns {
        head(canvas, column.name(lang), *width, column.sort());
    }
    let Some(work) = &model.work else { return };
    let writer = super::writer(model, work);
    let under = rows.get(state.cursor).map(|target| Row { rank: state.cursor + 1, target });
    let lines: Vec<Vec<Line<'static>>> = rows
        .iter()
        .enumerate()
        .map(|(n, result)| {
            let pointer = if n == state.cursor { "> " } else { "  " };
            let place = text::one_line(model.pack().place_name(&result.id, lang));
            let mut spans = vec![
                canvas.span(Meaning::Text, format!("{pointer}{} ", text::pad(&place, name))),
                canvas.span(consequence::outlook_meaning(result), text::pad(&outlooks[n], cells)),
            ];
            for (column, width) in &columns {
                spans.push(canvas.span(Meaning::Text, " "));
                spans.extend(cell(&writer, canvas, *column, *width, Row { rank: n + 1, target: result }, under));
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
    let range = numbers::percent_range(result.outlook.answers, lang);
    if result.blocked.is_empty() {
        format!("{}{waits}", num::bracket(lang, range, text::right(&expected, 4)))
    } else {
        format!("{}{waits}", r::column_blocked(lang, expected))
    }
}

/// A cell of the table, as wide as its column.
fn cell(
    writer: &Writer<'_>,
    canvas: &Canvas<'_>,
    column: Column,
    width: usize,
    row: Row<'_>,
    under: Option<Row<'_>>,
) -> Vec<Span<'static>> {
    let outlook = &row.target.outlook;
    let (meaning, words) = match column {
        Column::Bar => return canvas.bar(width, outlook.answers, outlook.expected, Meaning::Accent),
        Column::Differs => {
            let other = under.filter(|under| under.target.id != row.target.id);
            let words = other.map(|under| super::points(outlook.expected - under.target.outlook.expected));
            (Meaning::Text, words.unwrap_or_default())
        }
        Column::Listed(_, screen) => {
            let words = (screen.cell)(writer, row);
            let differs = screen.law && under.is_some_and(|under| (screen.cell)(writer, under) != words);
            match (screen.law, differs) {
                (false, _) => (Meaning::Text, words),
                (true, false) => (Meaning::Text, format!("  {words}")),
                (true, true) => (Meaning::Warn, format!("* {words}")),
            }
        }
    };
    vec![canvas.span(meaning, text::pad(&text::one_line(&words), width))]
}

/// How it is sorted, what the marks mean, and the keys.
fn says(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, state: &ResultState) {
    let lang = model.lang;
    let column = sort_name(lang, state.sort);
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
    let legend = c::cost_recovery_says(lang, numbers::short_amount(most, lang));
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
            let short =
                |sum: Option<Decimal>| sum.map_or_else(|| "-".to_owned(), |sum| numbers::short_amount(sum, lang));
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
