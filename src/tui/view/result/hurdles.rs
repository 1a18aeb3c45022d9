//! Legal hurdles, the most dangerous first; each opens to its contributions with their reasons, their
//! support and the decided cases behind them. The rows are those of the report, drawn here because they
//! are chosen and opened.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::super::canvas::Canvas;
use super::super::doc::Doc;
use super::{Row, indented, open_list, weights};
use crate::messages::{self, chart as c, hurdle as words, result as r};
use crate::pack::Hurdle;
use crate::report::sections::hurdles as report;
use crate::report::sentences::Writer;
use crate::scoring::{GroundResult, TargetResult};
use crate::text;
use crate::tui::model::{Model, ResultState, Work};
use crate::tui::theme::Meaning;

pub(super) fn draw(
    model: &Model<'_>,
    canvas: &mut Canvas<'_>,
    area: Rect,
    work: &Work,
    result: &TargetResult,
    state: &ResultState,
) {
    let mut rows: Vec<Row> = Vec::new();
    for (n, ground) in result.worst_first().into_iter().enumerate() {
        let Some(hurdle) = model.pack().hurdles.get(ground.hurdle) else { continue };
        let open = state.open.contains(&ground.hurdle);
        let mut lines = vec![head(model, canvas, area.width, hurdle, ground, open, n == state.cursor)];
        if open {
            let doc = detail(model, work, canvas, area.width.saturating_sub(4), hurdle, ground);
            lines.extend(indented(doc, 4));
            lines.push(Line::default());
        }
        rows.push(lines);
    }
    let steps = waterfall(model, &super::writer(model, work), area.width.saturating_sub(6), result);
    let used: usize = rows.iter().map(Vec::len).sum();
    // Where there is room it is open, and Enter closes it.
    let fits = used + 2 + steps.lines.len() <= usize::from(area.height);
    let open = state.open.contains(&ResultState::WATERFALL) != fits;
    let mark = match (state.cursor == rows.len(), open) {
        (true, true) => "> [-] ",
        (true, false) => "> [+] ",
        (false, true) => "  [-] ",
        (false, false) => "  [+] ",
    };
    let mut last = vec![Line::from(canvas.span(Meaning::Text, format!("{mark}{}", c::waterfall(model.lang))))];
    if open {
        last.extend(indented(steps, 6));
    }
    rows.push(last);
    open_list(canvas, area, &rows, state);
}

/// From 100 % through each hurdle down to the outlook, the most dangerous first.
fn waterfall(model: &Model<'_>, writer: &Writer<'_>, width: u16, result: &TargetResult) -> Doc {
    let mut doc = Doc::new(width, model.look);
    doc.steps(&report::steps(writer, result, &result.worst_first()), model.lang);
    doc
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
fn detail(
    model: &Model<'_>,
    work: &Work,
    canvas: &Canvas<'_>,
    width: u16,
    hurdle: &Hurdle,
    ground: &GroundResult,
) -> Doc {
    let lang = model.lang;
    let mut doc = Doc::new(width, model.look);
    doc.para(Meaning::Muted, &words::court_asks(lang, hurdle.asks.get(lang)));
    doc.blank();
    weights::waterfall(model, canvas, &mut doc, hurdle, ground);
    doc.blank();
    doc.para(Meaning::Muted, words::scale(lang));
    weights::list(model, &super::writer(model, work), &mut doc, ground);
    doc.blank();
    let cure = messages::word(lang, "cure", hurdle.cure.id());
    doc.pair(r::cure(lang), 16, Meaning::Text, cure);
    doc.pair(r::objection(lang), 16, Meaning::Text, hurdle.objection.get(lang));
    doc.pair(r::answer(lang), 16, Meaning::Text, hurdle.answer.get(lang));
    doc
}
