//! Legal hurdles, the most dangerous first; each opens to its contributions with their reasons, their
//! support and the decided cases behind them.
//!
//! Must not: leave out a contribution; those shown add up to the log-odds shown.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::super::canvas::Canvas;
use super::super::doc::Doc;
use crate::messages::{self, result as r};
use crate::pack::{Hurdle, Support};
use crate::scoring::target::Source;
use crate::scoring::{Contribution, GroundResult, TargetResult};
use crate::text;
use crate::tui::model::{Model, ResultState};
use crate::tui::theme::Meaning;
use crate::tui::words;

pub(super) fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, result: &TargetResult, state: &ResultState) {
    let mut rows: Vec<Vec<Line<'static>>> = Vec::new();
    for (n, ground) in result.worst_first().into_iter().enumerate() {
        let Some(hurdle) = model.pack().hurdles.get(ground.hurdle) else { continue };
        let open = state.open.contains(&ground.hurdle);
        let mut lines = vec![head(model, canvas, area.width, hurdle, ground, open, n == state.cursor)];
        if open {
            let doc = detail(model, area.width.saturating_sub(4), hurdle, ground);
            lines.extend(doc.lines.into_iter().map(|line| {
                let mut spans = vec![ratatui::text::Span::raw("    ")];
                spans.extend(line.spans);
                Line::from(spans)
            }));
            lines.push(Line::default());
        }
        rows.push(lines);
    }
    list(canvas, area, &rows, state);
}

/// Draws the rows so that the head of the one under the cursor is seen; its text scrolls with the
/// page keys.
fn list(canvas: &mut Canvas<'_>, area: Rect, rows: &[Vec<Line<'static>>], state: &ResultState) {
    let height = usize::from(area.height);
    let total: usize = rows.iter().map(Vec::len).sum();
    let above: usize = rows.iter().take(state.cursor).map(Vec::len).sum();
    let own = rows.get(state.cursor).map_or(1, Vec::len);
    // How far a long row under the cursor can be scrolled.
    let longer = own.saturating_sub(height.saturating_sub(1));
    canvas.scroll = u16::try_from(longer).unwrap_or(u16::MAX);
    canvas.page = area.height;
    let within = usize::from(state.scroll).min(longer);
    let before = height.saturating_sub(own);
    let top = (above + within).saturating_sub(before).min(total.saturating_sub(height));
    let mut n = 0;
    for (row, lines) in rows.iter().enumerate() {
        for (at, line) in lines.iter().enumerate() {
            if (top..top + height).contains(&n) {
                let y = area.y + u16::try_from(n - top).unwrap_or_default();
                let place = Rect { y, height: 1, ..area };
                canvas.line(area.x, y, area.width, line);
                if at == 0 {
                    canvas.hits.push((place, crate::tui::message::Click::Row(row)));
                    if row == state.cursor {
                        let style = canvas.style(Meaning::Focus);
                        canvas.paint(place, style);
                    }
                }
            }
            n += 1;
        }
    }
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
    for contribution in &ground.contributions {
        one(model, &mut doc, hurdle, contribution);
    }
    let sum = r::sum(lang, signed(ground.logit), words::percent(ground.p));
    doc.para(Meaning::Title, &sum);
    doc.blank();
    let cure = messages::word(lang, "cure", hurdle.cure.id());
    doc.pair(r::cure(lang), 16, Meaning::Text, cure);
    doc.pair(r::objection(lang), 16, Meaning::Text, hurdle.objection.get(lang));
    doc.pair(r::answer(lang), 16, Meaning::Text, hurdle.answer.get(lang));
    doc
}

fn one(model: &Model<'_>, doc: &mut Doc, hurdle: &Hurdle, contribution: &Contribution) {
    let lang = model.lang;
    let figure = format!("{:>6} ", signed(contribution.logit));
    let meaning = if contribution.logit > 0.05 {
        Meaning::Warn
    } else if contribution.logit < -0.05 {
        Meaning::Good
    } else {
        Meaning::Text
    };
    match contribution.of {
        Source::Base => {
            doc.item(&figure, meaning, &format!("{} - {}", r::base(lang), hurdle.reason.get(lang)));
            support(model, doc, &hurdle.support);
        }
        Source::Target => doc.item(&figure, meaning, r::target_effect(lang)),
        Source::Averaging => doc.item(&figure, meaning, r::averaging(lang)),
        Source::Rule(at) => {
            let Some(rule) = hurdle.rules.get(at) else { return };
            let because = rule.because.get(lang);
            let words = if contribution.holds < 0.995 {
                r::holds(lang, because, words::percent(contribution.holds))
            } else {
                because.to_owned()
            };
            doc.item(&figure, meaning, &words);
            doc.item("       ", Meaning::Muted, rule.reason.get(lang));
            support(model, doc, &rule.support);
        }
    }
}

/// Where a rule comes from: cases by name, a statute, or our own judgement.
fn support(model: &Model<'_>, doc: &mut Doc, support: &Support) {
    let lang = model.lang;
    let word = messages::word(lang, "support", support.kind());
    let words = match support {
        Support::Judgement => word.to_owned(),
        Support::Statute(law) => format!("{word}: {law}"),
        Support::Precedent(ids) => {
            let names: Vec<String> = ids
                .iter()
                .map(|id| {
                    model.pack().case(id).map_or_else(
                        || id.clone(),
                        |case| format!("{} ({})", case.name, messages::word(lang, "outcome", case.outcome.id())),
                    )
                })
                .collect();
            format!("{word}: {}", names.join("; "))
        }
    };
    doc.item("       ", Meaning::Muted, &words);
}

/// A log-odds figure with its sign.
fn signed(value: f64) -> String {
    format!("{value:+.2}")
}
