//! Word files: what Word will find in them, and nothing that breaks them.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use crate::support::{TODAY, engine, report};
use crate::{example, figures};
use exequatur::lang::Lang;
use exequatur::matter::Matter;
use exequatur::report::{Audience, Bar, Block, Chart, Form, Report, Table, Text, docx, markdown};
use roxmltree::{Document, Node};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// What somebody may type, or paste from a message.
const HOSTILE: &str =
    "a ]]> </w:t><w:p/> &amp; & \"q\" 'r' <!-- \u{1b}[2J \u{202e}x \u{fffe}\u{ffff} \u{0} \n# 喆 \u{20bb7}";

fn full(lang: Lang) -> Report {
    report(engine(), &example("three-places"), lang, Form::Full, Audience::Counsel)
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut file = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    let mut text = String::new();
    file.by_name(name).expect("the part").read_to_string(&mut text).expect("UTF-8");
    text
}

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.has_tag_name((WORD, name))
}

fn style<'a>(paragraph: &Node<'a, '_>) -> Option<&'a str> {
    paragraph.descendants().find(|node| is(node, "pStyle")).and_then(|node| node.attribute((WORD, "val")))
}

fn words(node: &Node<'_, '_>) -> String {
    node.descendants().filter(|node| is(node, "t")).filter_map(|node| node.text()).collect()
}

/// The words of every paragraph, a line each.
fn text(document: &Document<'_>) -> String {
    let lines: Vec<String> = document.descendants().filter(|node| is(node, "p")).map(|node| words(&node)).collect();
    lines.join("\n")
}

#[test]
fn every_figure_of_the_markdown_is_in_the_word_file() {
    let matter = example("three-places");
    for lang in Lang::ALL {
        for (form, audience) in [(Form::Full, Audience::Counsel), (Form::Short, Audience::Creditor)] {
            let report = report(engine(), &matter, lang, form, audience);
            let xml = part(&docx::write(&report).expect("a file"), "word/document.xml");
            let found = figures(&text(&Document::parse(&xml).expect("XML")));
            let meant = figures(&markdown::write(&report));
            assert!(meant.len() > 40, "{}", meant.len());
            let lost: Vec<_> = meant.difference(&found).collect();
            assert!(lost.is_empty(), "{lost:?}");
        }
    }
}

#[test]
fn headings_lists_and_tables_are_those_of_word() {
    for lang in Lang::ALL {
        let report = full(lang);
        let bytes = docx::write(&report).expect("a file");
        let xml = part(&bytes, "word/document.xml");
        let document = Document::parse(&xml).expect("XML");
        let paragraphs: Vec<Node<'_, '_>> = document.descendants().filter(|node| is(node, "p")).collect();
        let headings: Vec<(String, String)> = paragraphs
            .iter()
            .filter_map(|node| {
                style(node).filter(|name| name.starts_with("Heading")).map(|name| (name.to_owned(), words(node)))
            })
            .collect();
        let meant: Vec<(String, String)> = report
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Heading { level, text, .. } => Some((format!("Heading{}", level - 1), text.words())),
                _ => None,
            })
            .collect();
        assert_eq!(headings, meant);
        let titles: Vec<String> = paragraphs.iter().filter(|node| style(node) == Some("Title")).map(words).collect();
        assert_eq!(titles, [report.title.words()]);
        // Every style that is named exists.
        let styles = part(&bytes, "word/styles.xml");
        let styles = Document::parse(&styles).expect("XML");
        let known: BTreeSet<&str> = styles.descendants().filter_map(|node| node.attribute((WORD, "styleId"))).collect();
        for node in
            document.descendants().filter(|node| ["pStyle", "rStyle", "tblStyle"].iter().any(|name| is(node, name)))
        {
            let name = node.attribute((WORD, "val")).expect("a name");
            assert!(known.contains(name), "{name}");
        }
        for name in ["heading 1", "heading 2", "heading 3", "Title", "List Bullet", "List Number", "toc 1"] {
            assert!(
                styles.descendants().any(|node| is(&node, "name") && node.attribute((WORD, "val")) == Some(name)),
                "{name}"
            );
        }
        // A table of the report repeats its head on every page, and its rows fill its width.
        let tables = document.descendants().filter(|node| is(node, "tbl"));
        let with_head = tables.filter(|table| table.descendants().any(|node| is(&node, "tblHeader"))).count();
        let meant = report
            .blocks
            .iter()
            .filter(|block| matches!(block, Block::Table(_) | Block::Chart(_) | Block::Figure(_)))
            .count();
        assert_eq!(with_head, meant);
        for table in document.descendants().filter(|node| is(node, "tbl")) {
            let grid: Vec<&str> = table
                .descendants()
                .filter(|node| is(node, "gridCol"))
                .filter_map(|node| node.attribute((WORD, "w")))
                .collect();
            for row in table.children().filter(|node| is(node, "tr")) {
                assert_eq!(row.children().filter(|node| is(node, "tc")).count(), grid.len());
            }
        }
        // Each numbered list begins at one: it has a number of its own.
        let lists = report.blocks.iter().filter(|block| matches!(block, Block::List { numbered: true, .. })).count();
        let numbers: BTreeSet<&str> = paragraphs
            .iter()
            .filter(|node| style(node) == Some("ListNumber"))
            .filter_map(|node| node.descendants().find(|node| is(node, "numId"))?.attribute((WORD, "val")))
            .collect();
        assert_eq!(numbers.len(), lists);
        let numbering = part(&bytes, "word/numbering.xml");
        let numbering = Document::parse(&numbering).expect("XML");
        assert_eq!(numbering.descendants().filter(|node| is(node, "startOverride")).count(), lists);
    }
}

