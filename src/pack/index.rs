//! The questions of all files, known before the first condition is read, so that conditions are
//! resolved while their file is read and a word that is unknown is found where it is written.

use super::condition::{self, Expr, Subject, Test};
use super::question::{Kind, MAX_OPTIONS};
use super::reader::{Located, Reader, Table, nearest};
use super::{Fact, Profile};
use crate::diagnostic::Code;

#[derive(Debug, Default)]
pub(super) struct Index {
    /// Id, kind and ids of the options of each question.
    entries: Vec<(String, Kind, Vec<String>)>,
}

impl Index {
    /// Adds the questions of one file. Faults are left to the second reading.
    pub(super) fn add(&mut self, root: &Table<'_, '_>) {
        for question in root.tables("question") {
            let id = question.string("id");
            let kind = question.string("kind");
            let kind = Kind::WORDS.iter().find(|(word, _)| *word == kind).map_or(Kind::Choice, |(_, kind)| *kind);
            let options =
                question.tables("option").iter().map(|option| option.string("id")).take(MAX_OPTIONS).collect();
            self.entries.push((id, kind, options));
        }
    }

    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.entries.iter().position(|(entry, _, _)| entry == id)
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(id, _, _)| id.as_str())
    }

    /// A question named in a file; a fault where there is none.
    pub(super) fn need(&self, reader: &Reader<'_>, id: &Located<String>) -> Option<usize> {
        let found = self.find(&id.value);
        if found.is_none() {
            let near = nearest(&id.value, self.ids()).unwrap_or("-");
            reader.fault(id.span.clone(), Code::NoSuchQuestion, &[("id", &id.value), ("near", near)]);
        }
        found
    }

    /// An option of a question named in a file; a fault where there is none.
    pub(super) fn need_option(&self, reader: &Reader<'_>, question: usize, option: &Located<String>) -> Option<usize> {
        let (id, _, options) = &self.entries[question];
        let found = options.iter().position(|candidate| *candidate == option.value);
        if found.is_none() {
            let near = nearest(&option.value, options.iter().map(String::as_str)).unwrap_or("-");
            reader.fault(
                option.span.clone(),
                Code::NoSuchOption,
                &[("subject", id), ("found", &option.value), ("near", near), ("allowed", &options.join(", "))],
            );
        }
        found
    }

    /// Reads the condition under a key; `otherwise` where the key is absent.
    pub(super) fn condition(&self, table: &Table<'_, '_>, key: &'static str, otherwise: bool) -> (Expr, String) {
        let Some(text) = table.text(key) else { return (Expr::Always(otherwise), String::new()) };
        (self.resolve(table.reader, &text), text.value)
    }

    pub(super) fn need_condition(&self, table: &Table<'_, '_>, key: &'static str) -> (Expr, String) {
        if !table.has(key) {
            table.missing(key);
        }
        self.condition(table, key, false)
    }

    fn resolve(&self, reader: &Reader<'_>, text: &Located<String>) -> Expr {
        // Where the file holds escapes, or the string has no end, only the whole of it can be pointed at.
        let written = reader.written(&text.span).and_then(|written| written.find(&text.value));
        let place = |span: &std::ops::Range<usize>| match written {
            Some(before) if !text.value.is_empty() => {
                let start = text.span.start + before + span.start;
                start..(start + span.len().max(1)).min(text.span.end)
            }
            _ => text.span.clone(),
        };
        match condition::parse(&text.value) {
            Ok(sentence) => condition::resolve(&sentence, &mut |test| self.look(reader, test, &place)),
            Err(fault) => {
                reader.fault(place(&fault.span), Code::BadCondition, &[("expected", fault.expected)]);
                Expr::Always(false)
            }
        }
    }

    fn look(
        &self,
        reader: &Reader<'_>,
        test: &Test,
        place: &impl Fn(&std::ops::Range<usize>) -> std::ops::Range<usize>,
    ) -> Option<Expr> {
        let subject = &test.subject;
        let name = subject.text.as_str();
        let no_option = |word: &condition::Word, allowed: &[&str]| {
            let near = nearest(&word.text, allowed.iter().copied()).unwrap_or("-");
            reader.fault(
                place(&word.span),
                Code::NoSuchOption,
                &[("subject", name), ("found", &word.text), ("near", near), ("allowed", &allowed.join(", "))],
            );
        };
        let mask = |allowed: &[&str]| {
            test.words.iter().fold(0_u64, |mask, word| {
                if let Some(bit) = allowed.iter().position(|option| *option == word.text) {
                    mask | 1 << bit
                } else {
                    no_option(word, allowed);
                    mask
                }
            })
        };
        if let Some(fact) = Fact::ALL.into_iter().find(|fact| fact.id() == name) {
            return Some(Expr::Test(Subject::Fact(fact), mask(fact.words())));
        }
        if let Some(words) = Profile::field_words(name) {
            if !words.is_empty() {
                let _ = mask(words);
            }
            return Some(Expr::Profile(name.to_owned(), test.words.iter().map(|word| word.text.clone()).collect()));
        }
        let Some(question) = self.find(name) else {
            let known = self
                .ids()
                .chain(Fact::ALL.iter().map(|fact| fact.id()))
                .chain(Profile::FIELDS.iter().map(|(field, _)| *field));
            let near = nearest(name, known).unwrap_or("-");
            reader.fault(place(&subject.span), Code::NoSuchSubject, &[("found", name), ("near", near)]);
            return None;
        };
        let (_, kind, options) = &self.entries[question];
        if !kind.listable() {
            reader.fault(place(&subject.span), Code::NotListable, &[("id", name)]);
            return None;
        }
        if test.has != (*kind == Kind::Choices) {
            let expected = if test.has { "is" } else { "has" };
            reader.fault(place(&subject.span), Code::BadCondition, &[("expected", expected)]);
        }
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        Some(Expr::Test(Subject::Question(question), mask(&options)))
    }
}
