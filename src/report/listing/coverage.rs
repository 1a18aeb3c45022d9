//! The coverage of a pack as text and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::lang::Lang;
use crate::messages::coverage as words;
use crate::pack::Pack;
use crate::scoring::coverage::{Coverage, Part};
use crate::text::{one_line, wrap};

const WIDTH: usize = 96;

fn parts(it: &Coverage) -> [(&'static str, &Part); 5] {
    [
        ("questions", &it.questions),
        ("options", &it.options),
        ("rules", &it.rules),
        ("confidence", &it.confidence),
        ("actions", &it.actions),
    ]
}

/// The coverage as text: for each part how much is reached, and by id what is not.
pub fn text(pack: &Pack, it: &Coverage, lang: Lang) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", words::head(lang, it.cases, it.examples, one_line(&pack.id), one_line(&pack.version)));
    for name in &it.unread {
        let _ = writeln!(out, "{}", words::unread_example(lang, one_line(name)));
    }
    for (key, part) in parts(it) {
        let name = match key {
            "questions" => words::questions(lang),
            "options" => words::options(lang),
            "rules" => words::rules(lang),
            "confidence" => words::confidence(lang),
            _ => words::actions(lang),
        };
        let _ = writeln!(out, "\n{}", words::line(lang, part.all, name, part.all - part.never.len()));
        if !part.never.is_empty() {
            let _ = writeln!(out, "  {}", words::never(lang));
        }
        for id in &part.never {
            let _ = writeln!(out, "    {}", one_line(id));
        }
    }
    out.push('\n');
    for line in wrap(words::note(lang), WIDTH) {
        let _ = writeln!(out, "{line}");
    }
    out
}

/// The coverage as JSON: each part with its number and what is never reached.
pub fn json(pack: &Pack, it: &Coverage) -> String {
    let mut value = json!({
        "pack": {"id": pack.id, "version": pack.version, "sha256": pack.sha256},
        "examples": it.examples,
        "cases": it.cases,
        "unread_examples": it.unread,
    });
    for (key, part) in parts(it) {
        value[key] = json!({"all": part.all, "never": part.never});
    }
    let mut text = Value::to_string(&value);
    text.push('\n');
    text
}
