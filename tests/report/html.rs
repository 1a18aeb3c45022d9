//! The HTML report: one well-formed page that loads nothing, holds every figure of the other formats
//! and cannot be broken by what somebody typed.

use std::collections::BTreeSet;

use crate::support::{engine, matter, report};
use crate::{assert_snapshot, example};
use exequatur::lang::Lang;
use exequatur::matter::Matter;
use exequatur::report::{Audience, Block, Form, Report, html};
use roxmltree::{Document, Node};

/// Every page that options can ask for.
fn pages(matter: &Matter) -> Vec<(Report, String)> {
    let mut out = Vec::new();
    for lang in Lang::ALL {
        for form in [Form::Short, Form::Full] {
            for audience in [Audience::Creditor, Audience::Counsel] {
                let report = report(engine(), matter, lang, form, audience);
                let page = html::write(&report);
                out.push((report, page));
            }
        }
    }
    out
}

/// The page as XML: it is HTML but for its first line.
fn parse(page: &str) -> Document<'_> {
    let rest = page.strip_prefix("<!doctype html>").expect("a document type");
    Document::parse(rest).expect("well-formed")
}

/// All text below a node.
fn text(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}

fn elements<'a, 'i>(doc: &'a Document<'i>, name: &'a str) -> impl Iterator<Item = Node<'a, 'i>> {
    doc.descendants().filter(move |node| node.is_element() && node.tag_name().name() == name)
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.tag_name().name() == name)
}

fn check_structure(page: &str) {
    let doc = parse(page);
    let all = || doc.descendants().filter(Node::is_element);
    let ids: Vec<&str> = all().filter_map(|node| node.attribute("id")).collect();
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "an id stands twice");
    for node in all() {
        for name in ["aria-labelledby", "aria-describedby"] {
            assert!(node.attribute(name).is_none_or(|id| known.contains(id)), "{name} names nothing");
        }
        if let Some(address) = node.attribute("href") {
            let fine = address.strip_prefix('#').map_or_else(|| address.starts_with("http"), |id| known.contains(id));
            assert!(fine, "{address}");
        }
        // Nothing that loads, runs or sends.
        let name = node.tag_name().name();
        assert!(!["script", "img", "link", "iframe", "object", "form", "input", "image", "use"].contains(&name));
        let runs = |name: &str| name.starts_with("on") || name == "style" || name == "src";
        assert!(!node.attributes().any(|attribute| runs(attribute.name())), "{node:?}");
    }
    assert_eq!(elements(&doc, "h1").count(), 1);
    for name in ["header", "nav", "main", "title", "style"] {
        assert!(elements(&doc, name).any(|node| !text(node).trim().is_empty()), "{name}");
    }
    let levels: Vec<u32> = all()
        .filter_map(|node| node.tag_name().name().strip_prefix('h').and_then(|level| level.parse().ok()))
        .collect();
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "a level of headings is left out: {levels:?}");
    for table in elements(&doc, "table") {
        assert!(child(table, "caption").is_some_and(|caption| !text(caption).trim().is_empty()));
        let cells = |row: Node<'_, '_>| row.children().filter(Node::is_element).count();
        let rows: Vec<usize> = table.descendants().filter(|node| node.tag_name().name() == "tr").map(cells).collect();
        assert!(rows.len() > 1 && rows.iter().all(|cells| *cells == rows[0]), "{rows:?}");
        let heads = table.descendants().filter(|node| node.tag_name().name() == "th");
        assert!(heads.into_iter().all(|head| matches!(head.attribute("scope"), Some("col" | "row"))));
    }
    for drawing in elements(&doc, "svg") {
        assert_eq!(drawing.attribute("role"), Some("img"));
        for name in ["title", "desc"] {
            assert!(child(drawing, name).is_some_and(|node| !text(node).trim().is_empty()), "{name}");
        }
        assert!(!drawing.descendants().any(|node| node.attributes().any(|a| a.value().contains("NaN"))));
    }
}

#[test]
fn every_page_is_well_formed_and_can_be_read_without_seeing_it() {
    for matter in [example("three-places"), Matter::default()] {
        for (report, page) in pages(&matter) {
            check_structure(&page);
            assert_eq!(page, html::write(&report), "the same report gives the same bytes");
            let lang = if report.lang == Lang::Zh { "<html lang=\"zh-Hans\">" } else { "<html lang=\"en-GB\">" };
            assert!(page.contains(lang) && page.contains("noindex"));
            assert!(page.contains("default-src 'none'; style-src 'sha256-") && !page.contains("unsafe"));
        }
    }
}

