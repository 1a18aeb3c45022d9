//! PDF files: tagged, with bookmarks and a language, with every character and no box.
//! Built with `--features pdf` only; where the machine has no Chinese font, those that need one are
//! passed over, which is printed.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::process::Command;

use crate::support::{TODAY, engine, report};
use crate::{example, figures};
use exequatur::fonts;
use exequatur::lang::Lang;
use exequatur::report::pdf::{self, Bytes, Fault, Font, Fonts};
use exequatur::report::{Audience, Bar, Block, Chart, Form, Report, Table, Text, markdown};

fn made(lang: Lang, form: Form) -> Report {
    report(engine(), &example("three-places"), lang, form, Audience::Counsel)
}

/// A report of the blocks given.
fn of(lang: Lang, title: &str, blocks: Vec<Block>) -> Report {
    Report {
        lang,
        title: title.into(),
        audience: Audience::Counsel,
        matter: title.into(),
        as_of: TODAY,
        meta: vec![("a".into(), "b".into())],
        blocks,
    }
}

/// Fonts of this machine for a report, or nothing, said aloud, where it has no Chinese one.
fn fonts(report: &Report) -> Option<Fonts> {
    let fonts = fonts::find(report, &[], report.lang).expect("fonts");
    let found = fonts.cover('院');
    if !found {
        println!("passed over: no Chinese font on this machine");
    }
    found.then_some(fonts)
}

/// The fonts that come with the typesetter: Latin only.
fn latin() -> Fonts {
    let text: Vec<Font> = typst_assets::fonts()
        .filter_map(|bytes| Font::new(Bytes::new(bytes), 0))
        .filter(|font| font.info().family.as_str() == "Libertinus Serif")
        .collect();
    assert!(!text.is_empty());
    Fonts { heads: text.clone(), code: text.clone(), text }
}

/// The file with all its streams unpacked, as text in which each byte is a character.
fn unpacked(bytes: &[u8]) -> String {
    let mut out = latin1(bytes);
    let mut rest = bytes;
    while let Some(at) = find(rest, b"stream\n").map(|at| at + 7).or_else(|| find(rest, b"stream\r\n").map(|at| at + 8))
    {
        rest = &rest[at..];
        let mut stream = Vec::new();
        let _ = flate2::read::ZlibDecoder::new(rest).read_to_end(&mut stream);
        out.push('\n');
        out.push_str(&latin1(&stream));
        rest = &rest[find(rest, b"endstream").map_or(rest.len(), |at| at + 9)..];
    }
    out
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// Every character that the file says its glyphs stand for.
fn mapped(file: &str) -> BTreeSet<char> {
    let mut out = BTreeSet::new();
    for map in file.split("begincmap").skip(1).filter_map(|rest| rest.split("endcmap").next()) {
        for line in map.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            // `<glyph> <text>`, the text in UTF-16.
            if let [glyph, text] = words[..]
                && glyph.starts_with('<')
                && text.starts_with('<')
            {
                let hex = text.trim_matches(['<', '>']);
                let units: Vec<u16> =
                    (0..hex.len() / 4).filter_map(|n| u16::from_str_radix(&hex[n * 4..n * 4 + 4], 16).ok()).collect();
                out.extend(char::decode_utf16(units).filter_map(Result::ok));
            }
        }
    }
    out
}

