//! Figures as SVG: plain shapes and text, no style sheet, no script, readable without colour.
//!
//! Colours and fonts come with [`Look`]. Every label stands above its bar, so that a drawing of this
//! width can be read on a telephone.

use std::fmt::Write as _;

use super::document::{Chart, Table};
use super::figure::{Calibration, Figure, Spans, Steps};
use super::markup::escape;
use crate::lang::Lang;
use crate::messages::{figure as words, num};
use crate::numbers;
use crate::text::{width, wrap};

/// Colours and font of a drawing, as values of SVG attributes.
#[derive(Clone, Copy, Debug)]
pub struct Look<'s> {
    /// Text and outlines.
    pub ink: &'s str,
    /// Text of less weight.
    pub muted: &'s str,
    /// Lines of the scale.
    pub grid: &'s str,
    pub range: &'s str,
    /// The value itself.
    pub mark: &'s str,
    /// Family of fonts; empty to take that of the page.
    pub font: &'s str,
}

/// Units across a drawing.
const WIDTH: f64 = 440.0;
/// Height of text, and the space of a line.
const SIZE: f64 = 13.0;
const LINE: f64 = 17.0;
/// Width of a cell of text, on the safe side for the fonts of the look.
const CELL: f64 = 7.2;
/// Cells across a drawing.
const CELLS: usize = 61;
const BAR: f64 = 11.0;
/// Space at both ends of a scale, so that marks at its ends are whole.
const INSET: f64 = 4.0;

/// A chart of chances or scores with their ranges. `id` must be unique on the page.
pub fn chart(chart: &Chart, look: &Look<'_>, id: &str, lang: Lang) -> String {
    let mut canvas = Canvas::new(look);
    let ticks: Vec<(f64, String)> = [0.0, 0.25, 0.5, 0.75, 1.0]
        .into_iter()
        .map(|at| (at, if chart.scores { format!("{:.0}", at * 100.0) } else { numbers::percent(at, lang) }))
        .collect();
    let scale = Scale { low: 0.0, high: 1.0 };
    for bar in &chart.rows {
        canvas.head(&bar.label.words(), &super::plain_text::figures(chart, bar, lang));
        canvas.grid(&scale, &ticks);
        if let Some([low, high]) = bar.range {
            canvas.bar(&scale, low, high, false);
        }
        canvas.mark(&scale, bar.value);
        canvas.y += BAR + 10.0;
    }
    canvas.axis(&scale, &ticks);
    canvas.finish(id, &chart.table(lang))
}

/// Another figure. `id` must be unique on the page.
pub fn figure(figure: &Figure, look: &Look<'_>, id: &str, lang: Lang) -> String {
    let mut canvas = Canvas::new(look);
    match figure {
        Figure::Steps(it) => canvas.steps(it, lang),
        Figure::Spans(it) => canvas.spans(it, lang),
        Figure::Calibration(it) => canvas.calibration(it, lang),
    }
    canvas.finish(id, &figure.table(lang))
}

/// From a value to a place across the drawing.
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn x(&self, value: f64) -> f64 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        INSET + share * (WIDTH - 2.0 * INSET)
    }
}

struct Canvas<'l> {
    look: &'l Look<'l>,
    body: String,
    y: f64,
}

/// Where a text is held.
#[derive(Clone, Copy, PartialEq)]
enum Anchor {
    Start,
    Middle,
    End,
}

/// A length to a tenth: a drawing has many, and to format a fraction exactly costs more than to draw it.
struct Tenths(f64);

impl std::fmt::Display for Tenths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        #[expect(clippy::cast_possible_truncation, reason = "a place within a drawing")]
        let tenths = (self.0 * 10.0).round() as i64;
        let sign = if tenths < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
    }
}

impl<'l> Canvas<'l> {
    fn new(look: &'l Look<'l>) -> Self {
        Canvas { look, body: String::new(), y: 2.0 }
    }

    fn text(&mut self, x: f64, y: f64, anchor: Anchor, colour: &str, words: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let (x, y) = (Tenths(x), Tenths(y));
        let _ =
            write!(self.body, "<text x=\"{x}\" y=\"{y}\"{anchor} fill=\"{}\">{}</text>", escape(colour), escape(words));
    }

    fn line(&mut self, ends: [f64; 4], stroke: f64, colour: &str, dashed: bool) {
        let dash = if dashed { " stroke-dasharray=\"4 4\"" } else { "" };
        let [x1, y1, x2, y2] = ends.map(Tenths);
        let _ = write!(
            self.body,
            "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"{}\" stroke-width=\"{stroke}\"{dash}/>",
            escape(colour)
        );
    }

