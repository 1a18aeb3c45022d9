//! The commands: one table that the parser and the help are both made from, so that the help cannot
//! name a command that does nothing.
//! The words of both languages are always understood, whatever language is
//! spoken at the moment.

use crate::lang::Lang;
use crate::matter::Basis;
use crate::messages::lookup;

/// What a command does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// Help, why, proof, commands.
    Help,
    /// The question before.
    Back,
    /// "I don't know".
    Unknown,
    /// The next section.
    Skip,
    /// The question again, with every place listed.
    Show,
    /// Takes the answer back: not asked.
    Clear,
    Note,
    Evidence,
    /// What the answer rests on.
    Basis(Basis),
    Review,
    /// Another question.
    Go,
    /// An answer tried without being kept.
    WhatIf,
    Outlook,
    Language,
    Quit,
}

/// A command: what it does, its letter, the key of its word and of its help, and whether words follow.
pub(super) struct Command {
    pub(super) verb: Verb,
    pub(super) letter: &'static str,
    pub(super) key: &'static str,
    takes_words: bool,
}

const fn command(verb: Verb, letter: &'static str, key: &'static str, takes_words: bool) -> Command {
    Command { verb, letter, key, takes_words }
}

/// Every command, in the order of the help.
pub(super) const COMMANDS: [Command; 17] = [
    command(Verb::Help, "?", "help", false),
    command(Verb::Back, "b", "back", false),
    command(Verb::Unknown, "u", "unknown", false),
    command(Verb::Skip, "s", "skip", false),
    command(Verb::Show, "*", "show", false),
    command(Verb::Clear, "x", "clear", false),
    command(Verb::Basis(Basis::Document), "d", "document", false),
    command(Verb::Basis(Basis::Told), "t", "told", false),
    command(Verb::Basis(Basis::Assumed), "a", "assumed", false),
    command(Verb::Note, "n", "note", true),
    command(Verb::Evidence, "e", "evidence", true),
    command(Verb::Review, "r", "review", false),
    command(Verb::Go, "g", "go", true),
    command(Verb::WhatIf, "w", "what-if", true),
    command(Verb::Outlook, "o", "outlook", false),
    command(Verb::Language, "l", "language", false),
    command(Verb::Quit, "q", "quit", false),
];

impl Command {
    /// Its word in a language.
    pub(super) fn word(&self, lang: Lang) -> &'static str {
        lookup(lang, &format!("plain-word.{}", self.key)).unwrap_or(self.letter)
    }

    /// What it does, in a sentence.
    pub(super) fn help(&self, lang: Lang) -> &'static str {
        lookup(lang, &format!("plain-help.{}", self.key)).unwrap_or_default()
    }

    fn is_called(&self, word: &str) -> bool {
        word == self.letter || Lang::ALL.iter().any(|lang| word == self.word(*lang))
    }
}

/// The command that a line gives, with the words after it as they were typed.
pub(super) fn parse(line: &str) -> Option<(Verb, &str)> {
    let line = line.trim();
    let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let first = crate::matter::parse_input::half_width(first).to_lowercase();
    let command = COMMANDS.iter().find(|command| command.is_called(&first))?;
    let rest = rest.trim();
    (command.takes_words || rest.is_empty()).then_some((command.verb, rest))
}

/// An answer without the word for its basis at the end, and that basis.
pub(super) fn split_basis(line: &str) -> (&str, Option<Basis>) {
    let line = line.trim();
    if let Some((answer, last)) = line.rsplit_once(char::is_whitespace)
        && let Some((Verb::Basis(basis), _)) = parse(last)
    {
        return (answer.trim_end(), Some(basis));
    }
    (line, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_a_word_and_each_has_help_in_both_languages() {
        let mut seen = std::collections::BTreeSet::new();
        for command in &COMMANDS {
            let words = [command.letter, command.word(Lang::En), command.word(Lang::Zh)];
            assert!(words.into_iter().all(|word| seen.insert(word)), "{words:?}");
            assert!(Lang::ALL.iter().all(|lang| !command.help(*lang).is_empty()), "{words:?}");
            assert!(words.into_iter().all(|word| parse(word).is_some_and(|(verb, _)| verb == command.verb)));
        }
    }

    #[test]
    fn words_after_a_command_are_kept_as_typed() {
        assert_eq!(parse("n 见 证据，第3页"), Some((Verb::Note, "见 证据，第3页")));
        assert_eq!(parse("？"), Some((Verb::Help, "")));
        assert_eq!(parse("B"), Some((Verb::Back, "")));
        assert_eq!(parse("b 2"), None);
        assert_eq!(split_basis("5,000,000 CNY d"), ("5,000,000 CNY", Some(Basis::Document)));
        assert_eq!(split_basis("d"), ("d", None));
    }
}
