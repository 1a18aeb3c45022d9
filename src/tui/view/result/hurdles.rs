//! Legal hurdles, the most dangerous first; each opens to its contributions with their reasons, their
//! support and the decided cases behind them.
//!
//! Must not: leave out a contribution; those shown add up to the log-odds shown.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::super::canvas::Canvas;
use super::super::doc::Doc;
use super::{Row, indented, open_list, weights};
use crate::messages::{self, result as r};
use crate::pack::Hurdle;
use crate::scoring::{GroundResult, TargetResult};
use crate::text;
use crate::tui::model::{Model, ResultState};
use crate::tui::theme::Meaning;
use crate::tui::words;

pub(super) fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, result: &TargetResult, state: &ResultState) {
    let mut rows: Vec<Row> = Vec::new();
    for (n, ground) in result.worst_first().into_iter().enumerate() {
        let Some(hurdle) = model.pack().hurdles.get(ground.hurdle) else { continue };
        let open = state.open.contains(&ground.hurdle);
        let mut lines = vec![head(model, canvas, area.width, hurdle, ground, open, n == state.cursor)];
        if open {
            let doc = detail(model, area.width.saturating_sub(4), hurdle, ground);
            lines.extend(indented(doc, 4));
            lines.push(Line::default());
        }
        rows.push(lines);
    }
    open_list(canvas, area, &rows, state);
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
    let label = if width >= 60 { 28 } else { 18 };
    let mark = match (focused, open) {
        (true, true) => "> [-] ",
        (true, false) => "> [+] ",
        (false, true) => "  [-] ",
        (false, false) => "  [+] ",
    };
    let after = format!(" {:>4} ({})", words::percent(ground.p), words::percents(ground.answers));
    let bar = width.saturating_sub(label + 6 + text::width(&after) + 1).min(36);
    let meaning = if ground.p >= 0.25 {
        Meaning::Bad
    } else if ground.p >= 0.1 {
        Meaning::Warn
    } else {
        Meaning::Good
    };
    let name = text::pad(&text::one_line(hurdle.name.get(model.lang)), label);
    let mut spans = vec![canvas.span(Meaning::Text, format!("{mark}{name} "))];
    spans.extend(canvas.bar(bar, ground.answers, ground.p, meaning));
    spans.push(canvas.span(Meaning::Text, after));
    Line::from(spans)
}

/// What makes the hurdle up.
fn detail(model: &Model<'_>, width: u16, hurdle: &Hurdle, ground: &GroundResult) -> Doc {
    let lang = model.lang;
    let mut doc = Doc::new(width, model.look);
    doc.para(Meaning::Muted, hurdle.asks.get(lang));
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
