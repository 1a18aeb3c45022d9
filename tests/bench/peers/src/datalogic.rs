//! JSON Logic by `datalogic-rs`: rules compiled once, a session whose memory is used again, and data
//! parsed beforehand, which the engine reads without a copy.

use std::collections::HashMap;

use datalogic_rs::{Engine, Logic, ParsedData, Session};
use serde_json::{Value, json};

use super::synthetic::{Model, Total, UNKNOWN, factors};
use super::{Fallible, Peer, texts};

/// How rules find an answer.
#[derive(Clone, Copy, PartialEq)]
pub enum Answers {
    /// By the name of its question; the engine walks through the names.
    Named,
    /// By its place in a list.
    Placed,
}

/// The model in this engine.
pub struct Datalogic {
    rules: Vec<Logic>,
    cases: Vec<ParsedData>,
    session: Session<'static>,
}

/// One form of the total: what is left of 1 when every ground has taken its share.
fn rule(model: &Model, target: usize, form: usize, answers: Answers) -> Value {
    let survives = model.grounds[target].iter().map(|(base, rules)| {
        let factors = rules.iter().map(|rule| {
            let answer = match answers {
                Answers::Named => json!({"var": format!("question-{}", rule.question)}),
                Answers::Placed => json!({"var": rule.question}),
            };
            let is = |text: String| json!({"==": [answer, text]});
            let (told, unknown) = (factors(rule, rule.option)[form], factors(rule, UNKNOWN)[form]);
            json!({"if": [is(texts::text(rule.option)), told, is(texts::text(UNKNOWN)), unknown, 1]})
        });
        let odds: Vec<Value> = [json!(base)].into_iter().chain(factors).collect();
        json!({"/": [1, {"+": [1, {"*": odds}]}]})
    });
    json!({"-": [1, {"*": survives.collect::<Vec<_>>()}]})
}

impl Datalogic {
    /// Of a model and the answers of its cases.
    pub fn new(model: &Model, cases: &[HashMap<String, String>], answers: Answers) -> Fallible<Self> {
        // The session lives as long as the program.
        let engine: &'static Engine = Box::leak(Box::new(Engine::new()));
        let rules = (0..model.grounds.len()).map(|target| {
            let forms = Value::from_iter((0..3).map(|form| rule(model, target, form, answers)));
            engine.compile(forms.to_string().as_str())
        });
        let rules = rules.collect::<Result<_, _>>()?;
        let cases = cases.iter().map(|case| {
            let case = match answers {
                Answers::Named => json!(case),
                Answers::Placed => (0..case.len()).map(|at| case[&format!("question-{at}")].as_str()).collect(),
            };
            ParsedData::from_json(&case.to_string())
        });
        Ok(Datalogic { rules, cases: cases.collect::<Result<_, _>>()?, session: engine.session() })
    }
}

impl Peer for Datalogic {
    fn total(&mut self, target: usize, case: usize) -> Fallible<Total> {
        self.session.reset();
        let out = self.session.eval_borrowed(&self.rules[target], &self.cases[case])?;
        let forms = out.as_array().ok_or("no list")?;
        let mut total = [0.0; 3];
        for (total, form) in total.iter_mut().zip(forms) {
            *total = form.as_f64().ok_or("no number")?;
        }
        Ok(total)
    }
}
