//! Documents from the command line: endings, streams, and what to do where a build cannot write one.

use crate::support::command_line::Home;

/// A home with a matter in it.
fn home() -> Home {
    let home = Home::new();
    home.example("matter.toml", "three-places");
    home
}

/// What a report that cannot be written says; nothing may have been written.
fn refused(home: &Home, out: &str, more: &[&str]) -> String {
    let done = home.run(["report", "matter.toml", "-o", out].iter().chain(more));
    assert!(done.bytes.is_empty() && !home.at(out).exists());
    done.failed(1).to_owned()
}

#[test]
fn the_ending_gives_a_page() {
    let home = home();
    for name in ["r.html", "r.HTM"] {
        home.run(["report", "matter.toml", "-o", name, "--lang", "zh"]).succeeded();
        let page = home.read(name);
        assert!(page.starts_with("<!doctype html>") && page.contains("<html lang=\"zh-Hans\">"));
    }
    let piped = home.run(["report", "matter.toml", "--format", "html", "--lang", "zh"]);
    assert_eq!(piped.succeeded(), home.read("r.html"));
}

#[cfg(feature = "docx")]
#[test]
fn the_ending_gives_a_word_file_and_a_pipe_the_same_bytes() {
    let home = home();
    assert_eq!(home.run(["report", "matter.toml", "-o", "report.DOCX"]).succeeded(), "");
    let file = std::fs::read(home.at("report.DOCX")).expect("the report");
    assert!(file.starts_with(b"PK\x03\x04"));
    let piped = home.run(["report", "matter.toml", "--format", "docx"]);
    assert_eq!((piped.status, piped.bytes), (0, file));
    // Progress is for somebody who watches, not for a log.
    assert_eq!(piped.err, "");
}

#[cfg(not(feature = "docx"))]
#[test]
fn without_the_feature_the_word_file_is_refused_in_both_languages() {
    for lang in ["en", "zh"] {
        let err = refused(&home(), "report.docx", &["--lang", lang]);
        assert!(err.contains("--features docx"), "{err}");
    }
}

#[cfg(not(feature = "pdf"))]
#[test]
fn without_the_feature_the_pdf_is_refused_in_both_languages() {
    for (lang, word) in [("en", "prints well"), ("zh", "打印")] {
        let err = refused(&home(), "report.pdf", &["--lang", lang]);
        assert!(err.contains("--features pdf") && err.contains("--format html") && err.contains(word), "{err}");
    }
}

#[cfg(feature = "pdf")]
#[test]
fn a_file_that_is_not_a_font_is_named() {
    for (lang, word) in [("en", "no font that can be used"), ("zh", "不是可用的字体文件")] {
        let err = refused(&home(), "report.pdf", &["--lang", lang, "--font", "matter.toml"]);
        assert!(err.contains("matter.toml") && err.contains(word), "{err}");
    }
}
