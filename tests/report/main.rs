//! The report, in each of its formats.

#[cfg(feature = "docx")]
mod docx;
mod html;
#[cfg(feature = "pdf")]
mod pdf;
mod reports;

/// Compares with a file of `tests/snapshots`.
fn assert_snapshot(name: &str, text: &str) {
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}
