//! The text of a matter's file.

use std::fmt::Write as _;

use toml::de::DeValue;

use super::{COLUMNS, FORMAT};
use crate::matter::{Answer, Asset, Basis, Matter, Money, Value};
use crate::pack::Pack;

/// Writes a matter. Answers stand in the order of the interview, one a line.
pub fn write(matter: &Matter, pack: &Pack) -> String {
    // About what an answer takes; it is written with every key.
    let mut out = String::with_capacity(1024 + 96 * matter.answers.len());
    let _ = writeln!(out, "format = {FORMAT}");
    let _ = writeln!(out, "pack = {}", quoted(&pack.id));
    let _ = writeln!(out, "pack-version = {}", quoted(&pack.version));
    let _ = writeln!(out, "title = {}", quoted(&matter.title));
    if let Some(lang) = matter.lang {
        let _ = writeln!(out, "language = {}", quoted(lang.code()));
    }
    if let Some(at) = &matter.at {
        let _ = writeln!(out, "at = {}", quoted(at));
    }
    let _ = writeln!(out, "\n[answers]");
    for question in &pack.questions {
        if let Some(answer) = matter.answers.get(&question.id) {
            out.push_str(&question.id);
            out.push_str(" = ");
            write_answer(&mut out, answer);
            out.push('\n');
        }
    }
    // A table of its own: among the answers a later reading would take an id for a slip.
    if !matter.kept.is_empty() {
        let _ = writeln!(out, "\n[kept]");
        for (id, text) in &matter.kept {
            let _ = writeln!(out, "{} = {text}", quoted(id));
        }
    }
    if let Some(rates) = &matter.rates {
        let _ = writeln!(out, "\n[rates]\nas-of = {}", rates.as_of);
        for (currency, rate) in &rates.per_unit {
            let _ = writeln!(out, "per-unit.{} = {}", quoted(currency), quoted(&rate.to_string()));
        }
    }
    for asset in matter.assets(pack).unwrap_or_default() {
        write_asset(&mut out, asset);
    }
    out
}

fn write_asset(out: &mut String, asset: &Asset) {
    let _ = writeln!(out, "\n[[asset]]");
    for column in COLUMNS {
        let text = match column {
            "value" => asset.value.as_ref().map(Money::to_string).unwrap_or_default(),
            "charges" => asset.charges.as_ref().map(Money::to_string).unwrap_or_default(),
            _ => asset.option(column).to_owned(),
        };
        if !text.is_empty() {
            let _ = writeln!(out, "{column} = {}", quoted(&text));
        }
    }
    if !asset.note.is_empty() {
        let _ = writeln!(out, "note = {}", quoted(&asset.note));
    }
}

fn write_answer(out: &mut String, answer: &Answer) {
    out.push_str("{ value = ");
    match &answer.value {
        Value::Unknown => quote(out, "unknown"),
        Value::Choice(id) | Value::Place(id) => quote(out, id),
        Value::Choices(ids) | Value::Targets(ids) => {
            out.push('[');
            for (n, id) in ids.iter().enumerate() {
                out.push_str(if n == 0 { "" } else { ", " });
                quote(out, id);
            }
            out.push(']');
        }
        Value::Date(date) => out.push_str(&date.to_string()),
        Value::Money(money) => quote(out, &money.to_string()),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::Assets(assets) => quote(out, if assets.is_empty() { "none" } else { "listed" }),
    }
    let basis = answer.basis.map_or("", Basis::id);
    for (key, text) in [("basis", basis), ("evidence", &answer.evidence), ("note", &answer.note)] {
        if !text.is_empty() {
            out.push_str(", ");
            out.push_str(key);
            out.push_str(" = ");
            quote(out, text);
        }
    }
    out.push_str(" }");
}

/// A TOML basic string: everything that could be taken for something else is escaped.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    quote(&mut out, text);
    out
}

fn quote(out: &mut String, text: &str) {
    out.push('"');
    // Most texts are ids, and one test for the whole of it beats a look at each letter.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\')) {
        out.push_str(text);
    } else {
        text.chars().for_each(|c| escape(out, c));
    }
    out.push('"');
}

fn escape(out: &mut String, c: char) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\t' => out.push_str("\\t"),
        '\r' => out.push_str("\\r"),
        c if c.is_control() => {
            let _ = write!(out, "\\u{:04X}", c as u32);
        }
        c => out.push(c),
    }
}

/// A value as one line of TOML that means the same.
pub(super) fn raw(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => quoted(text),
        DeValue::Integer(n) => i64::from_str_radix(&n.as_str().replace('_', ""), n.radix())
            .map_or_else(|_not_whole| quoted(n.as_str()), |n| n.to_string()),
        DeValue::Float(n) => n.as_str().to_owned(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(items) => {
            format!("[{}]", items.iter().map(|item| raw(item.get_ref())).collect::<Vec<_>>().join(", "))
        }
        DeValue::Table(table) => {
            let pairs: Vec<String> = table
                .iter()
                .map(|(key, item)| format!("{} = {}", key_text(key.get_ref()), raw(item.get_ref())))
                .collect();
            format!("{{ {} }}", pairs.join(", "))
        }
    }
}

/// A key as it may stand in a file: quoted where it holds more than plain letters.
fn key_text(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !key.is_empty() && key.chars().all(bare) { key.to_owned() } else { quoted(key) }
}
