//! Comma-separated values in which a spreadsheet finds no formula. A cell that begins with `=`, `+`, `-`, `@`, a tab or a
//! carriage return is run by spreadsheet programs; such a text gets an apostrophe before it, which they
//! show as text. Numbers stay numbers.

/// The text of one cell, quoted where RFC 4180 asks for it.
///
/// ```
/// use exequatur::report::csv::cell;
/// assert_eq!(cell("=1+1"), "'=1+1");
/// assert_eq!(cell("-210000"), "-210000");
/// assert_eq!(cell("a, b"), "\"a, b\"");
/// ```
pub fn cell(text: &str) -> String {
    // A blank or an invisible character before the sign does not hinder every spreadsheet.
    let bare = text.trim_start_matches([' ', '\u{a0}', '\u{feff}', '\u{3000}']);
    let begins = text.starts_with(['\t', '\r', '\n'])
        || bare.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '|', '%']);
    let safe = if begins && !is_number(text) { format!("'{text}") } else { text.to_owned() };
    if safe.contains([',', '"', '\n', '\r', ';', '\t']) || safe.starts_with(' ') || safe.ends_with(' ') {
        format!("\"{}\"", safe.replace('"', "\"\""))
    } else {
        safe
    }
}

/// A line of cells, with its end.
pub fn line<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|text| cell(text.as_ref())).collect();
    cells.join(",") + "\r\n"
}

/// Digits with at most one sign before them and one point among them.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_begins_a_formula() {
        for (text, written) in [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("+86 10 1234", "'+86 10 1234"),
            ("-1+1", "'-1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "\"'\tx\""),
            ("\r=1", "\"'\r=1\""),
            (" =1", "' =1"),
            ("＝1+1", "'＝1+1"),
            ("-", "'-"),
            ("-1.2.3", "'-1.2.3"),
            // Numbers stay numbers.
            ("-210000", "-210000"),
            ("+3.5", "+3.5"),
            ("0.7", "0.7"),
            // What needs no care is left alone; RFC 4180 for the rest.
            ("", ""),
            ("新南威尔士州", "新南威尔士州"),
            ("Li v \"Zhang\", 2023", "\"Li v \"\"Zhang\"\", 2023\""),
        ] {
            assert_eq!(cell(text), written, "{text:?}");
        }
        assert_eq!(line(["a", "=b", "c,d"]), "a,'=b,\"c,d\"\r\n");
    }
}
