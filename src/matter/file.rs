//! A matter as one TOML file that a person can read and edit.
//!
//! [`read`] reports every fault with its place and gives a matter only where there is none, so that nothing is lost by saving over what could not be read.
//!
//! ```toml
//! format = 1
//! pack = "the-pack"
//! pack-version = "1.0.0"
//! title = "Li v Zhang"
//!
//! [answers]
//! judgment.kind = { value = "judgment", basis = "document" }
//! service.method = "post"              # short form: told by the client
//! service.abroad = "unknown"           # asked, cannot say
//! ```

mod migrate;
mod write;

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::answers::Answers;
use super::raw_input::{self, RawInput};
use super::{Answer, Asset, Basis, Matter, MatterRates, Money, Value, accepts};
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::Lang;
use crate::pack::reader::{Reader, Table, nearest};
use crate::pack::{Kind, Pack, Question};

use migrate::Migration;
use write::raw;
pub use write::{quoted, write};

/// The format that this program writes.
pub(crate) const FORMAT: u32 = 1;

/// Longest file that is read: far above any real matter.
pub(crate) const MAX_BYTES: usize = 16 << 20;

#[derive(Debug)]
pub struct Read {
    /// The matter, where the file has no fault.
    pub matter: Option<Matter>,
    pub pack_version: String,
    /// What another version of the pack made of it: empty where the pack is the same.
    pub changes: Vec<Change>,
    pub faults: Vec<Diagnostic>,
}

/// The pack that a matter names, if it can be seen; what is wrong with the file is left to [`read`].
pub fn pack_of(text: &str) -> Option<String> {
    let reader = Reader::new("");
    let root = reader.parse(text);
    Table::new(&reader, root.get_ref(), root.span()).text("pack").map(|id| id.value)
}

/// What reading a matter of another version of the pack changed. The file is as it was until it is
/// saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The pack had this version when the matter was saved.
    Version(String),
    /// A question or option has another id now.
    Renamed {
        /// The id in the file, for an option after that of its question.
        from: String,
        /// The id now.
        to: String,
    },
    /// What stands under this id answers nothing that the pack asks; it is kept as it stands.
    Kept(String),
    /// So many of the questions asked have no answer yet.
    Open(usize),
}

/// Reads a matter for a pack. `file` is the name for messages.
pub fn read(file: &str, text: &str, pack: &Pack) -> Read {
    let reader = Reader::new(file);
    let root = reader.parse(text);
    let mut matter = Matter::default();
    let mut pack_version = String::new();
    let mut changes = Vec::new();
    // After a syntax fault the rest is guesswork: more faults would only mislead.
    if reader.is_clean() {
        let table = Table::new(&reader, root.get_ref(), root.span());
        pack_version = read_root(table, pack, &mut matter, &mut changes);
    }
    let mut faults = reader.into_faults();
    faults.sort_by_key(|fault| fault.span.start);
    if newer(&pack.version, &pack_version) && !changes.is_empty() {
        let shown = Answers::of(pack, &matter).visible(pack);
        let open = pack
            .questions
            .iter()
            .zip(shown)
            .filter(|(question, shown)| *shown && matter.answer(&question.id).is_none());
        changes.push(Change::Open(open.count()));
    }
    Read { matter: faults.is_empty().then_some(matter), pack_version, changes, faults }
}

/// The read-back check of a text that is about to be saved: read again, it must give the same text.
///
/// # Errors
/// Every fault of the text; none where it can be read and gives another one.
pub(crate) fn check_written(text: &str, pack: &Pack) -> Result<(), Vec<Diagnostic>> {
    let read = read("", text, pack);
    match read.matter {
        Some(matter) if write(&matter, pack) == text => Ok(()),
        _ => Err(read.faults),
    }
}

