//! What to do: each action with what it would change; the one under the cursor opens below. Cost and days carry the
//! mark of an estimate, and an action that makes sense only if something is so says it.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::super::canvas::Canvas;
use super::super::doc::Doc;
use super::{Row, open_list, points};
use crate::messages::{result as r, ui};
use crate::numbers;
use crate::scoring::TargetResult;
use crate::scoring::money::decimal;
use crate::text;
use crate::tui::model::{Model, ResultState, Step};
use crate::tui::theme::Meaning;

/// Cells of the columns: outlook, net, readiness, cost, days.
const COLUMNS: [usize; 5] = [8, 10, 9, 12, 9];

pub(super) fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, result: &TargetResult, state: &ResultState) {
    let lang = model.lang;
    let Some(steps) = super::listed(model, &result.id, model.lists.actions.as_deref()) else {
        canvas.text(area.x, area.y, area.width, Meaning::Muted, r::working(lang));
        return;
    };
    let mut top = area;
    if steps.is_empty() {
        canvas.text(top.x, top.y, top.width, Meaning::Muted, r::no_actions(lang));
        return;
    }
    let shown = columns(area.width);
    let name = usize::from(area.width).saturating_sub(5 + shown.iter().map(|(_, width)| width + 1).sum::<usize>());
    let heads = [
        r::column_change(lang),
        r::column_net(lang),
        r::column_confidence(lang),
        r::column_cost_about(lang),
        r::column_days_about(lang),
    ];
    let mut head = text::pad(&format!("     {}", r::column_action(lang)), name + 5);
    for (column, width) in &shown {
        head.push(' ');
        head.push_str(&text::right(heads[*column], *width));
    }
    canvas.text(top.x, top.y, top.width, Meaning::Accent, &head);
    top = Rect { y: top.y + 1, height: top.height.saturating_sub(2), ..top };
    let rows: Vec<Row> = steps
        .iter()
        .enumerate()
        .map(|(n, step)| {
            let focused = n == state.cursor;
            let mut lines = vec![line(model, canvas, step, n, focused, name, &shown)];
            if focused {
                let doc = detail(model, area.width.saturating_sub(5), step, name);
                lines.extend(super::indented(doc, 5));
            }
            lines
        })
        .collect();
    open_list(canvas, top, &rows, state);
    let says = r::actions_says(lang, &model.pack().rates.currency);
    canvas.text(area.x, area.bottom() - 1, area.width, Meaning::Muted, &says);
}

/// The columns that there is room for, each with its width; what an action brings goes before what it
/// costs.
fn columns(width: u16) -> Vec<(usize, usize)> {
    let count = match width {
        ..70 => 2,
        70..90 => 4,
        _ => 5,
    };
    (0..count).map(|column| (column, COLUMNS[column])).collect()
}

fn line(
    model: &Model<'_>,
    canvas: &Canvas<'_>,
    step: &Step,
    n: usize,
    focused: bool,
    name_width: usize,
    shown: &[(usize, usize)],
) -> Line<'static> {
    let lang = model.lang;
    let action = &model.pack().actions[step.worth.action];
    let pointer = if focused { ">" } else { " " };
    let mark = if step.worth.depends { "?" } else { " " };
    let name = text::pad(&text::one_line(action.name.get(lang)), name_width);
    let mut spans = vec![canvas.span(Meaning::Text, format!("{pointer}{:>2}{mark} {name}", n + 1))];
    let short = |sum| numbers::short_amount(numbers::three_figures(sum), lang);
    let cells = [
        (gain(step.worth.outlook), points(step.worth.outlook)),
        (
            gain(step.worth.net.map_or(0.0, |net| if net > 0.into() { 1.0 } else { 0.0 })),
            step.worth.net.map_or_else(|| "-".to_owned(), |net| signed_amount(net, &short(net.abs()))),
        ),
        (
            gain(f64::from(step.worth.confidence)),
            if step.worth.confidence == 0 { "-".to_owned() } else { format!("{:+}", step.worth.confidence) },
        ),
        (Meaning::Muted, spread(action.cost, |sum| short(decimal(sum)))),
        (Meaning::Muted, spread(action.days, |days| format!("{days:.0}"))),
    ];
    for (column, width) in shown {
        let (meaning, words) = &cells[*column];
        spans.push(canvas.span(*meaning, format!(" {}", text::right(words, *width))));
    }
    Line::from(spans)
}

