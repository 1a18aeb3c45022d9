//! The shipped packs: without fault, in both languages, with weights that belong to their cases.

use crate::support::pack;
use exequatur::diagnostic::Code;
use exequatur::lang::Lang;
use exequatur::pack::case::target_of;
use exequatur::pack::weights::Weights;
use exequatur::pack::{Case, File, Support, check_all, load};
use exequatur::scoring::backtest::walk_forward;
use exequatur::{library, messages};
use std::collections::BTreeSet;

#[test]
fn the_shipped_packs_have_no_fault() {
    for id in library::ids() {
        let files = library::files(id).expect("the files of a shipped pack");
        let loaded = check_all(&files);
        assert!(loaded.faults.is_empty(), "{id}: {:#?}", &loaded.faults[..loaded.faults.len().min(5)]);
        assert_eq!(loaded.pack.id, id);
    }
}

#[test]
fn the_weights_are_what_calibrate_writes() {
    for id in library::ids() {
        let files = library::files(id).expect("the pack");
        let pack = load(&files).pack;
        let carried = &files.iter().find(|file| file.path == "weights.toml").expect("fitted weights").text;
        assert!(Weights::fitted(&pack).write(&pack) == *carried, "{id} stale: run `exequatur calibrate --pack DIR`");
    }
}

#[test]
fn the_validation_is_what_backtest_writes_and_beats_every_baseline() {
    let pack = pack();
    let test = walk_forward(pack);
    let carried = &library::files(library::DEFAULT).expect("the pack");
    let carried = carried.iter().find(|file| file.path == "validation.toml").expect("figures of the test");
    assert!(test.validation().write(pack) == carried.text, "stale: run `exequatur backtest --save --pack DIR`");
    for baseline in test.baselines {
        assert!(test.model.brier < baseline.brier && test.model.log_loss < baseline.log_loss);
    }
    assert!(pack.validation.is_some());
}

#[test]
fn no_case_is_scored_with_itself_a_later_case_or_another_stage_of_its_matter() {
    // A pack whose cases all come after one day scores the first of them exactly as the priors do.
    let pack = pack();
    let test = walk_forward(pack);
    let first = &test.predictions[0];
    assert!((first.p - first.baselines[2]).abs() < 1e-9, "the first case has nothing to learn from");
    assert!(test.predictions.windows(2).all(|pair| pair[0].decided <= pair[1].decided));
    // Turning the last outcome round changes nothing for the cases before it.
    let mut turned = pack.clone();
    let last = &test.predictions[test.predictions.len() - 1];
    let case = turned.cases.iter_mut().find(|case| case.id == last.id).expect("the last case");
    case.outcome = exequatur::pack::Outcome::Refused;
    let again = walk_forward(&turned);
    for (a, b) in test.predictions.iter().zip(&again.predictions) {
        assert_eq!(a.p, b.p, "{}", a.id);
    }
    let scored: Vec<&str> = test.predictions.iter().map(|prediction| prediction.id.as_str()).collect();
    assert_eq!(scored.iter().filter(|id| id.starts_with("nz-shi")).count(), 1);
}

#[test]
fn fitting_twice_gives_the_same_bytes() {
    let pack = pack();
    assert_eq!(Weights::fitted(pack).write(pack), Weights::fitted(pack).write(pack));
}

#[test]
fn weights_read_back_equal_the_fit() {
    let pack = pack();
    let carried = pack.fitted.as_ref().expect("fitted weights");
    assert_eq!(carried.write(pack), Weights::fitted(pack).write(pack));
}

#[test]
fn a_changed_case_makes_the_weights_stale() {
    let mut files = library::files(library::DEFAULT).expect("the pack");
    let case = files.iter_mut().find(|file| file.path.starts_with("cases/")).expect("a file of cases");
    case.text = case.text.replacen("outcome = \"refused\"", "outcome = \"recognised\"", 1);
    assert!(load(&files).faults.iter().any(|fault| fault.code == Code::StaleWeights));
}

