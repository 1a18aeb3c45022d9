//! Commands on the method: calibrate and backtest.

use std::path::Path;

use anyhow::{Result, bail};

use super::{Context, FAULTS, print, read};
use crate::diagnostic::Code;
use crate::messages::{cli as words, packs};
use crate::pack::weights::Weights;
use crate::pack::{load, read_cases};
use crate::report::listing::backtest as table;
use crate::scoring::backtest;
use crate::store;

/// The file of fitted weights in a pack.
const WEIGHTS: &str = "weights.toml";

/// Fits the weights, or says whether those of the pack are up to date.
pub(super) fn calibrate(context: &Context, check: bool) -> Result<u8> {
    let folder = context.pack_folder();
    let files = super::pack_files(context.common.pack.as_deref(), context.lang)?;
    let loaded = load(&files);
    // Stale weights are what this command mends.
    let faults: Vec<_> = loaded.faults.into_iter().filter(|fault| fault.code != Code::StaleWeights).collect();
    eprint!("{}", context.render(&faults, |name| super::text_of(&files, name)));
    if !faults.is_empty() {
        bail!(words::pack_faulty(context.lang, faults.len()));
    }
    let weights = Weights::fitted(&loaded.pack);
    let text = weights.write(&loaded.pack);
    if check {
        let same = super::text_of(&files, WEIGHTS) == Some(text.as_str());
        context.say(if same { words::weights_fresh(context.lang) } else { words::weights_stale(context.lang) });
        return Ok(if same { 0 } else { FAULTS });
    }
    let Some(folder) = folder else {
        context.say(words::weights_printed(context.lang));
        return print(text.as_bytes());
    };
    let path = folder.join(WEIGHTS);
    store::save(&path, text.as_bytes())?;
    context.say(&words::weights_written(context.lang, weights.cases, super::shown(&path)));
    Ok(0)
}

/// Largest table of cases that is read.
const MAX_BYTES: u64 = 16 << 20;

/// The walk-forward test, or a test on a table of other cases.
pub(super) fn backtest(context: &Context, cases: Option<&Path>, save: bool, json: bool) -> Result<u8> {
    if save && context.pack_folder().is_none() {
        bail!(packs::save_needs_folder(context.lang));
    }
    let pack = context.pack()?;
    let result = match cases {
        None => backtest::walk_forward(&pack),
        Some(path) => {
            let text = read(path, MAX_BYTES)?;
            let name = super::shown(path);
            let (cases, faults) = read_cases(&name, &text, &pack);
            eprint!("{}", context.render(&faults, |_| Some(text.as_str())));
            if !faults.is_empty() {
                bail!(words::cases_faulty(context.lang, faults.len(), name));
            }
            backtest::on_others(&pack, &cases)
        }
    };
    if let (true, Some(folder)) = (save, context.pack_folder()) {
        let path = folder.join("validation.toml");
        store::save(&path, result.validation().write(&pack).as_bytes())?;
        context.say(&words::written(context.lang, super::shown(&path)));
    }
    let text = if json { table::json(&result) } else { table::text(&result, cases.is_some(), context.lang) };
    print(text.as_bytes())
}
