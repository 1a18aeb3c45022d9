//! Commands on a pack: check, cases, jurisdictions.

use std::path::Path;

use anyhow::{Result, bail};

use super::{Context, FAULTS, print};
use crate::messages::cli as words;
use crate::pack::check_all;
use crate::report::listing;

/// Every fault of a pack.
pub(super) fn check(context: &Context, folder: Option<&Path>) -> Result<u8> {
    let files = super::pack_files(folder.or(context.common.pack.as_deref()))?;
    let loaded = check_all(&files);
    let out = crate::faults::render(
        &loaded.faults,
        context.lang,
        context.colour(std::io::IsTerminal::is_terminal(&std::io::stdout())),
        |name| super::text_of(&files, name),
    );
    print(out.as_bytes())?;
    let pack = &loaded.pack;
    if loaded.faults.is_empty() {
        context.say(&words::pack_sound(
            context.lang,
            pack.cases.len(),
            &pack.id,
            pack.profiles.len(),
            pack.questions.len(),
            pack.hurdles.iter().map(|hurdle| hurdle.rules.len()).sum::<usize>(),
            &pack.version,
        ));
        return Ok(0);
    }
    context.say(&words::pack_faulty(context.lang, loaded.faults.len()));
    Ok(FAULTS)
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
            if json { listing::profile_json(profile) } else { listing::profile_text(&pack, profile, context.lang) }
        }
    };
    print(text.as_bytes())
}
