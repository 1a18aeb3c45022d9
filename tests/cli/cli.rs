//! The program as scripts see it: exit statuses, what goes to which stream, bad input.

use crate::support::command_line::Home;
use serde_json::Value;
use std::fs;

#[test]
fn an_example_becomes_a_saved_report() {
    let home = Home::new();
    assert_eq!(home.run(["new", "matter.toml", "--example", "nsw-2023-post"]).succeeded(), "");
    let result = home.run(["score", "matter.toml", "--json"]).json();
    assert_eq!(result["targets"][0]["jurisdiction"], "au-nsw");
    assert_eq!(result["as_of"], "2026-11-22");
    let report = ["report", "matter.toml", "-o", "report.md"];
    assert_eq!(home.run(report).succeeded(), "");
    assert!(home.read("report.md").contains("New South Wales"));
    // A file that exists is only overwritten when asked.
    let again = home.run(report);
    assert!(again.failed(1).contains("--force"), "{}", again.err);
    home.run(report.iter().chain(&["--force"])).succeeded();
}

#[test]
fn the_same_matter_and_date_give_the_same_bytes() {
    let home = Home::new();
    home.example("matter.toml", "three-places");
    for format in ["md", "txt", "json"] {
        let run = || home.run(["report", "matter.toml", "--format", format]).succeeded().to_owned();
        let first = run();
        assert!(!first.is_empty());
        assert_eq!(first, run());
    }
}

#[test]
fn a_matter_is_read_from_standard_input() {
    let home = Home::new();
    let matter = home.run(["new", "-", "--example", "three-places"]).succeeded().to_owned();
    assert!(home.run_on(matter, ["score", "-"]).succeeded().contains("Singapore"));
}

#[test]
fn a_replayed_vector_gives_the_same_outlook() {
    let home = Home::new();
    home.example("matter.toml", "victoria-2023-announcement");
    let scored = home.run(["score", "matter.toml", "--json"]).json();
    let vector = scored["vector"].as_str().expect("a vector");
    assert!(!vector.contains("3510015"), "no amounts in a vector");
    let replayed = home.run(["replay", vector, "--json"]).json();
    assert_eq!(scored["targets"][0]["outlook"], replayed["targets"][0]["outlook"]);
}

#[test]
fn a_bad_matter_is_explained_and_left_alone() {
    let home = Home::new();
    let head = "format = 1\npack = \"prc-outbound\"\npack-version = \"1.0.0\"\n";
    for (text, expected) in [
        (format!("{head}colour = \"red\"\n"), "colour"),
        (format!("{head}[answers]\nservice.metod = \"post\"\n"), "service.method"),
        (format!("{head}[answers]\nservice.method = \"pigeon\"\n"), "pigeon"),
        (format!("{head}[answers]\nservice.method = \n"), "matter.toml:5"),
        ("format = 1\npack = \"prc-outbound\"\npack-version = \"99.0.0\"\n".to_owned(), "99.0.0"),
        ("format = 9\npack = \"prc-outbound\"\npack-version = \"1.0.0\"\n".to_owned(), "newer"),
        ("format = 1\npack = \"another\"\npack-version = \"1.0.0\"\n".to_owned(), "another"),
        (format!("{head}[answers]\njudgment.date = 2026-02-30\n"), "matter.toml:5"),
        (format!("{head}[answers]\njudgment.amount = \"many\"\n"), "many"),
    ] {
        home.write("matter.toml", &text);
        let done = home.run(["score", "matter.toml"]);
        assert_eq!((done.status, done.out()), (1, ""), "{text}{}", done.err);
        assert!(done.err.contains(expected), "{text}\n{}", done.err);
        assert!(done.err.contains("matter.toml"), "{}", done.err);
        assert_eq!(home.read("matter.toml"), text, "the file is untouched");
    }
}