/// How a change is coloured; its sign says the same.
fn gain(change: f64) -> Meaning {
    if change > 0.0005 {
        Meaning::Good
    } else if change < -0.0005 {
        Meaning::Warn
    } else {
        Meaning::Muted
    }
}

fn signed_amount(amount: rust_decimal::Decimal, words: &str) -> String {
    if amount.is_zero() {
        "-".to_owned()
    } else if amount.is_sign_negative() {
        format!("-{words}")
    } else {
        format!("+{words}")
    }
}

/// A low and a high estimate, one figure where they are the same.
fn spread([low, high]: [f64; 2], word: impl Fn(f64) -> String) -> String {
    let (low, high) = (word(low), word(high));
    if low == high { low } else { format!("{low}-{high}") }
}

/// What the action under the cursor is, and the verdict after it.
fn detail(model: &Model<'_>, width: u16, step: &Step, name_width: usize) -> Doc {
    let lang = model.lang;
    let pack = model.pack();
    let action = &pack.actions[step.worth.action];
    let mut doc = Doc::new(width, model.look);
    let label = if doc.width >= 60 { 14 } else { 10 };
    if step.worth.depends {
        let asks: Vec<String> = step
            .only_if
            .iter()
            .filter_map(|at| pack.questions.get(*at))
            .map(|question| text::one_line(question.ask.get(lang)))
            .collect();
        let words = if asks.is_empty() {
            r::only_if_fact(lang).to_owned()
        } else {
            r::only_if(lang, asks.join(ui::list_comma(lang)))
        };
        doc.item("? ", Meaning::Warn, &words);
    }
    let name = text::one_line(action.name.get(lang));
    if text::width(&name) > name_width {
        doc.para(Meaning::Title, &name);
    }
    doc.pair(r::change(lang), label, Meaning::Text, &changes(model, step).join(ui::list_comma(lang)));
    let after = &step.worth.after;
    let word = text::one_line(pack.word(after.expected).name.get(lang));
    let outlook = crate::messages::consequence::likely(lang, numbers::percent(after.expected, lang), word);
    let words = if step.worth.blocked.is_empty() {
        r::after_value(lang, outlook, numbers::percent_range(after.answers, lang))
    } else {
        r::after_blocked(lang, outlook)
    };
    let meaning = if step.worth.blocked.is_empty() { Meaning::Accent } else { Meaning::Bad };
    doc.pair(r::after(lang), label, meaning, &words);
    doc.pair(r::how(lang), label, Meaning::Text, action.how.get(lang));
    let [low, high] = action.cost.map(decimal);
    let cost = numbers::estimates(low, high, &pack.rates.currency, lang);
    let days = spread(action.days, |days| format!("{days:.0}"));
    doc.pair(r::estimate(lang), label, Meaning::Text, &r::estimate_value(lang, cost, days, action.estimate.get(lang)));
    doc.lines.push(Line::default());
    doc
}

/// What an action changes, in words.
fn changes(model: &Model<'_>, step: &Step) -> Vec<String> {
    let lang = model.lang;
    let worth = &step.worth;
    let mut out = Vec::new();
    let blocked = model.work.as_ref().and_then(|work| work.result(&model.lists.target)).map(|it| it.blocked.len());
    if blocked.is_some_and(|before| before > worth.blocked.len()) {
        out.push(r::step_unblocks(lang).to_owned());
    }
    if points(worth.outlook) != "-" {
        out.push(r::step_outlook(lang, numbers::whole_points(&points(worth.outlook), lang)));
    }
    if let Some(net) = worth.net.filter(|net| !net.is_zero()) {
        let words = numbers::estimate(net.abs(), &model.pack().rates.currency, lang);
        out.push(r::step_net(lang, signed_amount(net, &words)));
    }
    if worth.confidence != 0 {
        out.push(r::step_confidence(lang, format!("{:+}", worth.confidence)));
    }
    if out.is_empty() {
        out.push(r::step_narrows(lang).to_owned());
    }
    out
}
