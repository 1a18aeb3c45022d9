//! What the fuzzer found worth keeping, replayed. `tests/fuzz` makes it; `tests/fuzzed` says what must hold.

use crate::fuzzed;
use std::fs;
use std::path::Path;

/// Gives every file kept for a target to its function.
fn replay(target: &str, body: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
    let mut paths: Vec<_> =
        fs::read_dir(&folder).expect("the corpus").map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{target}: nothing is kept");
    let mut bytes = 0;
    for path in paths {
        let input = fs::read(&path).expect("a file of the corpus");
        bytes += input.len();
        // The name of the file comes before the words of a panic.
        println!("{}", path.display());
        body(&input);
    }
    assert!(
        bytes <= 100_000,
        "{target}: the corpus has grown to {bytes} bytes; make it smaller with `cargo fuzz cmin`"
    );
}

#[test]
fn packs() {
    replay("pack", fuzzed::pack);
}

#[test]
fn matters() {
    replay("matter", fuzzed::matter);
}

#[test]
fn conditions() {
    replay("condition", fuzzed::condition);
}

#[test]
fn vectors() {
    replay("vector", fuzzed::vector);
}

#[test]
fn lines_of_a_batch() {
    replay("batch_line", fuzzed::batch_line);
}

#[test]
fn keys() {
    replay("keys", fuzzed::keys);
}
