//! What changed between two reports, and what did it: answers, date, pack or method. A change of an outlook is divided only where one of the reports was made with the
//! pack at hand, by scoring the answers of the other with it; else the report says that it cannot.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::lang::Lang;
use crate::matter::fact_vector;
use crate::messages::{diff as words, num, word};
use crate::numbers;
use crate::pack::{Kind, Pack};
use crate::scoring::{Engine, Scope};
use crate::text::one_line;

/// A report as read from JSON: what can be compared.
#[derive(Clone, Debug)]
pub(crate) struct Stated {
    value: Value,
    as_of: Date,
}

/// Why a text is no report.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoReport {
    #[error("{0}")]
    Syntax(#[from] serde_json::Error),
    /// A field that every report has is missing or of another kind.
    #[error("`{0}` is missing or of another kind")]
    Field(&'static str),
}

impl NoReport {
    /// The line where it shows; the first where the whole is at fault.
    pub fn line(&self) -> usize {
        match self {
            NoReport::Syntax(fault) => fault.line().max(1),
            NoReport::Field(_) => 1,
        }
    }
}

/// Reads a report from the JSON of `score --json`.
///
/// # Errors
/// The first thing that a report must have and this text has not.
pub fn read(text: &str) -> Result<Stated, NoReport> {
    let value: Value = serde_json::from_str(text)?;
    for (name, at) in [
        ("program", "/program"),
        ("pack.sha256", "/pack/sha256"),
        ("pack.version", "/pack/version"),
        ("as_of", "/as_of"),
        ("vector", "/vector"),
    ] {
        if value.pointer(at).and_then(Value::as_str).is_none() {
            return Err(NoReport::Field(name));
        }
    }
    let targets = value["targets"].as_array().ok_or(NoReport::Field("targets"))?;
    for target in targets {
        target["jurisdiction"].as_str().ok_or(NoReport::Field("targets[].jurisdiction"))?;
        target["outlook"]["expected"].as_f64().ok_or(NoReport::Field("targets[].outlook.expected"))?;
    }
    let as_of = value["as_of"].as_str().and_then(|day| day.parse().ok()).ok_or(NoReport::Field("as_of"))?;
    Ok(Stated { value, as_of })
}

impl Stated {
    fn text(&self, at: &str) -> String {
        one_line(self.value.pointer(at).and_then(Value::as_str).unwrap_or_default())
    }

    fn target(&self, id: &str) -> Option<&Value> {
        self.value["targets"].as_array()?.iter().find(|target| target["jurisdiction"] == id)
    }

    fn ids(&self) -> Vec<String> {
        let list = self.value["targets"].as_array().into_iter().flatten();
        list.filter_map(|target| Some(target["jurisdiction"].as_str()?.to_owned())).collect()
    }

    /// Answers of the vector by question, without the mark of their basis.
    fn answers(&self) -> BTreeMap<String, String> {
        let fields = self.value["vector"].as_str().unwrap_or_default().split(';').skip(2);
        let pairs = fields.filter_map(|field| field.split_once('='));
        pairs.map(|(id, value)| (id.to_owned(), value.trim_end_matches(['!', '~']).to_owned())).collect()
    }

    /// What was answered in words, for what the vector leaves out (amounts); only in its language.
    fn in_words(&self) -> BTreeMap<String, String> {
        let list = self.value["answers"].as_array().into_iter().flatten();
        let pairs = list.filter_map(|line| Some((line["question"].as_str()?, line["answer"].as_str()?)));
        pairs.map(|(id, answer)| (id.to_owned(), one_line(answer))).collect()
    }
}

/// A value before and after.
type Pair<T> = [T; 2];

#[derive(Clone, Debug)]
pub(crate) struct AnswerChange {
    pub question: String,
    /// The values as the vector, or else the report, has them; `None` where it was not asked.
    pub values: Pair<Option<String>>,
    /// What this change alone does to each target: its id, the outlook before and after.
    pub alone: Vec<(String, f64, f64)>,
}

#[derive(Clone, Debug)]
pub(crate) struct TargetChange {
    pub id: String,
    /// It as each report has it; null where it is not there.
    pub stated: Pair<Value>,
    /// Parts of the change of the outlook: answers, date, pack or method.
    pub parts: Option<[f64; 3]>,
}

#[derive(Clone, Debug)]
pub(crate) struct Diff {
    pub answers: Vec<AnswerChange>,
    /// Date, pack, weights, program, rates where they differ: their name, before and after.
    pub around: Vec<(&'static str, Pair<String>)>,
    pub targets: Vec<TargetChange>,
    /// True where the outlooks could be divided.
    pub divided: bool,
}

/// Compares two reports; the engine divides the change where its pack made one of them.
pub fn compare(engine: &Engine<'_>, old: &Stated, new: &Stated) -> Diff {
    let here = |report: &Stated| report.text("/pack/sha256") == engine.pack.sha256;
    let divided = here(old) || here(new);
    let mut ids = old.ids();
    ids.extend(new.ids().into_iter().filter(|id| old.target(id).is_none()));
    let outlooks = |vector: &str, as_of: Date| -> BTreeMap<String, f64> {
        let Ok(matter) = fact_vector::read(engine.pack, vector) else { return BTreeMap::new() };
        let assessment = engine.assess(&matter, as_of, &Scope::Only(ids.clone()));
        assessment.rows.into_iter().map(|target| (target.id, target.outlook.expected)).collect()
    };
    let vectors = [old, new].map(|report| report.value["vector"].as_str().unwrap_or_default().to_owned());
    // Old answers on the old date, new answers on the old date, new answers on the new date.
    let chain = if divided {
        [(0, old.as_of), (1, old.as_of), (1, new.as_of)].map(|(at, as_of)| outlooks(&vectors[at], as_of))
    } else {
        <[BTreeMap<String, f64>; 3]>::default()
    };
    let targets = ids.iter().map(|id| {
        let stated = [old, new].map(|report| report.target(id).cloned().unwrap_or(Value::Null));
        let [before, after] = [0, 1].map(|at| stated[at]["outlook"]["expected"].as_f64());
        let parts = before.zip(after).and_then(|(before, after)| {
            let [first, second, third] = [0, 1, 2].map(|at| chain[at].get(id).copied());
            let (answers, date) = (second? - first?, third? - second?);
            Some([answers, date, after - before - answers - date])
        });
        TargetChange { id: id.clone(), stated, parts }
    });
    let targets: Vec<TargetChange> = targets.collect();
    let answers = changed(old, new).into_iter().map(|(question, values)| {
        let alone = with_one(&vectors[0], &question, &vectors[1]).filter(|_| divided).map(|vector| {
            let after = outlooks(&vector, old.as_of);
            let moves = chain[0].iter().filter_map(|(id, before)| Some((id.clone(), *before, *after.get(id)?)));
            moves.filter(|(_, before, after)| (before - after).abs() >= 0.005).collect()
        });
        AnswerChange { question, values, alone: alone.unwrap_or_default() }
    });
    Diff { answers: answers.collect(), around: around(old, new), targets, divided }
}

/// Questions whose answers differ, in the order of their ids.
fn changed(old: &Stated, new: &Stated) -> Vec<(String, Pair<Option<String>>)> {
    let [before, after] = [old.answers(), new.answers()];
    let [said, says] = [old.in_words(), new.in_words()];
    let same_language = old.text("/language") == new.text("/language");
    let mut questions: Vec<&String> = before.keys().chain(after.keys()).chain(said.keys()).chain(says.keys()).collect();
    questions.sort();
    questions.dedup();
    let differing = questions.into_iter().filter_map(|question| {
        let coded = [before.get(question), after.get(question)];
        if coded[0] != coded[1] {
            return Some((question.clone(), coded.map(Option::<&String>::cloned)));
        }
        // Amounts, and the values of assets, stand only in the words of the report.
        let words = [said.get(question), says.get(question)];
        (same_language && words[0] != words[1] && (coded[0].is_none() || question == "assets"))
            .then(|| (question.clone(), words.map(Option::<&String>::cloned)))
    });
    differing.collect()
}

/// The old vector with one answer as in the new one.
fn with_one(old: &str, question: &str, new: &str) -> Option<String> {
    let of = |vector: &str| {
        let field = vector.split(';').find(|field| field.split_once('=').is_some_and(|(id, _)| id == question));
        field.map(str::to_owned)
    };
    let (was, is) = (of(old), of(new));
    if was.is_none() && is.is_none() {
        return None;
    }
    let mut fields: Vec<String> =
        old.split(';').filter(|field| Some(*field) != was.as_deref()).map(str::to_owned).collect();
    fields.extend(is);
    Some(fields.join(";"))
}

fn around(old: &Stated, new: &Stated) -> Vec<(&'static str, Pair<String>)> {
    let short = |hash: String| hash.chars().take(12).collect::<String>();
    let pack = |report: &Stated| {
        let (id, version) = (report.text("/pack/id"), report.text("/pack/version"));
        format!("{id} {version} ({})", short(report.text("/pack/sha256")))
    };
    let rates = |report: &Stated| format!("{} {}", report.text("/rates/currency"), report.text("/rates/as_of"));
    let list = [
        ("date", [old, new].map(|report| report.as_of.to_string())),
        ("pack", [old, new].map(pack)),
        ("weights", [old, new].map(|report| short(report.text("/weights/sha256")))),
        ("program", [old, new].map(|report| report.text("/program"))),
        ("rates", [old, new].map(rates)),
    ];
    list.into_iter().filter(|(_, [old, new])| old != new).collect()
}

pub fn json(found: &Diff) -> Value {
    let answers = found.answers.iter().map(|change| {
        let alone = change
            .alone
            .iter()
            .map(|(id, before, after)| json!({"jurisdiction": id, "before": four(*before), "after": four(*after)}));
        json!({"question": change.question, "old": change.values[0], "new": change.values[1],
               "alone": alone.collect::<Vec<_>>()})
    });
    let around: serde_json::Map<String, Value> =
        found.around.iter().map(|(name, [old, new])| ((*name).to_owned(), json!({"old": old, "new": new}))).collect();
    let targets = found.targets.iter().map(|target| {
        let figures = |value: &Value| {
            if value.is_null() {
                return Value::Null;
            }
            json!({"expected": value["outlook"]["expected"], "answers": value["outlook"]["answers"],
                   "net": value["money"]["net"]["expected"], "grade": value["evidence"]["grade"],
                   "confidence": value["confidence"]["index"], "deadline": value["deadlines"][0]["date"],
                   "blocked": gates(value)})
        };
        let parts = target.parts.map(|[answers, date, method]| {
            json!({"answers": four(answers), "date": four(date), "pack_or_method": four(method)})
        });
        json!({"jurisdiction": target.id, "old": figures(&target.stated[0]), "new": figures(&target.stated[1]),
               "outlook_by": parts})
    });
    json!({"answers": answers.collect::<Vec<_>>(), "around": around, "targets": targets.collect::<Vec<_>>(),
           "divided": found.divided})
}

fn four(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0 + 0.0
}

/// The gates that block a target.
fn gates(target: &Value) -> Vec<String> {
    let list = target["blocked"].as_array().into_iter().flatten();
    list.filter_map(|block| Some(one_line(block["gate"].as_str().or(block["ground"].as_str())?))).collect()
}

pub fn text(found: &Diff, pack: &Pack, lang: Lang) -> String {
    let mut out = String::new();
    let moved = found.targets.iter().any(|target| !figures(target, lang).is_empty());
    if found.answers.is_empty() && found.around.is_empty() && !moved {
        return format!("{}\n", words::same(lang));
    }
    let two = |value: f64| format!("{value:.2}");
    for (name, [old, new]) in &found.around {
        let line = match *name {
            "date" => {
                let [old, new] =
                    [old, new].map(|day| day.parse().map_or_else(|_| day.clone(), |day| numbers::date(day, lang)));
                words::date(lang, new, old)
            }
            "pack" => words::pack(lang, new, old),
            "weights" => words::weights(lang, new, old),
            "program" => words::program(lang, new, old),
            _ => words::rates(lang, new, old),
        };
        let _ = writeln!(out, "{line}");
    }
    if !found.answers.is_empty() {
        let _ = writeln!(out, "{}", words::answers(lang));
    }
    for change in &found.answers {
        let [old, new] = [0, 1].map(|at| answer(pack, &change.question, change.values[at].as_deref(), lang));
        let _ = writeln!(out, "  {}", words::answer(lang, new, old, one_line(&change.question)));
        for (id, before, after) in &change.alone {
            let _ = writeln!(out, "    {}", words::moved(lang, two(*after), two(*before), pack.place_name(id, lang)));
        }
    }
    let _ = writeln!(out, "{}", words::targets(lang));
    for target in &found.targets {
        let name = one_line(pack.place_name(&target.id, lang));
        let line = match (target.stated[0].is_null(), target.stated[1].is_null()) {
            (true, _) => words::target_new(lang, name),
            (_, true) => words::target_gone(lang, name),
            _ => {
                let list = figures(target, lang);
                let list =
                    if list.is_empty() { words::unchanged(lang).to_owned() } else { list.join(num::semicolon(lang)) };
                format!("{name}{}{list}", num::colon(lang))
            }
        };
        let _ = writeln!(out, "  {line}");
        let divided = target.parts.filter(|parts| parts.iter().any(|part| part.abs() >= 0.005));
        if let Some(parts) = divided {
            let [answers, date, method] = parts.map(numbers::log_odds);
            let _ = writeln!(out, "    {}", words::by(lang, answers, date, method));
        }
    }
    let _ = writeln!(out, "{}", if found.divided { words::split(lang) } else { words::not_split(lang) });
    out
}

/// The figures of a target that changed.
fn figures(target: &TargetChange, lang: Lang) -> Vec<String> {
    let [old, new] = &target.stated;
    let mut out = Vec::new();
    if old.is_null() || new.is_null() {
        return vec![String::new()];
    }
    let mut push = |what: &str, show: &dyn Fn(&Value) -> String| {
        let (before, after) = (show(old), show(new));
        if before != after {
            out.push(words::figure(lang, after, before, what));
        }
    };
    let chance = |value: &Value| value.as_f64().map_or_else(|| "-".to_owned(), |p| format!("{p:.2}"));
    push(words::outlook(lang), &|it| chance(&it["outlook"]["expected"]));
    push(words::range(lang), &|it| {
        numbers::range(&chance(&it["outlook"]["answers"][0]), &chance(&it["outlook"]["answers"][1]), lang)
    });
    push(words::net(lang), &|it| {
        let net = it["money"]["net"]["expected"].to_string().parse().ok();
        let currency = one_line(it["money"]["currency"].as_str().unwrap_or_default());
        net.map_or_else(|| num::none(lang).to_owned(), |net| numbers::estimate(net, &currency, lang))
    });
    push(words::grade(lang), &|it| one_line(word(lang, "grade", it["evidence"]["grade"].as_str().unwrap_or("-"))));
    push(words::confidence(lang), &|it| one_line(&it["confidence"]["index"].to_string()));
    push(words::deadline(lang), &|it| one_line(it["deadlines"][0]["date"].as_str().unwrap_or("-")));
    push(words::blocked(lang), &|it| {
        let gates = gates(it);
        if gates.is_empty() { num::none(lang).to_owned() } else { gates.join(num::comma(lang)) }
    });
    out
}

/// A value of the vector with its words: `post (By post or courier)`.
fn answer(pack: &Pack, question: &str, value: Option<&str>, lang: Lang) -> String {
    let Some(value) = value else { return words::none(lang).to_owned() };
    if value == "?" {
        return words::unknown(lang).to_owned();
    }
    let label = pack
        .question(question)
        .filter(|question| question.kind == Kind::Choice)
        .and_then(|question| question.option(value))
        .map(|option| option.label.get(lang));
    label.map_or_else(|| one_line(value), |label| num::bracket(lang, label, one_line(value)))
}
