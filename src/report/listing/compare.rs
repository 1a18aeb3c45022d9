//! Targets side by side, ranked, with the reason for each place, as text, CSV and JSON. Recognition and
//! money are never one number: the order is by expected net recovery where it can be worked out, else
//! by outlook (`Assessment::ranked`), and each line says which.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::lang::Lang;
use crate::matter::Matter;
use crate::messages::ranking as words;
use crate::report::columns::{COLUMNS, because, rows};
use crate::report::sentences::Writer;
use crate::report::{Assessment, Engine, csv, json as score};
use crate::scoring::rule_record;
use crate::text::{one_line, pad, wrap};

/// Cells of a line, and of the labels at its left.
const WIDTH: usize = 96;
const LABEL: usize = 32;

pub fn text(engine: &Engine<'_>, matter: &Matter, assessment: &Assessment, lang: Lang) -> String {
    let writer = Writer::new(engine, matter, assessment, lang);
    let mut out = String::new();
    for line in wrap(&words::head(lang, assessment.rows.len()), WIDTH) {
        let _ = writeln!(out, "{line}");
    }
    for row in rows(assessment) {
        let _ = writeln!(out, "\n{}", words::rank(lang, writer.place(&row.target.id), row.rank));
        for (name, lines) in COLUMNS.iter().filter_map(|column| column.text) {
            for value in lines(&writer, row) {
                for (n, line) in wrap(&one_line(&value), WIDTH - LABEL - 3).into_iter().enumerate() {
                    let _ = writeln!(out, "   {}{line}", pad(if n == 0 { name(lang) } else { "" }, LABEL));
                }
            }
        }
    }
    out
}

/// The comparison as comma-separated values: figures as in the JSON, words safe for a spreadsheet.
pub fn csv(engine: &Engine<'_>, matter: &Matter, assessment: &Assessment, lang: Lang) -> String {
    let writer = Writer::new(engine, matter, assessment, lang);
    let columns = || COLUMNS.iter().flat_map(|column| column.csv);
    let mut out = csv::line(columns().map(|(name, _)| name));
    for row in rows(assessment) {
        out.push_str(&csv::line(columns().map(|(_, cell)| one_line(&cell(&writer, row)))));
    }
    out
}

/// The comparison as JSON: the shape of `score --json`, targets in their order, each with its rank,
/// the reason, and the record in both directions.
///
/// # Errors
/// Never for a result of the scoring; JSON itself could not be written.
pub fn json(engine: &Engine<'_>, matter: &Matter, assessment: &Assessment, lang: Lang) -> serde_json::Result<String> {
    let writer = Writer::new(engine, matter, assessment, lang);
    let mut value = serde_json::to_value(score::score(engine, matter, assessment, lang))?;
    let targets = value.get_mut("targets").map(Value::take);
    let mut out = Vec::new();
    if let Some(Value::Array(mut targets)) = targets {
        for row in rows(assessment) {
            let result = row.target;
            let place = targets.iter().position(|target| target["jurisdiction"] == result.id.as_str());
            let Some(mut target) = place.map(|place| targets.remove(place)) else { continue };
            let state = matter.state_of(writer.pack, &result.id).and_then(|state| writer.pack.record_of(state));
            let of_state = state.map(|state| {
                json!({"recognised": state.recognised, "refused": state.refused, "test": state.test,
                       "as_counted_by": state.counted_by, "source_status": state.status.id()})
            });
            let [records, matters, lost] = rule_record::of_target(writer.pack, writer.decided(), &result.id);
            let profile = writer.profile(result);
            target["rank"] = json!(row.rank);
            target["because"] = json!(because(&writer, row));
            target["route"] = json!(profile.map(|profile| profile.basis.kind.clone()));
            target["reciprocity"] = json!({
                "requirement": profile.map(|profile| profile.basis.reciprocity.clone()),
                "target": profile.map(|p| json!({"recognised": p.record.recognised, "refused": p.record.refused,
                    "as_counted_by": p.record.counted_by.en})),
                "state": of_state,
            });
            target["decided_cases"] = json!({"records": records, "matters": matters, "refused_or_sent_to_trial": lost});
            out.push(target);
        }
    }
    value["targets"] = Value::Array(out);
    let mut text = serde_json::to_string_pretty(&value)?;
    text.push('\n');
    Ok(text)
}
