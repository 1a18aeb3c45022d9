//! `case-facts.toml`: how the coded facts of decided cases answer questions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::case::Case;
use super::index::Index;
use super::reader::Table;
use crate::diagnostic::Code;

/// How facts of cases answer questions, and which hurdle a ground named in a case belongs to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct CaseFacts {
    /// One row for each value of a field.
    pub facts: Vec<FactMap>,
    /// Ground named in a case → hurdle id (empty: outside every hurdle).
    pub grounds: BTreeMap<String, String>,
}

/// One value of a field and the answers that it gives.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FactMap {
    pub field: String,
    pub value: String,
    /// Index of the question that it answers.
    pub question: usize,
    /// Mask of the options that it leaves possible: one bit when it settles the answer.
    pub options: u64,
}

impl CaseFacts {
    /// What a case's facts leave possible, by question; questions without a fact are left out.
    pub fn answers(&self, case: &Case) -> BTreeMap<usize, u64> {
        let mut out = BTreeMap::new();
        for row in &self.facts {
            if case.facts.get(&row.field) == Some(&row.value) {
                *out.entry(row.question).or_insert(u64::MAX) &= row.options;
            }
        }
        out.retain(|_, mask| *mask != 0);
        out
    }

    /// The hurdle that a ground named in a case belongs to.
    pub fn hurdle(&self, ground: &str) -> Option<&str> {
        self.grounds.get(ground).map(String::as_str).filter(|id| !id.is_empty())
    }
}

/// Reads how facts of cases answer questions.
pub(super) fn read(root: Table<'_, '_>, index: &Index) -> CaseFacts {
    let mut out = CaseFacts::default();
    for table in root.tables("fact") {
        let field = table.need_text("field");
        if !Case::may_answer(&field.value) {
            let allowed = Case::FIELDS_AND_FACTS.join(", ");
            let fields = [("key", "field"), ("found", field.value.as_str()), ("allowed", allowed.as_str())];
            table.reader.fault(field.span.clone(), Code::BadWord, &fields);
        }
        let question = index.need(table.reader, &table.need_text("answers"));
        if let (Some(question), Some(values)) = (question, table.table("values")) {
            for (value, options) in values.entries() {
                let mask = values
                    .words(&value.value, options)
                    .iter()
                    .filter_map(|word| index.need_option(table.reader, question, word))
                    .fold(0_u64, |mask, bit| mask | 1 << bit);
                out.facts.push(FactMap { field: field.value.clone(), value: value.value, question, options: mask });
            }
        }
        let _ = table.text("reason");
        table.finish();
    }
    if let Some(grounds) = root.table("grounds") {
        for (ground, hurdle) in grounds.entries() {
            let hurdle = hurdle.get_ref().as_str().unwrap_or_default().to_owned();
            out.grounds.insert(ground.value, hurdle);
        }
    }
    root.finish();
    out
}
