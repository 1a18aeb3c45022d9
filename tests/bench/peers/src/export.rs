//! The model and a population of cases as plain files, and what our table takes for such a population.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;

use serde_json::{Value, json};

use super::synthetic::{CODES, Model, TARGETS, factors};
use super::{Fallible, Random, SEED, nanoseconds};

/// Writes `model.json` (base odds, and by target, ground and rule the question, the option and the factors of
/// every code), `codes.bin` (a byte for every answer, a row for every case) and `totals.bin` (three floats of
/// eight bytes, little-endian, for every case). The target of a case is its number modulo the targets.
pub fn write(n: usize, folder: &Path) -> Fallible<()> {
    let mut random = Random(SEED);
    let model = Model::new(&mut random);
    let targets = model.grounds.iter().map(|grounds| {
        Value::from_iter(grounds.iter().map(|(base, rules)| {
            let rules = rules.iter().map(|rule| {
                let table: Vec<_> = (0..CODES).map(|code| factors(rule, code as u8)).collect();
                json!({"question": rule.question, "option": rule.option, "factors": table})
            });
            json!({"base": base, "rules": rules.collect::<Vec<_>>()})
        }))
    });
    fs::create_dir_all(folder)?;
    fs::write(folder.join("model.json"), Value::from_iter(targets).to_string())?;
    let mut codes = BufWriter::new(File::create(folder.join("codes.bin"))?);
    let mut totals = BufWriter::new(File::create(folder.join("totals.bin"))?);
    for at in 0..n {
        let case = model.case(&mut random);
        codes.write_all(&case)?;
        for form in model.by_table(at % TARGETS, &case) {
            totals.write_all(&form.to_le_bytes())?;
        }
    }
    codes.flush()?;
    totals.flush()?;
    Ok(())
}

/// Prints the nanoseconds of CPU that the table takes for a case of such a population: after a first time
/// round, which finds cold memory, as many more as make a steady figure.
pub fn codes(n: usize) -> Fallible<()> {
    let mut random = Random(SEED);
    let model = Model::new(&mut random);
    let cases: Vec<_> = (0..n).map(|_| model.case(&mut random)).collect();
    let some = |all| nanoseconds(all, |at| Ok(model.by_table(at % n % TARGETS, &cases[at % n])));
    some(n)?;
    println!("{:.1}", some(n * 2_000_000_usize.div_ceil(n))?);
    Ok(())
}
