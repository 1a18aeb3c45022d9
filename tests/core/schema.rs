//! The schemas that the program prints hold for what it reads and writes, and describe all of it.

use std::collections::BTreeSet;

use crate::support::{assess, engine, matter, pack};
use exequatur::lang::Lang;
use exequatur::library;
use exequatur::pack::Kind;
use exequatur::report::json;
use exequatur::schema;
use serde_json::{Value, json};

/// The part of JSON Schema that ours use. A key that no `properties` describes is a fault, so that a
/// field cannot be added without its description.
struct Checker<'s> {
    root: &'s Value,
    /// Every property that was met, as a path of the schema.
    met: BTreeSet<String>,
}

impl<'s> Checker<'s> {
    fn new(root: &'s Value) -> Self {
        Checker { root, met: BTreeSet::new() }
    }

    fn check(&mut self, schema: &'s Value, value: &Value, at: &str) -> Result<(), String> {
        if let Some(to) = schema["$ref"].as_str() {
            let target = self.root.pointer(to.trim_start_matches('#')).ok_or_else(|| format!("{to} leads nowhere"))?;
            return self.check(target, value, at);
        }
        for (name, one) in [("anyOf", false), ("oneOf", true)] {
            if let Some(forms) = schema[name].as_array() {
                let tried: Vec<_> = forms.iter().map(|form| self.check(form, value, at)).collect();
                let fits = tried.iter().filter(|result| result.is_ok()).count();
                if fits == 0 || (one && fits != 1) {
                    let faults: Vec<String> = tried.into_iter().filter_map(Result::err).collect();
                    return Err(format!("{at}: {fits} forms of {name} fit {value}: {}", faults.join(" | ")));
                }
            }
        }
        if let Some(only) = schema.get("const")
            && only != value
        {
            return Err(format!("{at}: {value} is not {only}"));
        }
        if let Some(words) = schema["enum"].as_array()
            && !words.contains(value)
        {
            return Err(format!("{at}: {value} is none of {words:?}"));
        }
        let names: Vec<&str> = match &schema["type"] {
            Value::String(name) => vec![name],
            Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let is = |name: &&str| match *name {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "null" => value.is_null(),
            "integer" => value.is_i64() || value.is_u64(),
            _ => value.is_number(),
        };
        if !names.is_empty() && !names.iter().any(is) {
            return Err(format!("{at}: {value} is no {names:?}"));
        }
        if let Some(number) = value.as_f64() {
            let within = |name: &str, ok: &dyn Fn(f64) -> bool| schema[name].as_f64().is_none_or(ok);
            if !within("minimum", &|least| number >= least) || !within("maximum", &|most| number <= most) {
                return Err(format!("{at}: {number} is out of range"));
            }
        }
        if let Some(items) = value.as_array() {
            let within = |name: &str, ok: &dyn Fn(usize) -> bool| {
                schema[name].as_u64().is_none_or(|n| usize::try_from(n).is_ok_and(ok))
            };
            if !within("minItems", &|least| items.len() >= least) || !within("maxItems", &|most| items.len() <= most) {
                return Err(format!("{at}: {} items", items.len()));
            }
            if let Some(form) = schema.get("items") {
                items.iter().try_for_each(|item| self.check(form, item, &format!("{at}[]")))?;
            }
        }
        let Some(fields) = value.as_object().filter(|_| names.contains(&"object")) else { return Ok(()) };
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !fields.contains_key(name) {
                return Err(format!("{at}: `{name}` is missing"));
            }
        }
        for (name, field) in fields {
            let inner = format!("{at}.{name}");
            match (schema["properties"].get(name), schema.get("additionalProperties")) {
                (Some(form), _) => self.check(form, field, &inner)?,
                (None, Some(form)) if form.is_object() => self.check(form, field, &inner)?,
                _ => return Err(format!("{at}: nothing describes `{name}`")),
            }
            self.met.insert(inner);
        }
        Ok(())
    }
}

/// Every property of a schema, as paths like those of the checker.
fn described(root: &Value, schema: &Value, at: &str, out: &mut BTreeSet<String>) {
    if let Some(to) = schema["$ref"].as_str() {
        return described(root, root.pointer(to.trim_start_matches('#')).expect(to), at, out);
    }
    for form in schema["anyOf"].as_array().into_iter().flatten() {
        described(root, form, at, out);
    }
    if let Some(items) = schema.get("items") {
        described(root, items, &format!("{at}[]"), out);
    }
    for (name, form) in schema["properties"].as_object().into_iter().flatten() {
        let inner = format!("{at}.{name}");
        out.insert(inner.clone());
        described(root, form, &inner, out);
    }
}

