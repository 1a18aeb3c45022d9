//! How the keys and answers of a pack look in a line of JSON that a program writes.
//!
//! Must not: read a line; `scan` does, and compares.

use crate::matter::answers::Response;
use crate::pack::{Kind, Pack, Question};

/// How lines of a pack look that programs write.
#[derive(Debug)]
pub(super) struct Usual {
    /// The questions as keys.
    pub(super) keys: Vec<Box<[u8]>>,
    /// For each question, what an answer that is one option, or not known, looks like.
    answers: Vec<Vec<Written>>,
}

/// An answer as it stands in a line behind its first quote.
#[derive(Debug)]
struct Written {
    said: Response,
    /// The answer and its last quote.
    text: Box<[u8]>,
    /// Their first eight bytes, and which of these there are.
    head: u64,
    mask: u64,
}

impl Written {
    fn new(id: &str, said: Response) -> Self {
        let text: Box<[u8]> = [id.as_bytes(), b"\""].concat().into();
        let head = text.iter().take(8).rev().fold(0, |head, byte| head << 8 | u64::from(*byte));
        let mask = if text.len() < 8 { (1 << (8 * text.len())) - 1 } else { u64::MAX };
        Written { said, text, head, mask }
    }
}

impl Usual {
    pub(super) fn new(pack: &Pack) -> Self {
        let key = |question: &Question| format!("\"{}\":", question.id).into_bytes().into();
        let answers = |question: &Question| {
            let options = question.options.iter().enumerate().filter(|_| question.kind == Kind::Choice);
            let options = options.map(|(at, option)| (option.id.as_str(), Response::Option(at)));
            let all = std::iter::once(("unknown", Response::Unknown)).chain(options);
            all.map(|(id, said)| Written::new(id, said)).collect()
        };
        Usual { keys: pack.questions.iter().map(key).collect(), answers: pack.questions.iter().map(answers).collect() }
    }

    /// A text as an answer that is one option, or not known; `None` where it is something else.
    pub(super) fn said(&self, at: usize, text: &str) -> Option<Response> {
        let same = |written: &&Written| written.text.strip_suffix(b"\"") == Some(text.as_bytes());
        self.answers[at].iter().find(same).map(|written| written.said.clone())
    }

    /// The same where the text, its last quote and more stand at the beginning of `rest`; and how long it is with
    /// that quote.
    pub(super) fn stands(&self, at: usize, rest: &[u8]) -> Option<(Response, usize)> {
        let word = u64::from_le_bytes(*rest.first_chunk()?);
        let same = |written: &&Written| word & written.mask == written.head && rest.starts_with(&written.text);
        self.answers[at].iter().find(same).map(|written| (written.said.clone(), written.text.len()))
    }
}
