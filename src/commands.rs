//! What each command does: the edge between arguments, files and the core.
//!
//! Must not: score or word results; the core and `report` do. Only the result goes to standard
//! output, so that it can be piped; everything else goes to standard error.

mod matters;
mod method;
mod packs;
mod passphrase;

use std::io::{IsTerminal as _, Read as _, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use clap::CommandFactory as _;
use jiff::civil::Date;

use crate::cli::{Cli, Colour, Command, Common};
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::matter::{Matter, file};
use crate::messages;
use crate::pack::{File, Pack, load};
use crate::scoring::Scope;
use crate::store::cipher::{self, Passphrase};
use crate::store::keeper::{self, Keeper, Opened};
use crate::{faults, library, store};

/// Exit status of a check that found faults.
pub const FAULTS: u8 = 3;

/// Runs a command line and gives the exit status.
///
/// # Errors
/// What went wrong and how to mend it; the caller prints it and exits with 1.
pub fn run(cli: Cli) -> Result<u8> {
    let context = Context::new(cli.common)?;
    match cli.command {
        None => full_screen(&context, cli.file.as_deref()),
        Some(Command::New { file, example, vector, from, redacted }) => {
            matters::new(&context, &file, example, vector, from.as_deref(), redacted)
        }
        Some(Command::Plain { file }) => matters::plain(&context, file.as_deref()),
        Some(Command::Score { files, json }) => matters::score(&context, &files, json),
        Some(Command::Compare { file, json }) => matters::compare(&context, &file, json),
        Some(Command::Report { file, out, format, short, creditor, redacted }) => {
            let how = matters::How { format, short, creditor, redacted };
            matters::report(&context, &file, out.as_deref(), how)
        }
        Some(Command::Replay { vector, json }) => matters::replay(&context, &vector, json),
        Some(Command::Backtest { cases, save, json }) => method::backtest(&context, cases.as_deref(), save, json),
        Some(Command::Calibrate { check }) => method::calibrate(&context, check),
        Some(Command::Check { dir }) => packs::check(&context, dir.as_deref()),
        Some(Command::Cases { ground, json }) => packs::cases(&context, ground.as_deref(), json),
        Some(Command::Jurisdictions { id, json }) => packs::jurisdictions(&context, id.as_deref(), json),
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "exequatur", &mut script);
            print(&script)
        }
        Some(Command::Man) => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page).context("writing the manual page")?;
            print(&page)
        }
    }
}

/// What every command needs: the options that all share, worked out.
struct Context {
    common: Common,
    lang: Lang,
    as_of: Date,
}

impl Context {
    fn new(common: Common) -> Result<Self> {
        let lang = Lang::choose(common.lang.as_deref(), sys_locale::get_locale().as_deref());
        let as_of = match common.as_of {
            Some(date) => date,
            None => today().context("reading the date of today")?,
        };
        Ok(Context { common, lang, as_of })
    }

    /// The pack asked for. Faults of a pack are printed, all of them.
    fn pack(&self) -> Result<Pack> {
        let (pack, faults) = self.pack_and_faults()?;
        if faults.is_empty() { Ok(pack) } else { bail!(messages::cli::pack_faulty(self.lang, faults.len())) }
    }

    fn pack_and_faults(&self) -> Result<(Pack, Vec<Diagnostic>)> {
        let files = pack_files(self.common.pack.as_deref())?;
        let loaded = load(&files);
        complain(self.render(&loaded.faults, |name| text_of(&files, name)).trim_end());
        Ok((loaded.pack, loaded.faults))
    }

    fn render<'s>(&self, found: &[Diagnostic], source: impl Fn(&str) -> Option<&'s str>) -> String {
        faults::render(found, self.lang, self.colour(std::io::stderr().is_terminal()), source)
    }

    fn colour(&self, terminal: bool) -> bool {
        match self.common.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        }
    }

    /// The targets named with `--in`.
    fn scope(&self, pack: &Pack) -> Result<Scope> {
        match self.common.targets.as_deref() {
            None => Ok(Scope::Matter),
            Some("all") => Ok(Scope::All),
            Some(list) => {
                let ids: Vec<String> = list.split(',').map(|id| id.trim().to_owned()).collect();
                if let Some(unknown) = ids.iter().find(|id| pack.profile(id).is_none()) {
                    bail!(messages::cli::no_such_target(self.lang, crate::text::one_line(unknown)));
                }
                Ok(Scope::Only(ids))
            }
        }
    }

    /// Reads a matter; its faults are printed, all of them, and nothing is changed.
    fn matter(&self, path: &Path, pack: &Pack) -> Result<Matter> {
        let text = self.matter_text(path)?;
        let name = shown(path);
        let read = file::read(&name, &text, pack);
        self.tell_changes(&name, &read.changes);
        complain(self.render(&read.faults, |_| Some(text.as_str())).trim_end());
        read.matter.with_context(|| messages::cli::matter_faulty(self.lang, read.faults.len(), &name))
    }

    /// The text of a matter, decrypted where it is encrypted.
    fn matter_text(&self, path: &Path) -> Result<String> {
        let bytes =
            if path == Path::new("-") { from_input(file::MAX_BYTES as u64)? } else { keeper::read_bytes(path)? };
        let passphrase = if cipher::is_encrypted(&bytes) && cipher::AVAILABLE {
            Some(passphrase::ask(self.lang, &shown(path))?)
        } else {
            None
        };
        keeper::plain_text(path, &bytes, passphrase.as_ref())
    }

    /// Says what another version of the pack made of a matter.
    fn tell_changes(&self, name: &str, changes: &[file::Change]) {
        for change in changes {
            self.say(&format!("{name}: {}", crate::tui::update::saving::change_words(change, self.lang)));
        }
    }

    /// The passphrase for what is written, typed twice, where `--encrypt` asks for one.
    fn new_passphrase(&self, path: &Path) -> Result<Option<Passphrase>> {
        if !self.common.encrypt {
            return Ok(None);
        }
        if !cipher::AVAILABLE {
            bail!(messages::safe::no_encryption(self.lang));
        }
        passphrase::choose(self.lang, &shown(path)).map(Some)
    }

    /// Says something beside the result, unless asked to be quiet.
    fn say(&self, text: &str) {
        if !self.common.quiet {
            complain(text);
        }
    }
}

