//! Targets side by side, ranked, with the reason for each place.
//!
//! Must not: blend recognition and money into one number. The order is by expected net recovery
//! where it can be worked out, else by outlook (see `Assessment::ranked`); each line says which.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::lang::Lang;
use crate::matter::Matter;
use crate::messages::{listing, ranking as words, word};
use crate::report::sentences::Writer;
use crate::report::{Assessment, Engine, csv, json as score};
use crate::scoring::deadline::What;
use crate::scoring::{TargetResult, record};
use crate::text::{one_line, pad, wrap};

/// Cells of a line, and of the labels at its left.
const WIDTH: usize = 96;
const LABEL: usize = 32;
/// Decided cases under which no rate is shown.
const FEW: usize = 5;

fn because(writer: &Writer<'_>, target: &TargetResult) -> String {
    let lang = writer.lang;
    if !target.blocked.is_empty() {
        return words::because_blocked(lang).to_owned();
    }
    match target.money.net {
        Some(net) => words::because_net(lang, writer.estimate(net[1])),
        None => words::because_outlook(lang, writer.percent(target.outlook.expected)),
    }
}

/// The comparison as text.
pub fn text(engine: &Engine<'_>, matter: &Matter, assessment: &Assessment, lang: Lang) -> String {
    let writer = Writer::new(engine, matter, assessment, lang);
    let mut out = String::new();
    for line in wrap(&words::head(lang, assessment.targets.len()), WIDTH) {
        let _ = writeln!(out, "{line}");
    }
    for (at, target) in assessment.ranked().into_iter().enumerate() {
        let _ = writeln!(out, "\n{}", words::rank(lang, writer.place(&target.id), at + 1));
        for (label, value) in lines(&writer, target) {
            for (n, line) in wrap(&one_line(&value), WIDTH - LABEL - 3).into_iter().enumerate() {
                let _ = writeln!(out, "   {}{line}", pad(if n == 0 { label } else { "" }, LABEL));
            }
        }
    }
    out
}

fn lines(writer: &Writer<'_>, target: &TargetResult) -> Vec<(&'static str, String)> {
    let lang = writer.lang;
    let money = &target.money;
    let mut out = vec![(words::outlook(lang), writer.outlook(target))];
    for block in &target.blocked {
        out.push((words::blocked(lang), writer.block(block)));
    }
    let net = money.net.map_or_else(
        || words::net_unknown(lang).to_owned(),
        |[low, expected, high]| format!("{} ({})", writer.estimate(expected), writer.estimates(low, high)),
    );
    out.push((words::net(lang), net));
    out.push((words::cost(lang), writer.estimates(money.cost[0], money.cost[2])));
    out.push((words::contest(lang), writer.percent(target.contest)));
    if let Some(profile) = writer.profile(target) {
        let route = word(lang, "basis-kind", &profile.basis.kind);
        out.push((words::route(lang), format!("{route}: {}", writer.say(&profile.basis.instrument))));
        let there = listing::record(lang, profile.record.recognised, profile.record.refused);
        let record = writer.matter.state_of(writer.pack, &target.id).and_then(|state| writer.pack.record_of(state));
        let known = record.and_then(|state| {
            let marks = word(lang, "status", state.status.id());
            let counts = words::inbound(lang, state.recognised?, state.refused.unwrap_or(0));
            Some(format!("{counts} [{marks}]"))
        });
        let back = known.unwrap_or_else(|| words::inbound_unknown(lang).to_owned());
        let reciprocity = word(lang, "reciprocity", &profile.basis.reciprocity);
        let wording = &writer.pack.wording;
        out.push((
            words::reciprocity(lang),
            words::both_ways(
                lang,
                back,
                writer.say(&wording.record_back),
                reciprocity,
                there,
                writer.say(&wording.record_there),
            ),
        ));
    }
    if let Some(deadline) = target.deadlines.iter().find(|deadline| deadline.what == What::Target) {
        out.push((words::limitation(lang), writer.when(deadline)));
    }
    let [_, matters, lost] = record::of_target(writer.pack, &writer.decided, &target.id);
    let cases =
        if matters < FEW { words::cases_few(lang, lost, matters) } else { words::cases_line(lang, lost, matters) };
    out.push((words::cases(lang), cases));
    if let Some(worst) = target.worst_first().first() {
        let name = writer.say(&writer.hurdle(worst.hurdle).name);
        out.push((words::worst(lang), format!("{name}, {}", writer.percent(worst.p))));
    }
    out.push((words::evidence(lang), writer.grade(target).to_owned()));
    out.push((words::why(lang), because(writer, target)));
    out
}

/// The comparison as comma-separated values: figures as in the JSON, words safe for a spreadsheet.
pub fn csv(engine: &Engine<'_>, matter: &Matter, assessment: &Assessment, lang: Lang) -> String {
    let writer = Writer::new(engine, matter, assessment, lang);
    let head = [
        "rank",
        "jurisdiction",
        "name",
        "blocked",
        "expected",
        "low",
        "high",
        "word",
        "currency",
        "net",
        "net_low",
        "net_high",
        "cost_low",
        "cost_high",
        "deadline",
        "grade",
        "because",
    ];
    let mut out = csv::line(head);
    for (at, target) in assessment.ranked().into_iter().enumerate() {
        let it = &target.outlook;
        let chance = |p: f64| format!("{p:.4}");
        let amount =
            |value: Option<rust_decimal::Decimal>| value.map(|it| it.round_dp(2).to_string()).unwrap_or_default();
        let money = &target.money;
        let deadline = target.deadlines.iter().find(|deadline| deadline.what == What::Target);
        let cells = [
            (at + 1).to_string(),
            target.id.clone(),
            writer.place(&target.id).to_owned(),
            (!target.blocked.is_empty()).to_string(),
            chance(it.expected),
            chance(it.answers[0]),
            chance(it.answers[1]),
            writer.say(&writer.pack.word(it.expected).name).to_owned(),
            assessment.exchange.currency.clone(),
            amount(money.net.map(|net| net[1])),
            amount(money.net.map(|net| net[0])),
            amount(money.net.map(|net| net[2])),
            amount(Some(money.cost[0])),
            amount(Some(money.cost[2])),
            deadline.and_then(|it| it.date).map(|date| date.to_string()).unwrap_or_default(),
            target.evidence.grade.id().to_owned(),
            because(&writer, target),
        ];
        out.push_str(&csv::line(cells.map(|cell| one_line(&cell))));
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
    let order: Vec<&TargetResult> = assessment.ranked();
    let targets = value.get_mut("targets").map(Value::take);
    let mut out = Vec::new();
    if let Some(Value::Array(mut targets)) = targets {
        for (at, result) in order.iter().enumerate() {
            let place = targets.iter().position(|target| target["jurisdiction"] == result.id.as_str());
            let Some(mut target) = place.map(|place| targets.remove(place)) else { continue };
            let state = matter.state_of(writer.pack, &result.id).and_then(|state| writer.pack.record_of(state));
            let of_state = state.map(|state| {
                json!({"recognised": state.recognised, "refused": state.refused, "test": state.test,
                       "as_counted_by": state.counted_by, "source_status": state.status.id()})
            });
            let [records, matters, lost] = record::of_target(writer.pack, &writer.decided, &result.id);
            let profile = writer.profile(result);
            target["rank"] = json!(at + 1);
            target["because"] = json!(because(&writer, result));
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
