//! The walk-forward test as a table of text and as JSON (the shape of the command line's contract).

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::lang::Lang;
use crate::messages::{few, method as words, word};
use crate::scoring::backtest::{BASELINES, Backtest, Score};
use crate::text::pad;

/// The table that `exequatur backtest` prints.
pub fn text(test: &Backtest, others: bool, lang: Lang) -> String {
    let mut out = String::new();
    let n = test.predictions.len();
    let head = if others { words::others(lang) } else { words::backtest(lang) };
    let _ = writeln!(out, "{head}\n");
    let _ = writeln!(out, "{}\n", words::counted(lang, n - test.positives, n, test.skipped.len(), test.positives));
    if n == 0 {
        let _ = writeln!(out, "{}", few::nothing(lang));
        left_out(&mut out, test, lang);
        return out;
    }
    scores(&mut out, lang, &test.model, &test.baselines);
    let _ = writeln!(out, "\n{}", words::smaller(lang));
    if one_sided(test.positives, n) {
        let _ = writeln!(out, "{}", few::one_sided(lang));
    }
    if n < FEW {
        let _ = writeln!(out, "{}", few::few(lang, n));
    }
    let (decided, model, baselines) = &test.refusals;
    let _ = writeln!(out, "\n{}\n", words::refusals(lang, decided));
    scores(&mut out, lang, model, baselines);
    let _ = writeln!(out, "\n{}", words::calibration(lang));
    for bin in &test.calibration {
        let _ = writeln!(
            out,
            "  {:>3.0} %..{:>3.0} %  {:>3}  {:>3.0} %  {:>3.0} %",
            bin.from * 100.0,
            bin.to * 100.0,
            bin.n,
            bin.predicted * 100.0,
            bin.observed * 100.0
        );
    }
    let _ = writeln!(out, "\n{}", words::predictions(lang));
    for prediction in &test.predictions {
        let day = prediction.decided.map(|day| day.to_string()).unwrap_or_default();
        let outcome = word(lang, "outcome", prediction.outcome.id());
        let id = pad(&crate::text::one_line(&prediction.id), 30);
        let _ = writeln!(out, "  {day}  {id}  {:>3.0} %  {outcome}", prediction.p * 100.0);
    }
    left_out(&mut out, test, lang);
    let _ = writeln!(out, "\n{}", words::blocked_note(lang));
    out
}

/// Matters under which the figures of the test are said to mean next to nothing.
const FEW: usize = 10;

/// True where every matter ended alike, so that nothing can be ranked.
const fn one_sided(won: usize, of: usize) -> bool {
    won == 0 || won == of
}

fn left_out(out: &mut String, test: &Backtest, lang: Lang) {
    let _ = writeln!(out, "\n{}", words::left_out(lang));
    for (id, why) in &test.skipped {
        let id = pad(&crate::text::one_line(id), 30);
        let _ = writeln!(out, "  {id}  {}", word(lang, "not-counted", why.id()));
    }
}

fn scores(out: &mut String, lang: Lang, model: &Score, baselines: &[Score; 4]) {
    let _ = writeln!(out, "  {}  {}", pad("", 34), words::columns(lang));
    let mut row = |name: &str, score: &Score| {
        let _ = writeln!(out, "  {}  {:.3}   {:.3}     {:.3}", pad(name, 34), score.brier, score.log_loss, score.auc);
    };
    row(words::model(lang), model);
    let names = [words::base_rate(lang), words::jurisdiction_rate(lang), words::priors_only(lang), words::points(lang)];
    for (name, score) in names.into_iter().zip(baselines) {
        row(name, score);
    }
}

/// The same as JSON, figures rounded to four places.
pub fn json(test: &Backtest) -> String {
    let baselines = |scores: &[Score; 4], n: usize| -> Value {
        let score = |score| score_json(score, n, test.positives);
        let entries = BASELINES.iter().zip(scores).map(|(name, it)| ((*name).to_owned(), score(it)));
        Value::Object(entries.collect::<Map<String, Value>>())
    };
    let (decided, model, refusal_baselines) = &test.refusals;
    let n = test.predictions.len();
    let value = json!({
        "cases": test.predictions.len(),
        "skipped": test.skipped.iter().map(|(id, why)| json!({"id": id, "why": why.id()})).collect::<Vec<_>>(),
        "positives": test.positives,
        "model": score_json(&test.model, n, test.positives),
        "baselines": baselines(&test.baselines, n),
        "refusals_alone": {
            "cases": decided,
            "model": score_json(model, *decided, test.positives),
            "baselines": baselines(refusal_baselines, *decided),
        },
        "calibration": test.calibration.iter().map(|bin| json!({
            "from": round(bin.from), "to": round(bin.to), "n": bin.n,
            "predicted": round(bin.predicted), "observed": round(bin.observed),
        })).collect::<Vec<_>>(),
        "predictions": test.predictions.iter().map(|prediction| json!({
            "id": prediction.id,
            "decided": prediction.decided.map(|day| day.to_string()),
            "p": round(prediction.p),
            "outcome": prediction.outcome.id(),
            "baselines": baselines_json(&prediction.baselines),
        })).collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

fn baselines_json(values: &[f64; 4]) -> Value {
    let entries = BASELINES.iter().zip(values).map(|(name, p)| ((*name).to_owned(), json!(round(*p))));
    Value::Object(entries.collect::<Map<String, Value>>())
}

/// The figures of `n` matters of which some were won; `null` where there is nothing to work one out from.
fn score_json(score: &Score, n: usize, won: usize) -> Value {
    if n == 0 {
        return Value::Null;
    }
    let auc = if one_sided(won, n) { Value::Null } else { json!(round(score.auc)) };
    json!({"brier": round(score.brier), "log_loss": round(score.log_loss), "auc": auc})
}

fn round(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
