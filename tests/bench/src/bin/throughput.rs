//! What a line of a portfolio costs: `throughput CASES.ndjson [JOBS [OUT]]`. CPU time, allocations
//! and peak memory; results go nowhere, or into a file. For profiles: `perf record -g target/release/throughput FILE`.

use std::alloc::System;
use std::fs::File;
use std::io::BufReader;

use exequatur::batch::Plan;
use exequatur::batch::run::{JsonLines, Source, run};
use exequatur::lang::Lang;
use exequatur::library;
use exequatur::scoring::Scope;
use exequatur_bench::measure;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let path = words.next().ok_or("throughput CASES.ndjson [JOBS]")?;
    let jobs = words.next().map_or(Ok(1), |n| n.parse())?;
    let mut out: Box<dyn std::io::Write> = match words.next() {
        Some(path) => Box::new(File::create(path)?),
        None => Box::new(std::io::sink()),
    };
    let pack = library::built_in(library::DEFAULT).ok_or("the pack in the program")?.pack;
    let plan = Plan { pack: &pack, scope: Scope::Matter, as_of: jiff::civil::date(2026, 11, 22), lang: Lang::En };
    let mut input = BufReader::with_capacity(1 << 18, File::open(path)?);
    let counted = Region::new(ALLOCATOR);
    let (cpu, tally) =
        measure::timed(|| run(&plan, Source::Lines(&mut input), &JsonLines, &mut out, jobs, &mut |_| {}))?;
    let tally = tally?;
    let allocations = counted.change().allocations + counted.change().reallocations;
    let lines = (tally.cases + tally.wrong) as f64;
    println!(
        "{lines} lines, {:.1} us of CPU a line, {:.0} allocations a line, peak {} KiB",
        cpu * 1e6 / lines,
        allocations as f64 / lines,
        measure::peak()?
    );
    Ok(())
}
