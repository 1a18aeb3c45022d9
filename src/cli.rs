//! The command line, as definitions only: see `commands` for what each one does.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::export::Format;

/// Whether a court judgment is worth enforcing in another country, where, by when, and what to mend first.
#[derive(Debug, Default, Parser)]
#[command(
    name = "exequatur",
    version,
    after_help = "Begin with `exequatur` alone, or look at an example:\n  \
        exequatur new FILE --example list\n  \
        exequatur new matter.toml --example NAME\n  \
        exequatur score matter.toml\n\n\
        Exit status: 0 done; 1 failed; 2 wrong usage; 3 a check found faults; \
        129, 130, 143 ended by a signal (answers saved).\n\
        This program gives no legal advice."
)]
pub struct Cli {
    /// What to do; without a command, the full-screen program.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// A matter to open in the full-screen program.
    pub file: Option<PathBuf>,
    /// The theme of the full-screen program; `y` changes it there.
    #[arg(long, value_name = "NAME", value_parser = ["dark", "light", "high-contrast", "mono"])]
    pub theme: Option<String>,
    /// Draw frames and bars of ASCII only.
    #[arg(long)]
    pub ascii: bool,
    /// Options that every command understands.
    #[command(flatten)]
    pub common: Common,
}

impl Cli {
    /// The arguments of this program, read; a fault ends it.
    pub fn read() -> Self {
        Cli::parse()
    }
}

