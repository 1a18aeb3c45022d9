//! Lines out and lines in. Everything that goes out is made harmless here, in one place: no
//! line can hold an escape code or a second line, wherever its words came from.

use std::io::{self, BufRead, Read as _, Write};

use anyhow::Result;

use crate::text;

/// Longest line that is read, in bytes: far above any note.
const MAX_LINE: u64 = 64 << 10;

/// The two ends of the conversation.
pub(super) struct Talk<'s> {
    input: &'s mut dyn BufRead,
    output: &'s mut dyn Write,
}

pub(super) enum Line {
    /// Text without its line end.
    Text(String),
    /// More than [`MAX_LINE`] bytes; the line was dropped.
    TooLong,
    NotText,
    /// There is no more.
    End,
}

impl<'s> Talk<'s> {
    pub(super) fn new(input: &'s mut dyn BufRead, output: &'s mut dyn Write) -> Self {
        Talk { input, output }
    }

    /// Writes one line. It is sent off at once, because a reader may be waiting for it.
    pub(super) fn say(&mut self, line: &str) -> Result<()> {
        writeln!(self.output, "{}", text::one_line(line.trim_end()))?;
        self.output.flush()?;
        Ok(())
    }

    pub(super) fn read(&mut self) -> io::Result<Line> {
        let mut bytes = Vec::new();
        if self.piece(&mut bytes)? == 0 {
            return Ok(Line::End);
        }
        if bytes.len() as u64 > MAX_LINE {
            let mut rest = bytes;
            while rest.last() != Some(&b'\n') {
                rest.clear();
                if self.piece(&mut rest)? == 0 {
                    break;
                }
            }
            return Ok(Line::TooLong);
        }
        while matches!(bytes.last(), Some(b'\n' | b'\r')) {
            bytes.pop();
        }
        Ok(String::from_utf8(bytes).map_or(Line::NotText, |text| {
            // Some editors put a byte order mark before the first line of a file that is piped in.
            Line::Text(text.trim_start_matches('\u{feff}').to_owned())
        }))
    }

    fn piece(&mut self, bytes: &mut Vec<u8>) -> io::Result<usize> {
        (&mut *self.input).take(MAX_LINE + 1).read_until(b'\n', bytes)
    }
}
