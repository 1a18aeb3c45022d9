//! `batch`: a portfolio in, results in the same order out, whatever is wrong with a line.

use assert_cmd::Command;
use serde_json::{Value, json};

fn exequatur() -> Command {
    let mut command = Command::cargo_bin("exequatur").expect("the program");
    command.args(["--as-of", "2026-11-22", "--lang", "en"]);
    command
}

/// Runs a batch on lines and gives the lines of the result, what was said, and the exit status.
fn batch(input: &str, more: &[&str]) -> (Vec<Value>, String, Option<i32>) {
    let output = exequatur().args(["batch", "-"]).args(more).write_stdin(input).output().expect("it runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let lines = text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    (lines, String::from_utf8(output.stderr).expect("UTF-8"), output.status.code())
}

const POST: &str = r#"{"id": "A-1", "answers": {"judgment.kind": "judgment", "judgment.finality": "certificate", "service.method": "post", "participation.mode": "default", "judgment.date": "2024-03-01", "judgment.amount": "3900000 CNY", "ready.documents": ["sealed-copy"]}, "assets": [{"where": "sg", "class": "cash", "value": "2000000 USD", "certainty": "registered"}], "targets": ["sg", "hk"]}"#;

#[test]
fn a_line_says_what_the_score_of_the_same_matter_says() {
    let (lines, said, status) = batch(POST, &[]);
    assert_eq!(status, Some(0), "{said}");
    assert_eq!(lines.len(), 1);
    let line = &lines[0];
    assert_eq!(line["id"], "A-1");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("matter.toml");
    let matter = r#"format = 1
pack = "prc-outbound"
pack-version = "0.0.0"
[answers]
judgment.kind = "judgment"
judgment.finality = "certificate"
service.method = "post"
participation.mode = "default"
judgment.date = 2024-03-01
judgment.amount = "3900000 CNY"
ready.documents = ["sealed-copy"]
target.jurisdictions = ["sg", "hk"]
[[asset]]
where = "sg"
class = "cash"
value = "2000000 USD"
certainty = "registered"
"#;
    std::fs::write(&file, matter).expect("a file");
    let output = exequatur().args(["score", "--json"]).arg(&file).output().expect("it runs");
    let score: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let targets = line["targets"].as_array().expect("targets");
    assert_eq!(targets.len(), 2);
    for target in targets {
        let same = score["targets"]
            .as_array()
            .expect("targets")
            .iter()
            .find(|other| other["jurisdiction"] == target["jurisdiction"])
            .expect("the same target");
        assert_eq!(target["expected"], same["outlook"]["expected"]);
        assert_eq!(target["low"], same["outlook"]["answers"][0]);
        assert_eq!(target["high"], same["outlook"]["answers"][1]);
        assert_eq!(target["grade"], same["evidence"]["grade"]);
        assert_eq!(target["net"], same["money"]["net"]["expected"]);
        assert_eq!(target["deadline"], same["deadlines"][0]["date"]);
        assert_eq!(target["blocked"], json!(!same["blocked"].as_array().expect("a list").is_empty()));
    }
}

#[test]
fn a_bad_line_is_named_and_stops_no_other() {
    let input = format!(
        "{POST}\nnot a case\n{{\"id\": 7, \"answers\": {{\"service.method\": \"pots\"}}}}\n\n{{\"id\": 8, \"answers\": {{\"service.metod\": \"post\"}}}}\n{{\"id\": 9, \"targets\": [\"xx\"]}}\n{POST}\n"
    );
    let (lines, said, status) = batch(&input, &[]);
    assert_eq!(status, Some(1));
    assert!(said.contains("4 cases could not be read"), "{said}");
    assert_eq!(lines.len(), 6);
    assert_eq!(lines[0]["best"], lines[5]["best"]);
    assert_eq!(lines[1]["line"], 2);
    assert_eq!(lines[2]["id"], 7);
    assert!(lines[2]["error"].as_str().expect("text").contains("nearest: post"), "{}", lines[2]);
    // The empty line counts as a line and is no case.
    assert_eq!(lines[3]["line"], 5);
    assert!(lines[3]["error"].as_str().expect("text").contains("service.method"), "{}", lines[3]);
    assert!(lines[4]["error"].as_str().expect("text").contains("`xx`"), "{}", lines[4]);
}

/// Lines in which each question with options is answered, unknown or not asked, by a fixed recipe.
/// The errors of lines, all of which are wrong.
fn errors(lines: &[String]) -> Vec<String> {
    let (records, said, status) = batch(&lines.join("\n"), &[]);
    assert_eq!((records.len(), status), (lines.len(), Some(1)), "{said}");
    records.iter().map(|record| record["error"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_line_is_not_guessed_at() {
    let doubled = r#"{"answers": {"judgment.kind": {"value": "unknown", "value": "judgment"}}}"#.to_owned();
    let asset = POST.replace(r#"{"where": "sg","#, r#"{"where": "hk", "where": "sg","#);
    let by_place = r#"[5, {"judgment.kind": "judgment"}, [], ["hk"]]"#.to_owned();
    let found = errors(&[doubled, asset, by_place]);
    assert!(found[0].contains("`value` stands twice"), "{found:?}");
    assert!(found[1].contains("`where` stands twice"), "{found:?}");
    assert!(found[2].starts_with("not a case"), "{found:?}");
}

#[test]
fn a_reference_comes_back_as_it_was_or_not_at_all() {
    let with = |id: &str| POST.replace("\"A-1\"", id);
    let (lines, said, _) = batch(&[with("18446744073709551615"), with("-7"), with("null")].join("\n"), &[]);
    assert_eq!(lines[0]["id"], json!(18_446_744_073_709_551_615_u64), "{said}");
    assert_eq!([&lines[1]["id"], &lines[2]["id"]], [&json!(-7), &json!(null)]);
    for error in errors(&["18446744073709551616", "1e3", "-0", "1.5"].map(with)) {
        assert!(error.contains("`id` should be text"), "{error}");
    }
}

#[test]
fn a_line_of_blanks_that_is_too_long_is_no_empty_line() {
    let most = exequatur::batch::case::MAX_LINE;
    let blanks = |n: usize| " ".repeat(n) + POST;
    let (lines, said, status) = batch(&[blanks(10), blanks(most), blanks(3 * most), blanks(10)].join("\n"), &[]);
    assert_eq!((lines.len(), status), (4, Some(1)), "{said}");
    assert_eq!([&lines[0]["id"], &lines[3]["id"]], ["A-1", "A-1"]);
    for line in &lines[1..3] {
        assert!(line["error"].as_str().is_some_and(|error| error.starts_with("the line is longer")), "{line}");
    }
}

fn portfolio(n: usize) -> String {
    let methods = ["post", "public-announcement", "personal", "unknown", "treaty"];
    let modes = ["default", "defended", "unknown"];
    let targets = ["sg", "hk", "au-nsw", "us-ca", "de", "kr"];
    let mut out = String::new();
    for at in 0..n {
        if at % 97 == 13 {
            out.push_str("{\"id\": \"broken\", \"answers\": {\"service.method\": 5}}\n");
            continue;
        }
        let method = methods[at % methods.len()];
        let mut answers = json!({"participation.mode": modes[at % modes.len()], "judgment.date": "2023-05-06"});
        if method != "treaty" {
            answers["service.method"] = json!(method);
        }
        out.push_str(&json!({"id": at, "answers": answers, "targets": [targets[at % targets.len()]]}).to_string());
        out.push('\n');
    }
    out
}

#[test]
fn threads_change_not_a_byte() {
    let input = portfolio(1_500);
    let run = |jobs: &str| {
        let output =
            exequatur().args(["batch", "-", "--jobs", jobs]).write_stdin(input.clone()).output().expect("runs");
        assert_eq!(output.status.code(), Some(1), "one line in 97 is broken");
        (output.stdout, output.stderr)
    };
    let one = run("1");
    assert_eq!(String::from_utf8_lossy(&one.0).lines().count(), 1_500);
    assert!(one == run("2") && one == run("5"));
}

#[test]
fn a_table_says_the_same_as_lines() {
    let table = "id,judgment.kind,judgment.finality,service.method,participation.mode,judgment.date,judgment.amount,ready.documents,assets,targets\n\
        A-1,judgment,certificate,post,default,2024-03-01,3900000 CNY,sealed-copy,\"[{\"\"where\"\": \"\"sg\"\", \"\"class\"\": \"\"cash\"\", \"\"value\"\": \"\"2000000 USD\"\", \"\"certainty\"\": \"\"registered\"\"}]\",\"[\"\"sg\"\", \"\"hk\"\"]\"\n\
        A-2,judgment,,nonsense,,,,,,sg+hk\n\
        A-3,judgment\n";
    let (rows, _, status) = batch(table, &["--format", "csv"]);
    let (lines, _, _) = batch(POST, &[]);
    assert_eq!(status, Some(1));
    assert_eq!(rows[0], lines[0]);
    assert_eq!(rows[1]["id"], "A-2");
    assert_eq!(rows[1]["line"], 3);
    assert!(rows[1]["error"].as_str().expect("text").contains("nonsense"));
    assert!(rows[2]["error"].as_str().expect("text").contains("10"), "{}", rows[2]);
}

#[test]
fn an_unknown_column_is_an_error_at_the_head() {
    let (lines, said, status) = batch("id,service.metod\n1,post\n", &["--format", "csv"]);
    assert_eq!((lines.len(), status), (0, Some(1)));
    assert!(said.contains("`service.metod`") && said.contains("service.method"), "{said}");
}

#[test]
fn the_summary_counts_and_can_be_left_out() {
    let (_, said, _) = batch(&format!("{POST}\n{POST}\n"), &[]);
    assert!(said.contains("2 cases"), "{said}");
    assert!(said.contains("(sg): 2 cases"), "{said}");
    assert!(said.contains("documents most often not in hand"), "{said}");
    let (lines, said, status) = batch(POST, &["--quiet"]);
    assert_eq!((lines.len(), said.as_str(), status), (1, "", Some(0)));
}

#[test]
fn a_result_is_a_new_file_unless_forced() {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, out) = (folder.path().join("in.ndjson"), folder.path().join("out.ndjson"));
    std::fs::write(&input, POST).expect("a file");
    let run = |force: bool| {
        let mut command = exequatur();
        command.arg("batch").arg(&input).arg("-o").arg(&out);
        if force {
            command.arg("--force");
        }
        command.output().expect("it runs").status.code()
    };
    assert_eq!(run(false), Some(0));
    let first = std::fs::read(&out).expect("the result");
    assert_eq!(run(false), Some(1));
    assert_eq!(run(true), Some(0));
    assert!(!first.is_empty() && first == std::fs::read(&out).expect("the result"));
}

#[cfg(feature = "sheets")]
mod sheets {
    use super::*;
    use calamine::{Data, Reader, open_workbook_auto};
    use rust_xlsxwriter::Workbook;

    #[test]
    fn a_sheet_is_answered_by_a_sheet_and_a_wrong_cell_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let (input, out) = (folder.path().join("in.xlsx"), folder.path().join("out.xlsx"));
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("Claims").expect("a name");
        for (row, cells) in [
            ["id", "service.method", "participation.mode", "targets"],
            ["# a note", "", "", ""],
            ["=1+1", "post | by post | 邮寄", "default", "sg+hk"],
            ["B", "post", "defalt", "sg"],
        ]
        .iter()
        .enumerate()
        {
            for (column, cell) in cells.iter().enumerate() {
                let place = (u32::try_from(row).expect("small"), u16::try_from(column).expect("small"));
                sheet.write_string(place.0, place.1, *cell).expect("a cell");
            }
        }
        book.save(&input).expect("a file");
        let output = exequatur().arg("batch").arg(&input).arg("-o").arg(&out).output().expect("it runs");
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        let mut book = open_workbook_auto(&out).expect("a spreadsheet");
        let name = book.sheet_names()[0].clone();
        let formulas = book.worksheet_formula(&name).expect("formulas");
        assert!(formulas.used_cells().next().is_none(), "data became a formula");
        let rows: Vec<Vec<Data>> = book.worksheet_range(&name).expect("cells").rows().map(<[Data]>::to_vec).collect();
        assert_eq!(rows.len(), 4, "a head, two targets, an error");
        assert_eq!(rows[1][0], Data::String("=1+1".to_owned()));
        let error = rows[3][11].to_string();
        assert!(error.starts_with("Claims!C4: ") && error.contains("nearest: default"), "{error}");
        let line = exequatur().arg("batch").arg(&input).output().expect("it runs").stdout;
        let line = String::from_utf8(line).expect("UTF-8");
        assert!(line.lines().nth(1).is_some_and(|line| line.contains("\"line\":4")), "{line}");
    }

    #[test]
    fn the_template_can_be_read_back_and_holds_no_case() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("t.xlsx");
        assert_eq!(
            exequatur().args(["batch", "--template"]).arg(&file).output().expect("it runs").status.code(),
            Some(0)
        );
        let output = exequatur().arg("batch").arg(&file).output().expect("it runs");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stdout.is_empty());
    }
}
