//! Answers as texts, and how our table reads them: a hash of each text without collisions among the
//! options of its question, then the whole text compared, so that nothing else passes for an option.

use super::Fallible;
use super::synthetic::{Model, QUESTIONS, UNKNOWN};

/// As many as a question has options, and one: all of them together stay in the nearest memory.
const SLOTS: usize = 8;

/// The text of an answer.
pub fn text(code: u8) -> String {
    if code == UNKNOWN { "unknown".to_owned() } else { format!("option-{code}") }
}

/// Answers in the order of the questions, borrowed from one text, as a reader of lines has them.
pub struct Line {
    text: String,
    ends: [usize; QUESTIONS],
}

impl Line {
    /// Of the codes of a case.
    pub fn new(case: &[u8; QUESTIONS]) -> Self {
        let mut line = String::new();
        let ends = case.map(|code| {
            line += &text(code);
            line.len()
        });
        Line { text: line, ends }
    }

    fn answers(&self) -> impl Iterator<Item = &str> {
        let starts = [0].into_iter().chain(self.ends);
        starts.zip(self.ends).map(|(start, end)| &self.text[start..end])
    }
}

/// Options of one question by the hash of their text.
struct Options {
    seed: u64,
    slots: [(Key, u8); SLOTS],
}

/// Texts to codes.
pub struct Reader(Vec<Options>);

/// The whole of a text of 4 to 16 bytes: its beginning, its end and its length.
#[derive(Clone, Copy, Default, PartialEq)]
struct Key(u64, u64, u8);

impl Key {
    fn new(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        // Which of the two it is hardly ever changes within a file, so that the processor guesses right.
        let (first, last) = if bytes.len() <= 8 {
            let (first, last) = (bytes.first_chunk()?, bytes.last_chunk()?);
            (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)))
        } else {
            (u64::from_le_bytes(*bytes.first_chunk()?), u64::from_le_bytes(*bytes.last_chunk()?))
        };
        Some(Key(first, last, u8::try_from(bytes.len()).ok().filter(|length| *length <= 16)?))
    }

    /// One multiplication.
    fn slot(self, seed: u64) -> usize {
        ((self.0 ^ self.1.rotate_left(31) ^ u64::from(self.2)).wrapping_mul(seed) >> 61) as usize
    }
}

impl Options {
    fn new(options: u8) -> Option<Self> {
        (0..100_000_u64).find_map(|at| {
            let seed = at.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
            // No text has no length: an empty slot is none.
            let mut slots = [(Key::default(), 0); SLOTS];
            for code in (0..options).chain([UNKNOWN]) {
                let key = Key::new(&text(code))?;
                let slot = &mut slots[key.slot(seed)];
                if slot.0 != Key::default() {
                    return None;
                }
                *slot = (key, code);
            }
            Some(Options { seed, slots })
        })
    }
}

impl Reader {
    /// Of the questions of a model.
    pub fn new(model: &Model) -> Fallible<Self> {
        let options: Option<_> = model.options.iter().map(|options| Options::new(*options)).collect();
        Ok(Reader(options.ok_or("a question whose options have no hash without collisions")?))
    }

    /// The codes of answers, unless one is no option of its question.
    pub fn codes(&self, line: &Line) -> Option<[u8; QUESTIONS]> {
        let mut out = [0; QUESTIONS];
        for ((out, options), answer) in out.iter_mut().zip(&self.0).zip(line.answers()) {
            let key = Key::new(answer)?;
            let (own, code) = options.slots[key.slot(options.seed)];
            if own != key {
                return None;
            }
            *out = code;
        }
        Some(out)
    }
}
