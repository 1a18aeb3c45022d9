//! The texts of a pack's files, turned into a [`Pack`] and the list of all faults.
//!
//! Reading goes on after a fault. The folder of a pack looks like this:
//!
//! ```text
//! pack.toml            id, version, roles of questions, words for likelihoods, rates, periods
//! questions/*.toml     one section a file, in the order of the names
//! hurdles/*.toml       one legal hurdle a file; contest.toml is the chance of a fight
//! confidence.toml  actions.toml  contradictions.toml  assets.toml
//! jurisdictions/*.toml one target a file
//! cases/*.toml  case-facts.toml  treaties.toml  inbound.toml
//! weights.toml         written by `exequatur calibrate`
//! validation.toml      written by `exequatur backtest --save`
//! renames.toml         ids that were others in older versions
//! examples/*.toml      matters
//! ```

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::index::Index;
use super::reader::{File, Reader, Table};
use super::validation::Validation;
use super::weights::Weights;
use super::{Pack, advice, assets, case, case_facts, check, header, hurdle, profile, question, treaty};
use crate::diagnostic::{Code, Diagnostic};

/// Bounds on an untrusted pack.
const MAX_FILES: usize = 2_000;
const MAX_BYTES: usize = 16 << 20;
/// Hurdles are bits of a mask.
const MAX_HURDLES: usize = 64;

#[derive(Clone, Debug)]
pub struct Loaded {
    /// The pack, as far as it could be read. Use it only where there are no faults.
    pub pack: Pack,
    /// Every fault, by file and place.
    pub faults: Vec<Diagnostic>,
}

pub fn load(files: &[File]) -> Loaded {
    let mut faults = Vec::new();
    if files.len() > MAX_FILES || files.iter().map(|file| file.text.len()).sum::<usize>() > MAX_BYTES {
        faults.push(Diagnostic::new("pack.toml", 0..0, Code::TooLarge));
    }
    let files = if faults.is_empty() { files } else { &[] };
    let mut sorted: Vec<&File> = files.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));

    let mut index = Index::default();
    for file in sorted.iter().filter(|file| in_folder(file, "questions")) {
        let reader = Reader::new(&file.path);
        let root = reader.parse(&file.text);
        index.add(&Table::new(&reader, root.get_ref(), root.span()));
    }

    let mut pack = read_header(&sorted, &index, &mut faults);
    pack.case_columns.facts = facts_of_cases(&sorted);
    pack.sha256 = hash(&sorted);
    let cases: Vec<&File> =
        sorted.iter().filter(|file| in_folder(file, "cases") || file.path == CASE_FACTS).copied().collect();
    pack.cases_sha256 = hash(&cases);
    for file in &sorted {
        let reader = Reader::new(&file.path);
        let root = reader.parse(&file.text);
        let table = Table::new(&reader, root.get_ref(), root.span());
        read(file, table, &index, &mut pack);
        faults.extend(reader.into_faults());
    }
    if pack.hurdles.len() > MAX_HURDLES {
        pack.hurdles.truncate(MAX_HURDLES);
        faults.push(Diagnostic::new("hurdles/", 0..0, Code::TooLarge));
    }
    case::count_by_target(&mut pack);
    require(&sorted, &mut faults);
    fitted(&sorted, &mut pack, &mut faults);
    check::run(&mut pack, &sorted, &mut faults);
    faults.sort_by(|a, b| (&a.file, a.span.start, a.code).cmp(&(&b.file, b.span.start, b.code)));
    faults.dedup();
    Loaded { pack, faults }
}

/// Reads a whole pack and looks for every fault, also those that take long to find.
pub fn check_all(files: &[File]) -> Loaded {
    let mut loaded = load(files);
    let mut sorted: Vec<&File> = files.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    loaded.faults.extend(check::order(&loaded.pack, &sorted));
    loaded
}

/// Reads a table of decided cases from outside a pack, and its faults.
pub fn read_cases(file: &str, text: &str, pack: &Pack) -> (Vec<super::Case>, Vec<Diagnostic>) {
    let reader = Reader::new(file);
    let root = reader.parse(text);
    let table = Table::new(&reader, root.get_ref(), root.span());
    let cases = table.tables("case").into_iter().map(|table| case::read_bare(table, &pack.case_columns)).collect();
    table.finish();
    (cases, reader.into_faults())
}

