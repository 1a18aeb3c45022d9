//! Drawn figures beyond bars of chances: a walk down to the outlook, ranges of money, calibration. A
//! format that cannot draw prints [`Figure::table`] (and
//! [`Chart::table`]), which holds every figure of the drawing.

use super::document::{Chart, Table, Text};
use crate::lang::Lang;
use crate::messages::{figure as words, num};
use crate::numbers;

#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    /// From certainty down to the outlook, a hurdle at a time.
    Steps(Steps),
    /// Ranges of money on one scale.
    Spans(Spans),
    /// Predicted against observed.
    Calibration(Calibration),
}

/// Chances multiplied one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    pub caption: Text,
    /// Steps, in order; each begins where the one before ended, the first at 1.
    pub rows: Vec<Step>,
    /// What the walk ends in.
    pub total: Total,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What takes something away.
    pub label: Text,
    /// What it is multiplied by, 0 to 1; `None` for a correction that is no factor.
    pub factor: Option<f64>,
    /// Chance before it, 0 to 1.
    pub from: f64,
    /// Chance after it, 0 to 1.
    pub to: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Total {
    pub label: Text,
    pub value: f64,
}

/// Ranges on one scale, with zero in view.
#[derive(Clone, Debug, PartialEq)]
pub struct Spans {
    pub caption: Text,
    /// Ranges, top to bottom.
    pub rows: Vec<Span>,
    /// Marks of the scale in rising order, zero among them; the first and the last bound it.
    pub ticks: Vec<(f64, Text)>,
}

/// A range with its expected figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// What it stands for.
    pub label: Text,
    /// Lowest, expected, highest.
    pub values: [f64; 3],
    pub words: [Text; 3],
}

/// Predictions in groups, against what came of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    pub caption: Text,
    /// Groups, from the lowest prediction.
    pub points: Vec<Point>,
}

/// A group of predictions. All but the number within 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// How many predictions.
    pub n: usize,
    /// Lowest and highest of them.
    pub between: [f64; 2],
    /// Their mean.
    pub predicted: f64,
    /// Share that came true.
    pub observed: f64,
}

impl Figure {
    pub fn caption(&self) -> &Text {
        match self {
            Figure::Steps(it) => &it.caption,
            Figure::Spans(it) => &it.caption,
            Figure::Calibration(it) => &it.caption,
        }
    }

    /// All its figures as a table, for formats that cannot draw and readers who cannot see.
    pub fn table(&self, lang: Lang) -> Table {
        match self {
            Figure::Steps(it) => it.table(lang),
            Figure::Spans(it) => it.table(lang),
            Figure::Calibration(it) => it.table(lang),
        }
    }
}

impl Step {
    /// `× 82% = 64%`; what is left alone where it is no factor.
    pub fn words(&self, lang: Lang) -> String {
        let left = numbers::percent(self.to, lang);
        match self.factor {
            Some(factor) => words::step(lang, numbers::percent(factor, lang), left),
            None => left,
        }
    }
}

impl Steps {
    fn table(&self, lang: Lang) -> Table {
        let percent = |p: f64| Text::from(numbers::percent(p, lang));
        let none = || Text::from(num::none(lang));
        let mut rows: Vec<Vec<Text>> = self
            .rows
            .iter()
            .map(|step| vec![step.label.clone(), step.factor.map_or_else(none, percent), percent(step.to)])
            .collect();
        rows.push(vec![self.total.label.clone(), none(), percent(self.total.value)]);
        Table {
            caption: self.caption.clone(),
            head: [words::hurdle(lang), words::factor(lang), words::left(lang)].map(Text::from).to_vec(),
            rows,
            figures: vec![false, true, true],
        }
    }
}

impl Span {
    /// `USD 250,000 (USD 90,000 to USD 600,000)`.
    pub fn words(&self, lang: Lang) -> String {
        let [low, expected, high] = self.words.each_ref().map(Text::words);
        num::bracket(lang, numbers::range(&low, &high, lang), expected)
    }
}

