//! Targets compared, in a table that can be sorted.
//!
//! Must not: order by a figure that is not shown.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::super::canvas::Canvas;
use super::super::consequence;
use crate::messages::result as r;
use crate::text;
use crate::tui::model::{Model, ResultState, SortBy};
use crate::tui::theme::Meaning;
use crate::tui::update::target_rows;
use crate::tui::words;

pub(super) fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, state: &ResultState) {
    let Some(work) = &model.work else { return };
    let lang = model.lang;
    let wide = area.width >= 84;
    let name_width = usize::from(area.width).saturating_sub(if wide { 64 } else { 36 }).clamp(12, 40);
    let sorted = |column: SortBy| if state.sort == column { "*" } else { "" };
    let mut head = format!("  {}", text::pad(r::column_target(lang), name_width));
    let mut columns = vec![(format!("{}{}", r::column_outlook(lang), sorted(SortBy::Outlook)), 20)];
    columns.push((format!("{}{}", r::column_net(lang), sorted(SortBy::Worth)), 12));
    if wide {
        columns.push((format!("{}{}", r::column_cost(lang), sorted(SortBy::Cost)), 12));
        columns.push((format!("{}{}", r::column_confidence(lang), sorted(SortBy::Confidence)), 14));
    }
    for (name, width) in &columns {
        head.push(' ');
        head.push_str(&text::pad(name, *width));
    }
    canvas.text(area.x, area.y, area.width, Meaning::Accent, &head);
    let mut rows: Vec<Vec<Line<'static>>> = Vec::new();
    for (n, id) in target_rows(model, state.sort).iter().enumerate() {
        let Some(result) = work.result(id) else { continue };
        let pointer = if n == state.cursor { "> " } else { "  " };
        let name = text::pad(&text::one_line(model.pack().place_name(id, lang)), name_width);
        let [expected, range] = [words::percent(result.outlook.expected), words::percents(result.outlook.answers)];
        let waits = if work.scores.pending.iter().any(|other| other == id) { " .." } else { "" };
        let outlook = if result.blocked.is_empty() {
            format!("{expected:>4} ({range}){waits}")
        } else {
            format!("{}{waits}", r::column_blocked(lang, expected))
        };
        let net = result.money.net.map_or_else(|| "-".to_owned(), |net| words::short_amount(lang, net[1]));
        let mut spans = vec![
            canvas.span(Meaning::Text, format!("{pointer}{name} ")),
            canvas.span(consequence::outlook_meaning(result), text::pad(&outlook, 20)),
            canvas.span(Meaning::Text, format!(" {}", text::pad(&net, 12))),
        ];
        if wide {
            let cost = words::short_amount(lang, result.money.cost[1]);
            let confidence = format!("{}/100", result.confidence.index);
            spans.push(canvas.span(Meaning::Text, format!(" {} {confidence}", text::pad(&cost, 12))));
        }
        rows.push(vec![Line::from(spans)]);
    }
    let below = 2.min(area.height.saturating_sub(1));
    let list = Rect { y: area.y + 1, height: area.height.saturating_sub(1 + below), ..area };
    canvas.rows(list, &rows, Some(state.cursor), true);
    let waiting = work.scores.pending.len();
    let says =
        if waiting > 0 { r::waiting(lang, waiting) } else { r::targets_says(lang, &model.pack().rates.currency) };
    canvas.text(area.x, area.bottom() - 1, area.width, Meaning::Muted, &says);
}
