//! The goals of speed as one table of ratios: `table [LINES [PROGRAM]]`. Each row is measured side by
//! side with its reference, five rounds one after the other, and stands with its goal and its gate (what
//! a run must not fall below). `PROGRAM` is a release build of the program, for the rows of reports.
//! Exit status 1 where a gate is missed.

use std::alloc::System;
use std::hint::black_box;
use std::io::Write as _;
use std::process::{Command, Stdio};

use exequatur::batch::case::Reader;
use exequatur::batch::run::{JsonLines, Source, run};
use exequatur::batch::{Plan, result};
use exequatur::export::{Format, Order, bytes};
use exequatur::lang::Lang;
use exequatur::library;
use exequatur::report::{Audience, Form, Options};
use exequatur::scoring::{Engine, Scope};
use exequatur_bench::measure::{cpu_of_children, median, peak, timed};
use exequatur_bench::synthetic::{Model, TARGETS};
use exequatur_bench::typed::Line;
use exequatur_bench::{Random, TARGET, TODAY, completed, completions, known, line, opened, straight, table, weights};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

const ROUNDS: usize = 5;

/// Matters in which everything is known, for the rows R1 to R3: so many that the processor cannot learn by
/// heart which way every branch goes, as it does with a few hundred and as no portfolio lets it.
const MATTERS: usize = 4_000;
/// Of these, scored with every explanation, or with some answers open.
const SOME: usize = 200;
/// How many.
const OPEN: usize = 4;

/// Prints rows and remembers whether a gate was missed.
#[derive(Default)]
struct Table {
    missed: bool,
}

impl Table {
    /// A figure that should be at most its goal.
    fn most(&mut self, row: &str, what: &str, goal: f64, gate: f64, figure: f64, unit: &str) {
        self.missed |= figure > gate;
        let verdict = if figure <= goal {
            "goal"
        } else if figure <= gate {
            "gate"
        } else {
            "MISSED"
        };
        println!("| {row} | {what} | <= {goal}{unit} | <= {gate}{unit} | {figure:.2}{unit} | {verdict} |");
    }

    /// A figure that should be at least its goal.
    fn least(&mut self, row: &str, what: &str, goal: f64, gate: f64, figure: f64, unit: &str) {
        self.missed |= figure < gate;
        let verdict = if figure >= goal {
            "goal"
        } else if figure >= gate {
            "gate"
        } else {
            "MISSED"
        };
        println!("| {row} | {what} | >= {goal}{unit} | >= {gate}{unit} | {figure:.2}{unit} | {verdict} |");
    }

    /// A figure without a goal.
    fn told(&self, row: &str, what: &str, figure: &str) {
        println!("| {row} | {what} | - | - | {figure} | - |");
    }

    fn not(&self, rows: &str, what: &str, why: &str) {
        println!("| {rows} | {what} | | | not measured | {why} |");
    }
}

/// CPU seconds of some pieces of work, each in turn, for a number of rounds: the medians.
fn interleaved<const N: usize>(mut work: [&mut dyn FnMut(); N]) -> Fallible<[f64; N]> {
    let mut figures: [Vec<f64>; N] = std::array::from_fn(|_| Vec::new());
    for round in 0..=ROUNDS {
        for (work, figures) in work.iter_mut().zip(&mut figures) {
            let (cpu, ()) = timed(&mut **work)?;
            // The first round warms up.
            if round > 0 {
                figures.push(cpu);
            }
        }
    }
    Ok(figures.map(|mut figures| median(&mut figures)))
}

fn synthetic(out: &mut Table) -> Fallible<()> {
    let mut random = Random(1);
    let model = Model::new(&mut random);
    let cases: Vec<_> = (0..10_000).map(|_| model.case(&mut random)).collect();
    let texts: Vec<_> = cases.iter().take(1_000).map(Model::texts).collect();
    let mut by_table = || {
        for _ in 0..20 {
            black_box(
                cases.iter().enumerate().map(|(n, case)| model.by_table(n % TARGETS, black_box(case))[1]).sum::<f64>(),
            );
        }
    };
    let mut by_loop = || {
        for _ in 0..20 {
            black_box(
                cases.iter().enumerate().map(|(n, case)| model.by_loop(n % TARGETS, black_box(case))[1]).sum::<f64>(),
            );
        }
    };
    let mut naive = || {
        black_box(
            texts.iter().enumerate().map(|(n, case)| model.naive(n % TARGETS, black_box(case)).len()).sum::<usize>(),
        );
    };
    let [table, straight, naive] = interleaved([&mut by_table, &mut by_loop, &mut naive])?;
    let (table, straight, naive) = (table / 200_000.0, straight / 200_000.0, naive / 1_000.0);
    out.told("-", "synthetic model: plain loop over rules, x table", &format!("{:.2} x", straight / table));
    out.told("-", "synthetic model: one assessment by the table", &format!("{:.0} ns", table * 1e9));
    out.least("R4", "synthetic model: naive maps of texts, x table", 30.0, 20.0, naive / table, " x");
    out.not("R6", "peer engines", "a package of its own; see RESULTS.md");
    Ok(())
}

