//! Blocks of a report on a page of the screen, laid out for its width.

use ratatui::text::Span;

use super::chart::{self, Row};
use super::doc::Doc;
use crate::lang::Lang;
use crate::messages::chart as c;
use crate::numbers;
use crate::report::figure::{Calibration, Spans, Steps};
use crate::report::{Block, Chart, Figure, Table, Text, plain_text};
use crate::text;
use crate::tui::theme::Meaning;

/// Cells of a bar at most, and those under which the label goes on a line of its own.
const BAR: usize = 40;
const SHORT: usize = 12;
/// Rows of the plot of predicted against observed, and its columns at most.
const PLOT: (usize, usize) = (11, 41);

impl Doc {
    /// Adds blocks of a report.
    pub fn blocks(&mut self, blocks: &[Block], lang: Lang) {
        // One column of labels for the whole page.
        let labels = blocks.iter().filter_map(|block| match block {
            Block::KeyValues(pairs) => Some(self.label(pairs)),
            _ => None,
        });
        let label = labels.max().unwrap_or(0);
        for block in blocks {
            match block {
                Block::Heading { level: 3, text, .. } => self.heading(&text.words()),
                Block::Heading { text, .. } => {
                    self.blank();
                    self.para(Meaning::Title, &text.words());
                }
                Block::Paragraph(text) => self.para(Meaning::Text, &text.words()),
                Block::Note(text) => self.item("! ", Meaning::Warn, &text.words()),
                Block::List { numbered, items } => {
                    for (n, item) in items.iter().enumerate() {
                        let mark = if *numbered { format!("{}. ", n + 1) } else { "- ".to_owned() };
                        self.item(&mark, Meaning::Text, &item.words());
                    }
                }
                Block::KeyValues(pairs) => self.pairs(pairs, label),
                Block::Table(table) => self.table(table),
                Block::Chart(chart) => self.chart(chart, lang),
                Block::Figure(Figure::Steps(steps)) => {
                    self.blank();
                    self.para(Meaning::Muted, &steps.caption.words());
                    self.steps(steps, lang);
                }
                Block::Figure(Figure::Spans(spans)) => self.spans(spans, lang),
                Block::Figure(Figure::Calibration(it)) => self.calibration(it, lang),
            }
        }
    }

    /// Cells of the labels of some pairs.
    fn label(&self, pairs: &[(Text, Text)]) -> usize {
        let longest = pairs.iter().map(|(label, _)| text::width(&label.words())).max().unwrap_or(0);
        longest.min(if self.width >= 60 { 34 } else { 20.max(self.width * 2 / 5) }) + 2
    }

    fn pairs(&mut self, pairs: &[(Text, Text)], label: usize) {
        for (name, value) in pairs {
            self.pair(&name.words(), label, Meaning::Text, &value.words());
        }
    }

    /// A table; where its columns would be too narrow, each row as labels and values.
    fn table(&mut self, table: &Table) {
        self.blank();
        if let Some(lines) = plain_text::lines_of_table(table, self.width) {
            for (n, line) in lines.into_iter().enumerate() {
                let meaning = if n == 0 { Meaning::Muted } else { Meaning::Text };
                let span = self.span(meaning, line);
                self.push(vec![span]);
            }
            self.blank();
            return;
        }
        for row in &table.rows {
            self.blank();
            let Some((first, rest)) = row.split_first() else { continue };
            self.para(Meaning::Title, &first.words());
            let pairs: Vec<(Text, Text)> = table.head.iter().skip(1).cloned().zip(rest.iter().cloned()).collect();
            self.pairs(&pairs, self.label(&pairs));
        }
        self.blank();
    }

