//! Taking an answer, and what is said about one: basis, note, evidence.
//! A new value keeps the note and the evidence of the old one.

use anyhow::Result;

use super::{Session, Step, entry, verbs, words};
use crate::flow;
use crate::matter::{Answer, Basis, Value};
use crate::messages::{plain as say, word};
use crate::pack::Kind;
use crate::scoring::consistency::{self, Finding};
use crate::scoring::money::Exchange;
use verbs::Verb;

impl Session<'_> {
    /// Takes a line as an answer to a question.
    pub(super) fn answer(&mut self, at: usize, line: &str) -> Result<Step> {
        let pack = self.pack;
        let question = &pack.questions[at];
        let (text, basis) = verbs::split_basis(line);
        if question.kind == Kind::Assets && text != "0" {
            return self.assets(at, text, basis);
        }
        if question.kind == Kind::Choice && text == "0" {
            return self.unknown(at);
        }
        let value = match entry::read(pack, &self.matter, question, text) {
            Ok(value) => value,
            Err(why) => {
                let why = words::misread(pack, Some(question), &why, self.lang);
                return self.stay(why);
            }
        };
        if question.kind == Kind::Assets && self.assets_at(at).is_some_and(|assets| !assets.is_empty()) {
            return self.stay(say::list_not_empty(self.lang));
        }
        self.set(at, value, basis, true)?;
        Ok(Step::Go(flow::next(pack, &self.matter, Some(at))))
    }

    /// "I don't know".
    pub(super) fn unknown(&mut self, at: usize) -> Result<Step> {
        if self.assets_at(at).is_some_and(|assets| !assets.is_empty()) {
            return self.stay(say::list_not_empty(self.lang));
        }
        self.set(at, Value::Unknown, None, true)?;
        Ok(Step::Go(flow::next(self.pack, &self.matter, Some(at))))
    }

    /// Sets a value, saves, repeats it and says what does not fit any more. A value that stays the
    /// same keeps its basis; a new one rests on what the client says, unless a basis was given.
    pub(super) fn set(&mut self, at: usize, value: Value, basis: Option<Basis>, repeat: bool) -> Result<()> {
        let (pack, lang) = (self.pack, self.lang);
        let question = &pack.questions[at];
        let before = self.findings();
        let old = self.matter.answers.get(&question.id).cloned();
        let mut new = Answer::told(value);
        if let Some(old) = &old {
            if old.value == new.value {
                new.basis = old.basis;
            }
            new.note.clone_from(&old.note);
            new.evidence.clone_from(&old.evidence);
        }
        if new.value != Value::Unknown {
            new.basis = basis.or(new.basis);
        }
        let text = words::with_basis(self.wording(&self.exchange()).value(question, &new.value), new.basis, lang);
        let changed = old.as_ref() != Some(&new);
        self.matter.answers.insert(question.id.clone(), new);
        if changed {
            self.keep()?;
        }
        if repeat {
            self.say(say::noted(lang, text))?;
        }
        self.misfits(&before)
    }

    /// What does not fit at the moment.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let answers = flow::answers_in_force(self.pack, &self.matter);
        consistency::findings(self.pack, &answers, &Exchange::new(self.pack, &self.matter), self.as_of)
    }

    /// Says what does not fit now and did fit before.
    fn misfits(&mut self, before: &[Finding]) -> Result<()> {
        for finding in self.findings() {
            if !before.contains(&finding) {
                let text = crate::report::finding(self.pack, &finding, self.lang);
                self.say(say::does_not_fit(self.lang, text))?;
            }
        }
        Ok(())
    }

    /// Takes an answer back: the question counts as not asked. A list of assets is taken back only
    /// when it is empty, because nothing here can be undone.
    pub(super) fn clear(&mut self, at: usize) -> Result<Step> {
        if self.assets_at(at).is_some_and(|assets| !assets.is_empty()) {
            return self.stay(say::list_not_empty(self.lang));
        }
        if self.matter.answers.remove(&self.pack.questions[at].id).is_none() {
            return self.stay(say::nothing_to_clear(self.lang));
        }
        self.keep()?;
        self.stay(say::cleared(self.lang))
    }

    /// Adds a note or evidence, removes it (`-`), or reads it out (without words). Words are added
    /// and never replace others: what was heard before cannot be seen to be missing.
    pub(super) fn remark(&mut self, at: usize, verb: Verb, text: &str) -> Result<Step> {
        let lang = self.lang;
        let id = &self.pack.questions[at].id;
        let had = self.matter.answers.contains_key(id);
        let mut answer = self.matter.answers.get(id).cloned().unwrap_or_else(Answer::unknown);
        let slot = if verb == Verb::Note { &mut answer.note } else { &mut answer.evidence };
        match text {
            "" if slot.is_empty() => return self.stay(say::nothing_noted(lang)),
            "" => {}
            "-" | "－" => slot.clear(),
            _ => {
                if !slot.is_empty() {
                    slot.push('\n');
                }
                slot.push_str(text);
            }
        }
        let whole = slot.clone();
        if !text.is_empty() && (had || !whole.is_empty()) {
            self.matter.answers.insert(id.clone(), answer);
            self.keep()?;
            if !had {
                self.say(say::noted_unknown(lang))?;
            }
        }
        self.stay(match (whole.is_empty(), verb) {
            (true, _) => say::removed_remark(lang).to_owned(),
            (false, Verb::Note) => say::note(lang, whole),
            (false, _) => say::evidence(lang, whole),
        })
    }

    /// Says what the present answer rests on.
    pub(super) fn rest_on(&mut self, at: usize, basis: Basis) -> Result<Step> {
        let lang = self.lang;
        match self.matter.answers.get_mut(&self.pack.questions[at].id) {
            Some(answer) if answer.value != Value::Unknown => answer.basis = Some(basis),
            _ => return self.stay(say::no_basis(lang)),
        }
        self.keep()?;
        self.stay(say::rests_on(lang, word(lang, "basis", basis.id())))
    }
}