impl Spans {
    fn table(&self, lang: Lang) -> Table {
        let rows = self.rows.iter().map(|span| {
            let [low, expected, high] = span.words.clone();
            vec![span.label.clone(), low, expected, high]
        });
        Table {
            caption: self.caption.clone(),
            rows: rows.collect(),
            head: [words::what(lang), words::low(lang), words::expected(lang), words::high(lang)]
                .map(Text::from)
                .to_vec(),
            figures: vec![false, true, true, true],
        }
    }

    /// The ends of the scale.
    pub fn bounds(&self) -> [f64; 2] {
        let ends = [self.ticks.first(), self.ticks.last()].map(|tick| tick.map_or(0.0, |(at, _)| *at));
        if ends[1] > ends[0] { ends } else { [ends[0], ends[0] + 1.0] }
    }
}

impl Calibration {
    fn table(&self, lang: Lang) -> Table {
        let rows = self.points.iter().enumerate().map(|(n, point)| {
            let percent = |p| Text::from(numbers::percent(p, lang));
            vec![
                (n + 1).to_string().into(),
                numbers::percent_range(point.between, lang).into(),
                point.n.to_string().into(),
                percent(point.predicted),
                percent(point.observed),
            ]
        });
        Table {
            caption: self.caption.clone(),
            rows: rows.collect(),
            head: [
                words::fifth(lang),
                words::between(lang),
                words::number(lang),
                words::predicted(lang),
                words::observed(lang),
            ]
            .map(Text::from)
            .to_vec(),
            figures: vec![false, true, true, true, true],
        }
    }
}

impl Chart {
    /// All its figures as a table.
    pub fn table(&self, lang: Lang) -> Table {
        let show =
            |value: f64| if self.scores { format!("{:.0}", value * 100.0) } else { numbers::percent(value, lang) };
        let rows = self.rows.iter().map(|bar| {
            let range = bar.range.map_or_else(
                || num::none(lang).to_owned(),
                |[low, high]| numbers::range(&show(low), &show(high), lang),
            );
            vec![bar.label.clone(), show(bar.value).into(), range.into()]
        });
        Table {
            caption: self.caption.clone(),
            rows: rows.collect(),
            head: [words::what(lang), words::value(lang), words::range(lang)].map(Text::from).to_vec(),
            figures: vec![false, true, true],
        }
    }
}

/// Marks of a scale that holds zero and all values: round steps of 1, 2 or 5 times a power of ten, at
/// most five apart.
pub fn ticks(values: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let (low, high) = values
        .into_iter()
        .filter(|value| value.is_finite())
        .fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
    let rough = ((high - low) / 4.0).max(1.0);
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|n| n * power).find(|step| *step >= rough).unwrap_or(rough);
    let mut out = Vec::new();
    let mut at = (low / step).floor();
    let last = (high / step).ceil().max(at + 1.0);
    while at <= last {
        // Adding zero turns a negative zero into zero.
        out.push(at * step + 0.0);
        at += 1.0;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_is_round_and_holds_zero_and_every_value() {
        assert_eq!(ticks([90_000.0, 410_000.0]), [0.0, 200_000.0, 400_000.0, 600_000.0]);
        assert_eq!(ticks([-30_000.0, 55_000.0]), [-50_000.0, 0.0, 50_000.0, 100_000.0]);
        assert_eq!(ticks([-30_000.0, -10_000.0]), [-30_000.0, -20_000.0, -10_000.0, 0.0]);
        assert_eq!(ticks([0.0]), [0.0, 1.0]);
    }

    #[test]
    fn the_table_of_a_walk_holds_every_step_and_its_end() {
        let steps = Figure::Steps(Steps {
            caption: "c".into(),
            rows: vec![
                Step { label: "a".into(), factor: Some(0.8), from: 1.0, to: 0.8 },
                Step { label: "b".into(), factor: None, from: 0.8, to: 0.75 },
            ],
            total: Total { label: "t".into(), value: 0.75 },
        });
        let table = steps.table(Lang::En);
        let words: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(Text::words).collect()).collect();
        assert_eq!(words, [["a", "80%", "80%"], ["b", "-", "75%"], ["t", "-", "75%"]]);
    }
}
