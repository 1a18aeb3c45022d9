//! Documents from the command line: endings, streams, and what to do where a build cannot write one.

use std::path::Path;

use assert_cmd::Command;

fn exequatur() -> Command {
    let mut command = Command::cargo_bin("exequatur").expect("the program");
    command
        .env("LANG", "C")
        .env("NO_COLOR", "1")
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .args(["--as-of", "2026-11-22"]);
    command
}

fn matter(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("matter.toml");
    let done =
        exequatur().arg("new").arg(&path).args(["--example", "three-places"]).output().expect("the program runs");
    assert!(done.status.success());
    path
}

/// What a failed command says; nothing may have been written.
fn fails(command: &mut Command, out: &Path) -> String {
    let done = command.arg("-o").arg(out).output().expect("the program runs");
    assert_eq!(done.status.code(), Some(1));
    assert!(done.stdout.is_empty() && !out.exists());
    String::from_utf8(done.stderr).expect("text in UTF-8")
}

#[cfg(feature = "docx")]
#[test]
fn the_ending_gives_a_word_file_and_a_pipe_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let matter = matter(folder.path());
    let out = folder.path().join("report.DOCX");
    let done = exequatur().arg("report").arg(&matter).arg("-o").arg(&out).output().expect("the program runs");
    assert_eq!(done.status.code(), Some(0));
    assert!(done.stdout.is_empty());
    let file = std::fs::read(&out).expect("the report");
    assert!(file.starts_with(b"PK\x03\x04"));
    let piped = exequatur().arg("report").arg(&matter).args(["--format", "docx"]).output().expect("the program runs");
    assert_eq!(piped.status.code(), Some(0));
    assert_eq!(piped.stdout, file);
    // What goes on is said to somebody who watches, not into a log.
    assert!(piped.stderr.is_empty(), "{:?}", String::from_utf8_lossy(&piped.stderr));
}

#[cfg(not(feature = "docx"))]
#[test]
fn without_the_feature_the_word_file_is_refused_in_both_languages() {
    let folder = tempfile::tempdir().expect("a folder");
    let matter = matter(folder.path());
    for lang in ["en", "zh"] {
        let said =
            fails(exequatur().arg("report").arg(&matter).args(["--lang", lang]), &folder.path().join("report.docx"));
        assert!(said.contains("--features docx"), "{said}");
    }
}

#[cfg(not(feature = "pdf"))]
#[test]
fn without_the_feature_the_pdf_is_refused_in_both_languages() {
    let folder = tempfile::tempdir().expect("a folder");
    let matter = matter(folder.path());
    for (lang, word) in [("en", "prints well"), ("zh", "打印")] {
        let out = folder.path().join("report.pdf");
        let said = fails(exequatur().arg("report").arg(&matter).args(["--lang", lang]), &out);
        assert!(said.contains("--features pdf") && said.contains("--format html") && said.contains(word), "{said}");
    }
}

#[cfg(feature = "pdf")]
#[test]
fn a_font_that_is_none_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let matter = matter(folder.path());
    for (lang, word) in [("en", "no font that can be used"), ("zh", "不是可用的字体文件")] {
        let out = folder.path().join("report.pdf");
        let mut command = exequatur();
        let said = fails(command.arg("report").arg(&matter).args(["--lang", lang, "--font"]).arg(&matter), &out);
        assert!(said.contains("matter.toml") && said.contains(word), "{said}");
    }
}
