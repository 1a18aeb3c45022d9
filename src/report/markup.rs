//! Text inside HTML and SVG.

/// Text that no reader of HTML or XML takes for markup, also inside a quoted attribute. Characters
/// that XML forbids become the replacement character.
pub(super) fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 16);
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c if c.is_control() && c != '\n' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
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
