//! The program as scripts see it: exit statuses, what goes to which stream, bad input.

use assert_cmd::Command;
use std::fs;

fn exequatur() -> Command {
    let mut command = Command::cargo_bin("exequatur").expect("the program");
    // No settings of whoever runs the tests.
    command
        .env("LANG", "C")
        .env("NO_COLOR", "1")
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .args(["--as-of", "2026-11-22"]);
    command
}

fn output(command: &mut Command) -> (i32, String, String) {
    let done = command.output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text in UTF-8");
    (done.status.code().unwrap_or(-1), text(done.stdout), text(done.stderr))
}

#[test]
fn from_an_example_to_a_saved_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let matter = folder.path().join("matter.toml");
    let report = folder.path().join("report.md");
    let (code, out, err) = output(exequatur().arg("new").arg(&matter).args(["--example", "nsw-2023-post"]));
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    let (code, out, err) = output(exequatur().arg("score").arg(&matter).arg("--json"));
    assert_eq!(code, 0, "{err}");
    let result: serde_json::Value = serde_json::from_str(&out).expect("JSON and nothing else on standard output");
    assert_eq!(result["targets"][0]["jurisdiction"], "au-nsw");
    assert_eq!(result["as_of"], "2026-11-22");
    let (code, out, err) = output(exequatur().arg("report").arg(&matter).arg("-o").arg(&report));
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert!(fs::read_to_string(&report).expect("the report").contains("New South Wales"));
    // A file that exists is not overwritten without being told so.
    let (code, _, err) = output(exequatur().arg("report").arg(&matter).arg("-o").arg(&report));
    assert_eq!(code, 1);
    assert!(err.contains("--force"), "{err}");
    let (code, _, _) = output(exequatur().arg("report").arg(&matter).arg("-o").arg(&report).arg("--force"));
    assert_eq!(code, 0);
}

#[test]
fn the_same_matter_and_date_give_the_same_bytes() {
    let (_, matter, _) = output(exequatur().args(["new", "-", "--example", "three-places"]));
    for format in ["md", "txt", "json"] {
        let run = || output(exequatur().args(["report", "-", "--format", format]).write_stdin(matter.clone())).1;
        let first = run();
        assert!(!first.is_empty());
        assert_eq!(first, run());
    }
}

#[test]
fn a_replayed_vector_gives_the_same_outlook() {
    let (_, matter, _) = output(exequatur().args(["new", "-", "--example", "victoria-2023-announcement"]));
    let (_, scored, _) = output(exequatur().args(["score", "-", "--json"]).write_stdin(matter));
    let scored: serde_json::Value = serde_json::from_str(&scored).expect("JSON");
    let vector = scored["vector"].as_str().expect("a vector").to_owned();
    assert!(!vector.contains("3510015"), "no amounts in a vector");
    let (code, replayed, err) = output(exequatur().args(["replay", &vector, "--json"]));
    assert_eq!(code, 0, "{err}");
    let replayed: serde_json::Value = serde_json::from_str(&replayed).expect("JSON");
    assert_eq!(scored["targets"][0]["outlook"], replayed["targets"][0]["outlook"]);
}

#[test]
fn a_bad_matter_is_explained_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
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
        let path = folder.path().join("matter.toml");
        fs::write(&path, &text).expect("the matter is written");
        let (code, out, err) = output(exequatur().arg("score").arg(&path));
        assert_eq!((code, out.as_str()), (1, ""), "{text}{err}");
        assert!(err.contains(expected), "{text}\n{err}");
        assert!(err.contains("matter.toml"), "{err}");
        assert_eq!(fs::read_to_string(&path).expect("the matter"), text, "the file is untouched");
    }
}

#[test]
fn a_folder_no_text_and_a_missing_file_are_explained() {
    let folder = tempfile::tempdir().expect("a folder");
    let (code, _, err) = output(exequatur().arg("score").arg(folder.path()));
    assert_eq!(code, 1);
    assert!(err.contains("folder"), "{err}");
    let binary = folder.path().join("binary.toml");
    fs::write(&binary, b"format = 1\n\xff\xfe").expect("written");
    let (code, _, err) = output(exequatur().arg("score").arg(&binary));
    assert_eq!(code, 1);
    assert!(err.contains("UTF-8") && err.contains(":2"), "{err}");
    let huge = folder.path().join("huge.toml");
    let file = fs::File::create(&huge).expect("made");
    file.set_len(100 << 20).expect("a hundred megabytes");
    let (code, _, err) = output(exequatur().arg("score").arg(&huge));
    assert_eq!(code, 1);
    assert!(err.contains("16 MB"), "{err}");
    let (code, _, err) = output(exequatur().arg("score").arg(folder.path().join("none.toml")));
    assert_eq!(code, 1);
    assert!(err.contains("none.toml"), "{err}");
}

