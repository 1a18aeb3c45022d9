//! The command `batch`: which files, which format, how many threads, what is said at the end.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufReader, BufWriter, IsTerminal as _, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use super::{Context, shown};
use crate::batch::Plan;
use crate::batch::result::Tally;
use crate::batch::run::{JsonLines, Source, run};
use crate::cli::Table;
use crate::messages::{batch as words, cli};

/// What the command line asks for.
pub(super) struct Asked<'a> {
    pub(super) input: Option<&'a Path>,
    pub(super) out: Option<&'a Path>,
    pub(super) format: Option<Table>,
    pub(super) jobs: Option<usize>,
    pub(super) template: Option<&'a Path>,
}

/// Size of the buffers between the program and its files.
const BUFFER: usize = 1 << 18;

/// Scores a portfolio; exit status 1 where a line was no case.
pub(super) fn batch(context: &Context, asked: &Asked<'_>) -> Result<u8> {
    let pack = context.pack()?;
    if let Some(path) = asked.template {
        return template(context, &pack, path);
    }
    let plan = Plan { pack: &pack, scope: context.scope(&pack)?, as_of: context.as_of, lang: context.lang };
    let input = asked.input.unwrap_or_else(|| Path::new("-"));
    let jobs = asked.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1);
    let tally = if is_sheet(input) {
        sheet(context, &plan, input, asked.out, jobs)?
    } else {
        let csv = match asked.format {
            Some(format) => format == Table::Csv,
            None => ends_in(input, "csv"),
        };
        stream(context, &plan, input, csv, asked.out, jobs)?
    };
    let Some(tally) = tally else { return Ok(0) };
    context.say(&tally.text(&plan));
    if tally.wrong > 0 {
        eprintln!("exequatur: {}", words::wrong(context.lang, tally.wrong));
        return Ok(1);
    }
    Ok(0)
}

fn ends_in(path: &Path, ending: &str) -> bool {
    path.extension().and_then(OsStr::to_str).is_some_and(|found| found.eq_ignore_ascii_case(ending))
}

fn is_sheet(path: &Path) -> bool {
    ["xlsx", "xlsm", "xls", "ods"].into_iter().any(|ending| ends_in(path, ending))
}

/// A batch from a stream of lines or rows. `None` where the reader of the result went away.
fn stream(
    context: &Context,
    plan: &Plan<'_>,
    input: &Path,
    csv: bool,
    out: Option<&Path>,
    jobs: usize,
) -> Result<Option<Tally>> {
    let mut from: Box<dyn std::io::Read + Send> = if input == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        let file = File::open(input).with_context(|| format!("opening {}", shown(input)))?;
        if file.metadata().is_ok_and(|about| about.is_dir()) {
            bail!("{} is a folder, not a file", shown(input));
        }
        Box::new(file)
    };
    into(context, out, |to, progress| {
        if csv {
            run(plan, Source::Table(&mut from), &JsonLines, to, jobs, progress)
        } else {
            let mut lines = BufReader::with_capacity(BUFFER, from);
            run(plan, Source::Lines(&mut lines), &JsonLines, to, jobs, progress)
        }
    })
}

/// Runs a batch into a file, which appears whole at the end, or to standard output. A reader that went
/// away (`| head`) is no fault.
pub(super) fn into(
    context: &Context,
    out: Option<&Path>,
    work: impl FnOnce(&mut dyn Write, &mut dyn FnMut(u64)) -> Result<Tally>,
) -> Result<Option<Tally>> {
    let mut shows = Progress::new(context);
    let path = out.filter(|path| *path != Path::new("-"));
    let Some(path) = path else {
        let mut to = BufWriter::with_capacity(BUFFER, std::io::stdout().lock());
        let done = work(&mut to, &mut |n| shows.at(n));
        shows.end();
        return match done {
            Err(fault) if gone(&fault) => Ok(None),
            done => done.map(Some),
        };
    };
    if !context.common.force && path.symlink_metadata().is_ok() {
        bail!("{} exists; choose another name, or --force to replace it", shown(path));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let mut temporary = tempfile::Builder::new()
        .prefix(".exequatur-")
        .suffix(".tmp")
        .tempfile_in(folder)
        .with_context(|| format!("writing {}: no new file can be made beside it", shown(path)))?;
    let tally = {
        let mut to = BufWriter::with_capacity(BUFFER, temporary.as_file_mut());
        let done = work(&mut to, &mut |n| shows.at(n));
        shows.end();
        let tally = done?;
        to.flush().with_context(|| format!("writing {}", shown(path)))?;
        tally
    };
    temporary.as_file().sync_all().with_context(|| format!("writing {}: flushing", shown(path)))?;
    temporary.persist(path).with_context(|| format!("writing {}: putting it in place", shown(path)))?;
    context.say(&cli::written(context.lang, shown(path)));
    Ok(Some(tally))
}

fn gone(fault: &anyhow::Error) -> bool {
    let broken = |fault: &std::io::Error| fault.kind() == std::io::ErrorKind::BrokenPipe;
    fault.downcast_ref::<std::io::Error>().is_some_and(broken)
        || fault.chain().any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(broken))
}

/// Progress on standard error, twice a second, where that is a terminal.
struct Progress {
    lang: crate::lang::Lang,
    shown: bool,
    last: Option<Instant>,
}

impl Progress {
    fn new(context: &Context) -> Self {
        let on = std::io::stderr().is_terminal() && !context.common.quiet;
        Progress { lang: context.lang, shown: false, last: on.then(Instant::now) }
    }

    fn at(&mut self, n: u64) {
        let Some(last) = self.last else { return };
        if last.elapsed() >= Duration::from_millis(500) {
            eprint!("\r{}", words::progress(self.lang, n));
            self.last = Some(Instant::now());
            self.shown = true;
        }
    }

    fn end(&mut self) {
        if self.shown {
            eprint!("\r\x1b[K");
        }
        self.last = None;
    }
}

#[cfg(feature = "sheets")]
fn sheet(context: &Context, plan: &Plan<'_>, input: &Path, out: Option<&Path>, jobs: usize) -> Result<Option<Tally>> {
    use crate::batch::sheet::{Places, Sheet, Writer};
    let read = Sheet::open(input, plan)?;
    let places = Places::new(&read, plan.lang);
    let mut rows = read.rows();
    let source = Source::Rows(read.columns.clone(), &mut rows);
    if out.is_some_and(|path| ends_in(path, "xlsx")) {
        let writer = Writer::new(plan.pack, &places)?;
        let tally = into(context, out, |to, progress| {
            let tally = run(plan, source, &writer, &mut std::io::sink(), 1, progress)?;
            to.write_all(&writer.finish()?).context("writing the sheet")?;
            Ok(tally)
        })?;
        return Ok(tally);
    }
    into(context, out, |to, progress| run(plan, source, &places, to, jobs, progress))
}

#[cfg(not(feature = "sheets"))]
fn sheet(_: &Context, _: &Plan<'_>, input: &Path, _: Option<&Path>, _: usize) -> Result<Option<Tally>> {
    bail!("{}: this program was built without spreadsheets (feature `sheets`); save the sheet as CSV", shown(input))
}

#[cfg(feature = "sheets")]
fn template(context: &Context, pack: &crate::pack::Pack, path: &Path) -> Result<u8> {
    super::write(context, path, &crate::batch::template::template(pack, context.lang)?)
}

#[cfg(not(feature = "sheets"))]
fn template(_: &Context, _: &crate::pack::Pack, path: &Path) -> Result<u8> {
    bail!("{}: this program was built without spreadsheets (feature `sheets`)", shown(path))
}
