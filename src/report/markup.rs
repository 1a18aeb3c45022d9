//! Text inside HTML and SVG.

/// Text that no reader of HTML or XML takes for markup, also inside a quoted attribute. Characters
/// that XML forbids become the replacement character.
pub(super) fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 16);
    let mut copied = 0;
    for (at, c) in words.char_indices() {
        let written = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
            c if c.is_control() && c != '\n' => "\u{fffd}",
            _ => continue,
        };
        // What stands between is copied as it is.
        out.push_str(&words[copied..at]);
        out.push_str(written);
        copied = at + c.len_utf8();
    }
    out.push_str(&words[copied..]);
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_typed_becomes_markup() {
        assert_eq!(escape("<b a=\"x\" c='y'>&#0;]]>"), "&lt;b a=&quot;x&quot; c=&#39;y&#39;&gt;&amp;#0;]]&gt;");
        assert_eq!(escape("a\u{0}b\u{ffff}"), "a\u{fffd}b\u{fffd}");
        assert_eq!(escape("公告送达"), "公告送达");
    }
}
