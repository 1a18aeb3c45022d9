//! The report as plain text of at most 80 cells a line. Only addresses and what is there to be copied
//! may be longer: broken, they are of no use.

use super::{Bar, Block, Chart, Report, Span, Table, Text};
use crate::lang::Lang;
use crate::messages::num;
use crate::text::{pad, width, wrap};

pub(crate) const CELLS: usize = 80;
/// Cells between two columns.
const GAP: usize = 2;
/// Least cells of a column, and of the labels of key-values at most.
const NARROW: usize = 8;
const LABEL: usize = 26;
/// Least cells of a column of words that is broken into lines, where there is another form.
const READABLE: usize = 16;

pub fn write(report: &Report) -> String {
    let mut out = String::new();
    underlined(&report.title.words(), '=', &mut out);
    out.push('\n');
    pairs(&report.meta, &mut out);
    for block in &report.blocks {
        out.push('\n');
        match block {
            Block::Heading { level: 2, text, .. } => {
                out.push('\n');
                underlined(&text.words(), '=', &mut out);
            }
            Block::Heading { level: 3, text, .. } => underlined(&text.words(), '-', &mut out),
            Block::Heading { text, .. } => lines(&format!("* {}", text.words()), "", "  ", &mut out),
            Block::Paragraph(text) => lines_of(text, "", "", &mut out),
            Block::Note(text) => lines_of(text, "! ", "  ", &mut out),
            Block::List { numbered, items } => {
                for (n, item) in items.iter().enumerate() {
                    let mark = if *numbered { format!("{}. ", n + 1) } else { "- ".to_owned() };
                    let indent = " ".repeat(width(&mark));
                    lines_of(item, &mark, &indent, &mut out);
                }
            }
            Block::KeyValues(values) => pairs(values, &mut out),
            Block::Table(it) => table(it, CELLS, &mut out),
            Block::Chart(chart) => {
                lines_of(&chart.caption, "", "", &mut out);
                out.push_str(&bars(chart, CELLS, report.lang));
            }
            Block::Figure(figure) => {
                lines_of(figure.caption(), "", "", &mut out);
                match super::charts::draw(figure, CELLS, report.lang) {
                    Some(drawn) => out.push_str(&drawn),
                    None => table(&figure.table(report.lang), CELLS, &mut out),
                }
            }
        }
    }
    out
}

fn underlined(words: &str, rule: char, out: &mut String) {
    let from = out.len();
    lines(words, "", "", out);
    let widest = out.get(from..).unwrap_or_default().lines().map(width).max().unwrap_or(0);
    out.extend(std::iter::repeat_n(rule, widest));
    out.push('\n');
}

/// Wrapped lines with a mark before the first and an indent before the others.
fn lines(words: &str, mark: &str, indent: &str, out: &mut String) {
    for (n, line) in wrap(words, CELLS - width(mark)).iter().enumerate() {
        out.push_str(if n == 0 { mark } else { indent });
        out.push_str(line);
        out.push('\n');
    }
}

/// The same for a text with addresses, each of which gets a line of its own.
fn lines_of(text: &Text, mark: &str, indent: &str, out: &mut String) {
    let mut first = true;
    for piece in pieces(text) {
        let mark = if first { mark } else { indent };
        first = false;
        match piece {
            Piece::Words(words) => lines(words.trim(), mark, indent, out),
            Piece::Whole(words) => {
                out.push_str(mark);
                out.push_str(words);
                out.push('\n');
            }
        }
    }
}

enum Piece<'t> {
    Words(String),
    /// An address or something to copy.
    Whole(&'t str),
}

fn pieces(text: &Text) -> Vec<Piece<'_>> {
    let mut out: Vec<Piece<'_>> = Vec::new();
    for span in text.spans() {
        match span {
            Span::Link(words) | Span::Code(words) => out.push(Piece::Whole(words)),
            Span::Plain(words) | Span::Strong(words) => match out.last_mut() {
                Some(Piece::Words(so_far)) => so_far.push_str(words),
                _ if words.trim().is_empty() => {}
                _ => out.push(Piece::Words(words.clone())),
            },
        }
    }
    out
}

/// Cell text as lines of a width; addresses whole.
fn cell(text: &Text, cells: usize) -> Vec<String> {
    let mut out = Vec::new();
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => out.extend(wrap(words.trim(), cells)),
            Piece::Whole(words) => out.push(words.to_owned()),
        }
    }
    out
}

fn pairs(pairs: &[(Text, Text)], out: &mut String) {
    let label = pairs.iter().map(|(label, _)| width(&label.words())).max().unwrap_or(0).min(LABEL);
    for (key, value) in pairs {
        let keys = wrap(&key.words(), label);
        let values = cell(value, CELLS - label - GAP);
        rows(&[keys, values], &[label, CELLS - label - GAP], &[false, false], out);
    }
}

/// Cells of the longest line of each column.
fn natural(table: &Table) -> Vec<usize> {
    let longest = |text: &Text| {
        let words = pieces(text).into_iter().map(|piece| match piece {
            Piece::Words(words) => width(words.trim()),
            Piece::Whole(_) => 0,
        });
        words.max().unwrap_or(0)
    };
    let column = |n: usize| table.rows.iter().map(move |row| &row[n]).chain([&table.head[n]]).map(longest).max();
    (0..table.head.len()).map(|n| column(n).unwrap_or(0).max(1)).collect()
}

