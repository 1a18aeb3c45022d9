//! The expression language of `zen-engine`: every target one expression, compiled beforehand, run by a
//! virtual machine that is used again. The graph around expressions is left out, to the engine's advantage.

use std::collections::HashMap;

use serde_json::json;
use zen_expression::expression::Standard;
use zen_expression::vm::VM;
use zen_expression::{Expression, Variable, compile_expression};

use super::synthetic::{Model, Total, UNKNOWN, factors};
use super::{Fallible, Peer, texts};

/// The model in this engine.
pub struct Zen {
    rules: Vec<Expression<Standard>>,
    cases: Vec<Variable>,
    vm: VM,
}

/// One form of the total, written out.
fn expression(model: &Model, target: usize, form: usize) -> String {
    let survives = model.grounds[target].iter().map(|(base, rules)| {
        let factors = rules.iter().map(|rule| {
            let answer = format!("question_{}", rule.question);
            let (told, unknown) = (factors(rule, rule.option)[form], factors(rule, UNKNOWN)[form]);
            let (option, open) = (texts::text(rule.option), texts::text(UNKNOWN));
            format!("({answer} == '{option}' ? {told} : ({answer} == '{open}' ? {unknown} : 1))")
        });
        let odds: Vec<_> = [base.to_string()].into_iter().chain(factors).collect();
        format!("(1 / (1 + {}))", odds.join(" * "))
    });
    format!("1 - {}", survives.collect::<Vec<_>>().join(" * "))
}

impl Zen {
    /// Of a model and the answers of its cases.
    pub fn new(model: &Model, cases: &[HashMap<String, String>]) -> Fallible<Self> {
        let rules = (0..model.grounds.len()).map(|target| {
            let forms: Vec<_> = (0..3).map(|form| expression(model, target, form)).collect();
            Ok(compile_expression(&format!("[{}]", forms.join(", ")))?)
        });
        // A dash would be a subtraction.
        let cases = cases.iter().map(|case| {
            let named: HashMap<_, _> = case.iter().map(|(name, answer)| (name.replace('-', "_"), answer)).collect();
            json!(named).into()
        });
        Ok(Zen { rules: rules.collect::<Fallible<_>>()?, cases: cases.collect(), vm: VM::new() })
    }
}

impl Peer for Zen {
    fn total(&mut self, target: usize, case: usize) -> Fallible<Total> {
        let out = self.rules[target].evaluate_with(self.cases[case].clone(), &mut self.vm)?;
        let mut total = [0.0; 3];
        for (total, form) in total.iter_mut().zip(out.as_array().ok_or("no list")?.borrow().iter()) {
            *total = form.as_number().ok_or("no number")?.try_into()?;
        }
        Ok(total)
    }
}