#[test]
fn the_pack_holds_all_data_of_the_evidence() {
    let pack = pack();
    assert_eq!(pack.profiles.len(), 35);
    assert_eq!(pack.cases.len(), 84);
    assert_eq!(pack.treaties.len(), 39);
    assert_eq!(pack.inbound.len(), 26);
}

#[test]
fn no_rule_reads_what_was_known_only_after_the_rulings() {
    // The marks `seen` and the record were coded from the very cases that the method is tested on.
    for file in library::files(library::DEFAULT).expect("the pack") {
        if file.path.starts_with("hurdles/") {
            assert!(!file.text.contains("profile.track_record") && !file.text.contains("profile.ground"));
        }
    }
}

#[test]
fn a_rule_on_precedent_names_cases_that_count_or_were_read() {
    let pack = pack();
    for rule in pack.hurdles.iter().flat_map(|hurdle| &hurdle.rules) {
        if let Support::Precedent(cases) = &rule.support {
            for id in cases {
                let case = pack.case(id).expect("the check has found it");
                assert_eq!(case.status.id(), "read", "{}: {id} was not read", rule.id);
            }
        }
    }
}

#[test]
fn every_code_of_a_fault_is_worded_in_both_languages() {
    for lang in Lang::ALL {
        for code in Code::ALL {
            for part in ["fault", "remedy"] {
                assert!(messages::lookup(lang, &format!("{part}.{}", code.text())).is_some(), "{part}.{}", code.text());
            }
        }
    }
}

#[test]
fn every_word_of_the_data_is_worded_in_both_languages() {
    let pack = pack();
    let mut words: BTreeSet<(&str, String)> = BTreeSet::new();
    for profile in &pack.profiles {
        words.insert(("family", profile.legal_family.clone()));
        words.insert(("basis-kind", profile.basis.kind.clone()));
        words.insert(("reciprocity", profile.basis.reciprocity.clone()));
        words.insert(("announcement", profile.service.announcement.clone()));
        words.insert(("mediation", profile.mediation.status.clone()));
        for level in [
            &profile.procedure.discovery,
            &profile.procedure.cross_examination,
            &profile.procedure.security_for_costs,
            &profile.procedure.loser_pays,
            &profile.procedure.freezing_order,
            &profile.procedure.asset_discovery,
            &profile.interest.double_interest,
        ] {
            words.insert(("level", level.clone()));
        }
        for ground in &profile.grounds {
            words.insert(("seen", ground.seen.clone()));
        }
        for (part, from) in profile.parts() {
            words.insert(("part", part.to_owned()));
            words.insert(("status", from.status.id().to_owned()));
        }
    }
    for case in &pack.cases {
        words.insert(("outcome", case.outcome.id().to_owned()));
        words.insert(("coding", case.confidence.clone()));
    }
    for (section, word) in words {
        for lang in Lang::ALL {
            assert!(messages::lookup(lang, &format!("{section}.{word}")).is_some(), "{section}.{word}");
        }
    }
}

#[test]
fn lists_of_places_stand_by_their_names_and_in_chinese_by_their_sound() {
    for id in library::ids() {
        let pack = library::built_in(id).expect("a shipped pack").pack;
        for profile in &*pack.profiles {
            let syllables = profile.sort_zh.split(' ').count();
            assert_eq!(syllables, profile.name.zh.chars().count(), "{}: {}", profile.id, profile.sort_zh);
            assert!(profile.sort_zh.chars().all(|c| c.is_ascii_lowercase() || c == ' '), "{}", profile.sort_zh);
        }
    }
    let pack = pack();
    let mut ids: Vec<&str> = ["us-ny", "sg", "au-nsw", "de", "us-ca", "hk"].to_vec();
    let key = |id: &&str, lang| pack.profile(id).expect("a target").sort_key(lang);
    ids.sort_by_key(|id| key(id, Lang::Zh));
    // 澳大利亚、德国、美国加利福尼亚州、美国纽约州、香港、新加坡
    assert_eq!(ids, ["au-nsw", "de", "us-ca", "us-ny", "hk", "sg"]);
    ids.sort_by_key(|id| key(id, Lang::En));
    // California, Germany, Hong Kong, New South Wales, New York, Singapore
    assert_eq!(ids, ["us-ca", "de", "hk", "au-nsw", "us-ny", "sg"]);
}