/// Cells for the columns of a table without the gaps between them.
fn room(table: &Table, cells: usize) -> usize {
    cells.saturating_sub(GAP * table.head.len().saturating_sub(1))
}

/// A table in so many cells a line; `None` where it would be too narrow to be read.
pub(crate) fn lines_of_table(it: &Table, cells: usize) -> Option<Vec<String>> {
    let natural = natural(it);
    let widths = fit(&natural, room(it, cells));
    let cut = natural.iter().zip(&widths).any(|(natural, width)| width < natural && *width < READABLE);
    // An address that is wider than its column would run over the next one.
    let too_long = |(text, cells): (&Text, &usize)| {
        pieces(text).iter().any(|piece| matches!(piece, Piece::Whole(words) if width(words) > *cells))
    };
    let over = it.rows.iter().any(|row| row.iter().zip(&widths).any(too_long));
    if cut || over || widths.iter().sum::<usize>() > room(it, cells) {
        return None;
    }
    let mut out = String::new();
    table(it, cells, &mut out);
    Some(out.lines().map(str::to_owned).collect())
}

fn table(table: &Table, cells: usize, out: &mut String) {
    let widths = fit(&natural(table), room(table, cells));
    let print = |cells: &[Text], out: &mut String| {
        let cells: Vec<Vec<String>> = cells.iter().zip(&widths).map(|(text, width)| cell(text, *width)).collect();
        rows(&cells, &widths, &table.figures, out);
        cells.iter().any(|lines| lines.len() > 1)
    };
    print(&table.head, out);
    for (n, width) in widths.iter().enumerate() {
        out.push_str(&" ".repeat(if n == 0 { 0 } else { GAP }));
        out.push_str(&"-".repeat(*width));
    }
    out.push('\n');
    let mut tall = false;
    for (n, row) in table.rows.iter().enumerate() {
        // A blank line tells rows apart where one of them has several lines.
        let mut text = String::new();
        let is_tall = print(row, &mut text);
        if n > 0 && (tall || is_tall) {
            out.push('\n');
        }
        out.push_str(&text);
        tall = is_tall;
    }
}

/// Widths of columns that fit: wide ones give way until all do, none below [`NARROW`].
fn fit(natural: &[usize], room: usize) -> Vec<usize> {
    let mut widths = natural.to_vec();
    let mut cap = widths.iter().copied().max().unwrap_or(0);
    while widths.iter().sum::<usize>() > room && cap > NARROW {
        cap -= 1;
        for width in &mut widths {
            *width = (*width).min(cap);
        }
    }
    widths
}

/// Cells side by side, line by line; the last column is not padded.
fn rows(cells: &[Vec<String>], widths: &[usize], figures: &[bool], out: &mut String) {
    let tall = cells.iter().map(Vec::len).max().unwrap_or(0);
    for n in 0..tall {
        let mut line = String::new();
        for (column, lines) in cells.iter().enumerate() {
            let words = lines.get(n).map_or("", String::as_str);
            if column > 0 {
                line.push_str(&" ".repeat(GAP));
            }
            if figures[column] {
                line.push_str(&" ".repeat(widths[column].saturating_sub(width(words))));
                line.push_str(words);
            } else if column + 1 == cells.len() {
                line.push_str(words);
            } else {
                line.push_str(&pad(words, widths[column]));
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// Cells of a drawn bar.
const BAR: usize = 30;

/// A chart in characters: `-` over the range, `#` at the value; ASCII, so that no font can fail.
pub(super) fn bars(chart: &Chart, cells: usize, lang: Lang) -> String {
    let words: Vec<String> = chart.rows.iter().map(|row| figures(chart, row, lang)).collect();
    let widest = |lines: &mut dyn Iterator<Item = usize>| lines.max().unwrap_or(0);
    let room = cells.saturating_sub(BAR + 5 + widest(&mut words.iter().map(|words| width(words))));
    let label = widest(&mut chart.rows.iter().map(|row| width(&row.label.words()))).min(room);
    let mut out = String::new();
    for (row, words) in chart.rows.iter().zip(words) {
        let [low, high] = row.range.unwrap_or([row.value; 2]).map(cell_of);
        let value = cell_of(row.value);
        let drawn: String = (0..BAR)
            .map(|cell| match cell {
                cell if cell == value => '#',
                cell if (low..=high).contains(&cell) => '-',
                _ => ' ',
            })
            .collect();
        for piece in [&pad(&row.label.words(), label), "  [", &drawn, "] ", &words, "\n"] {
            out.push_str(piece);
        }
    }
    out
}

/// The cell of a bar in which a value falls.
fn cell_of(value: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a value within 0..=1 times a few dozen cells"
    )]
    let cell = (value.clamp(0.0, 1.0) * (BAR - 1) as f64).round() as usize;
    cell
}

/// The figures beside a bar.
pub fn figures(chart: &Chart, row: &Bar, lang: Lang) -> String {
    let value = crate::numbers::percent(row.value, lang);
    match row.range.map(|range| crate::numbers::percent_range(range, lang)) {
        _ if chart.scores => format!("{:.0}", row.value * 100.0),
        Some(range) if range != value => num::bracket(lang, range, value),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_columns_give_way_and_narrow_ones_stay() {
        assert_eq!(fit(&[10, 5], 80), [10, 5]);
        assert_eq!(fit(&[100, 5], 40), [35, 5]);
        assert_eq!(fit(&[100, 100, 4], 44), [20, 20, 4]);
    }
}
