//! What each command does: the edge between arguments, files and the core.
//!
//! Invariant: only the result goes to standard output, so that it can be piped; everything else goes to standard error.

mod again;
mod batch;
mod documents;
mod matters;
mod method;
mod packs;
mod passphrase;
mod settings;

use std::io::{IsTerminal as _, Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::CommandFactory as _;
use jiff::civil::Date;

use crate::cli::{Cli, Colour, Command, Common};
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::matter::{Matter, file};
use crate::messages;
use crate::pack::{File, Loaded, Pack, load};
use crate::scoring::Scope;
use crate::store::cipher::{self, Passphrase};
use crate::store::open_matter::{self, LoadedMatter, OpenMatter, Opened};
use crate::tui::model::Opening;
use crate::{faults, library, store};

/// Exit status of a check that found faults.
pub(crate) const FAULTS: u8 = 3;

/// Runs a command line and gives the exit status.
///
/// # Errors
/// What went wrong and how to mend it; the caller prints it and exits with 1.
pub fn run(cli: Cli) -> Result<u8> {
    let context = Context::new(cli.common)?;
    match cli.command {
        None => interview(&context, cli.file.as_deref(), cli.theme.as_deref(), cli.ascii),
        Some(Command::Config { template }) => settings::config(&context, template),
        Some(Command::New { file, example, vector, from, redacted }) => {
            matters::new(&context, &file, example, vector, from.as_deref(), redacted)
        }
        Some(Command::Plain { file }) => {
            let mut open_matter = OpenMatter::default();
            let (pack, opened) = context.begin(&mut open_matter, file.map(Opening::Matter))?;
            matters::plain(&context, &pack, opened, open_matter)
        }
        Some(Command::Score { files, json }) => matters::score(&context, &files, json),
        Some(Command::Compare { file, json, csv }) => matters::compare(&context, &file, json, csv),
        Some(Command::Report { file, out, format, short, creditor, redacted, font }) => {
            let how = matters::How { format, short, creditor, redacted };
            matters::report(&context, &file, out.as_deref(), how, font)
        }
        Some(Command::Replay { vector, json, report, out, short, creditor, pack_sha256 }) => {
            let wanted = again::Wanted { json, report, out: out.as_deref(), short, creditor };
            again::replay(&context, &vector, pack_sha256.as_deref(), wanted)
        }
        Some(Command::Diff { old, new, json }) => again::diff(&context, &old, &new, json),
        Some(Command::Schema { what }) => again::schema(&context, what),
        Some(Command::Batch { input, out, format, jobs, template }) => batch::batch(
            &context,
            &batch::Asked {
                input: input.as_deref(),
                out: out.as_deref(),
                format,
                jobs: jobs.map(usize::from),
                template: template.as_deref(),
            },
        ),
        Some(Command::Backtest { cases, save, json }) => method::backtest(&context, cases.as_deref(), save, json),
        Some(Command::Calibrate { check }) => method::calibrate(&context, check),
        Some(Command::Check { dir, coverage, json, watch }) => {
            packs::check(&context, dir.as_deref(), coverage, json, watch)
        }
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
    settings: settings::Read,
    lang: Lang,
    as_of: Date,
}

impl Context {
    fn new(common: Common) -> Result<Self> {
        let settings = settings::read();
        let asked = common.lang.as_deref().or(settings.settings.lang.map(Lang::code));
        let lang = Lang::choose(asked, sys_locale::get_locale().as_deref());
        let as_of = match common.as_of {
            Some(date) => date,
            None => today().context("reading the date of today")?,
        };
        Ok(Context { common, settings, lang, as_of })
    }

    /// The pack asked for. Faults of a pack are printed, all of them.
    fn pack(&self) -> Result<Pack> {
        self.pack_for(None)
    }

    /// A pack of the program, whatever pack was asked for at the start.
    fn pack_named(&self, id: &str) -> Result<Pack> {
        match library::built_in(id).filter(|loaded| loaded.faults.is_empty()) {
            Some(loaded) => Ok(loaded.pack),
            None => self.pack_for(Some(id)),
        }
    }

    /// The pack asked for; where none is, the one of the program that something names.
    fn pack_for(&self, named: Option<&str>) -> Result<Pack> {
        let named = named.filter(|_| self.common.pack.is_none());
        // A pack of the program lies ready in its compact form; its texts are read only for faults.
        let id = match (&self.common.pack, named) {
            (Some(asked), _) if asked.is_dir() => None,
            (Some(asked), _) => asked.to_str(),
            (None, named) => named.or(Some(library::DEFAULT)),
        };
        if let Some(loaded) = id.and_then(library::built_in).filter(|loaded| loaded.faults.is_empty()) {
            return Ok(loaded.pack);
        }
        let files = match named.and_then(library::files) {
            Some(files) => files,
            None => pack_files(self.common.pack.as_deref(), self.lang)?,
        };
        let Loaded { pack, faults } = load(&files);
        complain(self.render(&faults, |name| text_of(&files, name)).trim_end());
        if faults.is_empty() { Ok(pack) } else { bail!(messages::cli::pack_faulty(self.lang, faults.len())) }
    }

    /// The folder that `--pack` names; `None` where it names a pack of the program, or is not given.
    fn pack_folder(&self) -> Option<&Path> {
        self.common.pack.as_deref().filter(|path| path.is_dir())
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

    /// Reads a matter and the pack that it names.
    fn open(&self, path: &Path) -> Result<(Pack, Matter)> {
        let (text, _) = self.matter_text(path)?;
        let pack = self.pack_for(file::pack_of(&text).as_deref())?;
        let matter = self.matter(path, &text, &pack)?;
        Ok((pack, matter))
    }

    /// Opens a matter to work on it, with its pack; asks for its passphrase where it has one.
    fn open_to_work(&self, open_matter: &mut OpenMatter, path: &Path) -> Result<(Pack, LoadedMatter)> {
        let (text, passphrase) = self.matter_text(path)?;
        let pack = self.pack_for(file::pack_of(&text).as_deref())?;
        match open_matter.open(path, &pack, passphrase.as_ref(), self.lang)? {
            Opened::Matter(opened) => Ok((pack, *opened)),
            Opened::Locked | Opened::OfAnotherPack => bail!("{} was changed while it was opened", shown(path)),
        }
    }

    /// What an interview begins with: the pack, and the matter with its file where one is named. A name
    /// that nothing has yet is a new matter, written with the first answer.
    fn begin(
        &self,
        open_matter: &mut OpenMatter,
        what: Option<Opening>,
    ) -> Result<(Pack, Option<(PathBuf, LoadedMatter)>)> {
        let begun = match what {
            None => (self.pack()?, None),
            Some(Opening::Pack(id)) => (self.pack_named(&id)?, None),
            Some(Opening::Matter(path)) if path.symlink_metadata().is_err() => {
                let matter = Matter { lang: Some(self.lang), ..Matter::default() };
                let opened = LoadedMatter { matter, changes: Vec::new(), held: open_matter.begin(&path) };
                (self.pack()?, Some((path, opened)))
            }
            Some(Opening::Matter(path)) => {
                let (pack, opened) = self.open_to_work(open_matter, &path)?;
                (pack, Some((path, opened)))
            }
        };
        if !open_matter.is_encrypted() {
            let path = begun.1.as_ref().map_or(Path::new("exequatur"), |(path, _)| path);
            let _ = open_matter.set_passphrase(self.new_passphrase(path)?);
        }
        Ok(begun)
    }

    /// Reads the text of a matter; its faults are printed, all of them, and nothing is changed.
    fn matter(&self, path: &Path, text: &str, pack: &Pack) -> Result<Matter> {
        let name = shown(path);
        let read = file::read(&name, text, pack);
        self.tell_changes(&name, &read.changes);
        complain(self.render(&read.faults, |_| Some(text)).trim_end());
        read.matter.with_context(|| messages::cli::matter_faulty(self.lang, read.faults.len(), &name))
    }

    /// The text of a matter, and the passphrase that it was decrypted with.
    fn matter_text(&self, path: &Path) -> Result<(String, Option<Passphrase>)> {
        if path != Path::new("-") && path.symlink_metadata().is_err_and(|it| it.kind() == std::io::ErrorKind::NotFound)
        {
            bail!(messages::cli::no_such_file(self.lang, shown(path)));
        }
        let bytes =
            if path == Path::new("-") { from_input(file::MAX_BYTES as u64)? } else { open_matter::read_bytes(path)? };
        let passphrase = if cipher::is_encrypted(&bytes) && cipher::AVAILABLE {
            Some(passphrase::ask(self.lang, &shown(path))?)
        } else {
            None
        };
        Ok((open_matter::plain_text(path, &bytes, passphrase.as_ref())?, passphrase))
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

/// The files of the pack in a folder, of one in the program by its name, or of the one used when
/// none is named. A folder goes before a name, so that a pack being written is never passed over.
fn pack_files(named: Option<&Path>, lang: Lang) -> Result<Vec<File>> {
    let Some(path) = named else { return library::files(library::DEFAULT).context("the pack in the program") };
    if path.is_dir() {
        return library::folder(path);
    }
    if let Some(files) = path.to_str().and_then(library::files) {
        return Ok(files);
    }
    let ids = library::ids().collect::<Vec<_>>().join(", ");
    bail!(messages::packs::no_such_pack(lang, shown(path), ids))
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

/// The full-screen program, or the line interview where there is no terminal for it. A matter of another
/// pack that is opened there starts it again with that pack, because a model and all its scores belong
/// to one pack.
fn interview(context: &Context, file: Option<&Path>, theme: Option<&str>, ascii: bool) -> Result<u8> {
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let mut next = file.map(|path| Opening::Matter(path.to_path_buf()));
    // Another ending than that of a matter is more likely a command with a slip in it.
    if let Some(path) = file
        && path.symlink_metadata().is_err()
        && path.extension().is_none_or(|end| end != "toml")
    {
        bail!(messages::cli::no_such_file(context.lang, shown(path)));
    }
    loop {
        let mut open_matter = OpenMatter::default();
        let (pack, opened) = context.begin(&mut open_matter, next.take())?;
        if !terminal || dumb {
            return matters::plain(context, &pack, opened, open_matter);
        }
        match matters::full_screen(context, &pack, opened, open_matter, settings::look(context, theme, ascii))? {
            matters::Ended::With(status) => return Ok(status),
            matters::Ended::Opening(opening) => next = Some(opening),
        }
    }
}
