//! The synthetic model as a rule of datalogic-rs (`JSONLogic`): compiled once, answers as JSON text.

use std::fmt::Write as _;

use datalogic_rs::Engine;

use crate::measure::timed;
use crate::synthetic::{Model, QUESTIONS, TARGETS, UNKNOWN};

/// CPU seconds of one assessment, with each result compared with that of the table.
pub fn datalogic(model: &Model, cases: &[[u8; QUESTIONS]]) -> Result<f64, Box<dyn std::error::Error>> {
    let engine = Engine::new();
    let mut rules = Vec::new();
    for target in 0..TARGETS {
        let totals: Vec<String> = (0..3).map(|form| total(model, target, form)).collect();
        rules.push(engine.compile(format!("[{}]", totals.join(",")).as_str())?);
    }
    let texts: Vec<String> = cases
        .iter()
        .map(|case| {
            let mut out = String::from("{");
            for (question, code) in case.iter().enumerate() {
                let comma = if question == 0 { "" } else { "," };
                let _ = write!(out, "{comma}\"q{question}\":\"o{code}\"");
            }
            out + "}"
        })
        .collect();
    let mut session = engine.session();
    let (cpu, found) = timed(|| {
        let each = texts.iter().enumerate();
        each.map(|(n, text)| session.eval_str(&rules[n % TARGETS], text.as_str())).collect::<Result<Vec<_>, _>>()
    })?;
    for (n, (found, case)) in found?.iter().zip(cases).enumerate() {
        let found: [f64; 3] = serde_json::from_str(found)?;
        let table = model.by_table(n % TARGETS, case);
        if found.iter().zip(table).any(|(a, b)| (a - b).abs() > 1e-9) {
            return Err(format!("case {n}: {found:?} is not {table:?}").into());
        }
    }
    Ok(cpu / cases.len() as f64)
}

/// One minus the product over grounds of `1 - odds / (1 + odds)`, that is of `1 / (1 + odds)`.
fn total(model: &Model, target: usize, form: usize) -> String {
    let grounds: Vec<String> = model.grounds[target]
        .iter()
        .map(|(base, rules)| {
            let factors: Vec<String> = rules
                .iter()
                .map(|rule| {
                    let answer = format!("{{\"var\":\"q{}\"}}", rule.question);
                    let [holds, open] = [rule.option, UNKNOWN].map(|code| crate::synthetic::factors(rule, code)[form]);
                    format!(
                        "{{\"if\":[{{\"==\":[{answer},\"o{}\"]}},{holds},{{\"==\":[{answer},\"o{UNKNOWN}\"]}},{open},1]}}",
                        rule.option
                    )
                })
                .collect();
            format!("{{\"/\":[1,{{\"+\":[1,{{\"*\":[{base},{}]}}]}}]}}", factors.join(","))
        })
        .collect();
    format!("{{\"-\":[1,{{\"*\":[{}]}}]}}", grounds.join(","))
}