fn scoring(out: &mut Table) -> Fallible<()> {
    let pack = library::built_in(library::DEFAULT).ok_or("the pack in the program")?.pack;
    let engine = Engine::new(&pack);
    let target = pack.profile(TARGET).ok_or("the target")?;
    let weights = weights(&engine, TARGET);
    let scope = Scope::Only(vec![TARGET.to_owned()]);
    let mut random = Random(21);
    let (matters, states): (Vec<_>, Vec<_>) = known(&engine, target, MATTERS, &mut random).into_iter().unzip();
    if matters.len() != MATTERS {
        return Err("too few matters in which everything is known".into());
    }
    for (matter, states) in matters.iter().zip(&states) {
        let (straight, line) = (straight::outlook(states, &weights), engine.triage(matter, TODAY, &scope));
        if line.targets.iter().any(|line| (line.expected - straight).abs() > 1e-12) {
            return Err("straight.rs is not of this pack: write it anew with the program `straight`".into());
        }
    }
    let mut limit = || {
        for _ in 0..25 {
            black_box(states.iter().map(|states| straight::outlook(black_box(states), &weights)).sum::<f64>());
        }
    };
    let mut outlook = || {
        for _ in 0..5 {
            black_box(states.iter().map(|states| engine.outlook_of(black_box(states), target)).sum::<f64>());
        }
    };
    let open: Vec<_> = states.iter().take(SOME).map(|states| opened(&engine, states, OPEN, &mut random)).collect();
    let every = open.iter().map(completions).sum::<usize>() as f64 / SOME as f64;
    let mut by_completion = || {
        black_box(open.iter().map(|open| completed(&engine, &mut open.clone(), &weights)).sum::<f64>());
    };
    let mut jointly = || {
        black_box(open.iter().map(|open| engine.outlook_of(black_box(open), target)).sum::<f64>());
    };
    let [by_completion, jointly] = interleaved([&mut by_completion, &mut jointly])?;
    let mut triage = || {
        black_box(
            matters.iter().map(|matter| engine.triage(black_box(matter), TODAY, &scope).targets.len()).sum::<usize>(),
        );
    };
    let mut whole = || {
        black_box(
            matters
                .iter()
                .take(SOME)
                .map(|matter| engine.assess(black_box(matter), TODAY, &scope).targets.len())
                .sum::<usize>(),
        );
    };
    let all = MATTERS as f64;
    let [limit, outlook, triage, whole] = interleaved([&mut limit, &mut outlook, &mut triage, &mut whole])?;
    let (limit, outlook, triage, whole) =
        (limit / (25.0 * all), outlook / (5.0 * all), triage / all, whole / SOME as f64);
    out.told(
        "-",
        "real pack, everything known, one target: straight Rust (the limit)",
        &format!("{:.2} us", limit * 1e6),
    );
    out.most("R1", "its outlook by the compiled rules, x straight Rust", 1.2, 1.5, outlook / limit, " x");
    out.told(
        "R1",
        &format!("the same with {OPEN} answers open, {every:.0} completions: jointly, x straight Rust for each of them"),
        &format!("{:.3} x, {:.1} us", jointly / by_completion, jointly * 1e6 / SOME as f64),
    );
    out.told(
        "R2",
        "from texts, with grade, money and deadline (a line of a batch), x straight",
        &format!("{:.1} x", triage / limit),
    );
    out.told("R3", "with every explanation (a whole result), x straight", &format!("{:.1} x", whole / limit));
    out.not("R5", "numpy, OpenFisca", "not built by Cargo; see RESULTS.md");
    let (_, example) = pack.examples.iter().find(|(name, _)| name == "nsw-2023-post").ok_or("the example")?;
    let example = exequatur::matter::file::read("example", example, &pack).matter.ok_or("a sound example")?;
    let mut asked = || {
        for _ in 0..20 {
            black_box(engine.open_questions(black_box(&example), target, TODAY));
        }
    };
    let [asked] = interleaved([&mut asked])?;
    out.most("R7", "what-if over all open questions, the example", 50.0, 100.0, asked / 20.0 * 1e6, " us");
    let warm: Vec<_> = matters.iter().take(20).collect();
    warm.iter().for_each(|matter| drop(engine.triage(matter, TODAY, &scope)));
    let counted = Region::new(ALLOCATOR);
    warm.iter().for_each(|matter| drop(engine.triage(matter, TODAY, &scope)));
    let change = counted.change();
    let each = (change.allocations + change.reallocations) as f64 / warm.len() as f64;
    out.most("R8", "allocations of an assessment once warm", 0.0, 0.0, each, "");
    Ok(())
}