#[test]
fn folders_binary_files_and_missing_files_are_explained() {
    let home = Home::new();
    home.write("binary.toml", b"format = 1\n\xff\xfe");
    fs::create_dir(home.at("folder.toml")).expect("made");
    let huge = fs::File::create(home.at("huge.toml")).expect("made");
    huge.set_len(100 << 20).expect("a hundred megabytes");
    for (file, parts) in [
        ("folder.toml", ["folder.toml", "is a folder"]),
        ("binary.toml", ["UTF-8", ":2"]),
        ("huge.toml", ["huge.toml", "16 MB"]),
        ("none.toml", ["none.toml", ""]),
    ] {
        let done = home.run(["score", file]);
        for part in parts {
            assert!(done.failed(1).contains(part), "{file}: {}", done.err);
        }
    }
}

#[test]
fn wrong_usage_and_a_missing_file_are_told_apart() {
    let home = Home::new();
    assert_eq!(home.run(["scroe"]).status, 1, "taken for a file that is not there");
    assert_eq!(home.run(["score"]).status, 2);
    assert_eq!(home.run(["score", "x", "--lang", "fr"]).status, 2);
}

#[test]
fn without_a_terminal_the_interview_goes_line_by_line_and_is_saved() {
    let home = Home::new();
    let done = home.run_on("1\nq\n", [""; 0]);
    assert!(done.succeeded().contains("What kind of document do you hold?"), "{}", done.out());
    assert!(done.err.contains("matter.toml"), "{}", done.err);
    assert!(home.read("data/exequatur/matter.toml").contains("judgment.kind"));
}

#[test]
fn settings_choose_the_language_and_are_checked() {
    let home = Home::new();
    let config = || home.run(["config"]);
    let done = config();
    // Both folders of the platform are named: that of the settings, and that of matters without a file.
    for part in ["config.toml", "Matters that were given no file"] {
        assert!(done.succeeded().contains(part), "{}", done.out());
    }
    home.write("config/exequatur/config.toml", "language = \"zh\"\n");
    assert!(config().succeeded().contains("没有错误"));
    home.write("config/exequatur/config.toml", "thme = \"dark\"\n");
    let done = config();
    for part in ["config.toml:1:1", "theme"] {
        assert!(done.failed(3).contains(part), "{}", done.err);
    }
}

#[test]
fn check_finds_all_faults_of_a_pack_and_says_three() {
    let home = Home::new();
    assert_eq!(home.run(["check"]).succeeded(), "");
    home.write("pack/pack.toml", "id = 1\nversoin = \"1\"\n");
    let done = home.run(["check", "pack"]);
    assert_eq!(done.status, 3);
    for part in ["wrong-type", "unknown-key", "missing-file", "pack.toml:2:1"] {
        assert!(done.out().contains(part), "{part} in {}", done.out());
    }
}

#[test]
fn lists_and_profiles_in_both_languages() {
    let home = Home::new();
    assert!(home.run(["jurisdictions", "--lang", "zh"]).succeeded().contains("澳大利亚新南威尔士州"));
    assert_eq!(home.run(["jurisdictions", "sg", "--json"]).json()["limitation"]["years"], 6);
    let cases = home.run(["cases", "--in", "au-nsw", "--ground", "service", "--json"]).json();
    assert_eq!(cases.as_array().expect("a list").len(), 1);
    assert_eq!(cases[0]["id"], "au-nsw-jing-2023");
    assert!(home.run(["jurisdictions", "atlantis"]).failed(1).contains("atlantis"));
}

#[test]
fn calibrate_check_says_fresh_for_the_shipped_pack() {
    Home::new().run(["calibrate", "--check"]).succeeded();
}

#[test]
fn compare_ranks_every_target_once() {
    let home = Home::new();
    home.example("matter.toml", "three-places");
    let result = home.run(["compare", "matter.toml", "--json"]).json();
    let ids: Vec<&str> =
        result["targets"].as_array().expect("targets").iter().filter_map(|t| t["jurisdiction"].as_str()).collect();
    assert_eq!(ids[0], "ca-bc");
    assert_eq!(ids.len(), 3);
    let csv = home.run(["compare", "matter.toml", "--csv"]);
    let lines: Vec<&str> = csv.succeeded().split("\r\n").collect();
    assert!(lines[0].starts_with("rank,jurisdiction,name,blocked,expected"));
    assert!(lines[1].starts_with("1,ca-bc,British Columbia (Canada),false,0."));
    // A loss is a number, not a text.
    assert!(lines[3].split(',').any(|cell| cell.parse::<f64>().is_ok_and(|net| net < 0.0)), "{}", lines[3]);
}

