//! Writes a portfolio of `N` random lines for `exequatur batch`: `portfolio N > cases.ndjson`.

use std::io::{BufWriter, Write};

use exequatur::library;
use exequatur_bench::{Random, line};

fn main() -> std::io::Result<()> {
    let n = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let pack = library::built_in(library::DEFAULT).expect("the pack in the program").pack;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut random = Random(9);
    for at in 0..n {
        writeln!(out, "{}", line(&pack, at, &mut random))?;
    }
    out.flush()
}
