//! The report, in each of its formats.

#[path = "../support/mod.rs"]
mod support;

#[cfg(feature = "docx")]
mod docx;
mod html;
#[cfg(feature = "pdf")]
mod pdf;
mod reports;

use std::collections::BTreeSet;

use exequatur::matter::Matter;

/// An example of the default pack.
fn example(name: &str) -> Matter {
    support::matter(support::example(support::pack(), name))
}

/// Figures of at least two characters in a text, with what may stand inside them.
fn figures(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '%')))
        .map(|figure| figure.trim_matches(['.', ',']).to_owned())
        .filter(|figure| figure.len() > 1)
        .collect()
}

/// Compares with a file of `tests/snapshots`, but for the hash of the pack, which every correction of the law changes.
fn assert_snapshot(name: &str, text: &str) {
    let text = text.replace(&support::pack().sha256, "<sha256>");
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}