    /// A label and, at the other end of the line or below it, its figures.
    fn head(&mut self, label: &str, figures: &str) {
        let beside = CELLS.saturating_sub(width(figures) + 2);
        let own_line = beside < 22 && width(label) > beside;
        let (ink, muted) = (self.look.ink, self.look.muted);
        for (n, line) in wrap(label, if own_line { CELLS } else { beside }).iter().enumerate() {
            self.y += LINE;
            self.text(0.0, self.y, Anchor::Start, ink, line);
            if n == 0 && !own_line {
                self.text(WIDTH, self.y, Anchor::End, ink, figures);
            }
        }
        for line in if own_line { wrap(figures, CELLS) } else { Vec::new() } {
            self.y += LINE;
            self.text(0.0, self.y, Anchor::Start, muted, &line);
        }
        self.y += 6.0;
    }

    /// Lines of the scale behind the bar that comes next.
    fn grid(&mut self, scale: &Scale, ticks: &[(f64, String)]) {
        for (at, _) in ticks {
            let x = scale.x(*at);
            self.line([x, self.y - 3.0, x, self.y + BAR + 3.0], 1.0, self.look.grid, false);
        }
    }

    /// A bar over a range: strong for what goes, light with an outline for what is left.
    fn bar(&mut self, scale: &Scale, low: f64, high: f64, strong: bool) {
        let (from, to) = (scale.x(low), scale.x(high));
        let fill = if strong { self.look.mark } else { self.look.range };
        let _ = write!(
            self.body,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"0.8\"/>",
            Tenths(from),
            Tenths(self.y),
            Tenths((to - from).max(0.5)),
            Tenths(BAR),
            escape(fill),
            escape(self.look.mark)
        );
    }

    /// The mark of a value.
    fn mark(&mut self, scale: &Scale, value: f64) {
        let _ = write!(
            self.body,
            "<rect x=\"{}\" y=\"{}\" width=\"5\" height=\"{}\" fill=\"{}\"/>",
            Tenths(scale.x(value) - 2.5),
            Tenths(self.y - 3.0),
            Tenths(BAR + 6.0),
            escape(self.look.mark)
        );
    }

    /// Words of the scale; one that would touch its neighbour is left out.
    fn axis(&mut self, scale: &Scale, ticks: &[(f64, String)]) {
        self.y += SIZE - 3.0;
        let muted = self.look.muted;
        // Zero and then the ends say the most, so they take their place first.
        let mut order: Vec<usize> = (0..ticks.len()).collect();
        order.sort_by_key(|at| (ticks[*at].0 != 0.0, *at != 0 && at + 1 != ticks.len()));
        let mut taken: Vec<[f64; 2]> = Vec::new();
        for (value, words) in order.into_iter().map(|at| &ticks[at]) {
            let x = scale.x(*value);
            #[expect(clippy::cast_precision_loss, reason = "cells of a label")]
            let wide = width(words) as f64 * CELL;
            let (anchor, from) = if x - wide / 2.0 < 0.0 {
                (Anchor::Start, 0.0)
            } else if x + wide / 2.0 > WIDTH {
                (Anchor::End, WIDTH - wide)
            } else {
                (Anchor::Middle, x - wide / 2.0)
            };
            if taken.iter().any(|[low, high]| from < high + CELL && from + wide > low - CELL) {
                continue;
            }
            taken.push([from, from + wide]);
            let x = match anchor {
                Anchor::Start => 0.0,
                Anchor::Middle => x,
                Anchor::End => WIDTH,
            };
            self.text(x, self.y, anchor, muted, words);
        }
        self.y += 6.0;
    }

    fn steps(&mut self, steps: &Steps, lang: Lang) {
        let scale = Scale { low: 0.0, high: 1.0 };
        let ticks: Vec<(f64, String)> =
            [0.0, 0.25, 0.5, 0.75, 1.0].into_iter().map(|at| (at, numbers::percent(at, lang))).collect();
        for step in &steps.rows {
            self.head(&step.label.words(), &step.words(lang));
            self.grid(&scale, &ticks);
            let (left, before) = (step.from.min(step.to), step.from.max(step.to));
            self.bar(&scale, 0.0, left, false);
            self.bar(&scale, left, before, true);
            self.y += BAR + 8.0;
        }
        self.head(&steps.total.label.words(), &numbers::percent(steps.total.value, lang));
        self.grid(&scale, &ticks);
        self.bar(&scale, 0.0, steps.total.value, false);
        self.mark(&scale, steps.total.value);
        self.y += BAR + 10.0;
        self.axis(&scale, &ticks);
    }

