//! Legal hurdles, the most dangerous first; each opens to its contributions with their reasons, their
//! support and the decided cases behind them.
//!
//! Must not: leave out a contribution; those shown add up to the log-odds shown.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::super::canvas::Canvas;
use super::super::chart;
use super::super::chart::waterfall::{Step, running};
use super::super::doc::Doc;
use super::{Row, indented, open_list, weights};
use crate::messages::{self, chart as c, result as r};
use crate::numbers;
use crate::pack::Hurdle;
use crate::scoring::{GroundResult, TargetResult};
use crate::text;
use crate::tui::model::{Model, ResultState};
use crate::tui::theme::Meaning;

pub(super) fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, result: &TargetResult, state: &ResultState) {
    let mut rows: Vec<Row> = Vec::new();
    for (n, ground) in result.worst_first().into_iter().enumerate() {
        let Some(hurdle) = model.pack().hurdles.get(ground.hurdle) else { continue };
        let open = state.open.contains(&ground.hurdle);
        let mut lines = vec![head(model, canvas, area.width, hurdle, ground, open, n == state.cursor)];
        if open {
            let doc = detail(model, canvas, area.width.saturating_sub(4), hurdle, ground);
            lines.extend(indented(doc, 4));
            lines.push(Line::default());
        }
        rows.push(lines);
    }
    let lines = waterfall(model, canvas, area.width.saturating_sub(6), result);
    let used: usize = rows.iter().map(Vec::len).sum();
    // Where there is room it is open, and Enter closes it.
    let fits = used + 2 + lines.len() <= usize::from(area.height);
    let open = state.open.contains(&ResultState::WATERFALL) != fits;
    let mark = match (state.cursor == rows.len(), open) {
        (true, true) => "> [-] ",
        (true, false) => "> [+] ",
        (false, true) => "  [-] ",
        (false, false) => "  [+] ",
    };
    let mut last = vec![Line::from(canvas.span(Meaning::Text, format!("{mark}{}", c::waterfall(model.lang))))];
    if open {
        last.extend(lines.into_iter().map(|line| {
            let mut spans = vec![ratatui::text::Span::raw("      ")];
            spans.extend(line.spans);
            Line::from(spans)
        }));
    }
    rows.push(last);
    open_list(canvas, area, &rows, state);
}

/// From 100 % through each hurdle down to the outlook, the most dangerous first.
pub(super) fn waterfall(
    model: &Model<'_>,
    canvas: &Canvas<'_>,
    width: u16,
    result: &TargetResult,
) -> Vec<Line<'static>> {
    let lang = model.lang;
    let width = usize::from(width);
    let label = super::hurdle_label(width);
    let bar = width.saturating_sub(label + 18).min(50);
    let worst = result.worst_first();
    let steps = running(&worst.iter().map(|ground| ground.p).collect::<Vec<_>>());
    let end = result.outlook.expected;
    let reached = steps.last().map_or(1.0, |step| step.after);
    let still = |at: f64| Step { before: at, after: at, more_is_better: true };
    let mut rows = vec![(c::start(lang).to_owned(), still(1.0))];
    rows.extend(worst.iter().zip(&steps).map(|(ground, step)| {
        let name = model.pack().hurdles.get(ground.hurdle).map_or("", |hurdle| hurdle.name.get(lang));
        (text::one_line(name), *step)
    }));
    // Hurdles that share an unknown fact are averaged together, so that the product is not the whole.
    if numbers::percent(reached, lang) != numbers::percent(end, lang) {
        rows.push((c::shared(lang).to_owned(), Step { before: reached, after: end, more_is_better: true }));
    }
    rows.push((c::end(lang).to_owned(), still(end)));
    let last = rows.len() - 1;
    let mut lines: Vec<Line<'static>> = rows
        .iter()
        .enumerate()
        .map(|(n, (name, step))| {
            let meaning = if n == last { Meaning::Title } else { Meaning::Text };
            // Whole per cent are taken from each other as printed, so that the column adds up.
            let moved = (step.after * 100.0).round() - (step.before * 100.0).round();
            let moved = if n == 0 || n == last {
                String::new()
            } else if moved == 0.0 {
                "0".to_owned()
            } else {
                format!("{moved:+.0}")
            };
            let mut spans = vec![canvas.span(meaning, format!("{} ", text::pad(name, label)))];
            spans.extend(chart::waterfall::row(bar, *step, canvas.look.ascii).spans(canvas.look));
            spans.push(
                canvas.span(meaning, format!(" {} {moved:>4}", text::right(&numbers::percent(step.after, lang), 8))),
            );
            Line::from(spans)
        })
        .collect();
    let legend = if canvas.look.ascii { c::waterfall_legend_ascii(lang) } else { c::waterfall_legend(lang) };
    lines.push(Line::from(canvas.span(Meaning::Muted, text::clip(legend, width))));
    lines
}

fn head(
    model: &Model<'_>,
    canvas: &Canvas<'_>,
    width: u16,
    hurdle: &Hurdle,
    ground: &GroundResult,
    open: bool,
    focused: bool,
) -> Line<'static> {
    let width = usize::from(width);
    let label = super::hurdle_label(width - 6.min(width));
    let mark = match (focused, open) {
        (true, true) => "> [-] ",
        (true, false) => "> [+] ",
        (false, true) => "  [-] ",
        (false, false) => "  [+] ",
    };
    let after = format!(" {}", super::chance(ground, model.lang));
    let bar = width.saturating_sub(label + 6 + text::width(&after) + 1).min(36);
    let name = text::pad(&text::one_line(hurdle.name.get(model.lang)), label);
    let mut spans = vec![canvas.span(Meaning::Text, format!("{mark}{name} "))];
    spans.extend(super::refusal_bar(canvas, bar, ground));
    spans.push(canvas.span(Meaning::Text, after));
    Line::from(spans)
}

/// What makes the hurdle up.
fn detail(model: &Model<'_>, canvas: &Canvas<'_>, width: u16, hurdle: &Hurdle, ground: &GroundResult) -> Doc {
    let lang = model.lang;
    let mut doc = Doc::new(width, model.look);
    doc.para(Meaning::Muted, hurdle.asks.get(lang));
    doc.blank();
    weights::waterfall(model, canvas, &mut doc, hurdle, ground);
    doc.blank();
    doc.para(Meaning::Muted, r::log_odds_says(lang));
    weights::list(model, &mut doc, hurdle, ground);
    doc.blank();
    let cure = messages::word(lang, "cure", hurdle.cure.id());
    doc.pair(r::cure(lang), 16, Meaning::Text, cure);
    doc.pair(r::objection(lang), 16, Meaning::Text, hurdle.objection.get(lang));
    doc.pair(r::answer(lang), 16, Meaning::Text, hurdle.answer.get(lang));
    doc
}
