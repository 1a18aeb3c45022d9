//! JSON Schemas (draft 2020-12) of what the program reads and writes.
//!
//! Invariant: a schema promises what the readers and writers do; `tests/core/schema.rs` holds each one
//! against real files and outputs. Those of a matter and of a batch follow from the pack, because its
//! questions and options are their words; those of a report and of a pack's files are data beside this
//! file.

use serde_json::{Map, Value, json};

use crate::lang::Lang;
use crate::matter::{Basis, file};
use crate::pack::{Kind, Pack, Question};

/// `score --json` and `report --format json`.
pub const REPORT: &str = include_str!("schema/report.json");

/// The files of a pack: one definition a kind of file, any of which may be the root.
pub const PACK: &str = include_str!("schema/pack.json");

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A matter's file (TOML) for a pack, with its questions as titles: for editors that complete and
/// check as one types.
pub fn matter(pack: &Pack, lang: Lang) -> Value {
    let mut answers = Map::new();
    for question in &pack.questions {
        insert(&mut answers, &question.id, answer(pack, question, lang));
    }
    json!({
        "$schema": DRAFT,
        "title": "A matter of exequatur",
        "type": "object",
        "properties": {
            "format": {"const": file::FORMAT},
            "pack": {"const": pack.id},
            "pack-version": {"type": "string"},
            "title": {"type": "string"},
            "language": {"enum": ["en", "zh"]},
            "at": {"enum": pack.questions.iter().map(|question| &question.id).collect::<Vec<_>>()},
            "answers": {"type": "object", "properties": answers, "additionalProperties": false},
            "rates": {
                "type": "object",
                "properties": {
                    "as-of": {"type": "string", "format": "date"},
                    "per-unit": {"type": "object", "additionalProperties": {"type": "string"}},
                },
                "additionalProperties": false,
            },
            "asset": {"type": "array", "items": asset(pack, lang)},
        },
        "required": ["format", "pack", "pack-version"],
        "additionalProperties": false,
    })
}

/// Puts a schema where the dots of a question's id lead.
fn insert(into: &mut Map<String, Value>, id: &str, schema: Value) {
    let Some((group, rest)) = id.split_once('.') else {
        into.insert(id.to_owned(), schema);
        return;
    };
    let group =
        into.entry(group).or_insert_with(|| json!({"type": "object", "properties": {}, "additionalProperties": false}));
    if let Some(inner) = group.get_mut("properties").and_then(Value::as_object_mut) {
        insert(inner, rest, schema);
    }
}

/// An answer of a file: the value alone, or with what it rests on.
fn answer(pack: &Pack, question: &Question, lang: Lang) -> Value {
    let value = value(pack, question, lang);
    let with_basis = json!({
        "type": "object",
        "properties": {
            "value": value,
            "basis": {"enum": Basis::ALL.map(Basis::id)},
            "evidence": {"type": "string"},
            "note": {"type": "string"},
        },
        "additionalProperties": false,
    });
    json!({"title": question.ask.get(lang), "description": question.proof.get(lang), "anyOf": [value, with_basis]})
}

fn value(pack: &Pack, question: &Question, lang: Lang) -> Value {
    let options = || question.options.iter().map(|option| (option.id.as_str(), option.label.get(lang)));
    let known = match question.kind {
        Kind::Choice => one_of(options()),
        Kind::Choices => json!({"type": "array", "items": one_of(options())}),
        Kind::Date => json!({"type": "string", "format": "date"}),
        Kind::Money => json!({"type": "string", "description": "1000000 CNY"}),
        Kind::Number => json!({"type": "number", "minimum": 0, "maximum": 100_000}),
        Kind::Place => one_of(places(pack, lang)),
        Kind::Assets => json!({"enum": ["none", "listed"]}),
        Kind::Targets => json!({"type": "array", "items": one_of(targets(pack, lang))}),
    };
    let mut forms = vec![known, json!({"const": "unknown"})];
    // A number may be written where the options are bands of it.
    if question.kind == Kind::Choice && question.options.iter().any(|option| option.at_least.is_some()) {
        forms.push(json!({"type": "number"}));
    }
    json!({"anyOf": forms})
}