/// Texts without blanks, because a page may break its lines elsewhere.
fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn the_page_holds_every_block_of_the_report() {
    for (report, page) in pages(&example("three-places")) {
        let doc = parse(&page);
        let shown = dense(&text(doc.root_element()));
        let has = |text: &exequatur::report::Text| {
            assert!(shown.contains(&dense(&text.words())), "{}", text.words());
        };
        has(&report.title);
        let mut drawings = 0;
        for block in &report.blocks {
            match block {
                Block::Heading { text, .. } | Block::Paragraph(text) | Block::Note(text) => has(text),
                Block::List { items, .. } => items.iter().for_each(has),
                Block::KeyValues(pairs) => pairs.iter().for_each(|(label, value)| {
                    has(label);
                    has(value);
                }),
                Block::Table(table) => table.rows.iter().flatten().chain(&table.head).for_each(has),
                Block::Chart(chart) => {
                    drawings += 1;
                    chart.table(report.lang).rows.iter().flatten().for_each(has);
                }
                Block::Figure(figure) => {
                    drawings += 1;
                    figure.table(report.lang).rows.iter().flatten().for_each(has);
                }
            }
        }
        assert_eq!(elements(&doc, "svg").count(), drawings);
        let sections = report.blocks.iter().filter(|block| matches!(block, Block::Heading { level: 2, .. })).count();
        assert_eq!(elements(&doc, "section").count(), sections);
    }
}

/// What somebody may type, or paste from a message.
const HOSTILE: [&str; 7] = [
    "</title></style><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "&#0; &lt; &amp;lt; &#x3c;b&#x3e;",
    "a\u{202e}gnp.exe\u{2066} \u{0} \u{1b}[2J",
    "]]> <!-- --> <![CDATA[x]]>",
    "javascript:alert(1) [x](javascript:alert(1)) \u{ffff}\u{fffe}",
];

#[test]
fn nothing_typed_becomes_markup() {
    let tame = example("three-places");
    let skeleton = |page: &str| -> Vec<String> {
        let doc = parse(page);
        let all = doc.descendants().filter(Node::is_element);
        all.map(|node| {
            let names: Vec<&str> = node.attributes().map(|attribute| attribute.name()).collect();
            format!("{} {}", node.tag_name().name(), names.join(" "))
        })
        .collect()
    };
    for typed in HOSTILE {
        let mut plain = tame.clone();
        let mut hostile = tame.clone();
        for (matter, words) in [(&mut plain, "x"), (&mut hostile, typed)] {
            matter.title = words.to_owned();
            for answer in matter.answers.values_mut() {
                answer.note = words.to_owned();
                answer.evidence = words.to_owned();
            }
        }
        let [plain, hostile] = [plain, hostile]
            .map(|matter| html::write(&report(engine(), &matter, Lang::En, Form::Full, Audience::Counsel)));
        check_structure(&hostile);
        assert_eq!(skeleton(&plain), skeleton(&hostile), "{typed}");
        let hidden = |c: char| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
        assert!(!hostile.chars().any(hidden), "{typed}");
        assert!(!hostile.contains('\u{2066}') && !hostile.contains('\u{ffff}'));
    }
}

#[test]
fn a_small_page() {
    let text = "format = 1\npack = \"prc-outbound\"\npack-version = \"1.0.0\"\ntitle = \"Li & Zhang\"\n[answers]\n\
                judgment.kind = \"judgment\"\njudgment.amount = \"3,900,000 CNY\"\ntarget.jurisdictions = [\"sg\"]\n";
    let matter = matter(text);
    for lang in Lang::ALL {
        let page = html::write(&report(engine(), &matter, lang, Form::Short, Audience::Creditor));
        // The style sheet is looked at in a browser, not here.
        let (head, rest) = page.split_once("<style>").expect("a style sheet");
        let (_, body) = rest.split_once("</style>").expect("its end");
        let head: String = head.lines().filter(|line| !line.contains("Content-Security-Policy")).collect();
        assert_snapshot(&format!("small-{}.html", lang.code()), &format!("{head}<style/>{body}"));
    }
}
