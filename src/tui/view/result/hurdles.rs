//! Legal hurdles, the most dangerous first; each opens to its contributions with their reasons, their
//! support and the decided cases behind them. The rows are those of the report, drawn here because they
//! are chosen and opened.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::super::canvas::Canvas;
use super::super::doc::Doc;
use super::{Row, indented, open_list, weights};
use crate::lang::Lang;
use crate::messages::{self, chart as c, hurdle as words, num, result as r};
use crate::numbers;
use crate::pack::Hurdle;
use crate::report::sections::hurdles as report;
use crate::report::sentences::Writer;
use crate::scoring::{GroundResult, TargetResult};
use crate::text;
use crate::tui::model::{Model, ResultState, Work};
use crate::tui::theme::Meaning;

/// What stands before a row that is neither chosen nor open.
const MARK: &str = "  [+] ";
/// Cells under which a bar is not drawn.
const SHORT: usize = 8;

pub(super) fn draw(
    model: &Model<'_>,
    canvas: &mut Canvas<'_>,
    area: Rect,
    work: &Work,
    result: &TargetResult,
    state: &ResultState,
) {
    let mut rows: Vec<Row> = Vec::new();
    let worst = result.worst_first();
    let columns = columns(area.width, model.lang, &worst);
    for (n, ground) in worst.into_iter().enumerate() {
        let Some(hurdle) = model.pack().hurdles.get(ground.hurdle) else { continue };
        let open = state.open.contains(&ground.hurdle);
        let mut lines = vec![head(canvas, columns, hurdle, ground, mark(n == state.cursor, open))];
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
    let mark = mark(state.cursor == rows.len(), open);
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

/// Cells of the names of hurdles and of their bars. The longest names are to be read
/// in full where there is room; where there is none for bars worth drawing, the names have it.
fn columns(width: u16, lang: Lang, worst: &[&GroundResult]) -> [usize; 2] {
    let width = usize::from(width).saturating_sub(MARK.len());
    let figures = worst.iter().map(|ground| text::width(&chance(ground, lang))).max().unwrap_or(0);
    let label = (width * 9 / 20).clamp(18, 34);
    let bar = width.saturating_sub(label + figures + 2);
    if bar < SHORT { [width.saturating_sub(figures + 2), 0] } else { [label, bar.min(36)] }
}

/// How likely a hurdle is to defeat recognition, with its range.
fn chance(ground: &GroundResult, lang: Lang) -> String {
    let expected = text::right(&numbers::percent(ground.p, lang), 8);
    num::bracket(lang, numbers::percent_range(ground.answers, lang), expected)
}

/// What stands before a row: whether it is chosen, and whether it is open.
fn mark(focused: bool, open: bool) -> &'static str {
    match (focused, open) {
        (true, true) => "> [-] ",
        (true, false) => "> [+] ",
        (false, true) => "  [-] ",
        (false, false) => MARK,
    }
}

fn head(
    canvas: &Canvas<'_>,
    [label, bar]: [usize; 2],
    hurdle: &Hurdle,
    ground: &GroundResult,
    mark: &str,
) -> Line<'static> {
    let name = text::pad(&text::one_line(hurdle.name.get(canvas.lang)), label);
    // The colour says how bad it is, as the figure does.
    let meaning = match ground.p {
        0.25.. => Meaning::Bad,
        0.1.. => Meaning::Warn,
        _ => Meaning::Good,
    };
    let mut spans = vec![canvas.span(Meaning::Text, format!("{mark}{name} "))];
    spans.extend(canvas.bar(bar, ground.answers, ground.p, meaning));
    spans.push(canvas.span(Meaning::Text, format!(" {}", chance(ground, canvas.lang))));
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