fn in_folder(file: &File, folder: &str) -> bool {
    file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn read_header(files: &[&File], index: &Index, faults: &mut Vec<Diagnostic>) -> Pack {
    let text = files.iter().find(|file| file.path == "pack.toml").map_or("", |file| file.text.as_str());
    let reader = Reader::new("pack.toml");
    let root = reader.parse(text);
    let pack = header::read(Table::new(&reader, root.get_ref(), root.span()), index);
    faults.extend(reader.into_faults());
    pack
}

/// The fields of cases that `case-facts.toml` lets answer questions, each once. Its faults are found
/// when the file is read in full.
fn facts_of_cases(files: &[&File]) -> Vec<String> {
    let Some(file) = files.iter().find(|file| file.path == CASE_FACTS) else { return Vec::new() };
    let reader = Reader::new(&file.path);
    let root = reader.parse(&file.text);
    let table = Table::new(&reader, root.get_ref(), root.span());
    let mut fields: Vec<String> = Vec::new();
    for fact in table.tables("fact") {
        let field = fact.string("field");
        if super::Case::may_answer(&field) && !field.is_empty() && !fields.contains(&field) {
            fields.push(field);
        }
    }
    fields
}

fn read(file: &File, table: Table<'_, '_>, index: &Index, pack: &mut Pack) {
    match file.path.as_str() {
        "confidence.toml" => pack.confidence = advice::confidence(table, index),
        "actions.toml" => pack.actions = advice::actions(table, index),
        "contradictions.toml" => pack.contradictions = advice::contradictions(table, index),
        "assets.toml" => pack.assets = assets::read(table),
        CASE_FACTS => pack.case_facts = case_facts::read(table, index),
        "treaties.toml" => {
            pack.treaties.extend(table.tables("treaty").into_iter().map(treaty::read));
            table.finish();
        }
        "inbound.toml" => {
            pack.inbound.extend(table.tables("state").into_iter().map(treaty::read_inbound));
            table.finish();
        }
        "renames.toml" => pack.renames = super::renames::read(table),
        "hurdles/contest.toml" => {
            if let Some(hurdle) = hurdle::read(table, index) {
                pack.contest = hurdle;
            }
        }
        // `header` has read the one; `fitted` reads the other last, because it must agree with the hurdles.
        "pack.toml" | WEIGHTS | VALIDATION => {}
        _ if in_folder(file, "questions") => {
            let (section, questions) = question::read(table, index, pack.sections.len());
            pack.sections.push(section);
            pack.questions.extend(questions);
        }
        _ if in_folder(file, "hurdles") => pack.hurdles.extend(hurdle::read(table, index)),
        _ if in_folder(file, "jurisdictions") => pack.profiles.extend(profile::read(table)),
        _ if in_folder(file, "cases") => {
            let columns = &pack.case_columns;
            let cases: Vec<_> = table.tables("case").into_iter().map(|table| case::read(table, columns)).collect();
            pack.cases.extend(cases);
            table.finish();
        }
        _ if in_folder(file, "examples") => {
            let name = file.path.trim_start_matches("examples/").trim_end_matches(".toml").to_owned();
            pack.examples.push((name, file.text.clone()));
        }
        _ => {}
    }
}

/// How facts of cases answer questions.
const CASE_FACTS: &str = "case-facts.toml";

/// The file that `exequatur calibrate` writes.
const WEIGHTS: &str = "weights.toml";

/// The file that `exequatur backtest --save` writes.
const VALIDATION: &str = "validation.toml";

/// Reads the fitted weights and the figures of the test, if the pack carries them.
fn fitted(files: &[&File], pack: &mut Pack, faults: &mut Vec<Diagnostic>) {
    let Some(file) = files.iter().find(|file| file.path == WEIGHTS) else { return };
    let reader = Reader::new(&file.path);
    let root = reader.parse(&file.text);
    let table = Table::new(&reader, root.get_ref(), root.span());
    pack.fitted = Weights::read(&table, pack);
    let stale = pack.fitted.as_ref().is_none_or(|weights| weights.fitted_on.as_ref() != Some(&pack.cases_sha256));
    if stale {
        pack.fitted = None;
        reader.fault(0..0, Code::StaleWeights, &[]);
    }
    faults.extend(reader.into_faults());
    let Some(file) = files.iter().find(|file| file.path == VALIDATION) else { return };
    let reader = Reader::new(&file.path);
    let root = reader.parse(&file.text);
    pack.validation = Validation::read(&Table::new(&reader, root.get_ref(), root.span()), pack);
    faults.extend(reader.into_faults());
}

/// Notes the files that a pack cannot be without.
fn require(files: &[&File], faults: &mut Vec<Diagnostic>) {
    for needed in ["pack.toml", "assets.toml", "confidence.toml", "actions.toml", "hurdles/contest.toml"] {
        if !files.iter().any(|file| file.path == needed) {
            faults.push(Diagnostic::new(needed, 0..0, Code::MissingFile));
        }
    }
    for folder in ["questions", "hurdles", "jurisdictions"] {
        if !files.iter().any(|file| in_folder(file, folder)) {
            faults.push(Diagnostic::new(&format!("{folder}/"), 0..0, Code::MissingFile));
        }
    }
}

/// SHA-256 over the paths and texts of all files, in the order of the paths.
fn hash(files: &[&File]) -> String {
    let mut hasher = Sha256::new();
    for file in files {
        hasher.update(file.path.as_bytes());
        hasher.update([0]);
        hasher.update(file.text.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