fn batch(out: &mut Table, lines: usize) -> Fallible<()> {
    let pack = library::built_in(library::DEFAULT).ok_or("the pack in the program")?.pack;
    let mut random = Random(9);
    let text: String = (0..lines).map(|at| line(&pack, at, &mut random) + "\n").collect();
    let rows = table(&pack, &text)?;
    let plan = Plan { pack: &pack, scope: Scope::Matter, as_of: TODAY, lang: Lang::En };
    let score = |source: Source<'_>, jobs: usize, to: &mut dyn std::io::Write| {
        run(&plan, source, &JsonLines, to, jobs, &mut |_| {}).map(|tally| tally.cases)
    };
    let (mut bytes, mut of_rows) = (0, 0);
    let mut scored = || {
        bytes = score(Source::Lines(&mut text.as_bytes()), 1, &mut std::io::sink()).unwrap_or_default();
    };
    let mut parsed = || {
        let good = text.lines().filter(|line| sonic_rs::from_str::<Line<'_>>(line).is_ok()).count();
        assert_eq!(black_box(good), lines, "every line is parsed");
    };
    // Every line with the result of the first one: what is left without scoring.
    let (engine, reader) = (Engine::new(&pack), Reader::new(&pack, Lang::En));
    let first = text.lines().next().ok_or("a line")?;
    let first = reader.line(first.as_bytes()).map_err(|wrong| wrong.why)?;
    let result = engine.triage_of(&first.answers, None, TODAY, &Scope::Matter);
    let mut written = Vec::new();
    let mut unscored = || {
        for line in text.lines() {
            written.clear();
            if let Ok(case) = reader.line(black_box(line.as_bytes())) {
                result::write(&case.id, &result, &mut written);
            }
            black_box(&written);
        }
    };
    let mut table_scored = || {
        of_rows = score(Source::Table(&mut rows.as_slice()), 1, &mut std::io::sink()).unwrap_or_default();
    };
    let mut table_parsed = || {
        let mut reader = csv::Reader::from_reader(rows.as_slice());
        let mut record = csv::ByteRecord::new();
        let mut read = 0;
        while reader.read_byte_record(&mut record).is_ok_and(|more| more) {
            read += 1;
        }
        assert_eq!(black_box(read), lines, "every row is parsed");
    };
    let [scored, parsed, unscored, table_scored, table_parsed] =
        interleaved([&mut scored, &mut parsed, &mut unscored, &mut table_scored, &mut table_parsed])?;
    if bytes != lines as u64 || of_rows != lines as u64 {
        return Err("some lines were no cases".into());
    }
    let before = cpu_of_children()?;
    let mut count = Command::new("wc").arg("-l").stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    count.stdin.take().ok_or("a pipe")?.write_all(text.as_bytes())?;
    count.wait()?;
    let wc = cpu_of_children()? - before;
    let each = |seconds: f64| format!("{:.1} us", seconds * 1e6 / lines as f64);
    out.told("-", "NDJSON, a line read, scored and written", &each(scored));
    out.told("-", "NDJSON, a line read by sonic-rs into borrowed texts", &each(parsed));
    out.most("B1", "NDJSON read, scored and written, x only parsed", 1.0, 1.5, scored / parsed, " x");
    out.told(
        "B1",
        "the same without scoring, x only parsed",
        &format!("{:.2} x, {}", unscored / parsed, each(unscored)),
    );
    out.most("B2", "NDJSON read, scored and written, x `wc -l` through a pipe", 7.0, 12.0, scored / wc.max(1e-6), " x");
    out.most("B3", "CSV read, scored and written, x only parsed", 1.7, 2.0, table_scored / table_parsed, " x");
    out.not("B4", "duckdb", "not built by Cargo; see RESULTS.md");
    let (mut one, mut two) = (Vec::new(), Vec::new());
    score(Source::Lines(&mut text.as_bytes()), 1, &mut one)?;
    score(Source::Lines(&mut text.as_bytes()), 2, &mut two)?;
    let mut of_table = Vec::new();
    score(Source::Table(&mut rows.as_slice()), 1, &mut of_table)?;
    // A table has no numbers as references: apart from their quotes the results are the same.
    let bare = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace('"', "");
    if bare(&of_table) != bare(&one) {
        return Err("the same cases as a table give other results".into());
    }
    out.told("B6", "output with one worker and with two", if one == two { "the same bytes" } else { "DIFFERENT" });
    out.missed |= one != two;
    Ok(())
}

