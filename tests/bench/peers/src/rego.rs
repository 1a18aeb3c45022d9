//! Rego by `regorus`: a policy written out rule by rule, compiled for its virtual machine, which is used
//! again for every case.

use std::collections::HashMap;

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{Engine, Rc, Value};
use serde_json::json;

use super::synthetic::{Model, Total, UNKNOWN, factors};
use super::{Fallible, Peer, texts};

/// The model in this engine.
pub struct Rego {
    rules: Vec<RegoVM>,
    cases: Vec<Value>,
}

const ENTRY: &str = "data.synthetic.total";

/// A policy without loops: a rule for every ground, because the machine gives a rule 255 registers. The
/// factor of an answer is looked up among those of all options; `object.get` with a factor for all others,
/// and `else`, took longer.
fn policy(model: &Model, target: usize) -> String {
    let mut lines = vec!["package synthetic".to_owned(), "import rego.v1".to_owned()];
    for (g, (base, rules)) in model.grounds[target].iter().enumerate() {
        lines.push(format!("ground_{g} := [low, expected, high] if {{"));
        for (r, rule) in rules.iter().enumerate() {
            let codes = (0..model.options[rule.question]).chain([UNKNOWN]);
            let table: HashMap<_, _> = codes.map(|code| (texts::text(code), factors(rule, code))).collect();
            lines.push(format!("  f_{r} := {}[input[\"question-{}\"]]", json!(table), rule.question));
        }
        for (form, name) in ["low", "expected", "high"].into_iter().enumerate() {
            let factors: String = (0..rules.len()).map(|r| format!(" * f_{r}[{form}]")).collect();
            lines.push(format!("  {name} := 1 / (1 + ({base}{factors}))"));
        }
        lines.push("}".to_owned());
    }
    let forms = (0..3).map(|form| {
        let survives: Vec<_> = (0..model.grounds[target].len()).map(|g| format!("ground_{g}[{form}]")).collect();
        format!("1 - ({})", survives.join(" * "))
    });
    lines.push(format!("total := [{}]", forms.collect::<Vec<_>>().join(", ")));
    lines.join("\n")
}

impl Rego {
    /// Of a model and the answers of its cases.
    pub fn new(model: &Model, cases: &[HashMap<String, String>]) -> Fallible<Self> {
        let rules = (0..model.grounds.len()).map(|target| {
            let mut engine = Engine::new();
            engine.add_policy("synthetic.rego".to_owned(), policy(model, target))?;
            let compiled = engine.compile_with_entrypoint(&Rc::from(ENTRY))?;
            let program = Compiler::compile_from_policy(&compiled, &[ENTRY])?;
            let mut vm = RegoVM::new_with_policy(compiled);
            vm.load_program(program);
            Ok(vm)
        });
        let cases = cases.iter().map(|case| Value::from_json_str(&json!(case).to_string()));
        Ok(Rego { rules: rules.collect::<Fallible<_>>()?, cases: cases.collect::<Result<_, _>>()? })
    }
}

impl Peer for Rego {
    fn total(&mut self, target: usize, case: usize) -> Fallible<Total> {
        let vm = &mut self.rules[target];
        vm.set_input(self.cases[case].clone());
        let out = vm.execute()?;
        let mut total = [0.0; 3];
        for (total, form) in total.iter_mut().zip(out.as_array()?.iter()) {
            *total = form.as_f64()?;
        }
        Ok(total)
    }
}
