//! The parts of a Word file beside its body, and the archive that holds them. In memory only.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{Body, esc, hint, line, standing};
use crate::lang::Lang;
use crate::messages::document as words;
use crate::report::Report;
use crate::text;

/// The number of the list of bullets, and of the first numbered list.
const BULLETS: usize = 1;
pub(super) const FIRST_LIST: usize = 2;
/// Cells of a matter's name at the head of a page.
const HEAD_CELLS: usize = 56;
/// Lists begin with these, links follow.
const RELATIONS: usize = 5;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const CONTENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The name of a link among the relationships.
pub(super) fn link_id(at: usize) -> String {
    format!("rId{}", RELATIONS + 1 + at)
}

fn add(xml: &mut String, more: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = std::fmt::Write::write_fmt(xml, more);
}

pub(super) fn write(report: &Report, body: &Body<'_>) -> Result<Vec<u8>, zip::result::ZipError> {
    let parts = [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", relations_of_file()),
        ("docProps/core.xml", core(report)),
        ("docProps/app.xml", app()),
        ("word/document.xml", document(body)),
        ("word/_rels/document.xml.rels", relations(body)),
        ("word/styles.xml", styles(report.lang)),
        ("word/settings.xml", settings()),
        ("word/numbering.xml", numbering(body.lists)),
        ("word/header1.xml", header(report)),
        ("word/footer1.xml", footer(report.lang)),
    ];
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    // No clock: every part bears the first date that the format knows.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o600);
    for (name, xml) in parts {
        file.start_file(name, options)?;
        file.write_all(DECLARATION.as_bytes())?;
        file.write_all(xml.as_bytes())?;
    }
    Ok(file.finish()?.into_inner())
}

fn content_types() -> String {
    let parts = [
        ("word/document.xml", format!("{CONTENT}.document.main+xml")),
        ("word/styles.xml", format!("{CONTENT}.styles+xml")),
        ("word/settings.xml", format!("{CONTENT}.settings+xml")),
        ("word/numbering.xml", format!("{CONTENT}.numbering+xml")),
        ("word/header1.xml", format!("{CONTENT}.header+xml")),
        ("word/footer1.xml", format!("{CONTENT}.footer+xml")),
        ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml".to_owned()),
        ("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned()),
    ];
    let mut overrides = String::new();
    for (name, kind) in &parts {
        add(&mut overrides, format_args!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>"));
    }
    format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{overrides}</Types>"
    )
}

fn relationships(inside: &str) -> String {
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inside}</Relationships>"
    )
}

fn relations_of_file() -> String {
    relationships(&format!(
        "<Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
         <Relationship Id=\"rId3\" Type=\"{OFFICE}/extended-properties\" Target=\"docProps/app.xml\"/>"
    ))
}

fn relations(body: &Body<'_>) -> String {
    let parts: [&str; RELATIONS] = ["styles", "settings", "numbering", "header", "footer"];
    let mut inside = String::new();
    for (n, part) in parts.iter().enumerate() {
        let file = if n < 3 { format!("{part}.xml") } else { format!("{part}1.xml") };
        add(
            &mut inside,
            format_args!("<Relationship Id=\"rId{}\" Type=\"{OFFICE}/{part}\" Target=\"{file}\"/>", n + 1),
        );
    }
    for (at, address) in body.links.iter().enumerate() {
        add(
            &mut inside,
            format_args!(
                "<Relationship Id=\"{}\" Type=\"{OFFICE}/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>",
                link_id(at),
                esc(address)
            ),
        );
    }
    relationships(&inside)
}

/// Title, language and date of the document. The date is that of the report, so that the same report
/// gives the same bytes.
fn core(report: &Report) -> String {
    format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject>\
         <dc:creator>exequatur</dc:creator><cp:keywords>{standing}</cp:keywords><dc:description>{about}</dc:description>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{date}T00:00:00Z</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{date}T00:00:00Z</dcterms:modified>\
         <dc:language>{lang}</dc:language></cp:coreProperties>",
        title = esc(&report.title.words()),
        subject = esc(&report.matter.words()),
        standing = esc(standing(report)),
        about = esc(&line(&report.meta, report.lang)),
        date = report.as_of,
        lang = tag(report.lang),
    )
}