fn memory(out: &mut Table, program: &str, lines: usize) -> Fallible<()> {
    // The peak of a child is the peak of all children: the smaller file first.
    let pack = library::built_in(library::DEFAULT).ok_or("the pack in the program")?.pack;
    let mut random = Random(9);
    let text: String = (0..lines).map(|at| line(&pack, at, &mut random) + "\n").collect();
    let mut peaks = Vec::new();
    for times in [1, 10] {
        let mut child = Command::new(program)
            .args(["batch", "-", "-o", "-", "--jobs", "1", "--quiet", "--as-of", "2026-11-22"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()?;
        let mut to = child.stdin.take().ok_or("a pipe")?;
        for _ in 0..times {
            to.write_all(text.as_bytes())?;
        }
        drop(to);
        child.wait()?;
        let children = nix::sys::resource::getrusage(nix::sys::resource::UsageWho::RUSAGE_CHILDREN)?;
        peaks.push(children.max_rss() as f64 / 1024.0);
    }
    out.most("B5", "peak memory of one worker", 8.0, 16.0, peaks[0], " MiB");
    out.most("B5", "its growth at ten times the lines", 5.0, 10.0, (peaks[1] / peaks[0] - 1.0) * 100.0, " %");
    Ok(())
}

/// A full report of the example with three targets, as it is written when the program runs already, and
/// as a whole process: scoring, actions and what-ifs are part of it.
fn reports(out: &mut Table, program: Option<&str>) -> Fallible<()> {
    let pack = library::built_in(library::DEFAULT).ok_or("the pack in the program")?.pack;
    let engine = Engine::new(&pack);
    let (_, example) = pack.examples.iter().find(|(name, _)| name == "three-places").ok_or("the example")?;
    let matter = exequatur::matter::file::read("example", example, &pack).matter.ok_or("a sound example")?;
    let work = |format| Order {
        matter: matter.clone(),
        as_of: TODAY,
        scope: Scope::Matter,
        options: Options { lang: Lang::En, form: Form::Full, audience: Audience::Counsel },
        format,
        from_vector: false,
        fonts: Vec::new(),
    };
    let [md, html, json, docx] = [Format::Md, Format::Html, Format::Json, Format::Docx].map(work);
    let write = |order: &Order| {
        for _ in 0..5 {
            assert!(bytes(&engine, order).is_ok_and(|bytes| !black_box(bytes).is_empty()), "a report");
        }
    };
    let figures = interleaved([&mut || write(&md), &mut || write(&html), &mut || write(&json), &mut || write(&docx)])?;
    let names = ["Markdown", "HTML", "JSON", "Word"];
    for ((seconds, name), goal) in figures.iter().zip(names).zip([5.0, 5.0, 5.0, 30.0]) {
        out.most("P1", &format!("a full report: {name}"), goal, 2.0 * goal, seconds / 5.0 * 1e3, " ms");
    }
    let Some(program) = program else { return Ok(()) };
    let file = std::env::temp_dir().join(format!("exequatur-bench-{}.toml", std::process::id()));
    std::fs::write(&file, example.as_bytes())?;
    for format in ["md", "html", "json", "docx"] {
        let mut each = Vec::new();
        for _ in 0..ROUNDS {
            let before = cpu_of_children()?;
            let mut command = Command::new(program);
            command.arg("report").arg(&file).args(["--format", format, "-o", "-", "--as-of", "2026-11-22", "--quiet"]);
            if !command.stdout(Stdio::null()).status()?.success() {
                return Err("a report failed".into());
            }
            each.push(cpu_of_children()? - before);
        }
        out.told("P1", &format!("the same as a process: {format}"), &format!("{:.0} ms", median(&mut each) * 1e3));
    }
    std::fs::remove_file(&file)?;
    Ok(())
}

fn main() -> Fallible<()> {
    let mut words = std::env::args().skip(1);
    let lines = words.next().map_or(Ok(2_000), |n| n.parse())?;
    let program = words.next();
    let mut out = Table::default();
    println!("| row | what | goal | gate | measured | |\n| --- | --- | --- | --- | --- | --- |");
    if let Some(program) = &program {
        memory(&mut out, program, lines)?;
    } else {
        out.not("B5", "memory of a batch", "name a release build of the program");
    }
    synthetic(&mut out)?;
    scoring(&mut out)?;
    batch(&mut out, lines)?;
    out.not("T1-T9", "the terminal", "`terminal.py` measures them with a pseudo-terminal");
    reports(&mut out, program.as_deref())?;
    println!("\npeak memory of this program: {} KiB", peak()?);
    if out.missed {
        return Err("a gate is missed".into());
    }
    Ok(())
}
