//! How wide the columns of a table on paper are: the same for every format that must say so.

use super::{Span, Table, Text};
use crate::text::width;

/// Cells of half a Chinese character across a page, at the size of a table's text.
const PAGE: usize = 104;
/// Most cells that the longest word of a column can claim: a longer one is broken.
const WORD: usize = 14;
/// A Chinese text of at most so many cells, such as a date, stays on one line.
const SHORT: usize = 14;
/// Cells that an address asks for; it can be broken anywhere.
const ADDRESS: usize = 30;
/// Blank cells beside each column.
const GAP: usize = 2;

/// The share of each column in the width of the page, in thousandths; they add up to 1000.
pub(super) fn shares(table: &Table) -> Vec<u32> {
    let columns: Vec<[usize; 2]> = (0..table.head.len())
        .map(|column| {
            let cells = table.rows.iter().filter_map(|row| row.get(column)).map(needs);
            // A heading of several words goes on two lines.
            let head = table.head.get(column).map(needs).map(|[word, whole]| [word, word.max(whole.div_ceil(2))]);
            cells.chain(head).fold([1, 1], |[word, whole], needs| [word.max(needs[0]), whole.max(needs[1])])
        })
        .map(|[word, whole]| [word + GAP, whole + GAP])
        .collect();
    let least: usize = columns.iter().map(|[word, _]| word).sum();
    // Wide columns give way until all fit, but none below its longest word.
    let mut cap = columns.iter().map(|[_, whole]| *whole).max().unwrap_or(1);
    let width = |[word, whole]: &[usize; 2], cap: usize| (*whole).min(cap).max(*word);
    while cap > 1 && columns.iter().map(|column| width(column, cap)).sum::<usize>() > PAGE.max(least) {
        cap -= 1;
    }
    thousandths(&columns.iter().map(|column| width(column, cap)).collect::<Vec<_>>())
}

/// Cells of the longest word of a text, and of the whole.
fn needs(text: &Text) -> [usize; 2] {
    text.spans().iter().fold([0, 0], |[word, whole], span| match span {
        Span::Link(address) | Span::Code(address) => [word.max(WORD), whole + width(address).min(ADDRESS)],
        Span::Plain(words) | Span::Strong(words) => {
            // Chinese can be broken at every character.
            let piece = words.split(|c: char| !c.is_ascii() || c.is_whitespace()).map(width).max();
            let all = width(words) + quarters(words).div_ceil(2);
            let short = if words.is_ascii() || width(words) > SHORT { 0 } else { all };
            [word.max(piece.unwrap_or(0).min(WORD)).max(short), whole + all]
        }
    })
}

/// Where a letter or figure meets a Chinese character: typesetting leaves a quarter of one between them.
fn quarters(words: &str) -> usize {
    let latin = |c: char| c.is_ascii_alphanumeric();
    let chinese = |c: char| matches!(c, '\u{3400}'..='\u{9fff}');
    let pairs = words.chars().zip(words.chars().skip(1));
    pairs.filter(|(a, b)| (latin(*a) && chinese(*b)) || (chinese(*a) && latin(*b))).count()
}

/// Whole thousandths, what is left over going to those that lost most by rounding down.
fn thousandths(widths: &[usize]) -> Vec<u32> {
    let all = widths.iter().sum::<usize>().max(1);
    let mut out: Vec<u32> = widths.iter().map(|width| u32::try_from(width * 1000 / all).unwrap_or(0)).collect();
    let rest = 1000_u32.saturating_sub(out.iter().sum()) as usize;
    let mut by_loss: Vec<usize> = (0..widths.len()).collect();
    by_loss.sort_by_key(|at| std::cmp::Reverse(widths[*at] * 1000 % all));
    for at in by_loss.into_iter().take(rest) {
        out[at] += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(head: &[&str], row: &[&str]) -> Table {
        Table {
            caption: "".into(),
            head: head.iter().map(|words| (*words).into()).collect(),
            rows: vec![row.iter().map(|words| (*words).into()).collect()],
            figures: vec![false; head.len()],
        }
    }

    #[test]
    fn shares_fill_the_page_and_long_text_leaves_figures_their_place() {
        // 5 and 12 cells, 2 of blank each: 7 and 14 of 21.
        assert_eq!(shares(&table(&["a", "b"], &["12345", "one two tres"])), [333, 667]);
        let long = "words ".repeat(80);
        let shares = shares(&table(&["What", "Log-odds", "Support"], &[&long, "-10.25", &long]));
        assert_eq!(shares.iter().sum::<u32>(), 1000);
        // "Log-odds" is 8 cells and 2 of blank of 104.
        assert!(shares[1] >= 96 && shares[1] < 106, "{shares:?}");
        assert!(shares[0].abs_diff(shares[2]) <= 1, "{shares:?}");
    }

    #[test]
    fn a_chinese_date_stays_on_one_line() {
        // Seven figures, three characters, and five places where they meet: 7 + 6 + 3 cells.
        assert_eq!(needs(&"2035年6月10日".into()), [16, 16]);
        assert_eq!(needs(&"各".repeat(20).as_str().into()), [0, 40]);
    }
}