#[test]
fn head_foot_properties_and_language() {
    let matter = Matter { title: "Li v Zhang 李诉张".to_owned(), ..example("three-places") };
    let cases = [
        (Lang::En, Audience::Counsel, "Privileged and confidential", "en-GB"),
        (Lang::En, Audience::Creditor, "Confidential", "en-GB"),
        (Lang::Zh, Audience::Counsel, "保密文件（律师与委托人通信）", "zh-CN"),
        (Lang::Zh, Audience::Creditor, "保密文件", "zh-CN"),
    ];
    for (lang, audience, standing, tag) in cases {
        let report = report(engine(), &matter, lang, Form::Short, audience);
        let bytes = docx::write(&report).expect("a file");
        let header = part(&bytes, "word/header1.xml");
        let header = words(&Document::parse(&header).expect("XML").root());
        assert_eq!(header, format!("Li v Zhang 李诉张{standing}"));
        let footer = part(&bytes, "word/footer1.xml");
        for field in ["PAGE", "NUMPAGES"] {
            assert!(footer.contains(&format!("w:instr=\" {field} \"")), "{footer}");
        }
        let core = part(&bytes, "docProps/core.xml");
        let core = Document::parse(&core).expect("XML");
        let property =
            |name: &str| core.descendants().find(|node| node.tag_name().name() == name).and_then(|node| node.text());
        assert_eq!(property("title"), Some(report.title.words().as_str()));
        assert_eq!(property("language"), Some(tag));
        assert_eq!(property("created"), Some("2026-11-22T00:00:00Z"));
        let styles = part(&bytes, "word/styles.xml");
        assert!(styles.contains("<w:lang w:val=\"en-GB\" w:eastAsia=\"zh-CN\""));
        // A font that is named for Latin letters only lets Word take any for the Chinese.
        let styles = Document::parse(&styles).expect("XML");
        for fonts in styles.descendants().filter(|node| is(node, "rFonts")) {
            assert!(fonts.attribute((WORD, "eastAsia")).is_some());
        }
    }
}

