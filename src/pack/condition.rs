//! The sentences in which rules and show-ifs are written, e.g.
//! `service.method is post and not (service.notice is clear-proof)`.
//!
//! [`parse`] gives a tree with the place of every word; [`resolve`] asks
//! its caller what each subject is and returns an [`Expr`] over numbers, ready to evaluate.
//!
//! An answer that is not known makes a test neither true nor false: see [`Expr::eval`].

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A condition as written, with byte ranges inside its text.
#[derive(Clone, Debug, PartialEq)]
pub enum Sentence {
    Test(Test),
    Not(Box<Sentence>),
    All(Vec<Sentence>),
    Any(Vec<Sentence>),
}

/// `subject is word`, `subject is one of a, b`, `subject has word`, …
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// The question, fact or profile field.
    pub subject: Word,
    /// True for `has`, which questions with several answers need.
    pub has: bool,
    /// True for `is not`.
    pub negated: bool,
    /// The options named.
    pub words: Vec<Word>,
}

/// A word and its bytes in the condition's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    pub text: String,
    pub span: Range<usize>,
}

/// A condition that cannot be read: where, and what was expected there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub span: Range<usize>,
    /// What would have been right there.
    pub expected: &'static str,
}

/// How deep parentheses may nest: packs are untrusted.
const MAX_DEPTH: usize = 32;

/// Reads a condition.
///
/// # Errors
/// Where the text stops being a condition.
pub fn parse(text: &str) -> Result<Sentence, Unreadable> {
    let mut parser = Parser { words: words(text), next: 0, end: text.len(), depth: 0 };
    let sentence = parser.any()?;
    if parser.next < parser.words.len() {
        return Err(parser.fault("and, or"));
    }
    Ok(sentence)
}

fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let single = matches!(c, '(' | ')' | ',');
        if c.is_whitespace() || single {
            open = false;
            if single {
                out.push(Word { text: c.to_string(), span: at..at + 1 });
            }
            continue;
        }
        let end = at + c.len_utf8();
        match out.last_mut() {
            Some(word) if open => {
                word.text.push(c);
                word.span.end = end;
            }
            _ => out.push(Word { text: c.to_string(), span: at..end }),
        }
        open = true;
    }
    out
}

struct Parser {
    words: Vec<Word>,
    /// Index of the word to read next.
    next: usize,
    end: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<&str> {
        self.words.get(self.next).map(|word| word.text.as_str())
    }

    fn take(&mut self, text: &str) -> bool {
        let found = self.peek() == Some(text);
        self.next += usize::from(found);
        found
    }

    fn fault(&self, expected: &'static str) -> Unreadable {
        let span = self.words.get(self.next).map_or(self.end..self.end, |word| word.span.clone());
        Unreadable { span, expected }
    }

    fn any(&mut self) -> Result<Sentence, Unreadable> {
        let mut parts = vec![self.all()?];
        while self.take("or") {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Sentence::Any(parts) })
    }

    fn all(&mut self) -> Result<Sentence, Unreadable> {
        let mut parts = vec![self.one()?];
        while self.take("and") {
            parts.push(self.one()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Sentence::All(parts) })
    }

    fn one(&mut self) -> Result<Sentence, Unreadable> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.fault("fewer parentheses"));
        }
        let sentence = if self.take("not") {
            Sentence::Not(Box::new(self.one()?))
        } else if self.take("(") {
            let inner = self.any()?;
            if !self.take(")") {
                return Err(self.fault(")"));
            }
            inner
        } else {
            Sentence::Test(self.test()?)
        };
        self.depth -= 1;
        Ok(sentence)
    }

    fn word(&mut self, expected: &'static str) -> Result<Word, Unreadable> {
        let good = |text: &str| {
            text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
                && !matches!(text, "and" | "or" | "not" | "is" | "has")
        };
        match self.words.get(self.next) {
            Some(word) if good(&word.text) => {
                self.next += 1;
                Ok(word.clone())
            }
            _ => Err(self.fault(expected)),
        }
    }

    fn test(&mut self) -> Result<Test, Unreadable> {
        let subject = self.word("question, fact or profile field")?;
        let has = self.take("has");
        if !has && !self.take("is") {
            return Err(self.fault("is, has"));
        }
        let negated = !has && self.take("not");
        // An option may itself be called `one`, so the word counts only before `of`.
        let several = if has { "any" } else { "one" };
        let of_follows = self.words.get(self.next + 1).is_some_and(|word| word.text == "of");
        let mut words = Vec::new();
        if of_follows && self.take(several) {
            self.next += 1;
            words.push(self.word("option")?);
            while self.take(",") {
                words.push(self.word("option")?);
            }
        } else {
            words.push(self.word("option")?);
        }
        Ok(Test { subject, has, negated, words })
    }
}

/// A fact that the program works out for each target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fact {
    /// Whether the target's limitation period is open, nearly over, or over.
    Limitation,
    /// The debtor's strongest tie to the target.
    Link,
    AssetsHere,
}

impl Fact {
    pub const ALL: [Fact; 3] = [Fact::Limitation, Fact::Link, Fact::AssetsHere];