/// Writes to standard error. A reader that went away is no fault.
fn complain(text: &str) {
    if !text.is_empty() {
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }
}

/// The files of the pack in a folder, or of the one in the program.
fn pack_files(folder: Option<&Path>) -> Result<Vec<File>> {
    match folder {
        Some(folder) => library::folder(folder),
        None => library::files(library::DEFAULT).context("the pack in the program"),
    }
}

fn text_of<'f>(files: &'f [File], name: &str) -> Option<&'f str> {
    files.iter().find(|file| file.path == name).map(|file| file.text.as_str())
}

/// A path as it may be shown: control characters made visible.
fn shown(path: &Path) -> String {
    crate::text::one_line(&path.to_string_lossy())
}

/// Today's date in UTC: jurisdictions differ from it by at most a day, and the time-zone database
/// stays out of the program. `--as-of` sets another.
fn today() -> Result<Date> {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs();
    let days = i32::try_from(seconds / 86_400)?;
    Ok(jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days)?)?)
}

/// Reads a text file, or standard input for `-`.
fn read(path: &Path, most: u64) -> Result<String> {
    if path != Path::new("-") {
        return library::read_text(path, most);
    }
    String::from_utf8(from_input(most)?).map_err(|_not_utf8| anyhow::anyhow!("standard input is not text in UTF-8"))
}

/// The bytes of standard input.
fn from_input(most: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(most + 1).read_to_end(&mut bytes).context("reading standard input")?;
    if bytes.len() as u64 > most {
        bail!("standard input holds more than {} MB; is it the right file?", most >> 20);
    }
    Ok(bytes)
}

/// Writes a file, or standard output for `-`.
fn write(context: &Context, path: &Path, bytes: &[u8]) -> Result<u8> {
    let encrypted = context.new_passphrase(path)?.map(|passphrase| cipher::encrypt(bytes, &passphrase)).transpose()?;
    let bytes = encrypted.as_deref().unwrap_or(bytes);
    if path == Path::new("-") {
        return print(bytes);
    }
    store::save_new(path, bytes, context.common.force)?;
    context.say(&messages::cli::written(context.lang, shown(path)));
    Ok(0)
}

/// Prints a result. A reader that went away (`| head`) is no fault.
fn print(bytes: &[u8]) -> Result<u8> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(fault) if fault.kind() == std::io::ErrorKind::BrokenPipe => Ok(0),
        done => done.map(|()| 0).context("writing to standard output"),
    }
}

/// The full-screen program.
fn full_screen(context: &Context, file: Option<&Path>) -> Result<u8> {
    if !(std::io::stdin().is_terminal() && std::io::stdout().is_terminal()) {
        bail!(messages::cli::no_terminal(context.lang));
    }
    let pack = context.pack()?;
    let mut keeper = Keeper::default();
    let mut session = matters::session(context);
    match file {
        // A name that nothing has yet is a new matter, written with the first answer.
        Some(path) if path.symlink_metadata().is_err() && path.extension().is_some_and(|ending| ending == "toml") => {
            session.held = keeper.begin(path);
            session.opened = Some((path.to_path_buf(), Matter { lang: Some(context.lang), ..Matter::default() }));
        }
        Some(path) => {
            let opened = open(context, &mut keeper, path, &pack)?;
            (session.held, session.changes) = (opened.held, opened.changes);
            session.opened = Some((path.to_path_buf(), opened.matter));
        }
        None => {}
    }
    if !keeper.is_encrypted()
        && let Some(passphrase) = context.new_passphrase(file.unwrap_or(Path::new("exequatur")))?
    {
        keeper.set_passphrase(Some(passphrase));
    }
    matters::full_screen(context, &pack, session, keeper)
}

/// Opens a matter to work on it; asks for its passphrase where it has one.
fn open(context: &Context, keeper: &mut Keeper, path: &Path, pack: &Pack) -> Result<keeper::OpenMatter> {
    let opened = match keeper.open(path, pack, None, context.lang)? {
        Opened::Locked => {
            let passphrase = passphrase::ask(context.lang, &shown(path))?;
            keeper.open(path, pack, Some(&passphrase), context.lang)?
        }
        opened @ Opened::Matter(_) => opened,
    };
    match opened {
        Opened::Matter(opened) => Ok(*opened),
        Opened::Locked => bail!("{} cannot be opened", shown(path)),
    }
}
