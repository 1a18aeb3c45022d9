//! The second pack: it loads, calibrates and makes every report.

use crate::small;
use crate::support::{self, assess, inbound, matter_of, report};
use exequatur::lang::Lang;
use exequatur::matter::Matter;
use exequatur::pack::weights::Weights;
use exequatur::pack::{File, Pack, load};
use exequatur::report::listing::{backtest as table, compare, score};
use exequatur::report::{Audience, Form, json, markdown, plain_text};
use exequatur::scoring::backtest::walk_forward;
use exequatur::scoring::{Engine, TargetResult};
use exequatur::{flow, library};

const ID: &str = "prc-inbound";

fn pack() -> &'static Pack {
    inbound().pack
}

/// An example of the pack.
fn example(name: &str) -> Matter {
    matter_of(pack(), support::example(pack(), name))
}

fn matter(answers: &str) -> Matter {
    small::matter(pack(), answers)
}

fn first(matter: &Matter) -> TargetResult {
    assess(inbound(), matter).rows.remove(0)
}

#[test]
fn the_validation_of_the_pack_is_what_backtest_writes() {
    let files = library::files(ID).expect("the pack");
    let carried = files.iter().find(|file| file.path == "validation.toml").expect("figures of the test");
    let test = walk_forward(pack());
    assert!(test.validation().write(pack()) == carried.text, "stale: run `exequatur backtest --save --pack DIR`");
    // 41 records of the evidence; 12 are insolvency, maintenance, forgery or of a kind not seen.
    assert_eq!((test.predictions.len(), test.positives, test.skipped.len()), (29, 18, 12));
}

#[test]
fn the_record_of_each_region_is_the_count_of_its_cases() {
    for profile in &pack().profiles {
        let won = pack().counted_in(&profile.id).filter(|case| case.outcome.won()).count();
        let lost = pack().counted_in(&profile.id).count() - won;
        assert_eq!(
            (profile.record.recognised as usize, profile.record.refused as usize),
            (won, lost),
            "{}",
            profile.id
        );
    }
}

#[test]
fn every_state_of_the_evidence_can_be_named_and_treaties_spare_the_question_of_reciprocity() {
    let question = pack().question("origin.state").expect("the question");
    let id = |id: &str| question.option_index(id).is_some();
    assert!(pack().treaties.iter().all(|treaty| id(&treaty.state_id)));
    assert!(pack().inbound.iter().all(|state| id(&state.state_id)));
    let asked = pack().question_index("origin.reciprocity").expect("the question");
    for treaty in &pack().treaties {
        let matter = matter(&format!("origin.state = \"{}\"", treaty.state_id));
        assert_eq!(flow::visible(pack(), &matter)[asked], !treaty.covers_judgments, "{}", treaty.state_id);
    }
}

#[test]
fn treaty_precedent_law_and_refusal_score_in_this_order() {
    let base = "service.summons = \"appeared\"\nservice.judgment = \"proved\"\njudgment.finality = \"certificate\"\n\
        judgment.due = 2026-01-15\njudgment.renewed = \"no\"\ntarget.regions = [\"cn-sh\"]\n";
    let outlook = |more: &str| first(&matter(&format!("{base}{more}"))).outlook.expected;
    let treaty = outlook("origin.state = \"fr\"");
    let precedent = outlook("origin.state = \"sg\"\norigin.reciprocity = \"precedent\"\norigin.refusal = \"no\"");
    let law = outlook("origin.state = \"gb\"\norigin.reciprocity = \"law\"\norigin.refusal = \"no\"");
    let refused = outlook("origin.state = \"jp\"\norigin.reciprocity = \"nothing\"\norigin.refusal = \"yes\"");
    assert!(treaty > precedent && precedent > law && law > refused);
    // What China objects to costs a treaty judgment more than a third of its chance.
    let default = "origin.state = \"fr\"\nhearing.mode = \"default\"";
    let post = first(&matter(&format!("{}{default}", base.replace("appeared", "post-electronic")))).outlook.expected;
    assert!(post < outlook(default) * 2.0 / 3.0, "{post} against {}", outlook(default));
    // Two years from the last day for performance, and no event that renews them: a gate.
    let late = base.replace("2026-01-15", "2024-01-15");
    let result = first(&matter(&format!("{late}origin.state = \"kr\"\norigin.reciprocity = \"precedent\"")));
    assert!(!result.blocked.is_empty());
    let renewed = late.replace("renewed = \"no\"", "renewed = \"yes\"");
    assert!(first(&matter(&format!("{renewed}origin.state = \"kr\""))).blocked.is_empty());
}

