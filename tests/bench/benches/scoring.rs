//! What a user feels, and what a portfolio costs. `cargo bench --manifest-path tests/bench/Cargo.toml`.

use divan::{Bencher, black_box};
use exequatur::matter::answers::Answers;
use exequatur::scoring::money::Exchange;
use exequatur::batch::Plan;
use exequatur::batch::run::{JsonLines, Source, run};
use exequatur::lang::Lang;
use exequatur::library;
use exequatur::matter::{Matter, file};
use exequatur::pack::{Pack, load};
use exequatur::scoring::{Engine, Scope};
use exequatur_bench::{Random, TODAY, line, matter};
use std::sync::LazyLock;

fn main() {
    divan::main();
}

static PACK: LazyLock<Pack> = LazyLock::new(|| library::built_in(library::DEFAULT).expect("the pack").pack);

/// Nothing answered, an example, everything answered and told by the client.
const MATTERS: [&str; 3] = ["empty", "example", "full"];

fn of(name: &str) -> Matter {
    match name {
        "empty" => Matter::default(),
        "full" => matter(&PACK, 0, &mut Random(3)),
        _ => {
            let (name, text) = PACK.examples.iter().find(|(name, _)| name == "nsw-2023-post").expect("the example");
            file::read(name, text, &PACK).matter.expect("a sound example")
        }
    }
}

#[divan::bench]
fn pack_in_the_binary(bencher: Bencher) {
    bencher.bench(|| library::built_in(library::DEFAULT));
}

#[divan::bench]
fn pack_from_texts(bencher: Bencher) {
    let files = library::files(library::DEFAULT).expect("the texts");
    bencher.bench(|| load(black_box(&files)));
}

#[divan::bench]
fn engine(bencher: Bencher) {
    bencher.bench(|| Engine::new(black_box(&PACK)));
}

#[divan::bench(args = MATTERS)]
fn one_result(bencher: Bencher, name: &str) {
    let (engine, matter, scope) = (Engine::new(&PACK), of(name), Scope::Only(vec!["us-ca".to_owned()]));
    bencher.bench_local(|| engine.assess(black_box(&matter), TODAY, &scope));
}

#[divan::bench(args = MATTERS)]
fn all_targets(bencher: Bencher, name: &str) {
    let (engine, matter) = (Engine::new(&PACK), of(name));
    bencher.bench_local(|| engine.assess(black_box(&matter), TODAY, &Scope::All));
}

#[divan::bench(args = MATTERS)]
fn actions(bencher: Bencher, name: &str) {
    let (engine, matter) = (Engine::new(&PACK), of(name));
    let target = PACK.profile("us-ca").expect("a target");
    let (answers, exchange) = (Answers::of(&PACK, &matter), Exchange::new(&PACK, &matter));
    bencher.bench_local(|| engine.actions(black_box(&answers), target, &exchange, TODAY));
}

#[divan::bench(args = MATTERS)]
fn next_questions(bencher: Bencher, name: &str) {
    let (engine, matter) = (Engine::new(&PACK), of(name));
    let target = PACK.profile("us-ca").expect("a target");
    let answers = Answers::of(&PACK, &matter);
    bencher.bench_local(|| engine.open_questions(black_box(&answers), target, TODAY));
}

#[divan::bench(sample_count = 10)]
fn batch_1000_lines_one_thread(bencher: Bencher) {
    let mut random = Random(9);
    let text: String = (0..1_000).map(|at| line(&PACK, at, &mut random) + "\n").collect();
    let plan = Plan { pack: &PACK, scope: Scope::Matter, as_of: TODAY, lang: Lang::En };
    bencher.bench_local(|| {
        let mut input = std::io::Cursor::new(text.as_bytes());
        run(&plan, Source::Lines(&mut input), &JsonLines, &mut std::io::sink(), 1, &mut |_| {}).expect("it runs")
    });
}

/// The same lines, only parsed.
#[divan::bench(sample_count = 10)]
fn parse_1000_lines(bencher: Bencher) {
    let mut random = Random(9);
    let lines: Vec<String> = (0..1_000).map(|at| line(&PACK, at, &mut random)).collect();
    bencher.bench_local(|| {
        lines
            .iter()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
            .filter(|v| v.is_object())
            .count()
    });
}
