//! Writes `src/straight.rs`: the rules of one target of the pack in the program as straight Rust, in the
//! order of the pack, with nothing looked up but weights. What no general program can go below.
//!
//! `cargo run --release --manifest-path tests/bench/Cargo.toml --bin straight > tests/bench/src/straight.rs`

use std::fmt::Write as _;

use exequatur::library;
use exequatur::pack::Profile;
use exequatur::scoring::Engine;
use exequatur::scoring::model::Cond;
use exequatur_bench::TARGET;

/// A condition as an expression over `s`, the mask of the value of each variable.
fn expression(cond: &Cond, target: &Profile) -> String {
    let join = |parts: &[Cond], with: &str, none: &str| {
        let parts: Vec<String> = parts.iter().map(|part| expression(part, target)).collect();
        if parts.is_empty() { none.to_owned() } else { format!("({})", parts.join(with)) }
    };
    match cond {
        Cond::Always(value) => value.to_string(),
        Cond::In(variable, mask) => format!("s[{variable}] & {mask:#x} != 0"),
        Cond::Profile(path, words) => {
            let word = target.field(path).unwrap_or_default();
            words.iter().any(|candidate| candidate == word).to_string()
        }
        Cond::Not(inner) => format!("!({})", expression(inner, target)),
        Cond::All(parts) => join(parts, " && ", "true"),
        Cond::Any(parts) => join(parts, " || ", "false"),
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pack = library::built_in(library::DEFAULT).ok_or("the pack in the program")?.pack;
    let engine = Engine::new(&pack);
    let target = pack.profile(TARGET).ok_or("the target")?;
    let mut out = String::from(
        "//! Written by the program `straight` of this package; do not edit.\n\n\
         /// The outlook of a case in which everything is known: `s` is the mask of the value of each variable,\n\
         /// `w` the weights of each hurdle (base with the effect of the target, then rules).\n\
         #[rustfmt::skip]\n#[allow(clippy::all, clippy::nonminimal_bool, unused_parens)]\n\
         pub fn outlook(s: &[u64], w: &[Vec<f64>]) -> f64 {\n    let mut out = 1.0;\n",
    );
    for (hurdle, rules) in engine.model.rules.iter().take(pack.hurdles.len()).enumerate() {
        writeln!(out, "    // {}\n    let mut l = w[{hurdle}][0];", pack.hurdles[hurdle].id)?;
        for (n, cond) in rules.iter().enumerate() {
            writeln!(out, "    if {} {{ l += w[{hurdle}][{}]; }}", expression(cond, target), n + 1)?;
        }
        out.push_str("    out *= 1.0 / (1.0 + libm::exp(l));\n");
    }
    out.push_str("    out\n}\n");
    print!("{out}");
    Ok(())
}