#[test]
fn wrong_usage_and_a_missing_file_are_told_apart() {
    assert_eq!(output(exequatur().arg("scroe")).0, 1, "taken for a file that is not there");
    assert_eq!(output(exequatur().args(["score"])).0, 2);
    assert_eq!(output(exequatur().args(["score", "x", "--lang", "fr"])).0, 2);
}

#[test]
fn without_a_terminal_the_interview_goes_line_by_line_and_is_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let (code, out, err) = output(exequatur().env("XDG_DATA_HOME", folder.path()).write_stdin("1\nq\n"));
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("What kind of document do you hold?"), "{out}");
    let matter = folder.path().join("exequatur/matter.toml");
    assert!(err.contains("matter.toml"), "{err}");
    assert!(fs::read_to_string(matter).expect("the matter").contains("judgment.kind"));
}

#[test]
fn settings_choose_the_language_and_are_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("exequatur");
    fs::create_dir(&place).expect("made");
    let config =
        || -> (i32, String, String) { output(exequatur().env("XDG_CONFIG_HOME", folder.path()).arg("config")) };
    let (code, out, _) = config();
    assert_eq!(code, 0);
    // Both folders of the platform are named: that of the settings, and that of matters without a file.
    assert!(out.contains("config.toml") && out.contains("Matters that were given no file"), "{out}");
    fs::write(place.join("config.toml"), "language = \"zh\"\n").expect("written");
    let (code, out, _) = config();
    assert_eq!(code, 0);
    assert!(out.contains("没有错误"), "{out}");
    fs::write(place.join("config.toml"), "thme = \"dark\"\n").expect("written");
    let (code, _, err) = config();
    assert_eq!(code, 3);
    assert!(err.contains("config.toml:1:1") && err.contains("theme"), "{err}");
}

#[test]
fn check_finds_all_faults_of_a_pack_and_says_three() {
    let (code, out, err) = output(exequatur().arg("check"));
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("pack.toml"), "id = 1\nversoin = \"1\"\n").expect("written");
    let (code, out, _) = output(exequatur().arg("check").arg(folder.path()));
    assert_eq!(code, 3);
    for part in ["wrong-type", "unknown-key", "missing-file", "pack.toml:2:1"] {
        assert!(out.contains(part), "{part} in {out}");
    }
}

#[test]
fn lists_and_profiles_in_both_languages() {
    let (code, out, _) = output(exequatur().args(["jurisdictions", "--lang", "zh"]));
    assert_eq!(code, 0);
    assert!(out.contains("澳大利亚新南威尔士州"));
    let (_, out, _) = output(exequatur().args(["jurisdictions", "sg", "--json"]));
    let profile: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(profile["limitation"]["years"], 6);
    let (_, out, _) = output(exequatur().args(["cases", "--in", "au-nsw", "--ground", "service", "--json"]));
    let cases: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(cases.as_array().expect("a list").len(), 1);
    assert_eq!(cases[0]["id"], "au-nsw-jing-2023");
    let (code, _, err) = output(exequatur().args(["jurisdictions", "atlantis"]));
    assert_eq!(code, 1);
    assert!(err.contains("atlantis"), "{err}");
}

#[test]
fn calibrate_check_says_fresh_for_the_shipped_pack() {
    assert_eq!(output(exequatur().args(["calibrate", "--check"])).0, 0);
}

#[test]
fn compare_ranks_every_target_once() {
    let (_, matter, _) = output(exequatur().args(["new", "-", "--example", "three-places"]));
    let (code, out, err) = output(exequatur().args(["compare", "-", "--json"]).write_stdin(matter));
    assert_eq!(code, 0, "{err}");
    let result: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let ids: Vec<&str> =
        result["targets"].as_array().expect("targets").iter().filter_map(|t| t["jurisdiction"].as_str()).collect();
    assert_eq!(ids[0], "ca-bc");
    assert_eq!(ids.len(), 3);
}

#[test]
fn a_hostile_title_never_reaches_the_terminal_raw() {
    let matter = "format = 1\npack = \"prc-outbound\"\npack-version = \"1.0.0\"\ntitle = \"\\u001b[2Jx\\u202e\"\n\
                  [answers]\ntarget.jurisdictions = [\"sg\"]\n";
    for arguments in [&["score", "-"][..], &["report", "-", "--format", "txt"], &["report", "-"]] {
        let (code, out, err) = output(exequatur().args(arguments).write_stdin(matter));
        assert_eq!(code, 0, "{err}");
        assert!(!out.contains('\u{1b}') && !out.contains('\u{202e}'), "{arguments:?}");
    }
}