fn one_of<'t>(words: impl Iterator<Item = (&'t str, &'t str)>) -> Value {
    json!({"oneOf": words.map(|(id, label)| json!({"const": id, "title": label})).collect::<Vec<_>>()})
}

fn targets(pack: &Pack, lang: Lang) -> impl Iterator<Item = (&str, &str)> {
    pack.profiles.iter().map(move |profile| (profile.id.as_str(), profile.name.get(lang)))
}

fn places(pack: &Pack, lang: Lang) -> impl Iterator<Item = (&str, &str)> {
    targets(pack, lang).chain(pack.places.iter().map(move |place| (place.id.as_str(), place.name.get(lang))))
}

/// An asset of the list.
fn asset(pack: &Pack, lang: Lang) -> Value {
    let mut columns = Map::new();
    for column in &pack.assets.columns {
        let mut form = match column.kind {
            Kind::Money => json!({"type": "string", "description": "1000000 CNY"}),
            Kind::Place => one_of(places(pack, lang)),
            _ => {
                let options = column.options.iter().map(|option| (option.id.as_str(), option.label.get(lang)));
                json!({"anyOf": [one_of(options), {"const": "unknown"}]})
            }
        };
        form["title"] = json!(column.label.get(lang));
        columns.insert(column.id.clone(), form);
    }
    columns.insert("note".to_owned(), json!({"type": "string"}));
    json!({"type": "object", "properties": columns, "additionalProperties": false})
}

/// The lines of `batch`: what it reads, and what it writes.
pub fn batch(pack: &Pack, lang: Lang) -> Value {
    let answers: Map<String, Value> = pack
        .questions
        .iter()
        .filter(|question| !matches!(question.kind, Kind::Assets | Kind::Targets))
        .map(|question| {
            let mut form = value(pack, question, lang);
            form["title"] = json!(question.ask.get(lang));
            (question.id.clone(), form)
        })
        .collect();
    let target = json!({
        "type": "object",
        "properties": {
            "jurisdiction": {"type": "string"},
            "expected": {"type": "number", "minimum": 0, "maximum": 1},
            "low": {"type": "number", "minimum": 0, "maximum": 1},
            "high": {"type": "number", "minimum": 0, "maximum": 1},
            "blocked": {"type": "boolean"},
            "grade": {"enum": ["high", "moderate", "low", "very-low"]},
            "net": {"type": ["number", "null"]},
            "deadline": {"type": ["string", "null"]},
        },
        "required": ["jurisdiction", "expected", "low", "high", "blocked", "grade", "net", "deadline"],
    });
    // A number as it was written, if 64 bits hold it.
    let reference = json!({"type": ["string", "integer", "null"]});
    json!({
        "$schema": DRAFT,
        "title": "A line of `exequatur batch`",
        "description": "One line is one case. Input: JSON, or CSV with a column an answer and `assets` and `targets` as JSON text. Output stands in the order of the input.",
        "anyOf": [{"$ref": "#/$defs/input"}, {"$ref": "#/$defs/output"}, {"$ref": "#/$defs/error"}],
        "$defs": {
            "input": {
                "type": "object",
                "properties": {
                    "id": reference,
                    "answers": {"type": "object", "properties": answers, "additionalProperties": false},
                    "assets": {"type": "array", "items": asset(pack, lang)},
                    "targets": {"type": "array", "items": one_of(targets(pack, lang))},
                },
                "required": ["id"],
                "additionalProperties": false,
            },
            "output": {
                "type": "object",
                "properties": {
                    "id": reference,
                    "best": {"type": ["string", "null"]},
                    "targets": {"type": "array", "items": target},
                },
                "required": ["id", "best", "targets"],
            },
            "error": {
                "type": "object",
                "properties": {"id": reference, "line": {"type": "integer"}, "error": {"type": "string"}},
                "required": ["id", "line", "error"],
            },
        },
    })
}
