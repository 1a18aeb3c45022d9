//! The synthetic model in rule engines that other people wrote, beside our table: `peers [ROUNDS]`.
//! Every engine gets the same rules and the same answers as texts, each ready in the engine's own type,
//! and has to give the same three figures before it is measured.
//!
//! `peers export N FOLDER` writes the model, `N` cases and their results for `population.py`, and
//! `peers codes N` prints what the table takes for a case of that population, in nanoseconds.

// The rest of the benchmarks needs the program itself; this file stands alone.
#[path = "../../src/random.rs"]
mod random;

mod datalogic;
mod export;
mod rego;
mod synthetic;
mod texts;
mod zen;

use std::hint::black_box;
use std::time::Duration;

use datalogic::{Answers, Datalogic};
use nix::time::{ClockId, clock_gettime};

use random::Random;
use synthetic::{Model, TARGETS, Total};
use texts::{Line, Reader};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

/// Cases of which every engine knows the answers.
const CASES: usize = 1_000;
/// Cases whose results are compared before anything is measured.
const COMPARED: usize = 200;
/// The seed of the model and of its cases.
const SEED: u64 = 1;

/// The model in somebody else's engine, with the answers of all cases ready in the engine's own type.
trait Peer {
    /// What one case comes to for one target.
    fn total(&mut self, target: usize, case: usize) -> Fallible<Total>;
}

/// The model as our table reads it, from texts.
struct Ours<'m> {
    model: &'m Model,
    reader: Reader,
    cases: Vec<Line>,
}

impl Peer for Ours<'_> {
    fn total(&mut self, target: usize, case: usize) -> Fallible<Total> {
        let codes = self.reader.codes(black_box(&self.cases[case])).ok_or("an answer that is no option")?;
        Ok(self.model.by_table(target, &codes))
    }
}

/// CPU time of this thread alone.
fn thread_cpu() -> nix::Result<Duration> {
    Ok(clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID)?.into())
}

/// Nanoseconds of CPU that each of `n` pieces of work takes.
fn nanoseconds(n: usize, mut work: impl FnMut(usize) -> Fallible<Total>) -> Fallible<f64> {
    let before = thread_cpu()?;
    for at in 0..n {
        black_box(work(at)?);
    }
    Ok((thread_cpu()? - before).as_nanos() as f64 / n as f64)
}

fn agree(ours: &Total, theirs: &Total) -> bool {
    ours.iter().zip(theirs).all(|(ours, theirs)| (ours - theirs).abs() <= 1e-9)
}

fn measure(rounds: usize) -> Fallible<()> {
    let mut random = Random(SEED);
    let model = Model::new(&mut random);
    let cases: Vec<_> = (0..CASES).map(|_| model.case(&mut random)).collect();
    let named: Vec<_> = cases.iter().map(Model::texts).collect();
    let ours = Ours { model: &model, reader: Reader::new(&model)?, cases: cases.iter().map(Line::new).collect() };
    // How many assessments a round makes: about as much time for each.
    let mut peers: Vec<(&str, usize, Box<dyn Peer + '_>)> = vec![
        ("our table, from strings", 200_000, Box::new(ours)),
        ("datalogic-rs, answers by name", 2_000, Box::new(Datalogic::new(&model, &named, Answers::Named)?)),
        ("datalogic-rs, answers by place", 4_000, Box::new(Datalogic::new(&model, &named, Answers::Placed)?)),
        ("zen-expression, one expression", 2_000, Box::new(zen::Zen::new(&model, &named)?)),
        ("regorus, straight-line policy", 1_000, Box::new(rego::Rego::new(&model, &named)?)),
    ];
    for (name, _, peer) in &mut peers {
        for (at, case) in cases.iter().enumerate().take(COMPARED) {
            let (ours, theirs) = (model.by_table(at % TARGETS, case), peer.total(at % TARGETS, at)?);
            if !agree(&ours, &theirs) {
                return Err(format!("{name}: case {at} gives {theirs:?} instead of {ours:?}").into());
            }
        }
    }
    let mut figures = vec![Vec::new(); peers.len()];
    for round in 0..=rounds {
        for ((_, n, peer), figures) in peers.iter_mut().zip(&mut figures) {
            let figure = nanoseconds(*n, |at| peer.total(at % TARGETS, at % CASES))?;
            // The first round warms up.
            if round > 0 {
                figures.push(figure);
            }
        }
    }
    let mut reference = f64::NAN;
    for ((name, ..), figures) in peers.iter().zip(&mut figures) {
        figures.sort_by(f64::total_cmp);
        let median = figures[figures.len() / 2];
        if reference.is_nan() {
            reference = median;
        }
        println!("{name}: {median:.0} ns an assessment (best {:.0}), {:.1} x", figures[0], median / reference);
    }
    Ok(())
}

fn main() -> Fallible<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        [] => measure(7),
        ["export", n, folder] => export::write(n.parse()?, folder.as_ref()),
        ["codes", n] => export::codes(n.parse()?),
        [rounds] => measure(rounds.parse()?),
        _ => Err("peers [ROUNDS] | peers export N FOLDER | peers codes N".into()),
    }
}