#[test]
fn a_report_is_tagged_has_bookmarks_and_every_character() {
    for lang in Lang::ALL {
        for form in [Form::Short, Form::Full] {
            let report = made(lang, form);
            let Some(fonts) = fonts(&report) else { return };
            let bytes = pdf::write(&report, &fonts).expect("a PDF");
            assert!(bytes.starts_with(b"%PDF-1."));
            let file = unpacked(&bytes);
            for name in [
                "/StructTreeRoot",
                "/Outlines",
                "/MarkInfo",
                "/DisplayDocTitle true",
                "/FontFile3",
                "/S/TH",
                "/S/H1",
                "pdfuaid",
            ] {
                assert!(file.contains(name), "{name}");
            }
            let tag = match lang {
                Lang::En => "/Lang(en-GB)",
                Lang::Zh => "/Lang(zh-CN)",
            };
            assert!(file.contains(tag));
            let bookmarks = file.matches("/Dest ").count();
            let headings = report.blocks.iter().filter(|block| matches!(block, Block::Heading { .. })).count();
            assert!(bookmarks >= headings, "{bookmarks} of {headings}");
            let mapped = mapped(&file);
            let lost: Vec<char> = pdf::characters(&report).into_iter().filter(|c| !mapped.contains(c)).collect();
            assert!(lost.is_empty(), "{lost:?}");
            // Fonts are subsets: each of the four Chinese ones has some 20 megabytes. Half of a long
            // report is its tags.
            assert!(bytes.len() < 5_000_000, "{}", bytes.len());
        }
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let report = made(Lang::Zh, Form::Short);
    let Some(fonts) = fonts(&report) else { return };
    let first = pdf::write(&report, &fonts).expect("a PDF");
    assert_eq!(first, pdf::write(&report, &fonts).expect("a PDF"));
    // The only date is that of the report.
    assert!(unpacked(&first).contains("D:20261122000000"));
}

#[test]
fn a_character_that_no_font_has_is_an_error_that_names_it() {
    let report = of(Lang::En, "Li v Zhang", vec![Block::Paragraph("The court of 院 held".into())]);
    let fault = pdf::write(&report, &latin()).expect_err("no box");
    assert_eq!(fault, Fault::Missing(vec!['院']));
    let said = Lang::ALL.map(|lang| fault.says(lang));
    for said in &said {
        assert!(said.contains("院 (U+9662)") && said.contains("fonts-noto-cjk") && said.contains("--font"), "{said}");
    }
    assert_ne!(said[0], said[1]);
    // Without that character the same fonts will do.
    let report = of(Lang::En, "Li v Zhang", vec![Block::Paragraph("The court held".into())]);
    pdf::write(&report, &latin()).expect("a PDF");
}

#[test]
fn every_character_of_gbk_has_its_glyph() {
    // All ideographs of GBK are U+4E00 to U+9FA5; one more stands beyond the first plane.
    let all: String = ('\u{4e00}'..='\u{9fa5}').chain(['\u{20bb7}', '喆', '堃', '玥', '龑', '禛']).collect();
    let report = of(Lang::Zh, "字符", vec![Block::Paragraph(all.as_str().into())]);
    let Some(fonts) = fonts(&report) else { return };
    match pdf::write(&report, &fonts) {
        Ok(bytes) => {
            let mapped = mapped(&unpacked(&bytes));
            // Radicals and ideographs can share a glyph, which stands for one of them.
            let lost = all.chars().filter(|c| !mapped.contains(c)).count();
            assert!(lost < 20, "{lost}");
        }
        // A machine with a small font says so, and sets no box.
        Err(fault) => assert!(matches!(fault, Fault::Missing(_)), "{fault:?}"),
    }
}

#[test]
fn nothing_typed_becomes_markup_and_long_words_are_broken() {
    let typed = "#panic() $x$ *a* _b_ `c` [d] <e> @f // g /* \\ \"h\" = i\n- j #read(\"/etc/passwd\") ";
    let long = format!("{typed}{}", "word-without-a-blank".repeat(40));
    for text in [typed, &long] {
        let words = || Text::plain(text);
        let bar = Bar { label: words(), value: 1.5, range: Some([-1.0, 0.75]), words: words() };
        let report = of(
            Lang::En,
            text,
            vec![
                Block::Heading { level: 2, id: "a".to_owned(), text: words() },
                Block::Paragraph(Text::strong(text).and(Text::code(text))),
                Block::List { numbered: true, items: vec![words()] },
                Block::List { numbered: false, items: vec![words()] },
                Block::Table(Table {
                    caption: words(),
                    head: vec![words(), words()],
                    rows: vec![vec![words(), words()]],
                    figures: vec![false, true],
                }),
                Block::KeyValues(vec![(words(), words())]),
                Block::Chart(Chart { caption: words(), scores: true, rows: vec![bar] }),
                Block::Note(words()),
            ],
        );
        let bytes = pdf::write(&report, &latin()).expect("a PDF");
        let mapped = mapped(&unpacked(&bytes));
        assert!("#$*_`[]<>@/\\\"=".chars().all(|c| mapped.contains(&c)));
    }
}

#[test]
fn another_program_reads_the_figures_of_the_markdown() {
    for lang in Lang::ALL {
        let report = made(lang, Form::Short);
        let Some(fonts) = fonts(&report) else { return };
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("report.pdf");
        std::fs::write(&path, pdf::write(&report, &fonts).expect("a PDF")).expect("the file");
        let Ok(done) = Command::new("pdftotext").arg(&path).arg("-").output() else {
            println!("passed over: no pdftotext on this machine");
            return;
        };
        let found = figures(&String::from_utf8_lossy(&done.stdout));
        let meant: BTreeSet<String> =
            figures(&markdown::write(&report)).into_iter().filter(|it| it.len() < 9).collect();
        let lost: Vec<_> = meant.difference(&found).collect();
        assert!(meant.len() > 30 && lost.is_empty(), "{lost:?}");
    }
}