/// Options that every command understands.
#[derive(Clone, Debug, Default, Args)]
pub struct Common {
    /// Targets to score: ids separated by commas, or `all`.
    #[arg(long = "in", value_name = "ID,ID|all", global = true)]
    pub targets: Option<String>,
    /// The date for which the result holds.
    #[arg(long, value_name = "YYYY-MM-DD", global = true)]
    pub as_of: Option<Date>,
    /// Language; by default that of the system.
    #[arg(long, value_name = "en|zh", global = true, value_parser = ["en", "zh"])]
    pub lang: Option<String>,
    /// Another pack: the name of one in the program, or a folder. A matter that exists picks its own.
    #[arg(long, value_name = "NAME|DIR", global = true)]
    pub pack: Option<PathBuf>,
    /// Colour.
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto")]
    pub color: Colour,
    /// Nothing but the result.
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Replace a file that exists.
    #[arg(long, global = true)]
    pub force: bool,
    /// Encrypt what is written with a passphrase, which is asked for at the terminal.
    #[arg(long, global = true)]
    pub encrypt: bool,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a matter without the screen.
    New {
        /// The file to write (`-` for standard output).
        file: PathBuf,
        /// Begin from an example; `--example list` names them. A decided case's id works too.
        #[arg(long, value_name = "NAME", conflicts_with = "vector")]
        example: Option<String>,
        /// Begin from a fact vector.
        #[arg(long, value_name = "TEXT")]
        vector: Option<String>,
        /// Begin from another matter.
        #[arg(long, value_name = "FILE", conflicts_with_all = ["vector", "example"])]
        from: Option<PathBuf>,
        /// Without anything that was typed: no name, notes or evidence, amounts to one figure.
        #[arg(long)]
        redacted: bool,
    },
    /// The same interview as line prompts on standard input and output; chosen by itself where there is
    /// no full-screen terminal.
    Plain {
        /// The matter to open or to make.
        file: Option<PathBuf>,
    },
    /// The result on one screen of text.
    Score {
        /// Matters (`-` for standard input).
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Every target with assets, ranked by expected net recovery.
    Compare {
        /// The matter (`-` for standard input).
        file: PathBuf,
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// As comma-separated values, safe to open in a spreadsheet.
        #[arg(long, conflicts_with = "json")]
        csv: bool,
    },
    /// Write a report.
    Report {
        /// The matter (`-` for standard input).
        file: PathBuf,
        /// Where to write it; standard output when not given.
        #[arg(long, short, value_name = "OUT")]
        out: Option<PathBuf>,
        /// The format; follows the ending of OUT when not given, else Markdown.
        #[arg(long, value_name = "FORMAT")]
        format: Option<Format>,
        /// A short form of about two pages.
        #[arg(long)]
        short: bool,
        /// Worded for a creditor who is no lawyer.
        #[arg(long)]
        creditor: bool,
        /// Without anything that was typed: no name, notes or evidence, amounts to one figure.
        #[arg(long)]
        redacted: bool,
        /// A font for a PDF, asked before those of the system; can be given more than once.
        #[arg(long, value_name = "FILE")]
        font: Vec<PathBuf>,
    },
    /// Score a portfolio: one case a line (JSON) or row (CSV, spreadsheet), results in the same order.
    Batch {
        /// The portfolio; its ending says the format (`-` for standard input).
        #[arg(value_name = "IN", required_unless_present = "template")]
        input: Option<PathBuf>,
        /// Where to write the results, one line of JSON a case; standard output when not given. A
        /// spreadsheet may be answered by a spreadsheet (.xlsx).
        #[arg(long, short, value_name = "OUT")]
        out: Option<PathBuf>,
        /// The format of IN where its ending does not say it.
        #[arg(long, value_name = "FORMAT")]
        format: Option<Table>,
        /// How many threads score; all cores when not given.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
        jobs: Option<u16>,
        /// Write an empty spreadsheet to fill in, with drop-downs, instead.
        #[arg(long, value_name = "FILE", conflicts_with_all = ["input", "out", "format", "jobs"])]
        template: Option<PathBuf>,
    },
    /// Test the method on decided cases, each scored with what was decided before it.
    Backtest {
        /// A table of other cases, scored with the weights of the whole pack.
        #[arg(long, value_name = "FILE")]
        cases: Option<PathBuf>,
        /// Write the figures into the pack (needs --pack), for the model card of its reports.
        #[arg(long, requires = "pack", conflicts_with = "cases")]
        save: bool,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Fit the weights to the pack's decided cases.
    Calibrate {
        /// Only say whether the pack's weights are up to date (exit status 3 when they are not).
        #[arg(long)]
        check: bool,
    },
    /// Find every fault of a pack at once.
    Check {
        /// The folder of the pack, or the name of one in the program.
        dir: Option<PathBuf>,
        /// What no example and no decided case reaches: questions, options, rules, actions.
        #[arg(long)]
        coverage: bool,
        /// The coverage as JSON.
        #[arg(long, requires = "coverage")]
        json: bool,
        /// Check again whenever a file of the folder changes, until Ctrl-C.
        #[arg(long, conflicts_with = "json", requires = "dir")]
        watch: bool,
    },
    /// Decided cases.
    Cases {
        /// Only those in which this ground was raised or decisive.
        #[arg(long, value_name = "ID")]
        ground: Option<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Targets, or one profile.
    Jurisdictions {
        /// The target.
        id: Option<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Rebuild a result from a fact vector.
    Replay {
        /// The vector.
        vector: String,
        /// As JSON.
        #[arg(long, conflicts_with = "report")]
        json: bool,
        /// As a report in this format, instead of one screen of text.
        #[arg(long, value_name = "FORMAT")]
        report: Option<Format>,
        /// Where to write it; the report's format follows its ending when not given.
        #[arg(long, short, value_name = "OUT")]
        out: Option<PathBuf>,
        /// A short form of about two pages.
        #[arg(long)]
        short: bool,
        /// Worded for a creditor who is no lawyer.
        #[arg(long)]
        creditor: bool,
        /// The hash of the pack that the result was made with; another pack is an error.
        #[arg(long, value_name = "HASH")]
        pack_sha256: Option<String>,
    },
    /// What changed between two reports (JSON), and whether answers, pack or method did it.
    Diff {
        /// The earlier report, from `score --json` or `report --format json`.
        old: PathBuf,
        /// The later one.
        new: PathBuf,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say where the settings are and check them.
    Config {
        /// Print a file to begin with: every setting and key as it stands.
        #[arg(long)]
        template: bool,
    },
    /// The JSON Schema of a file or of an output.
    Schema {
        /// Of what.
        what: SchemaOf,
    },
    /// A script that completes this command line in a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// The manual page.
    Man,
}

/// What has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// A matter's file (TOML).
    Matter,
    /// The files of a pack (TOML).
    Pack,
    /// `score --json` and `report --format json`.
    Report,
    /// The lines that `batch` reads and writes.
    Batch,
}

/// Formats of a portfolio.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Table {
    /// One JSON object a line.
    Ndjson,
    /// A table with a head, separated by commas.
    Csv,
}