    /// The name used in conditions.
    pub const fn id(self) -> &'static str {
        match self {
            Fact::Limitation => "fact.limitation",
            Fact::Link => "fact.link",
            Fact::AssetsHere => "fact.assets_here",
        }
    }

    /// The words that the fact may take, in the order of mask bits.
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Fact::Limitation => &["open", "soon", "expired"],
            Fact::Link => &["lives", "property", "business", "none"],
            Fact::AssetsHere => &["yes", "no"],
        }
    }
}

/// What a test is about, as numbers of the pack.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Subject {
    Question(usize),
    /// A fact worked out for each target.
    Fact(Fact),
}

/// A resolved condition. Masks have bit *n* for the *n*-th option.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Expr {
    /// A condition without subjects (also what a test folds to).
    Always(bool),
    /// The subject's answer is one of the options in the mask (for several answers: any is ticked).
    Test(Subject, u64),
    /// The profile field holds one of these words.
    Profile(String, Vec<String>),
    Not(Box<Expr>),
    All(Vec<Expr>),
    Any(Vec<Expr>),
}

impl Expr {
    /// True, false or (with answers open) neither, by Kleene's logic. `test` says what one test
    /// gives; `None` is "not settled".
    pub(crate) fn eval(&self, test: &impl Fn(&Expr) -> Option<bool>) -> Option<bool> {
        match self {
            Expr::Always(value) => Some(*value),
            Expr::Test(..) | Expr::Profile(..) => test(self),
            Expr::Not(inner) => inner.eval(test).map(|value| !value),
            Expr::All(parts) => {
                let mut all = Some(true);
                for part in parts {
                    match part.eval(test) {
                        Some(false) => return Some(false),
                        Some(true) => {}
                        None => all = None,
                    }
                }
                all
            }
            Expr::Any(parts) => {
                let mut any = Some(false);
                for part in parts {
                    match part.eval(test) {
                        Some(true) => return Some(true),
                        Some(false) => {}
                        None => any = None,
                    }
                }
                any
            }
        }
    }

    /// Every subject tested, in order of appearance.
    pub(crate) fn subjects<'e>(&'e self, out: &mut Vec<(&'e Subject, u64)>) {
        match self {
            Expr::Always(_) | Expr::Profile(..) => {}
            Expr::Test(subject, mask) => out.push((subject, *mask)),
            Expr::Not(inner) => inner.subjects(out),
            Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| part.subjects(out)),
        }
    }

    /// The indices of the questions tested.
    pub fn questions(&self) -> Vec<usize> {
        let mut subjects = Vec::new();
        self.subjects(&mut subjects);
        let mut out = Vec::new();
        for (subject, _) in subjects {
            if let Subject::Question(question) = subject {
                out.push(*question);
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// Turns a sentence into an [`Expr`]. `look` finds a test's subject and options; the faults that it
/// reports are its own affair, and a test that it cannot find becomes `Always(false)`.
pub(crate) fn resolve(sentence: &Sentence, look: &mut impl FnMut(&Test) -> Option<Expr>) -> Expr {
    match sentence {
        Sentence::Test(test) => {
            let found = look(test).unwrap_or(Expr::Always(false));
            if test.negated { Expr::Not(Box::new(found)) } else { found }
        }
        Sentence::Not(inner) => Expr::Not(Box::new(resolve(inner, look))),
        Sentence::All(parts) => Expr::All(parts.iter().map(|part| resolve(part, look)).collect()),
        Sentence::Any(parts) => Expr::Any(parts.iter().map(|part| resolve(part, look)).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn and_binds_tighter_than_or() {
        let Ok(Sentence::Any(parts)) = parse("a.x is b or c.y is d and not (e.z has any of f, g)") else {
            panic!("an `or` at the top");
        };
        assert_eq!(parts.len(), 2);
        assert!(matches!(&parts[1], Sentence::All(all) if all.len() == 2));
    }

    #[test]
    fn what_cannot_be_read_is_pointed_at() {
        assert_eq!(parse("a.x iz b").unwrap_err(), Unreadable { span: 4..6, expected: "is, has" });
        assert_eq!(parse("a.x is").unwrap_err().span, 6..6);
        assert_eq!(parse("(a.x is b").unwrap_err().expected, ")");
        assert_eq!(parse("a.x is b c").unwrap_err().span, 9..10);
        assert!(parse(&"(".repeat(100)).is_err());
        assert!(parse("ready.counsel_china is one").is_ok());
    }

    #[test]
    fn an_open_answer_settles_nothing_unless_the_rest_does() {
        let test = |n| Expr::Test(Subject::Question(n), 1);
        let known = |e: &Expr| match e {
            Expr::Test(Subject::Question(0), _) => Some(true),
            Expr::Test(Subject::Question(1), _) => Some(false),
            _ => None,
        };
        assert_eq!(Expr::All(vec![test(0), test(2)]).eval(&known), None);
        assert_eq!(Expr::All(vec![test(2), test(1)]).eval(&known), Some(false));
        assert_eq!(Expr::Any(vec![test(2), test(0)]).eval(&known), Some(true));
        assert_eq!(Expr::Not(Box::new(test(2))).eval(&known), None);
    }
}