    fn spans(&mut self, spans: &Spans, lang: Lang) {
        let [low, high] = spans.bounds();
        let scale = Scale { low, high };
        let ticks: Vec<(f64, String)> = spans.ticks.iter().map(|(at, words)| (*at, words.words())).collect();
        for span in &spans.rows {
            self.head(&span.label.words(), &span.words(lang));
            self.grid(&scale, &ticks);
            self.bar(&scale, span.values[0], span.values[2], false);
            // Zero parts loss from gain, so its line lies over the range.
            let zero = scale.x(0.0);
            self.line([zero, self.y - 5.0, zero, self.y + BAR + 5.0], 1.5, self.look.ink, false);
            self.mark(&scale, span.values[1]);
            self.y += BAR + 10.0;
        }
        self.axis(&scale, &ticks);
    }

    /// A square of predicted against observed, with the line on which both are the same.
    fn calibration(&mut self, it: &Calibration, lang: Lang) {
        let (left, size, top) = (60.0, 330.0, self.y + LINE + 8.0);
        let bottom = top + size;
        let look = *self.look;
        self.text(0.0, self.y + LINE - 4.0, Anchor::Start, look.ink, words::observed(lang));
        let place = |x: f64, y: f64| (left + x.clamp(0.0, 1.0) * size, bottom - y.clamp(0.0, 1.0) * size);
        for at in [0.0, 0.25, 0.5, 0.75, 1.0] {
            let (x, y) = place(at, at);
            self.line([x, top, x, bottom], 1.0, look.grid, false);
            self.line([left, y, left + size, y], 1.0, look.grid, false);
            let label = numbers::percent(at, lang);
            self.text(left - 6.0, y + 4.0, Anchor::End, look.muted, &label);
            self.text(x, bottom + LINE, Anchor::Middle, look.muted, &label);
        }
        self.line([left, bottom, left + size, top], 1.5, look.muted, true);
        for (n, point) in it.points.iter().enumerate() {
            let (x, y) = place(point.predicted, point.observed);
            let _ = write!(
                self.body,
                "<circle cx=\"{}\" cy=\"{}\" r=\"6\" fill=\"{}\" stroke=\"{}\"/>",
                Tenths(x),
                Tenths(y),
                escape(look.range),
                escape(look.mark)
            );
            let label = num::bracket(lang, format!("n = {}", point.n), n + 1);
            // Words stand on the side of the dashed line on which there is room.
            let below = point.observed < point.predicted && point.predicted < 0.75;
            let right = below || point.predicted < 0.3;
            let (x, anchor) = if right { (x + 11.0, Anchor::Start) } else { (x - 11.0, Anchor::End) };
            self.text(x, y + 4.5, anchor, look.ink, &label);
        }
        self.y = bottom + 2.0 * LINE + 4.0;
        self.text(left + size, self.y, Anchor::End, look.ink, words::predicted(lang));
        self.y += 6.0;
    }

    /// The drawing with its name and, in words, all its figures.
    fn finish(self, id: &str, table: &Table) -> String {
        let rows = table.rows.iter().map(|row| {
            let cells: Vec<String> = table
                .head
                .iter()
                .zip(row)
                .skip(1)
                .map(|(head, cell)| format!("{} {}", head.words(), cell.words()))
                .collect();
            format!("{}: {}", row.first().map(super::Text::words).unwrap_or_default(), cells.join(", "))
        });
        let told = rows.collect::<Vec<_>>().join("; ");
        let font = if self.look.font.is_empty() {
            String::new()
        } else {
            format!(" font-family=\"{}\"", escape(self.look.font))
        };
        let id = escape(id);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH:.0} {:.0}\" role=\"img\" aria-labelledby=\"{id}-title\" aria-describedby=\"{id}-desc\" font-size=\"{SIZE:.0}\"{font}>\
             <title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>{}</svg>",
            self.y.ceil(),
            escape(&table.caption.words()),
            escape(&told),
            self.body
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOK: Look<'static> =
        Look { ink: "#1a1a1a", muted: "#555555", grid: "#c4c4c4", range: "#b9cfe0", mark: "#17466b", font: "" };
    use crate::report::Bar;

    #[test]
    fn a_bar_lies_where_its_figures_say() {
        let it = Chart {
            caption: "c <x>".into(),
            scores: false,
            rows: vec![Bar { label: "a & b".into(), value: 0.5, range: Some([0.25, 1.0]), words: "w".into() }],
        };
        let drawn = chart(&it, &LOOK, "one", Lang::En);
        // 432 units between the insets: a quarter is 4 + 108, three quarters are 324 wide.
        assert!(drawn.contains("<rect x=\"112.0\" y=\"25.0\" width=\"324.0\""), "{drawn}");
        // The mark is five wide around 4 + 216.
        assert!(drawn.contains("<rect x=\"217.5\""), "{drawn}");
        assert!(drawn.contains("<title id=\"one-title\">c &lt;x&gt;</title>") && drawn.contains("a &amp; b"));
    }
}
