//! Faults found in a file: where, what kind, and the words that belong in the message.
//!
//! Invariant: no wording. A [`Diagnostic`] is data; `messages` turns it into a sentence and a
//! remedy in the reader's language, and `faults` draws the excerpt. Loading collects diagnostics and
//! goes on, so that a writer sees all faults at once.

use std::ops::Range;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, as a path inside the pack or as the user named it.
    pub file: String,
    /// Byte range in that file's text.
    pub span: Range<usize>,
    /// The kind of fault; its text is the key of the wording.
    pub code: Code,
    /// Words for the message, by name: `{name}` in the wording is replaced.
    pub fields: Vec<(&'static str, String)>,
}

impl Diagnostic {
    pub fn new(file: &str, span: Range<usize>, code: Code) -> Self {
        Diagnostic { file: file.to_owned(), span, code, fields: Vec::new() }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, word: impl Into<String>) -> Self {
        self.fields.push((name, word.into()));
        self
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The kinds of fault. The text form is stable: tests and editors may rely on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code, for the test that each one has its wording in both languages.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The stable text form.
            pub const fn text(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }
        }
    };
}

codes! {
    Syntax = "syntax",
    /// A key that nothing reads.
    UnknownKey = "unknown-key",
    MissingKey = "missing-key",
    /// A value of another type.
    WrongType = "wrong-type",
    BadWord = "bad-word",
    OutOfRange = "out-of-range",
    /// A date that does not exist.
    BadDate = "bad-date",
    /// An amount that is not `number CUR`.
    BadMoney = "bad-money",
    DuplicateId = "duplicate-id",
    /// A text that lacks a language.
    MissingTranslation = "missing-translation",
    /// A condition that cannot be read.
    BadCondition = "bad-condition",
    /// A condition names a question, fact or profile field that does not exist.
    NoSuchSubject = "no-such-subject",
    /// A condition names an option that the question does not have.
    NoSuchOption = "no-such-option",
    /// A condition reads a question whose answers cannot be listed (a date, an amount).
    NotListable = "not-listable",
    /// A show-if that refers to a later question.
    LooksAhead = "looks-ahead",
    /// A question that no path reaches.
    Unreachable = "unreachable",
    /// A question that no rule reads.
    UnreadQuestion = "unread-question",
    NoReason = "no-reason",
    NoSupport = "no-support",
    /// A decided case that the pack does not have.
    NoSuchCase = "no-such-case",
    /// A jurisdiction that the pack does not have.
    NoSuchJurisdiction = "no-such-jurisdiction",
    /// A statement marked as read that names no source.
    NoSource = "no-source",
    /// A hurdle that the pack does not have.
    NoSuchHurdle = "no-such-hurdle",
    /// A worse option of an ordered question that makes a hurdle smaller.
    NotMonotone = "not-monotone",
    /// Weights that do not add up to one.
    WeightsSum = "weights-sum",
    /// A file that the pack must have.
    MissingFile = "missing-file",
    /// A bound on size, depth or count that an untrusted file exceeds.
    TooLarge = "too-large",
    NewerFormat = "newer-format",
    /// A matter of another pack.
    OtherPack = "other-pack",
    /// An answer to a question that the pack does not have.
    NoSuchQuestion = "no-such-question",
    /// An answer that the question does not take.
    BadAnswer = "bad-answer",
    /// Fitted weights that do not belong to these rules and cases.
    StaleWeights = "stale-weights",
    /// A key of the settings that cannot be read or would be swallowed.
    BadKey = "bad-key",
    /// A key of the settings that means something else in the same place.
    KeyTaken = "key-taken",
    /// A command that must keep a key.
    NoKeyLeft = "no-key-left",
    /// A style of the settings that cannot be read.
    BadStyle = "bad-style",
}
