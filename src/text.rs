//! Text as a terminal sees it: cells, graphemes, line breaks, and nothing that a terminal would obey.
//!
//! Everything measures in cells (a Chinese character is two), cuts at graphemes and breaks lines by UAX #14, because a
//! widget library's own wrapping takes a run of Chinese for one word.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Width in terminal cells.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// The text with everything that a terminal or a reader could be deceived by made visible: control
/// characters as `^X`, bidirectional overrides, zero-width and other invisible format characters as
/// `<U+202E>`. A line feed stays; a tab becomes a blank. Of marks heaped on one letter the first few
/// stay and the rest are counted: `<+992 marks>`.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c == '\t' || (c != '\n' && is_hidden(c))) && !is_flooded(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut marks = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        marks = if is_mark(c) { marks + 1 } else { 0 };
        if marks > MOST_MARKS {
            if !chars.peek().is_some_and(|next| is_mark(*next)) {
                let _ = write!(out, "<+{} marks>", marks - MOST_MARKS);
            }
            continue;
        }
        match c {
            '\n' => out.push('\n'),
            '\t' => out.push(' '),
            '\u{7f}' => out.push_str("^?"),
            c if (c as u32) < 0x20 => {
                out.push('^');
                out.push(char::from(b'@' + c as u8));
            }
            c if is_hidden(c) => {
                let _ = write!(out, "<U+{:04X}>", c as u32);
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The text at the right of so many cells, clipped where it is longer.
pub fn right(text: &str, cells: usize) -> String {
    let text = clip(text, cells);
    format!("{}{text}", " ".repeat(cells.saturating_sub(width(&text))))
}

/// The text on one line: cleaned, with line feeds as blanks.
pub(crate) fn one_line(text: &str) -> String {
    let clean = clean(text);
    if clean.contains('\n') { clean.replace('\n', " ") } else { clean.into_owned() }
}

/// Most marks on one letter that are shown: no script that people write needs more.
const MOST_MARKS: usize = 8;

/// A character that is drawn on the one before it.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && !is_hidden(c) && unicode_width::UnicodeWidthChar::width(c) == Some(0)
}

fn is_flooded(text: &str) -> bool {
    let mut marks = 0;
    !text.is_ascii()
        && text.chars().any(|c| {
            marks = if is_mark(c) { marks + 1 } else { 0 };
            marks > MOST_MARKS
        })
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Cuts to at most `cells` cells at a grapheme; a cut text ends in `..` where that fits.
pub(crate) fn clip(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let before_dots = cells.saturating_sub(2);
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let w = width(grapheme);
        if used + w > before_dots {
            break;
        }
        used += w;
        out.push_str(grapheme);
    }
    for _ in 0..2.min(cells - used) {
        out.push('.');
    }
    out
}

/// The text followed by blanks up to `cells` cells; clipped when longer.
pub(crate) fn pad(text: &str, cells: usize) -> String {
    let mut out = clip(text, cells);
    let missing = cells.saturating_sub(width(&out));
    out.extend(std::iter::repeat_n(' ', missing));
    out
}

/// Breaks into lines of at most `cells` cells by UAX #14. A piece without a break opportunity is cut
/// at graphemes. Line feeds are kept as line ends; a width of zero gives one line per paragraph.
///
/// ```
/// use exequatur::text::wrap;
/// assert_eq!(wrap("本报告对“送达”逐项评分", 10), ["本报告", "对“送达”逐", "项评分"]);
/// ```
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        if cells == 0 || width(paragraph) <= cells {
            lines.push(paragraph.trim_end().to_owned());
        } else {
            wrap_paragraph(paragraph, cells, &mut lines);
        }
    }
    lines
}

fn wrap_paragraph(text: &str, cells: usize, lines: &mut Vec<String>) {
    // The current line is the text from `begin` to `from`, `used` cells wide.
    let (mut begin, mut used) = (0, 0);
    let mut from = 0;
    let mut end_at = |begin: &mut usize, end: usize, trimmed: bool| {
        let line = text.get(*begin..end).unwrap_or_default();
        lines.push(if trimmed { line.trim_end() } else { line }.to_owned());
        *begin = end;
    };
    for (at, kind) in linebreaks(text) {
        let piece = text.get(from..at).unwrap_or_default();
        let (words, blanks) = piece.split_at(piece.trim_end().len());
        let seen = width(words);
        if used + seen > cells && begin < from {
            end_at(&mut begin, from, true);
            used = 0;
        }
        if seen > cells {
            for (offset, grapheme) in piece.grapheme_indices(true) {
                let wide = width(grapheme);
                if used + wide > cells && begin < from + offset {
                    end_at(&mut begin, from + offset, false);
                    used = 0;
                }
                used += wide;
            }
        } else {
            used += seen + width(blanks);
        }
        if kind == BreakOpportunity::Mandatory && at < text.len() {
            end_at(&mut begin, at, true);
            used = 0;
        }
        from = at;
    }
    if !text.get(begin..).unwrap_or_default().trim_end().is_empty() {
        end_at(&mut begin, text.len(), true);
    }
}

/// A name for a file out of a title: letters of any script and digits, everything else a hyphen; the
/// other name where nothing is left.
///
/// ```
/// use exequatur::text::file_stem;
/// assert_eq!(file_stem("Li v Zhang (2021)", "matter"), "Li-v-Zhang-2021");
/// assert_eq!(file_stem("武汉诉罗宾逊", "matter"), "武汉诉罗宾逊");
/// assert_eq!(file_stem("../../etc", "matter"), "etc");
/// assert_eq!(file_stem("  ", "matter"), "matter");
/// ```
pub fn file_stem(title: &str, otherwise: &str) -> String {
    let mut out = String::new();
    for c in title.chars().take(60) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { otherwise.to_owned() } else { out.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_shown_and_ordinary_text_is_untouched() {
        assert_eq!(clean("送达 service\n第二行"), "送达 service\n第二行");
        assert_eq!(clean("a\u{1b}[2Jb\u{0}c"), "a^[[2Jb^@c");
        assert_eq!(clean("abc\u{202e}cod"), "abc<U+202E>cod");
    }

    #[test]
    fn clipping_never_splits_a_wide_character() {
        assert_eq!(clip("送达回证", 8), "送达回证");
        assert_eq!(clip("送达回证", 7), "送达..");
        assert_eq!(pad("送达", 6), "送达  ");
        assert_eq!(clip("送达", 1), ".");
    }

    #[test]
    fn a_wrapped_line_fits_and_nothing_is_lost() {
        let text = "The court found 公告送达 against natural justice（自然公正），see Yin v Wu [2023] VSCA 130.";
        for cells in 4..40 {
            let lines = wrap(text, cells);
            assert!(lines.iter().all(|line| width(line) <= cells), "{cells}: {lines:?}");
            let strip = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert_eq!(strip(&lines.concat()), strip(text));
        }
    }
}