#[test]
fn a_difference_names_the_answer_and_what_it_moved() {
    let folder = tempfile::tempdir().expect("a folder");
    let head = "format = 1\npack = \"prc-outbound\"\npack-version = \"1.0.0\"\n[answers]\n\
                judgment.kind = \"judgment\"\nparticipation.mode = \"default\"\nservice.abroad = \"abroad-known\"\n\
                target.jurisdictions = [\"au-nsw\"]\n";
    let report = |name: &str, text: String, more: &[&str]| {
        let path = folder.path().join(name);
        let (code, out, err) = output(exequatur().args(["score", "-", "--json"]).args(more).write_stdin(text));
        assert_eq!(code, 0, "{err}");
        fs::write(&path, out).expect("written");
        path
    };
    let old = report("old.json", format!("{head}service.method = \"post\"\n"), &[]);
    let new = report("new.json", format!("{head}service.method = \"treaty\"\njudgment.amount = \"100 USD\"\n"), &[]);
    let (code, out, err) = output(exequatur().arg("diff").arg(&old).arg(&new));
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("service.method") && out.contains("post") && out.contains("treaty"), "{out}");
    assert!(out.contains("New South Wales") && out.contains("judgment.amount"), "{out}");
    let (_, out, _) = output(exequatur().arg("diff").arg(&old).arg(&new).arg("--json"));
    let found: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let target = &found["targets"][0];
    let number = |value: &serde_json::Value| value.as_f64().expect("a number");
    let change = number(&target["new"]["expected"]) - number(&target["old"]["expected"]);
    assert!(change > 0.0);
    // The whole change comes from the answers, for date, pack and method are the same.
    assert!((number(&target["outlook_by"]["answers"]) - change).abs() < 0.0003);
    assert!(number(&target["outlook_by"]["date"]).abs() < 1e-9);
    assert!(number(&target["outlook_by"]["pack_or_method"]).abs() < 0.0003);
    let alone = &found["answers"].as_array().expect("answers").iter().find(|it| it["question"] == "service.method");
    assert_eq!(alone.expect("the answer")["alone"][0]["jurisdiction"], "au-nsw");
    let (code, out, _) = output(exequatur().arg("diff").arg(&old).arg(&old));
    assert_eq!((code, out.starts_with("Nothing changed")), (0, true), "{out}");
    // Another pack: the change cannot be divided, and that is said.
    for path in [&old, &new] {
        let text = fs::read_to_string(path).expect("a report");
        let mut value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        value["pack"]["sha256"] = "0".into();
        fs::write(path, value.to_string()).expect("written");
    }
    let (_, out, _) = output(exequatur().arg("diff").arg(&old).arg(&new));
    assert!(out.contains("cannot be divided"), "{out}");
    // What is no report is named with its line.
    fs::write(&new, "{\n  \"program\": ,\n}").expect("written");
    let (code, _, err) = output(exequatur().arg("diff").arg(&old).arg(&new));
    assert_eq!(code, 1);
    assert!(err.contains("new.json:2"), "{err}");
    fs::write(&new, "{}").expect("written");
    let (_, _, err) = output(exequatur().arg("diff").arg(&old).arg(&new).args(["--lang", "zh"]));
    assert!(err.contains("program") && err.contains("不是本程序的报告"), "{err}");
}

#[test]
fn a_vector_gives_a_report_and_another_pack_is_refused() {
    let vector = "exq1;prc-outbound;service.method=post;target.jurisdictions=au-nsw";
    let run = || output(exequatur().args(["replay", vector, "--report", "md", "--short", "--creditor"]));
    let (code, out, err) = run();
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("rebuilt from a fact vector") && out.contains(vector), "{out}");
    assert_eq!(out, run().1);
    let (code, _, err) = output(exequatur().args(["replay", vector, "--pack-sha256", "abc"]));
    assert_eq!(code, 1);
    assert!(err.contains("abc") && err.contains("--pack DIR"), "{err}");
    let (_, scored, _) = output(exequatur().args(["replay", vector, "--json"]));
    let scored: serde_json::Value = serde_json::from_str(&scored).expect("JSON");
    let hash = scored["pack"]["sha256"].as_str().expect("a hash").to_owned();
    assert_eq!(output(exequatur().args(["replay", vector, "--json", "--pack-sha256", &hash])).0, 0);
    assert_eq!(output(exequatur().args(["replay", vector, "--short"])).0, 1);
}

#[test]
fn schemas_and_csv_go_to_standard_output() {
    for what in ["matter", "pack", "report", "batch"] {
        let (code, out, err) = output(exequatur().args(["schema", what]));
        assert_eq!((code, err.as_str()), (0, ""));
        let schema: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        assert!(schema["$schema"].is_string() && schema["title"].is_string());
    }
    let (_, matter, _) = output(exequatur().args(["new", "-", "--example", "three-places"]));
    let (code, out, _) = output(exequatur().args(["compare", "-", "--csv"]).write_stdin(matter));
    assert_eq!(code, 0);
    let lines: Vec<&str> = out.split("\r\n").collect();
    assert!(lines[0].starts_with("rank,jurisdiction,name,blocked,expected"));
    assert!(lines[1].starts_with("1,ca-bc,British Columbia (Canada),false,0."));
    // A loss is a number, not a text.
    assert!(lines[3].split(',').any(|cell| cell.parse::<f64>().is_ok_and(|net| net < 0.0)), "{}", lines[3]);
}