#[test]
fn every_report_is_made_in_both_languages_of_every_example_and_of_a_case() {
    let mut matters: Vec<Matter> = pack().examples.iter().map(|(name, _)| example(name)).collect();
    matters.push(exequatur::scoring::case_matters::matter(
        pack(),
        pack().case("cn-kolmar-2016").expect("a case"),
        Lang::En,
    ));
    assert!(pack().examples.len() >= 2);
    for matter in &matters {
        let assessment = assess(inbound(), matter);
        for lang in Lang::ALL {
            let mut texts = vec![
                score::write(inbound(), matter, &assessment, lang),
                compare::text(inbound(), matter, &assessment, lang),
                compare::json(inbound(), matter, &assessment, lang).expect("JSON"),
                json::text(&json::score(inbound(), matter, &assessment, lang)).expect("JSON"),
            ];
            for (form, audience) in [(Form::Full, Audience::Counsel), (Form::Short, Audience::Creditor)] {
                let report = report(inbound(), matter, lang, form, audience);
                let md = markdown::write(&report);
                assert!(md.starts_with(&format!("# {}", pack().wording.report.get(lang))));
                texts.extend([md, plain_text::write(&report)]);
            }
            for text in texts {
                assert!(!text.is_empty() && !text.contains("NaN"), "{text}");
            }
        }
    }
}

#[test]
fn the_record_and_treaty_shown_are_those_of_the_state_of_origin() {
    let matter = example("singapore-2025-shanghai");
    let assessment = assess(inbound(), &matter);
    let text = compare::json(inbound(), &matter, &assessment, Lang::En).expect("JSON");
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    // inbound.toml: Singapore 6 recognised; the profile of Shanghai counts 6 as well, of all states.
    assert_eq!(value["targets"][0]["reciprocity"]["state"]["recognised"], 6);
    assert_eq!(value["targets"][0]["reciprocity"]["state"]["test"], "consensus");
    let report = report(inbound(), &matter, Lang::En, Form::Full, Audience::Counsel);
    assert!(
        markdown::write(&report).contains("Singapore (without judgments)")
            || plain_text::write(&report).contains("Singapore")
    );
}

/// The files of the pack with only the first cases of its table.
fn with_cases(n: usize) -> Vec<File> {
    let mut files = library::files(ID).expect("the pack");
    files.retain(|file| file.path != "weights.toml" && file.path != "validation.toml");
    let cases = files.iter_mut().find(|file| file.path.starts_with("cases/")).expect("its cases");
    let parts: Vec<&str> = cases.text.split("\n[[case]]\n").collect();
    cases.text = parts[..=n].join("\n[[case]]\n");
    files
}

#[test]
fn a_pack_with_few_cases_or_none_fits_and_backtests() {
    for n in [0, 1, 4] {
        let files = with_cases(n);
        // Without their cases some rules rest on nothing; that is the one fault that may be found here.
        let pack = load(&files).pack;
        assert_eq!(pack.cases.len(), n);
        let weights = Weights::fitted(&pack);
        let written = weights.write(&pack);
        assert!(!written.contains("NaN") && !written.contains("inf"));
        if n == 0 {
            for (fitted, prior) in weights.hurdles.iter().zip(&Weights::prior(&pack).hurdles) {
                let near = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-6;
                assert!(fitted.means.iter().zip(&prior.means).all(near), "nothing to learn from: the priors");
            }
        }
        let backtest = walk_forward(&pack);
        let json: serde_json::Value = serde_json::from_str(&table::json(&backtest)).expect("JSON");
        assert_eq!(json["model"].is_null(), backtest.predictions.is_empty());
        for lang in Lang::ALL {
            let text = table::text(&backtest, false, lang);
            assert!(!text.contains("NaN"), "{text}");
            let says = match (n, lang) {
                (0, Lang::En) => "No decided case can be scored",
                (0, Lang::Zh) => "没有可供评分的已决案例",
                (_, Lang::En) => "mean next to nothing",
                (_, Lang::Zh) => "几乎没有意义",
            };
            assert!(text.contains(says), "{text}");
        }
        let pack = Pack { fitted: Some(weights), validation: None, ..pack };
        let engine = Engine::new(&pack);
        let matter = example("singapore-2025-shanghai");
        let card = plain_text::write(&report(&engine, &matter, Lang::En, Form::Full, Audience::Counsel));
        assert!(!card.contains("NaN"));
        assert_eq!(card.contains("none of which counts"), n == 0);
    }
}
