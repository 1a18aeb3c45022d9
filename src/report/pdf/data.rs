//! The report as the data of the template, with long words in parts between which a line may break.

use serde_json::{Value, json};

use super::{Font, Fonts, covers};
use crate::lang::Lang;
use crate::messages::{document as words, num};
use crate::report::{Audience, Block, Chart, Report, Span, Table, Text, plain_text, widths};
use crate::text;

/// Cells of a matter's name at the head of a page.
const HEAD_CELLS: usize = 64;
/// Headings of a report from which on it has a table of contents: a short one needs none.
const CONTENTS_FROM: usize = 30;
/// A word longer than this may be broken anywhere between parts of so many characters.
const LONG_WORD: usize = 24;
const PART: usize = 6;

pub(super) fn of(report: &Report, fonts: &Fonts) -> Value {
    let lang = report.lang;
    let headings = report.blocks.iter().filter(|block| matches!(block, Block::Heading { .. })).count();
    let pairs: Vec<String> = report
        .meta
        .iter()
        .map(|(label, value)| format!("{}{}{}", label.words(), num::colon(lang), value.words()))
        .collect();
    json!({
        "lang": lang.code(),
        "region": match lang { Lang::En => "GB", Lang::Zh => "CN" },
        "fonts": {
            "text": families(&fonts.text, &[]),
            "heads": families(&fonts.heads, &fonts.text),
            "code": families(&fonts.code, &fonts.text),
        },
        "title": report.title.words(),
        "about": pairs.join(num::semicolon(lang)),
        "head": text::clip(&report.matter.words(), HEAD_CELLS),
        "standing": match report.audience {
            Audience::Counsel => words::privileged(lang),
            Audience::Creditor => words::confidential(lang),
        },
        "page": words::page(lang, "{n}", "{total}"),
        "contents": (headings >= CONTENTS_FROM).then(|| words::contents(lang)),
        "meta": rows(&report.meta),
        "blocks": report.blocks.iter().map(|block| self::block(block, lang)).collect::<Vec<_>>(),
    })
}

fn block(block: &Block, lang: Lang) -> Value {
    match block {
        Block::Heading { level, text, .. } => {
            json!({ "kind": "heading", "level": level.saturating_sub(1).max(1), "text": rich(text) })
        }
        Block::Paragraph(text) => json!({ "kind": "paragraph", "text": rich(text) }),
        Block::Note(text) => json!({ "kind": "note", "text": rich(text) }),
        Block::List { numbered, items } => {
            json!({ "kind": "list", "numbered": numbered, "items": items.iter().map(rich).collect::<Vec<_>>() })
        }
        Block::KeyValues(pairs) => json!({ "kind": "pairs", "rows": rows(pairs) }),
        Block::Table(table) => self::table(table),
        Block::Figure(figure) => self::table(&figure.table(lang)),
        Block::Chart(chart) => self::chart(chart, lang),
    }
}

fn table(table: &Table) -> Value {
    json!({
        "kind": "table",
        "widths": widths::shares(table),
        "figures": table.figures,
        "head": table.head.iter().map(rich).collect::<Vec<_>>(),
        "rows": table.rows.iter().map(|row| row.iter().map(rich).collect::<Vec<_>>()).collect::<Vec<_>>(),
    })
}

fn chart(chart: &Chart, lang: Lang) -> Value {
    let rows = chart.rows.iter().map(|row| {
        json!({
            "label": rich(&row.label),
            "value": row.value.clamp(0.0, 1.0),
            "range": row.range.map(|range| range.map(|end| end.clamp(0.0, 1.0))),
            "figures": plain_text::figures(chart, row, lang),
        })
    });
    json!({ "kind": "chart", "caption": rich(&chart.caption), "rows": rows.collect::<Vec<_>>() })
}

fn rows(pairs: &[(Text, Text)]) -> Vec<[Value; 2]> {
    pairs.iter().map(|(label, value)| [rich(label), rich(value)]).collect()
}

fn rich(text: &Text) -> Value {
    let spans = text.spans().iter().map(|span| match span {
        Span::Plain(words) => json!({ "kind": "plain", "parts": parts(words) }),
        Span::Strong(words) => json!({ "kind": "strong", "parts": parts(words) }),
        Span::Link(address) => json!({ "kind": "link", "dest": address, "parts": pieces(address) }),
        Span::Code(words) => json!({ "kind": "code", "parts": pieces(words) }),
    });
    spans.collect()
}

/// Words as they are, but long ones in parts.
fn parts(words: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for word in words.split_inclusive(char::is_whitespace) {
        let long = word.split(|c: char| !c.is_ascii()).any(|run| run.len() > LONG_WORD);
        if long {
            out.extend(pieces(word));
            out.push(String::new());
        } else if let Some(last) = out.last_mut() {
            last.push_str(word);
        }
    }
    out.retain(|part| !part.is_empty());
    out
}

/// A text in parts: after a mark that divides it, or after so many characters.
fn pieces(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut part = String::new();
    for c in text.chars() {
        part.push(c);
        let divides = matches!(c, ';' | '/' | '+' | '=' | '&' | '?' | '.' | '-' | '_' | ',');
        if divides || part.chars().count() >= PART {
            out.push(std::mem::take(&mut part));
        }
    }
    if !part.is_empty() {
        out.push(part);
    }
    out
}

/// The families of fonts, each once, and whether it is Latin only.
fn families(first: &[Font], then: &[Font]) -> Vec<Value> {
    let mut seen = std::collections::BTreeSet::new();
    let fonts = first.iter().chain(then).filter(|font| seen.insert(font.info().family.clone()));
    fonts.map(|font| json!({ "name": font.info().family.as_str(), "latin": !covers(font, '中') })).collect()
}

/// Fields whose strings steer the template and are not set.
const UNSET: [&str; 4] = ["kind", "lang", "region", "dest"];

/// Every string of a value that is set, without the names of its fields.
pub(super) fn strings(value: &Value, each: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => each(text),
        Value::Array(values) => values.iter().for_each(|value| strings(value, each)),
        Value::Object(fields) => {
            fields
                .iter()
                .filter(|(name, _)| !UNSET.contains(&name.as_str()))
                .for_each(|(_, value)| strings(value, each));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_hold_every_character_in_its_order() {
        for text in
            ["plain words, as they are", "", " a ", &"x".repeat(99), "某某有限公司", "exq1;a=b;assets=hk/cash+sg/cash"]
        {
            assert_eq!(parts(text).concat(), text);
            assert_eq!(pieces(text).concat(), text);
        }
        assert_eq!(parts("one two"), ["one two"]);
        assert!(parts(&format!("see {} there", "y".repeat(60))).iter().all(|part| part.len() <= PART + 1));
    }
}
