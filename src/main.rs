//! Opens the full-screen program: `exequatur [FILE]`.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use exequatur::lang::Lang;
use exequatur::matter::file;
use exequatur::scoring::Engine;
use exequatur::tui::theme::Theme;
use exequatur::tui::{Look, Session, run};
use exequatur::{faults, library};

fn main() -> anyhow::Result<()> {
    let loaded = library::built_in(library::DEFAULT).context("the pack is missing")?;
    let engine = Engine::new(&loaded.pack);
    let lang = Lang::choose(std::env::var("EXEQUATUR_LANG").ok().as_deref(), sys_locale::get_locale().as_deref());
    let opened = match std::env::args_os().nth(1).map(PathBuf::from) {
        None => None,
        Some(path) => {
            let text = library::read_text(&path, file::MAX_BYTES as u64)?;
            let read = file::read(&path.display().to_string(), &text, &loaded.pack);
            match read.matter {
                Some(matter) => Some((path, matter)),
                None => bail!("{}", faults::render(&read.faults, lang, false, |_| Some(text.as_str()))),
            }
        }
    };
    let theme = if std::env::var_os("NO_COLOR").is_some() { Theme::Mono } else { Theme::Dark };
    let look = Look { ascii: std::env::var_os("EXEQUATUR_ASCII").is_some(), theme };
    run(&engine, Session { lang, as_of: jiff::Zoned::now().date(), opened, look })?;
    Ok(())
}
