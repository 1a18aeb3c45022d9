//! The report as Markdown, as `CommonMark` with tables. Everything that a reader or a client typed, and
//! every text of the pack, goes through [`escape`].

use std::fmt::Write as _;

use super::{Block, Report, Span, Table, Text};

pub fn write(report: &Report) -> String {
    let mut out = format!("# {}\n\n", inline(&report.title));
    for (label, value) in &report.meta {
        let _ = writeln!(out, "- {}", pair(label, value, report));
    }
    out.push('\n');
    for block in &report.blocks {
        block_into(block, report, &mut out);
        out.push('\n');
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

fn block_into(block: &Block, report: &Report, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = match block {
        Block::Heading { level, text, .. } => {
            writeln!(out, "{} {}", "#".repeat(usize::from(*level)), inline(text))
        }
        Block::Paragraph(text) => writeln!(out, "{}", line(text)),
        Block::Note(text) => writeln!(out, "> {}", line(text)),
        Block::List { numbered, items } => {
            for (n, item) in items.iter().enumerate() {
                let mark = if *numbered { format!("{}.", n + 1) } else { "-".to_owned() };
                let _ = writeln!(out, "{mark} {}", line(item));
            }
            Ok(())
        }
        Block::KeyValues(pairs) => {
            for (label, value) in pairs {
                let _ = writeln!(out, "- {}", pair(label, value, report));
            }
            Ok(())
        }
        Block::Table(table) => {
            table_into(table, out);
            Ok(())
        }
        Block::Chart(chart) => {
            let _ = writeln!(out, "{}\n\n```text", line(&chart.caption));
            out.push_str(&super::plain_text::bars(chart, CHART_CELLS, report.lang));
            writeln!(out, "```")
        }
        Block::Figure(figure) => {
            let _ = writeln!(out, "{}\n", line(figure.caption()));
            match super::charts::draw(figure, CHART_CELLS, report.lang) {
                Some(drawn) => {
                    let _ = writeln!(out, "```text\n{drawn}```");
                }
                None => table_into(&figure.table(report.lang), out),
            }
            Ok(())
        }
    };
}

/// Width of a chart drawn in characters.
const CHART_CELLS: usize = 76;

fn pair(label: &Text, value: &Text, report: &Report) -> String {
    let colon = crate::messages::num::colon(report.lang);
    format!("**{}**{colon}{}", inline(label), inline(value))
}

fn table_into(table: &Table, out: &mut String) {
    let row = |cells: &[Text]| {
        let cells: Vec<String> = cells.iter().map(inline).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let rule: Vec<&str> = table.figures.iter().map(|figures| if *figures { "---:" } else { "---" }).collect();
    out.push_str(&row(&table.head));
    let _ = writeln!(out, "| {} |", rule.join(" | "));
    for cells in &table.rows {
        out.push_str(&row(cells));
    }
}

/// A text that begins a line: its first character must not begin a block.
fn line(text: &Text) -> String {
    let words = inline(text);
    let trimmed = words.trim_start();
    let digits = trimmed.chars().take_while(char::is_ascii_digit).count();
    let mut rest = trimmed.chars().skip(digits);
    match (digits, rest.next()) {
        (0, Some('#' | '+' | '-' | '=' | ':')) => format!("\\{trimmed}"),
        (1.., Some(mark @ ('.' | ')'))) => {
            let number: String = trimmed.chars().take(digits).collect();
            format!("{number}\\{mark}{}", rest.collect::<String>())
        }
        _ => trimmed.to_owned(),
    }
}

fn inline(text: &Text) -> String {
    text.spans()
        .iter()
        .map(|span| match span {
            Span::Plain(words) => escape(words),
            Span::Strong(words) if words.trim().is_empty() => escape(words),
            Span::Strong(words) => format!("**{}**", escape(words.trim())),
            Span::Link(address) => format!("<{address}>"),
            Span::Code(words) => code(words),
        })
        .collect()
}

/// A code span whose fence is longer than any run of backticks in it.
fn code(words: &str) -> String {
    let longest = words.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if longest > 0 { format!("{fence} {words} {fence}") } else { format!("{fence}{words}{fence}") }
}

/// The words with every character that Markdown could take for markup made literal.
///
/// ```
/// use exequatur::report::markdown::escape;
/// assert_eq!(escape("a | b <i>"), "a \\| b \\<i\\>");
/// ```
pub fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    let bytes = words.as_bytes();
    // What stands between two marks is copied as it is. All marks are ASCII, so that bytes can be compared.
    let mut copied = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let next = bytes.get(at + 1);
        let previous = at.checked_sub(1).and_then(|before| bytes.get(before));
        let word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let marks = match byte {
            b'\\' | b'`' | b'*' | b'[' | b']' | b'<' | b'>' | b'|' | b'~' | b'$' => true,
            // An underscore inside a word is no mark, and ids have many of them.
            b'_' => !(word(previous) && word(next)),
            b'&' => word(next) || next == Some(&b'#'),
            b'!' => next == Some(&b'['),
            // Readers make links of bare addresses.
            b':' => next == Some(&b'/'),
            b'.' => at.checked_sub(3).is_some_and(|from| bytes[from..at].eq_ignore_ascii_case(b"www")),
            _ => false,
        };
        if marks {
            out.push_str(&words[copied..at]);
            out.push('\\');
            copied = at;
        }
    }
    out.push_str(&words[copied..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_becomes_markup() {
        for (typed, written) in [
            ("**x**", "\\*\\*x\\*\\*"),
            ("[a](http://b)", "\\[a\\](http\\://b)"),
            ("![a](b)", "\\!\\[a\\](b)"),
            ("<script>", "\\<script\\>"),
            ("&lt; & x", "\\&lt; & x"),
            ("a|b`c`", "a\\|b\\`c\\`"),
            ("www.evil.example", "www\\.evil.example"),
            ("snake_case _em_", "snake_case \\_em\\_"),
        ] {
            assert_eq!(escape(typed), written);
        }
        for (typed, written) in [
            ("# x", "\\# x"),
            ("- x", "\\- x"),
            ("1. x", "1\\. x"),
            ("12) x", "12\\) x"),
            ("===", "\\==="),
            ("  > x", "\\> x"),
            ("3.5 years", "3\\.5 years"),
        ] {
            assert_eq!(line(&typed.into()), written);
        }
    }
}
