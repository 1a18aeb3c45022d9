//! Answers on their way from the version of the pack that wrote them to this one.
//!
//! Nothing is guessed or dropped: ids are followed through the pack's renames; what no question asks any more is
//! kept as it is.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::write::raw;
use super::{Change, answer, newer};
use crate::diagnostic::Code;
use crate::matter::Matter;
use crate::pack::reader::{Reader, Table, nearest};
use crate::pack::{Pack, Question, Rename};

/// A matter on its way from the version of the pack that wrote it to this one.
pub(super) struct Migration<'m> {
    pub(super) pack: &'m Pack,
    pub(super) version: &'m str,
    /// True where this pack is newer.
    pub(super) older: bool,
    pub(super) changes: &'m mut Vec<Change>,
}

impl Migration<'_> {
    pub(super) fn read_answers(&mut self, table: &Table<'_, '_>, prefix: &str, matter: &mut Matter) {
        let pack = self.pack;
        for (key, value) in table.entries() {
            let id = if prefix.is_empty() { key.value.clone() } else { format!("{prefix}.{}", key.value) };
            let now = self.question_now(&id);
            if let Some(question) = pack.question(&now) {
                if now != id {
                    self.changes.push(Change::Renamed { from: id.clone(), to: now.clone() });
                }
                self.read_answer(table, question, &id, value, matter);
                continue;
            }
            let inner = format!("{id}.");
            let leads_on = pack.questions.iter().any(|question| question.id.starts_with(&inner));
            let led_on = pack.renames.iter().any(|rename| rename.from.starts_with(&inner));
            match value.get_ref() {
                DeValue::Table(inner_table) if leads_on || led_on => {
                    self.read_answers(&Table::new(table.reader, inner_table, value.span()), &id, matter);
                }
                // Kept as it stands it would stand in the way of the answers under it.
                _ if leads_on => table.reader.fault(key.span, Code::NoSuchQuestion, &[("id", &id), ("near", "-")]),
                _ => self.keep(table, &id, key.span, value, matter),
            }
        }
    }

    /// What no question asks is kept, unless it is a known id misspelt.
    fn keep(
        &mut self,
        table: &Table<'_, '_>,
        id: &str,
        span: Range<usize>,
        value: &Spanned<DeValue<'_>>,
        matter: &mut Matter,
    ) {
        let near = nearest(id, self.pack.questions.iter().map(|question| question.id.as_str()));
        match near {
            // In a file of this very version a near miss is a slip, and its answer would be missed.
            Some(near) if !self.older => {
                table.reader.fault(span, Code::NoSuchQuestion, &[("id", id), ("near", near)]);
            }
            _ => self.keep_raw(id, value, matter),
        }
    }

    fn keep_raw(&mut self, id: &str, value: &Spanned<DeValue<'_>>, matter: &mut Matter) {
        self.changes.push(Change::Kept(id.to_owned()));
        matter.kept.insert(id.to_owned(), raw(value.get_ref()));
    }

    fn read_answer(
        &mut self,
        table: &Table<'_, '_>,
        question: &Question,
        id: &str,
        item: &Spanned<DeValue<'_>>,
        matter: &mut Matter,
    ) {
        // A trial of its own: an option that an older pack had must not make the file faulty.
        let trial = Reader::new(table.reader.file);
        let renames = |option: &str| self.option_now(&question.id, option);
        let found = answer(&trial, question, item, self.pack, &renames);
        let faults = trial.into_faults();
        if self.older && !faults.is_empty() && faults.iter().all(|fault| fault.code == Code::NoSuchOption) {
            self.keep_raw(id, item, matter);
            return;
        }
        for fault in faults {
            table.reader.note(fault);
        }
        let Some((found, others)) = found else { return };
        for (from, to) in others {
            let of = &question.id;
            self.changes.push(Change::Renamed { from: format!("{of} = {from}"), to: format!("{of} = {to}") });
        }
        matter.answers.insert(question.id.clone(), found);
    }

    /// The id that a question of the file has now.
    fn question_now(&self, id: &str) -> String {
        self.follow(id, |rename, id| rename.option_of.is_none() && rename.from == id)
    }

    /// The id that an option of the file has now.
    fn option_now(&self, question: &str, option: &str) -> String {
        self.follow(option, |rename, id| rename.option_of.as_deref() == Some(question) && rename.from == id)
    }

    /// Renames stand in the order in which they were made; those that the file has seen are passed.
    fn follow(&self, id: &str, fits: impl Fn(&Rename, &str) -> bool) -> String {
        let mut now = id.to_owned();
        for rename in self.pack.renames.iter().filter(|rename| newer(&rename.since, self.version)) {
            if fits(rename, &now) {
                now.clone_from(&rename.to);
            }
        }
        now
    }
}