#[test]
fn a_difference_names_the_answer_and_what_it_moved() {
    let home = Home::new();
    let head = "format = 1\npack = \"prc-outbound\"\npack-version = \"1.0.0\"\n[answers]\n\
                judgment.kind = \"judgment\"\nparticipation.mode = \"default\"\nservice.abroad = \"abroad-known\"\n\
                target.jurisdictions = [\"au-nsw\"]\n";
    let report = |name: &str, more: &str| {
        home.write(name, home.run_on(format!("{head}{more}"), ["score", "-", "--json"]).succeeded());
    };
    report("old.json", "service.method = \"post\"\n");
    report("new.json", "service.method = \"treaty\"\njudgment.amount = \"100 USD\"\n");
    let diff = |more: &[&str]| home.run(["diff", "old.json", "new.json"].iter().chain(more));
    let done = diff(&[]);
    assert_eq!(done.err, "");
    for part in ["service.method", "post", "treaty", "New South Wales", "judgment.amount"] {
        assert!(done.succeeded().contains(part), "{part} in {}", done.out());
    }
    let found = diff(&["--json"]).json();
    let target = &found["targets"][0];
    let number = |value: &Value| value.as_f64().expect("a number");
    let change = number(&target["new"]["expected"]) - number(&target["old"]["expected"]);
    assert!(change > 0.0);
    // The whole change comes from the answers, for date, pack and method are the same.
    assert!((number(&target["outlook_by"]["answers"]) - change).abs() < 0.0003);
    assert!(number(&target["outlook_by"]["date"]).abs() < 1e-9);
    assert!(number(&target["outlook_by"]["pack_or_method"]).abs() < 0.0003);
    let alone = &found["answers"].as_array().expect("answers").iter().find(|it| it["question"] == "service.method");
    assert_eq!(alone.expect("the answer")["alone"][0]["jurisdiction"], "au-nsw");
    assert!(home.run(["diff", "old.json", "old.json"]).succeeded().starts_with("Nothing changed"));
    // Another pack: the change cannot be divided, and that is said.
    for name in ["old.json", "new.json"] {
        let mut value: Value = serde_json::from_str(&home.read(name)).expect("JSON");
        value["pack"]["sha256"] = "0".into();
        home.write(name, value.to_string());
    }
    assert!(diff(&[]).out().contains("cannot be divided"));
    // What is no report is named with its line.
    home.write("new.json", "{\n  \"program\": ,\n}");
    assert!(diff(&[]).failed(1).contains("new.json:2"));
    home.write("new.json", "{}");
    let err = diff(&["--lang", "zh"]).err;
    assert!(err.contains("program") && err.contains("不是本程序的报告"), "{err}");
}

#[test]
fn a_vector_gives_a_report_and_another_pack_is_refused() {
    let home = Home::new();
    let vector = "exq1;prc-outbound;service.method=post;target.jurisdictions=au-nsw";
    let replay = |more: &[&str]| home.run(["replay", vector].iter().chain(more));
    let report = || replay(&["--report", "md", "--short", "--creditor"]).succeeded().to_owned();
    let text = report();
    assert!(text.contains("rebuilt from a fact vector") && text.contains(vector), "{text}");
    assert_eq!(text, report());
    let refused = replay(&["--pack-sha256", "abc"]);
    for part in ["abc", "--pack DIR"] {
        assert!(refused.failed(1).contains(part), "{}", refused.err);
    }
    let scored = replay(&["--json"]).json();
    replay(&["--json", "--pack-sha256", scored["pack"]["sha256"].as_str().expect("a hash")]).succeeded();
    replay(&["--short"]).failed(1);
}

#[test]
fn schemas_go_to_standard_output() {
    for what in ["matter", "pack", "report", "batch"] {
        let done = Home::new().run(["schema", what]);
        assert_eq!((done.status, done.err.as_str()), (0, ""));
        let schema = done.json();
        assert!(schema["$schema"].is_string() && schema["title"].is_string());
    }
}