    /// A label, a bar and figures; the label on a line of its own where the bar would be too short.
    fn bar_line(&mut self, [label, figures]: [&str; 2], widths: [usize; 2], bar: impl Fn(usize) -> Row) {
        let [label_width, figures_width] = widths;
        let room = self.width.saturating_sub(label_width + figures_width + 2).min(BAR);
        let mut spans: Vec<Span<'static>> = Vec::new();
        let width = if room < SHORT {
            self.para(Meaning::Text, label);
            spans.push(Span::raw("  "));
            self.width.saturating_sub(figures_width + 3).min(BAR)
        } else {
            spans.push(self.span(Meaning::Text, format!("{} ", text::pad(label, label_width))));
            room
        };
        spans.extend(bar(width).spans(self.look()));
        spans.push(self.span(Meaning::Text, format!(" {figures}")));
        self.push(spans);
    }

    fn chart(&mut self, chart: &Chart, lang: Lang) {
        self.blank();
        self.para(Meaning::Muted, &chart.caption.words());
        let ascii = self.look().ascii;
        let rows: Vec<[String; 2]> =
            chart.rows.iter().map(|bar| [bar.label.words(), plain_text::figures(chart, bar, lang)]).collect();
        let widths = widths(&rows);
        for (bar, [label, figures]) in chart.rows.iter().zip(&rows) {
            let meaning = match bar.value {
                _ if !chart.scores => Meaning::Accent,
                ..0.35 => Meaning::Bad,
                ..0.6 => Meaning::Warn,
                _ => Meaning::Good,
            };
            let range = bar.range.unwrap_or([bar.value; 2]);
            self.bar_line([label, figures], widths, |width| chart::range::row(width, range, bar.value, meaning, ascii));
        }
    }

    /// Adds a walk down to the outlook, without its caption.
    pub fn steps(&mut self, steps: &Steps, lang: Lang) {
        let ascii = self.look().ascii;
        let still = [steps.total.value; 2];
        let end = (steps.total.label.words(), numbers::percent(steps.total.value, lang), still);
        let rows = steps.rows.iter().map(|step| (step.label.words(), step.words(lang), [step.from, step.to]));
        let (rows, ends): (Vec<[String; 2]>, Vec<[f64; 2]>) =
            rows.chain([end]).map(|(label, words, ends)| ([label, words], ends)).unzip();
        let widths = widths(&rows);
        for ([label, figures], [before, after]) in rows.iter().zip(ends) {
            let step = chart::waterfall::Step { before, after, more_is_better: true };
            self.bar_line([label, figures], widths, |width| chart::waterfall::row(width, step, ascii));
        }
        let legend = if ascii { c::waterfall_legend_ascii(lang) } else { c::waterfall_legend(lang) };
        self.para(Meaning::Muted, legend);
    }

    fn spans(&mut self, spans: &Spans, lang: Lang) {
        self.blank();
        self.para(Meaning::Muted, &spans.caption.words());
        let ascii = self.look().ascii;
        let rows: Vec<[String; 2]> = spans.rows.iter().map(|row| [row.label.words(), row.words(lang)]).collect();
        let label = widths(&rows)[0].min(self.width / 2);
        for (span, [name, figures]) in spans.rows.iter().zip(&rows) {
            self.bar_line([name, ""], [label, 0], |width| {
                chart::money::range(width, span.values, spans.bounds(), ascii)
            });
            self.item("    ", Meaning::Text, figures);
        }
    }

    fn calibration(&mut self, it: &Calibration, lang: Lang) {
        self.blank();
        self.para(Meaning::Muted, &it.caption.words());
        let width = self.width.saturating_sub(chart::calibration::LABEL).min(PLOT.1);
        let plot = chart::calibration::rows(width, PLOT.0, &it.points, self.look().ascii);
        for row in plot {
            let spans = row.spans(self.look());
            self.push(spans);
        }
        self.table(&Figure::Calibration(it.clone()).table(lang));
    }
}

/// The cells of the longest label and of the longest figures.
fn widths(rows: &[[String; 2]]) -> [usize; 2] {
    [0, 1].map(|n| rows.iter().map(|row| text::width(&row[n])).max().unwrap_or(0))
}
