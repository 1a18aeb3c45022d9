//! The pipeline: one thread reads, others score, one writes, in the order of the input.
//!
//! Only a few blocks are held at a time. Block `n` goes to worker `n mod jobs` through a
//! short queue of its own and its result comes back through another, so that the writer takes the
//! results in turn: ordered without sorting, bounded without counting.

use std::io::{BufRead, Read, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::{Context as _, Result, bail};
use csv::StringRecord;
use serde_json::Value as Json;

use super::Plan;
use super::case::{Case, Column, MAX_LINE, Reader, Wrong};
use super::result::{self, Tally};
use crate::matter::Matter;
use crate::messages::batch as words;
use crate::scoring::Engine;
use crate::scoring::money::Exchange;
use crate::scoring::triage::Triage;

/// How many lines make a block, and how many bytes close it earlier.
const BLOCK_LINES: usize = 256;
const BLOCK_BYTES: usize = 256 << 10;
/// Room for the line that closes a block, unless it is a long one.
const ONE_MORE: usize = 8 << 10;
/// Blocks that wait before and behind each worker.
const QUEUE: usize = 2;

/// Where cases come from.
pub enum Source<'s> {
    Lines(&'s mut (dyn BufRead + Send)),
    /// A table with a head, separated by commas.
    Table(&'s mut (dyn Read + Send)),
    /// Rows that have been read, with the line (from one) of each, and what their columns hold.
    Rows(Vec<Column>, &'s mut (dyn Iterator<Item = (u64, StringRecord)> + Send)),
}

/// Some lines.
enum Block {
    Lines { first: u64, bytes: Vec<u8>, ends: Vec<usize> },
    Rows(Vec<(u64, Result<StringRecord, String>)>),
}

/// What became of a line.
pub enum Outcome<'o, 'p> {
    /// The reference of a case, and its result.
    Scored(&'o Json, &'o Triage<'p>),
    /// What was no case, the line (from one), and which cell of a row is at fault (from zero).
    Wrong(&'o Wrong, u64, Option<usize>),
}

/// Turns outcomes into bytes of the result.
pub trait Format: Sync {
    /// Adds an outcome to the bytes of its block.
    fn put(&self, outcome: &Outcome<'_, '_>, out: &mut Vec<u8>);
}

#[derive(Clone, Copy, Debug)]
pub struct JsonLines;

impl Format for JsonLines {
    fn put(&self, outcome: &Outcome<'_, '_>, out: &mut Vec<u8>) {
        match outcome {
            Outcome::Scored(id, triage) => result::write(id, triage, out),
            Outcome::Wrong(wrong, line, _) => result::write_wrong(wrong, *line, out),
        }
    }
}

/// Scores a whole batch. `progress` is told how many lines are done.
///
/// # Errors
/// Where the head of a table names an unknown column, or the input or output fails.
pub fn run(
    plan: &Plan<'_>,
    source: Source<'_>,
    format: &dyn Format,
    out: &mut dyn Write,
    jobs: usize,
    progress: &mut dyn FnMut(u64),
) -> Result<Tally> {
    let reader = Reader::new(plan.pack, plan.lang);
    let (columns, blocks) = blocks(plan, source, &reader)?;
    let (engine, exchange) = (Engine::new(plan.pack), Exchange::new(plan.pack, &Matter::default()));
    let scorer = Scorer { plan, reader: &reader, columns: &columns, format, engine: &engine, exchange: &exchange };
    let jobs = jobs.max(1);
    let mut tally = Tally::default();
    std::thread::scope(|scope| {
        let mut to: Vec<SyncSender<Block>> = Vec::new();
        let mut from: Vec<Receiver<(Vec<u8>, Tally)>> = Vec::new();
        for _ in 0..jobs {
            let (send, take) = sync_channel::<Block>(QUEUE);
            let (give, done) = sync_channel(QUEUE);
            to.push(send);
            from.push(done);
            scope.spawn(move || {
                for block in take {
                    // A writer that is gone has failed, and says so itself.
                    if give.send(scorer.block(&block)).is_err() {
                        break;
                    }
                }
            });
        }
        let reading = scope.spawn(move || -> Result<()> {
            for (n, block) in blocks.enumerate() {
                if to[n % jobs].send(block?).is_err() {
                    break;
                }
            }
            Ok(())
        });
        for n in 0.. {
            let Ok((bytes, part)) = from[n % jobs].recv() else { break };
            tally.join(&part);
            out.write_all(&bytes).context("writing the result")?;
            progress(tally.cases + tally.wrong);
        }
        drop(from);
        match reading.join() {
            Ok(done) => done?,
            Err(_panic) => bail!("the reader stopped"),
        }
        out.flush().context("writing the result")
    })?;
    Ok(tally)
}

/// What turns lines into results. The threads share it.
#[derive(Clone, Copy)]
struct Scorer<'s, 'p> {
    plan: &'s Plan<'p>,
    reader: &'s Reader<'p>,
    columns: &'s [Column],
    format: &'s dyn Format,
    engine: &'s Engine<'p>,
    exchange: &'s Exchange,
}

impl Scorer<'_, '_> {
    /// The results of a block, and their counts.
    fn block(self, block: &Block) -> (Vec<u8>, Tally) {
        let (mut out, mut tally) = (Vec::new(), Tally::default());
        match block {
            Block::Lines { first, bytes, ends } => {
                let mut from = 0;
                for (line, end) in (*first..).zip(ends) {
                    let whole = &bytes[from..*end];
                    from = *end;
                    // Of a line that is too long only the beginning is there: blanks of it are no empty line.
                    let text = if whole.len() > MAX_LINE + 1 { whole } else { whole.trim_ascii() };
                    // An empty line is no case and no fault: many files end with one.
                    if !text.is_empty() {
                        let case = self.reader.line(text).map_err(|wrong| (wrong, None));
                        self.one(case, line, &mut out, &mut tally);
                    }
                }
            }
            Block::Rows(rows) => {
                for (line, row) in rows {
                    let case = match row {
                        Ok(row) => self.reader.row(self.columns, row.iter()),
                        Err(why) => Err((Wrong { id: Json::Null, why: why.clone() }, None)),
                    };
                    self.one(case, *line, &mut out, &mut tally);
                }
            }
        }
        (out, tally)
    }

    fn one(self, case: Result<Case, (Wrong, Option<usize>)>, line: u64, out: &mut Vec<u8>, tally: &mut Tally) {
        match case {
            Ok(mut case) => {
                tally.add(self.plan.pack, &case);
                case.answers.hide(self.plan.pack);
                let triage = self.engine.triage(&case.answers, self.exchange, self.plan.as_of, &self.plan.scope);
                tally.add_result(&triage);
                self.format.put(&Outcome::Scored(&case.id, &triage), out);
            }
            Err((wrong, cell)) => {
                tally.wrong += 1;
                self.format.put(&Outcome::Wrong(&wrong, line, cell), out);
            }
        }
    }
}

type Blocks<'b> = Box<dyn Iterator<Item = Result<Block>> + Send + 'b>;

fn blocks<'b>(plan: &Plan<'_>, source: Source<'b>, reader: &Reader<'_>) -> Result<(Vec<Column>, Blocks<'b>)> {
    match source {
        Source::Lines(input) => {
            let mut next = 1;
            Ok((Vec::new(), Box::new(std::iter::from_fn(move || lines(input, &mut next).transpose()))))
        }
        Source::Table(input) => {
            let mut table = csv::ReaderBuilder::new().flexible(true).from_reader(input);
            let head = table.headers().context("reading the names of the columns")?;
            if head.is_empty() {
                bail!(words::no_head(plan.lang, "IN"));
            }
            let columns = reader.columns(head.iter()).map_err(anyhow::Error::msg)?;
            let mut rows = table.into_records();
            let lang = plan.lang;
            let next = move || {
                let mut block = Vec::new();
                for row in rows.by_ref() {
                    let failed = |fault: &csv::Error| matches!(fault.kind(), csv::ErrorKind::Io(_));
                    match row {
                        Ok(row) => block.push((row.position().map_or(0, csv::Position::line), Ok(row))),
                        Err(fault) if failed(&fault) => return Some(Err(fault).context("reading the table")),
                        Err(fault) => {
                            let line = fault.position().map_or(0, csv::Position::line);
                            block.push((line, Err(words::not_utf8(lang).to_owned())));
                        }
                    }
                    if block.len() >= BLOCK_LINES {
                        break;
                    }
                }
                (!block.is_empty()).then_some(Ok(Block::Rows(block)))
            };
            Ok((columns, Box::new(std::iter::from_fn(next))))
        }
        Source::Rows(columns, rows) => {
            let next = move || {
                let block: Vec<_> = (&mut *rows).take(BLOCK_LINES).map(|(line, row)| (line, Ok(row))).collect();
                (!block.is_empty()).then_some(Ok(Block::Rows(block)))
            };
            Ok((columns, Box::new(std::iter::from_fn(next))))
        }
    }
}

/// The next block of lines; `None` at the end.
fn lines(input: &mut dyn BufRead, next: &mut u64) -> Result<Option<Block>> {
    // Room for a block at once: lines are copied into it as they come.
    let (first, mut bytes, mut ends) = (*next, Vec::with_capacity(BLOCK_BYTES + ONE_MORE), Vec::new());
    while ends.len() < BLOCK_LINES && bytes.len() < BLOCK_BYTES {
        let before = bytes.len();
        // One byte more than is read: the line then says that it is too long.
        let found =
            (&mut *input).take(MAX_LINE as u64 + 2).read_until(b'\n', &mut bytes).context("reading the batch")?;
        if found == 0 {
            break;
        }
        if bytes.last() != Some(&b'\n') && bytes.len() - before > MAX_LINE {
            skip(input)?;
        }
        ends.push(bytes.len());
        *next += 1;
    }
    Ok((!ends.is_empty()).then_some(Block::Lines { first, bytes, ends }))
}

/// Passes over the rest of a line without keeping it.
fn skip(input: &mut dyn BufRead) -> Result<()> {
    loop {
        let buffer = input.fill_buf().context("reading the batch")?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(buffer.len(), |end| end + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}