/// The shipped pack with one text replaced in one file.
fn with(path: &str, from: &str, to: &str) -> Vec<File> {
    let mut files = library::files(library::DEFAULT).expect("the pack");
    let file = files.iter_mut().find(|file| file.path == path).expect("the file");
    assert!(file.text.contains(from), "{path} does not contain {from}");
    file.text = file.text.replacen(from, to, 1);
    files
}

#[test]
fn each_kind_of_fault_is_found_at_its_place() {
    let service = "questions/3-service.toml";
    let hurdle = "hurdles/01-service.toml";
    for (path, from, to, code) in [
        (service, "kind = \"choice\"", "kind = \"choise\"", Code::BadWord),
        (service, "ordered = true", "orderd = true", Code::UnknownKey),
        (service, "id = \"service.abroad\"", "id = \"service.method\"", Code::DuplicateId),
        (service, "[section]", "[section", Code::Syntax),
        (hurdle, "weight = 2.0", "weight = \"two\"", Code::WrongType),
        (hurdle, "weight = 2.0", "weight = 99.0", Code::OutOfRange),
        (hurdle, "service.notice is none", "service.notise is none", Code::NoSuchSubject),
        (hurdle, "service.notice is none", "service.notice is nothing", Code::NoSuchOption),
        (hurdle, "service.notice is none", "service.notice none", Code::BadCondition),
        (hurdle, "service.notice is none", "judgment.date is none", Code::NotListable),
        (hurdle, "au-nsw-jing-2023", "au-nsw-jing-2032", Code::NoSuchCase),
        ("cases/americas.toml", "jurisdiction = \"us-ca\"", "jurisdiction = \"zz\"", Code::NoSuchJurisdiction),
        ("case-facts.toml", "service = \"service\"", "service = \"servise\"", Code::NoSuchHurdle),
        ("confidence.toml", "weight = 0.25", "weight = 0.30", Code::WeightsSum),
        ("jurisdictions/sg.toml", "region = \"south-east-asia\"", "region = \"south-asia\"", Code::BadWord),
        ("jurisdictions/sg.toml", "position = [1.3,", "position = [91.0,", Code::OutOfRange),
        ("jurisdictions/sg.toml", "position = [1.3, 103.8]", "", Code::MissingKey),
        ("jurisdictions/sg.toml", "as_of = 20", "as_of = 3020-13-", Code::Syntax),
        ("pack.toml", "CNY = \"0.14\"", "CNY = \"0\"", Code::BadMoney),
        ("pack.toml", "CNY = \"0.14\"", "CNY = \"-0.14\"", Code::BadMoney),
        ("pack.toml", "CNY = \"0.14\"", "CNY = 0.14", Code::BadMoney),
        ("pack.toml", "home = { en = ", "home = { en = 5, zh = \"五\" }\nhame = { en = ", Code::WrongType),
        ("pack.toml", "home = { en = ", "home = \"worth it?\"\nhame = { en = ", Code::WrongType),
    ] {
        let faults = load(&with(path, from, to)).faults;
        let found = faults.iter().find(|fault| fault.code == code);
        let fault = found.unwrap_or_else(|| panic!("{path}: {to}: {:#?}", &faults[..faults.len().min(3)]));
        if code != Code::NoSuchJurisdiction {
            assert_eq!(fault.file, path, "{to}");
        }
    }
}

