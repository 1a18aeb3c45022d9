//! The guide for authors of packs: every block is applied to a copy of the pack, in order, and the
//! pack is sound after each section.

use exequatur::diagnostic::Code;
use exequatur::lang::Lang;
use exequatur::library;
use exequatur::matter::file;
use exequatur::pack::weights::Weights;
use exequatur::pack::{File, Pack, check_all};
use exequatur::report::{Audience, Form, Options, listing::coverage};
use exequatur::scoring::coverage::coverage;
use exequatur::scoring::{Engine, Scope};
use jiff::civil::date;

const GUIDES: [&str; 2] =
    [include_str!("../../questionnaires/GUIDE.md"), include_str!("../../questionnaires/GUIDE.zh.md")];

/// The pack that the guide changes a copy of.
const COPIED: &str = "prc-inbound";

/// A block: what is to be done (`create`, `append`, `copy` and the paths), and the text.
fn blocks(guide: &str) -> Vec<(Vec<&str>, String)> {
    let mut out = Vec::new();
    let mut lines = guide.lines();
    while let Some(line) = lines.next() {
        if let Some(what) = line.strip_prefix("```toml ") {
            let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            out.push((what.split(' ').collect(), text.join("\n") + "\n"));
        }
    }
    out
}

fn find<'f>(files: &'f mut [File], path: &str) -> &'f mut File {
    files.iter_mut().find(|file| file.path == path).unwrap_or_else(|| panic!("no {path} in the pack"))
}

/// Each line `key = value` of the changes takes the place of the line with that key in its table.
fn changed(text: &str, changes: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut from = 0;
    for change in changes.lines().filter(|line| !line.is_empty()) {
        if change.starts_with('[') {
            from = lines.iter().position(|line| line == change).expect("the table of the change");
            continue;
        }
        let key = change.split(" = ").next().expect("a key");
        let at = lines[from..].iter().position(|line| line.split(" = ").next() == Some(key)).expect("the key");
        change.clone_into(&mut lines[from + at]);
    }
    lines.join("\n") + "\n"
}

fn apply(files: &mut Vec<File>, what: &[&str], text: &str) {
    match what {
        ["create", path] => files.push(File { path: (*path).to_owned(), text: text.to_owned() }),
        ["append", path] => {
            let file = find(files, path);
            file.text = format!("{}\n{text}", file.text);
        }
        ["copy", from, to] => {
            let text = changed(&find(files, from).text, text);
            files.push(File { path: (*to).to_owned(), text });
        }
        other => panic!("the guide says {other:?}"),
    }
}

/// Codes of the faults that a pack has.
fn faults(files: &[File]) -> Vec<Code> {
    check_all(files).faults.into_iter().map(|fault| fault.code).collect()
}

/// What `exequatur calibrate` and `exequatur backtest --save` do for a folder.
fn calibrate(files: &mut [File]) {
    let pack = check_all(files).pack;
    find(files, "weights.toml").text = Weights::fitted(&pack).write(&pack);
    let pack = check_all(files).pack;
    let test = exequatur::scoring::backtest::walk_forward(&pack);
    find(files, "validation.toml").text = test.validation().write(&pack);
}

fn followed(guide: &str) -> Pack {
    let mut files = library::files(COPIED).expect("the pack");
    for (what, text) in blocks(guide) {
        apply(&mut files, &what, &text);
        // What the guide says of each step: a question that nothing reads, weights to be fitted again.
        let found = faults(&files);
        match what[..] {
            [_, path] if path.starts_with("questions/") => assert_eq!(found, [Code::UnreadQuestion], "{path}"),
            [_, path] if path.starts_with("hurdles/") || path.starts_with("cases/") => {
                assert!(!found.is_empty(), "{path}: the weights are of another pack now");
                calibrate(&mut files);
                assert_eq!(faults(&files), [], "{path}");
            }
            _ => assert_eq!(found, [], "{what:?}"),
        }
    }
    check_all(&files).pack
}

#[test]
fn every_block_of_the_guide_loads_and_shows_on_the_screen() {
    let pack = followed(GUIDES[0]);
    let question = pack.question("letters.admission").expect("the question of the guide");
    assert_eq!(question.options.len(), 3, "two options and the one that was added");
    let (_, text) = pack.examples.iter().find(|(name, _)| name == "denied").expect("the example of the guide");
    let matter = file::read("denied", text, &pack).matter.expect("an example without fault");
    let engine = Engine::new(&pack);
    let assessment = engine.assess(&matter, date(2026, 11, 22), &Scope::Matter);
    let target = &assessment.rows[0];
    assert_eq!(target.id, "cn-gd");
    for lang in Lang::ALL {
        let options = Options { lang, form: Form::Full, audience: Audience::Counsel };
        let text =
            exequatur::report::markdown::write(&exequatur::report::build(&engine, &matter, &assessment, options));
        let (place, because, action) = match lang {
            Lang::En => ("Guangdong", "The debtor denies the debt in writing.", "signed statement of the balance"),
            Lang::Zh => ("广东", "债务人书面否认债务。", "取得签字的对账确认"),
        };
        for words in [place, because, action] {
            assert!(text.contains(words), "{words}");
        }
    }
    assert_eq!(exequatur::pack::case::counted(&pack).cases.len(), 30, "the case counts beside the 29 of the pack");
}

#[test]
fn the_guide_says_the_same_in_both_languages() {
    assert_eq!(blocks(GUIDES[0]), blocks(GUIDES[1]));
    let shell = |guide: &str| guide.lines().filter(|line| line.starts_with("exequatur ")).count();
    assert_eq!(shell(GUIDES[0]), shell(GUIDES[1]));
    let heads = |guide: &str| guide.lines().filter(|line| line.starts_with("## ")).count();
    assert_eq!(heads(GUIDES[0]), heads(GUIDES[1]));
}

#[test]
fn coverage_names_what_the_guide_has_not_reached_and_no_more() {
    let pack = followed(GUIDES[0]);
    let found = coverage(&pack, date(2026, 11, 22));
    let never = |part: &exequatur::scoring::coverage::Part, id: &str| part.never.iter().any(|known| known == id);
    assert!(!never(&found.questions, "letters.admission"));
    assert!(!never(&found.options, "letters.admission = denies"));
    assert!(never(&found.options, "letters.admission = signed"));
    assert!(!never(&found.rules, "fraud/denied-in-writing"));
    assert!(!never(&found.actions, "get-admission"));
    assert_eq!(found.questions.all, pack.questions.len());
    assert_eq!(found.examples, pack.examples.len());
    for lang in Lang::ALL {
        assert!(coverage::text(&pack, &found, lang).contains("letters.admission = signed"));
    }
    let json: serde_json::Value = serde_json::from_str(&coverage::json(&pack, &found)).expect("JSON");
    assert_eq!(json["actions"]["all"], pack.actions.len());
}
