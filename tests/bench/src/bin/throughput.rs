//! CPU time and peak memory of a batch: `throughput CASES.ndjson [JOBS]`. For a profile:
//! `perf record -g target/release/throughput FILE`.

use std::fs::File;
use std::io::BufReader;

use exequatur::batch::Plan;
use exequatur::batch::run::{JsonLines, Source, run};
use exequatur::lang::Lang;
use exequatur::library;
use exequatur::scoring::Scope;
use exequatur_bench::{TODAY, measure};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let path = words.next().ok_or("throughput CASES.ndjson [JOBS]")?;
    let jobs = words.next().map_or(Ok(1), |n| n.parse())?;
    let pack = library::built_in(library::DEFAULT).ok_or("the pack in the program")?.pack;
    let plan = Plan { pack: &pack, scope: Scope::Matter, as_of: TODAY, lang: Lang::En };
    let mut input = BufReader::with_capacity(1 << 18, File::open(path)?);
    let mut out = std::io::sink();
    let (cpu, tally) =
        measure::timed(|| run(&plan, Source::Lines(&mut input), &JsonLines, &mut out, jobs, &mut |_| {}))?;
    let tally = tally?;
    let lines = (tally.cases + tally.wrong) as f64;
    println!("{lines} lines, {:.1} us of CPU a line, peak {} KiB", cpu * 1e6 / lines, measure::peak()?);
    Ok(())
}
