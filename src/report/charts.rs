//! Figures drawn in characters, for plain text and Markdown; ASCII marks, so that no font can fail.

use super::figure::{Figure, Spans, Steps};
use crate::lang::Lang;
use crate::text::{pad, width, wrap};

/// Cells of a drawn scale.
const BAR: usize = 30;

/// A figure in lines of at most `cells` cells; `None` where a table says it better.
pub(super) fn draw(figure: &Figure, cells: usize, lang: Lang) -> Option<String> {
    match figure {
        Figure::Steps(it) => Some(steps(it, cells, lang)),
        Figure::Spans(it) => Some(spans(it, cells, lang)),
        Figure::Calibration(_) => None,
    }
}

/// `=` for what is left, `#` for what the step takes away.
fn steps(steps: &Steps, cells: usize, lang: Lang) -> String {
    let mut lines: Vec<(String, f64, f64, String)> =
        steps.rows.iter().map(|step| (step.label.words(), step.from, step.to, step.words(lang))).collect();
    let end = crate::numbers::percent(steps.total.value, lang);
    lines.push((steps.total.label.words(), steps.total.value, steps.total.value, end));
    let words = lines.iter().map(|line| width(&line.3)).max().unwrap_or(0);
    let room = cells.saturating_sub(BAR + 5 + words);
    let label = lines.iter().map(|line| width(&line.0)).max().unwrap_or(0).min(room);
    let mut out = String::new();
    for (name, from, to, words) in lines {
        let [left, before] = [from.min(to), from.max(to)].map(|p| edge(p, [0.0, 1.0]));
        let drawn: String = (0..BAR)
            .map(|cell| match cell {
                cell if cell < left => '=',
                cell if cell < before => '#',
                _ => ' ',
            })
            .collect();
        for piece in [&pad(&name, label), "  [", &drawn, "] ", &words, "\n"] {
            out.push_str(piece);
        }
    }
    out
}

/// `-` over the range, `#` at the expected figure, `|` at zero; the figures on the line below.
fn spans(spans: &Spans, cells: usize, lang: Lang) -> String {
    let bounds = spans.bounds();
    let label =
        spans.rows.iter().map(|row| width(&row.label.words())).max().unwrap_or(0).min(cells.saturating_sub(BAR + 4));
    let cell_of = |value: f64| edge(value, bounds).min(BAR - 1);
    let zero = cell_of(0.0);
    let mut out = String::new();
    for row in &spans.rows {
        let [low, value, high] = row.values.map(cell_of);
        let drawn: String = (0..BAR)
            .map(|cell| match cell {
                cell if cell == value => '#',
                cell if cell == zero => '|',
                cell if (low..=high).contains(&cell) => '-',
                _ => ' ',
            })
            .collect();
        for piece in [&pad(&row.label.words(), label), "  [", &drawn, "]\n"] {
            out.push_str(piece);
        }
        for line in wrap(&row.words(lang), cells.saturating_sub(4)) {
            for piece in ["    ", &line, "\n"] {
                out.push_str(piece);
            }
        }
    }
    out
}

/// How many cells of a scale lie below a value.
fn edge(value: f64, [low, high]: [f64; 2]) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share within 0..=1 times a few dozen cells"
    )]
    let cell = (((value - low) / (high - low)).clamp(0.0, 1.0) * BAR as f64).round() as usize;
    cell
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::figure::{Span, Step, Total};

    #[test]
    fn a_walk_shows_what_is_left_and_what_goes() {
        let it = Steps {
            caption: "c".into(),
            rows: vec![Step { label: "a".into(), factor: Some(0.5), from: 1.0, to: 0.5 }],
            total: Total { label: "t".into(), value: 0.5 },
        };
        let drawn = steps(&it, 80, Lang::En);
        let (left, gone, blank) = ("=".repeat(15), "#".repeat(15), " ".repeat(15));
        assert_eq!(drawn, format!("a  [{left}{gone}] × 50% = 50%\nt  [{left}{blank}] 50%\n"));
    }

    #[test]
    fn ranges_stand_on_one_scale_with_zero() {
        let it = Spans {
            caption: "c".into(),
            rows: vec![Span {
                label: "net".into(),
                values: [-10.0, 0.0, 20.0],
                words: ["-10", "0", "20"].map(Into::into),
            }],
            ticks: vec![(-10.0, "-10".into()), (0.0, "0".into()), (20.0, "20".into())],
        };
        let drawn = spans(&it, 80, Lang::En);
        assert_eq!(drawn, format!("net  [{}#{}]\n    0 (-10 to 20)\n", "-".repeat(10), "-".repeat(19)));
    }
}
