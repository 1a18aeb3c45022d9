//! `batch`: a portfolio in, results in the same order out, whatever is wrong with a line.

#[path = "../support/mod.rs"]
mod support;

use serde_json::json;
use support::batch::{batch, errors};
use support::command_line::Home;

const POST: &str = r#"{"id": "A-1", "answers": {"judgment.kind": "judgment", "judgment.finality": "certificate", "service.method": "post", "participation.mode": "default", "judgment.date": "2024-03-01", "judgment.amount": "3900000 CNY", "ready.documents": ["sealed-copy"]}, "assets": [{"where": "sg", "class": "cash", "value": "2000000 USD", "certainty": "registered"}], "targets": ["sg", "hk"]}"#;

#[test]
fn a_line_says_what_the_score_of_the_same_matter_says() {
    let done = batch(POST, &[]);
    assert_eq!((done.status, done.lines.len()), (0, 1), "{}", done.err);
    let line = &done.lines[0];
    assert_eq!(line["id"], "A-1");
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
    let score = Home::new().run_on(matter, ["score", "--json", "-"]).json();
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
    let done = batch(&input, &[]);
    assert_eq!(done.status, 1);
    assert!(done.err.contains("4 cases could not be read"), "{}", done.err);
    let lines = done.lines;
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

#[test]
fn ambiguous_lines_are_refused() {
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
    let done = batch(&[with("18446744073709551615"), with("-7"), with("null")].join("\n"), &[]);
    let lines = done.lines;
    assert_eq!(lines[0]["id"], json!(18_446_744_073_709_551_615_u64), "{}", done.err);
    assert_eq!([&lines[1]["id"], &lines[2]["id"]], [&json!(-7), &json!(null)]);
    for error in errors(&["18446744073709551616", "1e3", "-0", "1.5"].map(with)) {
        assert!(error.contains("`id` should be text"), "{error}");
    }
}

#[test]
fn a_long_line_of_blanks_is_not_empty() {
    let most = exequatur::batch::case::MAX_LINE;
    let blanks = |n: usize| " ".repeat(n) + POST;
    let done = batch(&[blanks(10), blanks(most), blanks(3 * most), blanks(10)].join("\n"), &[]);
    let lines = done.lines;
    assert_eq!((lines.len(), done.status), (4, 1), "{}", done.err);
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
fn any_number_of_threads_gives_the_same_bytes() {
    let input = portfolio(1_500);
    let run = |jobs: &str| {
        let done = Home::new().run_on(input.clone(), ["batch", "-", "--jobs", jobs]);
        assert_eq!(done.status, 1, "one line in 97 is broken");
        (done.out().to_owned(), done.err)
    };
    let one = run("1");
    assert_eq!(one.0.lines().count(), 1_500);
    assert!(one == run("2") && one == run("5"));
}

#[test]
fn a_table_says_the_same_as_lines() {
    let table = "id,judgment.kind,judgment.finality,service.method,participation.mode,judgment.date,judgment.amount,ready.documents,assets,targets\n\
        A-1,judgment,certificate,post,default,2024-03-01,3900000 CNY,sealed-copy,\"[{\"\"where\"\": \"\"sg\"\", \"\"class\"\": \"\"cash\"\", \"\"value\"\": \"\"2000000 USD\"\", \"\"certainty\"\": \"\"registered\"\"}]\",\"[\"\"sg\"\", \"\"hk\"\"]\"\n\
        A-2,judgment,,nonsense,,,,,,sg+hk\n\
        A-3,judgment\n";
    let done = batch(table, &["--format", "csv"]);
    assert_eq!(done.status, 1);
    let rows = done.lines;
    assert_eq!(rows[0], batch(POST, &[]).lines[0]);
    assert_eq!(rows[1]["id"], "A-2");
    assert_eq!(rows[1]["line"], 3);
    assert!(rows[1]["error"].as_str().expect("text").contains("nonsense"));
    assert!(rows[2]["error"].as_str().expect("text").contains("10"), "{}", rows[2]);
}

#[test]
fn an_unknown_column_is_an_error_of_the_header() {
    let done = batch("id,service.metod\n1,post\n", &["--format", "csv"]);
    assert_eq!((done.lines.len(), done.status), (0, 1));
    assert!(done.err.contains("`service.metod`") && done.err.contains("service.method"), "{}", done.err);
}

#[test]
fn the_summary_counts_and_can_be_left_out() {
    let done = batch(&format!("{POST}\n{POST}\n"), &[]);
    for part in ["2 cases", "(sg): 2 cases", "documents most often not in hand"] {
        assert!(done.err.contains(part), "{}", done.err);
    }
    let done = batch(POST, &["--quiet"]);
    assert_eq!((done.lines.len(), done.err.as_str(), done.status), (1, "", 0));
}

#[test]
fn a_result_is_a_new_file_unless_forced() {
    let home = Home::new();
    home.write("in.ndjson", POST);
    let batch = ["batch", "in.ndjson", "-o", "out.ndjson"];
    home.run(batch).succeeded();
    let first = home.read("out.ndjson");
    home.run(batch).failed(1);
    home.run(batch.iter().chain(&["--force"])).succeeded();
    assert!(!first.is_empty() && first == home.read("out.ndjson"));
}

#[cfg(feature = "sheets")]
mod sheets {
    use super::*;
    use calamine::{Data, Reader, open_workbook_auto};
    use rust_xlsxwriter::Workbook;

    #[test]
    fn a_sheet_is_answered_by_a_sheet_and_a_wrong_cell_is_named() {
        let home = Home::new();
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
        book.save(home.at("in.xlsx")).expect("a file");
        home.run(["batch", "in.xlsx", "-o", "out.xlsx", "--lang", "en"]).failed(1);
        let mut book = open_workbook_auto(home.at("out.xlsx")).expect("a spreadsheet");
        let name = book.sheet_names()[0].clone();
        let formulas = book.worksheet_formula(&name).expect("formulas");
        assert!(formulas.used_cells().next().is_none(), "data became a formula");
        let rows: Vec<Vec<Data>> = book.worksheet_range(&name).expect("cells").rows().map(<[Data]>::to_vec).collect();
        assert_eq!(rows.len(), 4, "a head, two targets, an error");
        assert_eq!(rows[1][0], Data::String("=1+1".to_owned()));
        let error = rows[3][11].to_string();
        assert!(error.starts_with("Claims!C4: ") && error.contains("nearest: default"), "{error}");
        let done = home.run(["batch", "in.xlsx"]);
        assert!(done.out().lines().nth(1).is_some_and(|line| line.contains("\"line\":4")), "{}", done.out());
    }

    #[test]
    fn the_template_can_be_read_back_and_holds_no_case() {
        let home = Home::new();
        home.run(["batch", "--template", "t.xlsx"]).succeeded();
        assert_eq!(home.run(["batch", "t.xlsx"]).succeeded(), "");
    }
}