fn read_root(root: Table<'_, '_>, pack: &Pack, matter: &mut Matter, changes: &mut Vec<Change>) -> String {
    let newest = f64::from(FORMAT);
    match root.number("format") {
        None => root.missing("format"),
        Some(at) if at.value > newest => {
            let fields = [("found", at.value.to_string())];
            let fault = Diagnostic::new(root.reader.file, at.span, Code::NewerFormat);
            root.reader.note(fields.into_iter().fold(fault, |fault, (name, word)| fault.with(name, word)));
            return String::new();
        }
        Some(at) if at.value < 1.0 => {
            root.reader.fault(at.span, Code::OutOfRange, &[("key", "format"), ("from", "1"), ("to", "1")]);
        }
        Some(_) => {}
    }
    let id = root.need_text("pack");
    if !id.value.is_empty() && id.value != pack.id {
        root.reader.fault(id.span, Code::OtherPack, &[("found", &id.value), ("expected", &pack.id)]);
        return String::new();
    }
    let version = root.need_text("pack-version");
    if newer(&version.value, &pack.version) {
        let fields = [("found", version.value.as_str()), ("expected", pack.version.as_str())];
        root.reader.fault(version.span, Code::OtherPack, &fields);
        return version.value;
    }
    matter.title = root.text("title").map(|at| at.value).unwrap_or_default();
    matter.lang = root.word_or("language", &[("en", Lang::En), ("zh", Lang::Zh)]);
    matter.at = root.text("at").map(|at| at.value);
    let assets: Vec<Asset> = root.tables("asset").into_iter().map(|table| asset(table, pack)).collect();
    let has_assets = root.has("asset");
    let older = newer(&pack.version, &version.value);
    if older {
        changes.push(Change::Version(version.value.clone()));
    }
    if let Some(answers) = root.table("answers") {
        let mut old = Migration { pack, version: &version.value, older, changes };
        old.read_answers(&answers, "", matter);
    }
    if let Some(question) = pack.roles.assets.map(|question| &pack.questions[question])
        && has_assets
    {
        let answer = matter.answers.entry(question.id.clone()).or_insert_with(|| Answer::told(Value::Unknown));
        answer.value = Value::Assets(assets);
        answer.basis.get_or_insert(Basis::Told);
    }
    for answer in matter.answers.values_mut().filter(|answer| answer.value == Value::Unknown) {
        answer.basis = None;
    }
    if let Some(kept) = root.table("kept") {
        matter.kept.extend(kept.entries().into_iter().map(|(id, item)| (id.value, raw(item.get_ref()))));
    }
    if let Some(table) = root.table("rates") {
        let rates = MatterRates {
            as_of: table.date("as-of").unwrap_or_default(),
            per_unit: table.rates("per-unit").into_iter().collect(),
        };
        table.finish();
        matter.rates = Some(rates);
    }
    root.finish();
    version.value
}

/// True when the file's pack version is above ours, number by number.
fn newer(theirs: &str, ours: &str) -> bool {
    let numbers = |version: &str| -> Vec<u64> { version.split('.').map(|part| part.parse().unwrap_or(0)).collect() };
    numbers(theirs) > numbers(ours)
}

/// Options that the file names otherwise than the pack does now: old and new.
type Renamed = Vec<(String, String)>;

fn answer(
    reader: &Reader<'_>,
    question: &Question,
    item: &Spanned<DeValue<'_>>,
    pack: &Pack,
    renames: &impl Fn(&str) -> String,
) -> Option<(Answer, Renamed)> {
    let DeValue::Table(inner) = item.get_ref() else {
        let (value, others) = renamed(value(reader, question, item)?, renames);
        check(reader, question, &value, item.span(), pack)?;
        return Some((Answer::told(value), others));
    };
    let table = Table::new(reader, inner, item.span());
    let basis = table.word_or("basis", &Basis::ALL.map(|basis| (basis.id(), basis)));
    let note = table.text("note").map(|at| at.value).unwrap_or_default();
    let evidence = table.text("evidence").map(|at| at.value).unwrap_or_default();
    let value_item = inner.get("value");
    let found = match value_item {
        Some(item) => value(reader, question, item),
        None if question.kind == Kind::Assets => Some(Value::Unknown),
        None => {
            table.missing("value");
            None
        }
    };
    let _ = table.has("value");
    table.finish();
    let (found, others) = renamed(found?, renames);
    check(reader, question, &found, value_item.map_or(item.span(), Spanned::span), pack)?;
    // The assets themselves stand in tables of their own: until they are read, the answer is not known.
    let listed = question.kind == Kind::Assets
        && value_item.is_none_or(|item| item.get_ref().as_str().is_some_and(|text| text == "listed"));
    let basis = if found == Value::Unknown && !listed { None } else { Some(basis.unwrap_or(Basis::Told)) };
    Some((Answer { value: found, basis, note, evidence }, others))
}

/// A value with the option ids of now, and those that were others.
fn renamed(value: Value, renames: &impl Fn(&str) -> String) -> (Value, Renamed) {
    let mut changed = Vec::new();
    let mut now = |id: String| {
        let to = renames(&id);
        if to != id {
            changed.push((id, to.clone()));
        }
        to
    };
    let value = match value {
        Value::Choice(id) => Value::Choice(now(id)),
        Value::Choices(ids) => Value::Choices(ids.into_iter().map(now).collect()),
        other => other,
    };
    (value, changed)
}