#[test]
fn a_rule_without_reason_or_support_is_a_fault() {
    for key in ["reason = {", "support = "] {
        let mut files = library::files(library::DEFAULT).expect("the pack");
        let file = files.iter_mut().find(|file| file.path == "hurdles/01-service.toml").expect("the file");
        let (head, rules) = file.text.split_once("[[rule]]").expect("rules");
        let at = rules.find(key).expect("the key");
        let end = at + rules[at..].find('\n').expect("a line end");
        file.text = format!("{head}[[rule]]{}{}", &rules[..at], &rules[end + 1..]);
        let code = if key.starts_with('r') { Code::NoReason } else { Code::NoSupport };
        assert!(load(&files).faults.iter().any(|fault| fault.code == code), "{key}");
    }
}

#[test]
fn a_missing_translation_an_unread_and_an_unreachable_question_are_faults() {
    let path = "questions/3-service.toml";
    let mut files = library::files(library::DEFAULT).expect("the pack");
    let file = files.iter_mut().find(|file| file.path == path).expect("the file");
    file.text.push_str(
        "\n[[question]]\nid = \"service.extra\"\nkind = \"choice\"\nshow-if = \"service.method is post and service.method is agent\"\n\
         ask = { en = \"Extra?\" }\nhelp = { en = \"-\", zh = \"-\" }\nwhy = { en = \"-\", zh = \"-\" }\n\
         proof = { en = \"-\", zh = \"-\" }\n[[question.option]]\nid = \"a\"\nlabel = { en = \"a\", zh = \"甲\" }\n",
    );
    let codes: Vec<Code> = load(&files).faults.iter().map(|fault| fault.code).collect();
    for code in [Code::MissingTranslation, Code::UnreadQuestion, Code::Unreachable] {
        assert!(codes.contains(&code), "{code:?} in {codes:?}");
    }
}

#[test]
fn a_weight_that_rewards_a_worse_answer_is_a_fault() {
    let files = with("hurdles/01-service.toml", "weight = 0.5", "weight = -0.5");
    assert!(check_all(&files).faults.iter().any(|fault| fault.code == Code::NotMonotone));
}

#[test]
fn a_fault_under_chinese_text_is_marked_in_the_right_cells() {
    let files = with(
        "hurdles/01-service.toml",
        "name = { en = \"Service of process\", zh = \"送达\" }",
        "name = { zh = \"送达\", enn = \"x\" }",
    );
    let faults = load(&files).faults;
    let source = |name: &str| files.iter().find(|file| file.path == name).map(|file| file.text.as_str());
    let unknown: Vec<_> = faults.into_iter().filter(|fault| fault.code == Code::UnknownKey).collect();
    let text = exequatur::faults::render(&unknown, Lang::Zh, false, source);
    let lines: Vec<&str> = text.lines().collect();
    let excerpt = lines.iter().position(|line| line.contains("送达")).expect("the excerpt");
    let column = |line: &str, mark: &str| exequatur::text::width(line.split(mark).next().unwrap_or_default());
    assert_eq!(column(lines[excerpt], "enn"), column(lines[excerpt + 1], "^"), "{text}");
    assert!(text.contains("没有程序会读取键 `enn`"));
}

#[test]
fn each_target_says_how_many_cases_and_matters_were_decided_there() {
    for id in library::ids() {
        let pack = library::built_in(id).expect("the pack").pack;
        for target in &pack.profiles {
            let counted: BTreeSet<&str> = pack.counted_in(&target.id).map(|case| case.matter.as_str()).collect();
            assert_eq!(target.matters, counted.len(), "{id}: {}", target.id);
        }
        let own = |case: &&Case| target_of(&pack, &case.jurisdiction).is_some();
        let cases: usize = pack.profiles.iter().map(|target| target.cases).sum();
        assert_eq!(cases, pack.cases.iter().filter(own).count(), "{id}: each case stands with one target");
    }
}

#[test]
fn the_embedded_pack_equals_its_texts() {
    let files = library::files(library::DEFAULT).expect("the texts");
    let read = exequatur::pack::load(&files);
    assert!(read.faults.is_empty());
    let started = pack();
    assert!(format!("{started:?}") == format!("{:?}", read.pack), "the two differ");
    assert_eq!(exequatur::pack::embedded::write(started), exequatur::pack::embedded::write(&read.pack));
}