#[test]
fn the_schema_of_a_report_is_that_of_its_json() {
    let root: Value = serde_json::from_str(schema::REPORT).expect("JSON");
    let mut checker = Checker::new(&root);
    let award = "format = 1\npack = \"prc-outbound\"\npack-version = \"1.0.0\"\n[answers]\n\
                 judgment.kind = \"arbitral-award\"\ntarget.jurisdictions = [\"sg\"]\n";
    let texts = pack().examples.iter().map(|(_, text)| &**text).chain([award]);
    for (n, text) in texts.enumerate() {
        let matter = matter(text);
        let score = json::score(engine(), &matter, &assess(engine(), &matter), Lang::ALL[n % 2]);
        let value = serde_json::to_value(&score).expect("JSON");
        checker.check(&root, &value, "").expect("the schema holds");
    }
    // And nothing is described that is never written.
    let mut all = BTreeSet::new();
    described(&root, &root, "", &mut all);
    assert_eq!(all.difference(&checker.met).collect::<Vec<_>>(), Vec::<&String>::new());
}

/// TOML as an editor's checker sees it: dates are texts.
fn of_toml(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(n) => json!(n),
        toml::Value::Float(n) => json!(n),
        toml::Value::Boolean(flag) => json!(flag),
        toml::Value::Datetime(date) => json!(date.to_string()),
        toml::Value::Array(items) => items.iter().map(of_toml).collect(),
        toml::Value::Table(fields) => {
            Value::Object(fields.iter().map(|(name, field)| (name.clone(), of_toml(field))).collect())
        }
    }
}

fn parsed(text: &str) -> Value {
    of_toml(&toml::Value::Table(text.parse().expect("TOML")))
}

#[test]
fn the_schema_of_a_matter_holds_for_every_example_and_not_for_a_slip() {
    let pack = pack();
    for lang in Lang::ALL {
        let root = schema::matter(pack, lang);
        for (name, text) in &pack.examples {
            Checker::new(&root).check(&root, &parsed(text), name).expect("the schema holds");
        }
        let head = "format = 1\npack = \"prc-outbound\"\npack-version = \"1.0.0\"\n";
        let good = "[answers]\nservice.method = \"post\"\njudgment.date = 2023-01-02\njudgment.amount = \"unknown\"\n";
        Checker::new(&root).check(&root, &parsed(&format!("{head}{good}")), "").expect("the schema holds");
        for slip in [
            "[answers]\nservice.metod = \"post\"\n",
            "[answers]\nservice.method = \"pigeon\"\n",
            "colour = \"red\"\n",
            "[[asset]]\nclass = \"castle\"\n",
            "[answers]\nservice.method = { value = \"post\", basis = \"hearsay\" }\n",
        ] {
            let found = Checker::new(&root).check(&root, &parsed(&format!("{head}{slip}")), "");
            assert!(found.is_err(), "{slip}");
        }
    }
}

#[test]
fn the_schema_of_a_batch_holds_for_the_lines_of_its_form() {
    let pack = pack();
    let root = schema::batch(pack, Lang::En);
    let asset = json!({"where": "sg", "class": "cash", "value": "80000 SGD"});
    for (line, good) in [
        (json!({"id": "a", "answers": {"service.method": "post"}, "assets": [asset], "targets": ["sg", "hk"]}), true),
        (json!({"id": "a", "answers": {"service.method": "unknown", "judgment.date": "2023-01-02"}}), true),
        (json!({"id": "a", "answers": {"service.metod": "post"}}), false),
        (json!({"id": "a", "targets": ["atlantis"]}), false),
        (json!({"answers": {}}), false),
        (
            json!({"id": "a", "best": "sg", "targets": [{"jurisdiction": "sg", "expected": 0.7, "low": 0.5,
                "high": 0.8, "blocked": false, "grade": "moderate", "net": 120_000, "deadline": "2029-01-01"}]}),
            true,
        ),
        (json!({"id": "a", "line": 17, "error": "no"}), true),
        (json!({"id": "a", "line": "17", "error": "no"}), false),
    ] {
        assert_eq!(Checker::new(&root).check(&root, &line, "").is_ok(), good, "{line}");
    }
}

#[test]
fn the_schema_of_a_pack_holds_for_its_files() {
    let root: Value = serde_json::from_str(schema::PACK).expect("JSON");
    let files = library::ids().flat_map(|pack| library::files(pack).expect("a shipped pack"));
    for file in files {
        let kind = file.path.split(['/', '.']).next().unwrap_or_default();
        if kind == "examples" {
            continue;
        }
        let form = &root["$defs"][kind];
        assert!(form.is_object(), "{kind} is not described");
        Checker::new(&root).check(form, &parsed(&file.text), &file.path).expect("the schema holds");
    }
}

#[test]
fn the_schema_of_a_pack_offers_every_kind_of_question() {
    let root: Value = serde_json::from_str(schema::PACK).expect("JSON");
    let kinds = root.pointer("/$defs/questions/properties/question/items/properties/kind/enum").expect("the kinds");
    let read: Vec<&str> = Kind::WORDS.iter().map(|(word, _)| *word).collect();
    assert_eq!(*kinds, json!(read), "editors offer what the reader takes");
}