fn check(reader: &Reader<'_>, question: &Question, value: &Value, span: Range<usize>, pack: &Pack) -> Option<()> {
    accepts(pack, question, value).map_err(|refused| note(reader, raw_input::why(pack, question, &refused), span)).ok()
}

fn note(reader: &Reader<'_>, (code, fields): raw_input::Unfit, span: Range<usize>) {
    let fields: Vec<(&'static str, &str)> = fields.iter().map(|(name, word)| (*name, word.as_str())).collect();
    reader.fault(span, code, &fields);
}

/// Reads a value as the question's kind asks; a fault where it is of another form.
fn value(reader: &Reader<'_>, question: &Question, item: &Spanned<DeValue<'_>>) -> Option<Value> {
    let given = match item.get_ref() {
        DeValue::String(text) => RawInput::Text(text),
        DeValue::Integer(n) => RawInput::Number(n.as_str().replace('_', "")),
        DeValue::Float(n) => RawInput::Number(n.as_str().replace('_', "")),
        DeValue::Datetime(date) => RawInput::Date(date.to_string()),
        DeValue::Array(list) => {
            let list: Option<Vec<&str>> = list.iter().map(|entry| entry.get_ref().as_str()).collect();
            list.map_or(RawInput::Other, RawInput::List)
        }
        _ => RawInput::Other,
    };
    raw_input::form(question, &given).map_err(|unfit| note(reader, unfit, item.span())).ok()
}

fn asset(table: Table<'_, '_>, pack: &Pack) -> Asset {
    let mut asset = Asset::default();
    for column in &pack.assets.columns {
        let Some(key) = COLUMNS.iter().find(|key| **key == column.id) else { continue };
        let Some(text) = table.text(key) else { continue };
        match column.kind {
            Kind::Money => {
                let money = Money::parse(&text.value);
                if money.is_none() {
                    table.reader.fault(text.span, Code::BadMoney, &[("found", &text.value)]);
                }
                if *key == "value" { asset.value = money } else { asset.charges = money }
            }
            Kind::Place => {
                let known =
                    pack.profile(&text.value).is_some() || pack.places.iter().any(|place| place.id == text.value);
                if !known {
                    let near = nearest(&text.value, pack.profiles.iter().map(|profile| profile.id.as_str()));
                    let fields = [("found", text.value.as_str()), ("near", near.unwrap_or("-"))];
                    table.reader.fault(text.span, Code::NoSuchJurisdiction, &fields);
                }
                asset.place = text.value;
            }
            _ if text.value == "unknown" => {}
            _ => {
                if !column.options.iter().any(|option| option.id == text.value) {
                    let ids: Vec<&str> = column.options.iter().map(|option| option.id.as_str()).collect();
                    let near = nearest(&text.value, ids.iter().copied()).unwrap_or("-");
                    let allowed = ids.join(", ");
                    let fields =
                        [("subject", *key), ("found", text.value.as_str()), ("near", near), ("allowed", &allowed)];
                    table.reader.fault(text.span, Code::NoSuchOption, &fields);
                }
                asset.set_option(key, &text.value);
            }
        }
    }
    asset.note = table.text("note").map(|at| at.value).unwrap_or_default();
    table.finish();
    asset
}

/// The columns that an asset has; a pack words them but does not add to them.
pub const COLUMNS: [&str; 7] = ["where", "class", "value", "certainty", "held", "charges", "moves"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_says_something_else_when_read_is_not_saved() {
        let pack = crate::library::built_in(crate::library::DEFAULT).expect("a pack").pack;
        for (name, text) in &pack.examples {
            let matter = read(name, text, &pack).matter.expect("in order");
            let written = write(&matter, &pack);
            assert_eq!(read(name, &written, &pack).matter.as_ref(), Some(&matter), "{name}");
            assert_eq!(check_written(&written, &pack), Ok(()), "{name}");
            for broken in [written.replacen('"', "", 1), written.replacen(" = ", " =", 1), format!("{written}# more\n")]
            {
                assert!(check_written(&broken, &pack).is_err(), "{name}: {broken}");
            }
        }
    }

    #[test]
    fn the_pack_of_a_matter_is_seen_in_its_head() {
        let of = |text: &str| pack_of(text);
        assert_eq!(of("pack = \"p\"\n[answers]\nx = "), Some("p".to_owned()), "what follows may be broken");
        assert_eq!(of("title = \"\"\"\n[not a table]\npack = \"q\"\n\"\"\"\npack = \"p\"\n"), Some("p".to_owned()));
        assert_eq!(of("pack = \"p\" oops\n[answers]\n"), Some("p".to_owned()));
        assert_eq!(of("[answers]\npack = \"p\"\n"), None);
        assert_eq!(of(""), None);
    }
}
