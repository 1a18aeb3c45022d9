//! Matters of every format and of older packs. The fixtures stay for ever: a file that a program once
//! wrote is read by every later one.

use crate::support::pack;
use exequatur::library;
use exequatur::matter::file::{self, Change};
use exequatur::matter::{Basis, Value};
use exequatur::pack::{File, Pack, load};

const FORMAT_1: &str = include_str!("../fixtures/matters/format-1.toml");
const OLDER_PACK: &str = include_str!("../fixtures/matters/format-1-pack-0.9.toml");
const NEWER: &str = include_str!("../fixtures/matters/format-2.toml");

/// The shipped pack with a table of renames.
fn renamed() -> Pack {
    let mut files = library::files(library::DEFAULT).expect("the pack");
    let text = "[[rename]]\nsince = \"0.9.5\"\nfrom = \"service.mode\"\nto = \"service.way\"\n\
        [[rename]]\nsince = \"1.0.0\"\nfrom = \"service.way\"\nto = \"service.method\"\n\
        [[rename]]\nsince = \"1.0.0\"\noption-of = \"service.method\"\nfrom = \"mail\"\nto = \"post\"\n";
    files.push(File { path: "renames.toml".to_owned(), text: text.to_owned() });
    let loaded = load(&files);
    assert!(loaded.faults.is_empty(), "{:?}", loaded.faults);
    loaded.pack
}

#[test]
fn format_1_is_read_and_saved_back_the_same() {
    let pack = pack();
    let read = file::read("m.toml", FORMAT_1, pack);
    assert_eq!((read.faults.len(), read.changes.len()), (0, 0), "{:?}", read.faults);
    let matter = read.matter.expect("a matter");
    assert_eq!(matter.answers["judgment.kind"].evidence, "判决书");
    assert_eq!(matter.assets(pack).expect("assets")[0].note, "Lot 1");
    let again = file::read("m.toml", &file::write(&matter, pack), pack);
    assert_eq!(again.matter, Some(matter));
}

#[test]
fn an_older_pack_s_matter_keeps_every_answer_and_says_what_changed() {
    let pack = renamed();
    let read = file::read("m.toml", OLDER_PACK, &pack);
    assert_eq!(read.faults, []);
    let matter = read.matter.expect("a matter");
    let service = &matter.answers["service.method"];
    assert_eq!((&service.value, service.basis), (&Value::Choice("post".into()), Some(Basis::Document)));
    assert_eq!(service.evidence, "receipt");
    assert_eq!(matter.answers["service.notice"].value, Value::Unknown);
    // An option that is gone is no answer any more, and what was said is not lost.
    assert!(!matter.answers.contains_key("judgment.kind"));
    let kept: Vec<&str> = matter.kept.keys().map(String::as_str).collect();
    assert_eq!(kept, ["judgment.kind", "odd key", "retired"]);
    let renamed = |from: &str, to: &str| Change::Renamed { from: from.into(), to: to.into() };
    for change in [
        Change::Version("0.9.0".into()),
        renamed("service.mode", "service.method"),
        renamed("service.method = mail", "service.method = post"),
        Change::Kept("retired".into()),
    ] {
        assert!(read.changes.contains(&change), "{change:?} in {:?}", read.changes);
    }
    assert!(read.changes.iter().any(|change| matches!(change, Change::Open(n) if *n > 10)));

    // Saved back in the new form: nothing of it is lost, and nothing changes any more.
    let text = file::write(&matter, &pack);
    let again = file::read("m.toml", &text, &pack);
    assert_eq!(again.faults, [], "{text}");
    assert_eq!(again.matter.as_ref(), Some(&matter), "{text}");
    assert!(text.contains("说明") && text.contains("[1, 2.5, true, 2020-06-01]"), "{text}");
}

#[test]
fn a_newer_format_and_a_newer_pack_are_refused() {
    let pack = pack();
    let newer_pack = FORMAT_1.replace("\"1.0.0\"", "\"99.0.0\"");
    for (text, word) in [(NEWER, "newer-format"), (newer_pack.as_str(), "other-pack")] {
        let read = file::read("m.toml", text, pack);
        assert!(read.matter.is_none());
        assert_eq!(read.faults.iter().map(|fault| fault.code.text()).collect::<Vec<_>>(), [word]);
    }
}

#[test]
fn a_near_miss_in_a_file_of_this_version_is_a_slip_and_a_far_one_is_kept() {
    let pack = pack();
    let head = "format = 1\npack = \"prc-outbound\"\npack-version = \"1.0.0\"\n[answers]\n";
    assert!(file::read("m.toml", &format!("{head}service.metod = \"post\"\n"), pack).matter.is_none());
    let read = file::read("m.toml", &format!("{head}plugin.something-else-entirely = 5\n"), pack);
    assert_eq!(read.matter.expect("kept").kept.len(), 1);
}

#[test]
fn the_basis_of_the_assets_is_kept() {
    let pack = pack();
    let head = "format = 1\npack = \"prc-outbound\"\npack-version = \"1.0.0\"\n[answers]\n";
    let assets = "assets = { value = \"listed\", basis = \"document\" }\n";
    for (list, basis) in [("[[asset]]\nwhere = \"sg\"\n", Some(Basis::Document)), ("", None)] {
        let read = file::read("m.toml", &format!("{head}{assets}{list}"), pack);
        let matter = read.matter.expect("a matter");
        assert_eq!(matter.answers["assets"].basis, basis);
        assert_eq!(file::read("m.toml", &file::write(&matter, pack), pack).matter, Some(matter));
    }
}

#[test]
fn a_day_before_the_first_year_is_no_date() {
    let pack = pack();
    let head = "format = 1\npack = \"prc-outbound\"\npack-version = \"1.0.0\"\n[answers]\n";
    for (date, good) in [("\"-000001-03-01\"", false), ("0001-03-01", true), ("9999-12-31", true)] {
        let read = file::read("m.toml", &format!("{head}judgment.date = {date}\n"), pack);
        assert_eq!(read.matter.is_some(), good, "{date}");
        if let Some(matter) = read.matter {
            assert_eq!(file::read("m.toml", &file::write(&matter, pack), pack).matter, Some(matter));
        }
    }
    assert!(exequatur::matter::fact_vector::read(pack, "exq1;prc-outbound;judgment.date=-000001-03-01").is_err());
}