/// The name of a language in a document.
fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en-GB",
        Lang::Zh => "zh-CN",
    }
}

fn app() -> String {
    "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
     <Application>exequatur</Application></Properties>"
        .to_owned()
}

fn document(body: &Body<'_>) -> String {
    format!(
        "<w:document xmlns:w=\"{WORD}\" xmlns:r=\"{OFFICE}\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
         xmlns:wpg=\"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup\" \
         xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><w:body>{}\
         <w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"default\" r:id=\"rId5\"/>\
         <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1304\" w:right=\"1134\" w:bottom=\"1191\" w:left=\"1134\" w:header=\"624\" w:footer=\"567\" w:gutter=\"0\"/>\
         </w:sectPr></w:body></w:document>",
        body.xml
    )
}

fn styles(lang: Lang) -> String {
    // Western words of a Chinese report are English.
    let text = include_str!("styles.xml").replace("{lang}", "en-GB");
    let text = text.split_once("?>").map_or(text.as_str(), |(_, rest)| rest).trim_start().to_owned();
    // Chinese is set larger between the lines, and not in italics.
    text.replace(
        "{line}",
        match lang {
            Lang::En => "257",
            Lang::Zh => "276",
        },
    )
}

fn settings() -> String {
    format!(
        "<w:settings xmlns:w=\"{WORD}\"><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"420\"/>\
         <w:characterSpacingControl w:val=\"compressPunctuation\"/>\
         <w:compat><w:useFELayout/><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"en-GB\" w:eastAsia=\"zh-CN\"/></w:settings>"
    )
}

fn numbering(lists: usize) -> String {
    let level = |format: &str, mark: &str| {
        format!(
            "<w:multiLevelType w:val=\"singleLevel\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>\
             <w:lvlText w:val=\"{mark}\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"420\" w:hanging=\"420\"/></w:pPr></w:lvl>"
        )
    };
    let mut inside = format!(
        "<w:abstractNum w:abstractNumId=\"0\">{}</w:abstractNum><w:abstractNum w:abstractNumId=\"1\">{}</w:abstractNum>\
         <w:num w:numId=\"{BULLETS}\"><w:abstractNumId w:val=\"0\"/></w:num>",
        level("bullet", "\u{2022}"),
        level("decimal", "%1."),
    );
    for list in 0..lists {
        add(
            &mut inside,
            format_args!(
                "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"1\"/>\
             <w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
                FIRST_LIST + list
            ),
        );
    }
    format!("<w:numbering xmlns:w=\"{WORD}\">{inside}</w:numbering>")
}

fn header(report: &Report) -> String {
    let hint = hint(report.lang);
    let name = text::clip(&report.matter.words(), HEAD_CELLS);
    format!(
        "<w:hdr xmlns:w=\"{WORD}\"><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>\
         <w:r><w:rPr>{hint}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r><w:r><w:tab/></w:r>\
         <w:r><w:rPr>{hint}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p></w:hdr>",
        esc(&name),
        esc(standing(report))
    )
}

fn footer(lang: Lang) -> String {
    let hint = hint(lang);
    // The numbers are fields, so the words are taken apart around them.
    let text = words::page(lang, "{n}", "{total}");
    let run = |words: &str| format!("<w:r><w:rPr>{hint}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>", esc(words));
    let field = |name: &str| format!("<w:fldSimple w:instr=\" {name} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    let mut inside = String::new();
    let mut rest = text.as_str();
    for (mark, name) in [("{n}", "PAGE"), ("{total}", "NUMPAGES")] {
        let (before, after) = rest.split_once(mark).unwrap_or((rest, ""));
        inside += &run(before);
        inside += &field(name);
        rest = after;
    }
    inside += &run(rest);
    format!("<w:ftr xmlns:w=\"{WORD}\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>{inside}</w:p></w:ftr>")
}