#[test]
fn links_lead_to_their_address() {
    let report = full(Lang::En);
    let bytes = docx::write(&report).expect("a file");
    let xml = part(&bytes, "word/document.xml");
    let document = Document::parse(&xml).expect("XML");
    let relations = part(&bytes, "word/_rels/document.xml.rels");
    let relations = Document::parse(&relations).expect("XML");
    let mut links = 0;
    for link in document.descendants().filter(|node| is(node, "hyperlink")) {
        let Some(id) = link.attribute(("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "id"))
        else {
            continue;
        };
        let to = relations
            .descendants()
            .find(|node| node.attribute("Id") == Some(id))
            .and_then(|node| node.attribute("Target"));
        assert_eq!(to, Some(words(&link).as_str()));
        links += 1;
    }
    assert!(links > 10, "{links}");
    // A link inside the document leads to a heading.
    let marks: BTreeSet<&str> = document
        .descendants()
        .filter(|node| is(node, "bookmarkStart"))
        .filter_map(|node| node.attribute((WORD, "name")))
        .collect();
    for link in document.descendants().filter_map(|node| node.attribute((WORD, "anchor"))) {
        assert!(marks.contains(link), "{link}");
    }
}

/// A report with a text in every place that can hold one.
fn everywhere(text: &str, lang: Lang) -> Report {
    let words = || Text::plain(text);
    let bar = Bar { label: words(), value: 0.5, range: Some([0.25, 0.75]), words: words() };
    Report {
        lang,
        title: words(),
        audience: Audience::Counsel,
        matter: words(),
        as_of: TODAY,
        meta: vec![(words(), words())],
        blocks: vec![
            Block::Heading { level: 2, id: text.to_owned(), text: words() },
            Block::Paragraph(Text::strong(text).and(Text::code(text))),
            Block::List { numbered: true, items: vec![words()] },
            Block::List { numbered: false, items: vec![words()] },
            Block::Table(Table {
                caption: words(),
                head: vec![words()],
                rows: vec![vec![words()]],
                figures: vec![false],
            }),
            Block::KeyValues(vec![(words(), words())]),
            Block::Chart(Chart { caption: words(), scores: false, rows: vec![bar] }),
            Block::Note(words()),
        ],
    }
}

const PARTS: [&str; 11] = [
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/core.xml",
    "docProps/app.xml",
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "word/styles.xml",
    "word/settings.xml",
    "word/numbering.xml",
    "word/header1.xml",
    "word/footer1.xml",
];

#[test]
fn nothing_typed_becomes_markup_or_breaks_the_file() {
    let long = "很长的文字 and a-word-without-any-blank".repeat(2000);
    for lang in Lang::ALL {
        let [tame, hostile, long] =
            ["tame", HOSTILE, &long].map(|text| docx::write(&everywhere(text, lang)).expect("a file"));
        let skeleton = |bytes: &[u8]| {
            let xml = part(bytes, "word/document.xml");
            let document = Document::parse(&xml).expect("XML");
            document
                .descendants()
                .filter(Node::is_element)
                .map(|node| node.tag_name().name().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(skeleton(&tame), skeleton(&hostile));
        assert_eq!(skeleton(&tame), skeleton(&long));
        for bytes in [&hostile, &long] {
            for name in PARTS {
                let xml = part(bytes, name);
                Document::parse(&xml).unwrap_or_else(|fault| panic!("{name}: {fault}"));
                let hidden =
                    |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{202e}' | '\u{fffe}' | '\u{ffff}'));
                assert!(!xml.chars().any(hidden), "{name}");
            }
        }
        let xml = part(&hostile, "word/document.xml");
        let text = text(&Document::parse(&xml).expect("XML"));
        assert!(
            text.contains("a ]]> </w:t><w:p/> &amp; & \"q\" 'r' <!-- ^[[2J <U+202E>x <U+FFFE><U+FFFF> ^@ "),
            "{text}"
        );
        assert!(text.contains("喆 \u{20bb7}"));
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    for lang in Lang::ALL {
        let first = docx::write(&full(lang)).expect("a file");
        assert_eq!(first, docx::write(&full(lang)).expect("a file"));
        let mut file = zip::ZipArchive::new(Cursor::new(&first[..])).expect("a zip file");
        for n in 0..file.len() {
            let time = file.by_index(n).expect("a part").last_modified().expect("a time");
            assert_eq!(time, zip::DateTime::default());
        }
        let names: BTreeSet<String> = file.file_names().map(|name| name.expect("a name").into_owned()).collect();
        assert_eq!(names, PARTS.into_iter().map(str::to_owned).collect());
    }
}
