//! Keys that are too deep to be parsed: found before the parser, which would overflow, sees them.

use std::ops::Range;

/// Most parts of a dotted key. The parser bounds brackets within brackets by itself, but each part of
/// a dotted key is a table within a table as well.
const MOST_PARTS: usize = 64;

/// The first run of words joined by dots with more parts than a key may have. Texts hold runs of dots
/// too, but not of words and dots without a blank between them.
pub(super) fn too_deep(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    let mut parts = 0;
    let mut word = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'.' if word => {
                parts += 1;
                word = false;
                if parts > MOST_PARTS {
                    return Some(start..at);
                }
            }
            // Blanks may stand around the dots of a key, and quotes around its words.
            b' ' | b'\t' | b'"' | b'\'' if parts > 0 => {}
            b'-' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => word = true,
            _ => (start, parts, word) = (at, 0, false),
        }
    }
    None
}
