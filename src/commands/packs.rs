//! Commands on a pack: check, cases, jurisdictions.

use std::path::Path;

use anyhow::{Result, bail};

use super::{Context, FAULTS, print};
use crate::messages::{cli as words, packs};
use crate::pack::check_all;
use crate::report::listing;
use crate::{library, scoring};

/// Every fault of a pack; with `coverage` also what nothing reaches; with `watch` again and again.
pub(super) fn check(context: &Context, named: Option<&Path>, coverage: bool, json: bool, watch: bool) -> Result<u8> {
    let named = named.or(context.common.pack.as_deref());
    match named.filter(|_| watch) {
        Some(folder) => watching(context, folder, coverage),
        None => check_once(context, named, coverage, json),
    }
}

fn check_once(context: &Context, named: Option<&Path>, coverage: bool, json: bool) -> Result<u8> {
    let files = super::pack_files(named, context.lang)?;
    let loaded = check_all(&files);
    let out = crate::faults::render(
        &loaded.faults,
        context.lang,
        context.colour(std::io::IsTerminal::is_terminal(&std::io::stdout())),
        |name| super::text_of(&files, name),
    );
    print(out.as_bytes())?;
    let pack = &loaded.pack;
    if !loaded.faults.is_empty() {
        context.say(&words::pack_faulty(context.lang, loaded.faults.len()));
        return Ok(FAULTS);
    }
    if coverage {
        let found = scoring::coverage::coverage(pack, context.as_of);
        let text = if json {
            listing::coverage::json(pack, &found)
        } else {
            listing::coverage::text(pack, &found, context.lang)
        };
        print(text.as_bytes())?;
    }
    context.say(&words::pack_sound(
        context.lang,
        pack.cases.len(),
        &pack.id,
        pack.profiles.len(),
        pack.questions.len(),
        pack.hurdles.iter().map(|hurdle| hurdle.rules.len()).sum::<usize>(),
        &pack.version,
    ));
    Ok(0)
}

/// How long to wait before the files are looked at again.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(300);

/// Checks whenever a file of the folder changes, until the program is ended. The files are looked at
/// three times a second: only this command does so, and only while somebody writes a pack.
fn watching(context: &Context, folder: &Path, coverage: bool) -> Result<u8> {
    if !folder.is_dir() {
        bail!(packs::watch_needs_folder(context.lang, super::shown(folder)));
    }
    let mut seen = None;
    context.say(&packs::watching(context.lang, super::shown(folder)));
    loop {
        // An editor may take a file away for a moment while it saves: that is said, not fatal.
        let now = library::stamps(folder);
        if seen.as_ref() != Some(&now) {
            seen = Some(now);
            if let Err(fault) = check_once(context, Some(folder), coverage, false) {
                context.say(&packs::unreadable(context.lang, format!("{fault:#}")));
            }
        }
        std::thread::sleep(PAUSE);
    }
}

/// Decided cases, by target and ground.
pub(super) fn cases(context: &Context, ground: Option<&str>, json: bool) -> Result<u8> {
    let pack = context.pack()?;
    let targets: Option<Vec<&str>> = match context.common.targets.as_deref() {
        None | Some("all") => None,
        Some(list) => Some(list.split(',').map(str::trim).collect()),
    };
    if let Some(ground) = ground
        && !pack.case_facts.grounds.contains_key(ground)
        && !pack.hurdles.iter().any(|hurdle| hurdle.id == ground)
    {
        bail!(words::no_such_ground(context.lang, crate::text::one_line(ground)));
    }
    for target in targets.iter().flatten() {
        if pack.profile(target).is_none() && !pack.cases.iter().any(|case| case.jurisdiction == *target) {
            bail!(words::no_such_target(context.lang, crate::text::one_line(target)));
        }
    }
    let text = if json {
        listing::cases_json(&pack, targets.as_deref(), ground)
    } else {
        listing::cases_text(&pack, targets.as_deref(), ground, context.lang)
    };
    print(text.as_bytes())
}

/// All targets, or one profile.
pub(super) fn jurisdictions(context: &Context, id: Option<&str>, json: bool) -> Result<u8> {
    let pack = context.pack()?;
    let text = match id {
        None if json => listing::profiles_json(&pack),
        None => listing::profiles_text(&pack, context.lang),
        Some(id) => {
            let Some(profile) = pack.profile(id) else {
                bail!(words::no_such_target(context.lang, crate::text::one_line(id)));
            };
            if json { listing::profile_json(profile) } else { listing::profile::text(&pack, profile, context.lang) }
        }
    };
    print(text.as_bytes())
}
