//! What is asked: sections, questions and their options.

use serde::{Deserialize, Serialize};

use super::condition::Expr;
use super::index::Index;
use super::reader::Table;
use crate::diagnostic::Code;
use crate::lang::Localized;

/// Options of a question are bits of a mask.
pub(super) const MAX_OPTIONS: usize = 60;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Section {
    /// Stable id, e.g. `service`.
    pub id: String,
    pub title: Localized,
    /// One sentence on what it is about.
    pub intro: Localized,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    Choice,
    Choices,
    Date,
    Money,
    Number,
    /// A target or another place.
    Place,
    Assets,
    /// Targets, first choice first.
    Targets,
}

impl Kind {
    /// The words used in files.
    pub const WORDS: &'static [(&'static str, Kind)] = &[
        ("choice", Kind::Choice),
        ("choices", Kind::Choices),
        ("date", Kind::Date),
        ("money", Kind::Money),
        ("number", Kind::Number),
        ("place", Kind::Place),
        ("assets", Kind::Assets),
        ("targets", Kind::Targets),
    ];

    /// True when conditions can test the answer.
    pub(crate) const fn listable(self) -> bool {
        matches!(self, Kind::Choice | Kind::Choices)
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Question {
    /// Stable id, e.g. `service.method`.
    pub id: String,
    pub section: usize,
    pub kind: Kind,
    /// True when the options run from best to worst for the creditor.
    pub ordered: bool,
    /// When it is asked; `Always(true)` for most.
    pub show_if: Expr,
    pub ask: Localized,
    /// How to find the answer.
    pub help: Localized,
    pub why: Localized,
    pub proof: Localized,
    /// For a question that moves no score: why it is asked all the same.
    pub record_only: Localized,
    /// The option for targets other than the first choice, of questions about that one.
    pub elsewhere: Option<usize>,
    /// What a number counts.
    pub unit: Localized,
    pub options: Vec<Choice>,
    /// Share of each option among the decided cases where it is known, with one pseudo-case an
    /// option (MODEL: prior of an unknown answer). Adds up to one; empty without options.
    pub prior: Vec<f64>,
}

impl Question {
    pub fn option_index(&self, id: &str) -> Option<usize> {
        self.options.iter().position(|option| option.id == id)
    }

    pub fn option(&self, id: &str) -> Option<&Choice> {
        self.options.iter().find(|option| option.id == id)
    }

    /// The options that do not exclude the others, as a mask of their indices.
    pub(crate) fn inclusive(&self) -> u64 {
        let options = self.options.iter().enumerate().filter(|(_, option)| !option.exclusive);
        options.fold(0, |mask, (at, _)| mask | 1 << at)
    }

    /// The option whose band a number falls into.
    pub(crate) fn band(&self, number: f64) -> Option<&Choice> {
        self.options
            .iter()
            .filter(|option| option.at_least.is_some_and(|least| least <= number))
            .max_by(|a, b| a.at_least.partial_cmp(&b.at_least).unwrap_or(std::cmp::Ordering::Equal))
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Choice {
    /// Stable id, e.g. `public-announcement`.
    pub id: String,
    pub label: Localized,
    /// A clarifying sentence, or empty.
    pub note: Localized,
    /// True when it excludes the others of a question with several answers.
    pub exclusive: bool,
    /// Lower bound of a band of numbers.
    pub at_least: Option<f64>,
    /// When other answers rule it out; `Always(false)` for most.
    pub impossible_if: Expr,
}

/// Reads a file of questions: its section and its questions.
pub(super) fn read(root: Table<'_, '_>, index: &Index, section: usize) -> (Section, Vec<Question>) {
    let mut head = Section { id: String::new(), title: Localized::default(), intro: Localized::default() };
    match root.table("section") {
        Some(table) => {
            head = Section {
                id: table.need_text("id").value,
                title: table.localized("title"),
                intro: table.localized("intro"),
            };
            table.finish();
        }
        None => root.missing("section"),
    }
    let questions = root.tables("question").into_iter().map(|table| question(table, index, section)).collect();
    root.finish();
    (head, questions)
}

fn question(table: Table<'_, '_>, index: &Index, section: usize) -> Question {
    let id = table.need_text("id").value;
    let kind = table.word("kind", Kind::WORDS);
    let options = table.tables("option");
    table.at_most(options.len(), MAX_OPTIONS);
    let options: Vec<Choice> = options.into_iter().take(MAX_OPTIONS).map(|option| choice(option, index)).collect();
    if kind.listable() && options.is_empty() {
        table.missing("option");
    }
    let elsewhere = table.text("elsewhere").and_then(|at| {
        let question = index.find(&id)?;
        index.need_option(table.reader, question, &at)
    });
    let question = Question {
        section,
        kind,
        ordered: table.flag("ordered").unwrap_or_default(),
        show_if: index.condition(&table, "show-if", true).0,
        ask: table.localized("ask"),
        help: table.localized("help"),
        why: table.localized("why"),
        proof: table.localized("proof"),
        record_only: table.localized_or("record-only"),
        elsewhere,
        unit: table.localized_or("unit"),
        options,
        prior: Vec::new(),
        id,
    };
    table.finish();
    question
}

fn choice(table: Table<'_, '_>, index: &Index) -> Choice {
    let choice = Choice {
        id: table.need_text("id").value,
        label: table.localized("label"),
        note: table.localized_or("note"),
        exclusive: table.flag("exclusive").unwrap_or_default(),
        at_least: table.number("at-least").map(|located| located.value),
        impossible_if: index.condition(&table, "impossible-if", false).0,
    };
    if choice.id == "unknown" {
        let span = table.span_of("id");
        table.reader.fault(span, Code::DuplicateId, &[("id", "unknown")]);
    }
    table.finish();
    choice
}
