//! The fact vector: one line of text that re-creates the answers, without names, notes or amounts.
//!
//! It carries nothing that tells who the client is: money is left out; of an asset, its place and options stay.
//!
//! ```text
//! exq1;the-pack;judgment.kind=judgment;service.method=?;policy.triggers=gambling+political;assets=au-nsw/real-property/registered/debtor/low
//! ```

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::{Answer, Asset, Basis, Matter, Value, accepts};
use crate::pack::Pack;

/// The first field: the form of the vector.
const FORM: &str = "exq1";
/// Options of an asset, in the order in which the vector gives them.
const ASSET_FIELDS: [&str; 5] = ["where", "class", "certainty", "held", "moves"];

/// Writes the vector. Each answer is `question=value`, followed by `!` where a document was seen and
/// `~` where it is assumed.
pub fn write(pack: &Pack, matter: &Matter) -> String {
    let mut out = format!("{FORM};{}", pack.id);
    for question in &pack.questions {
        let Some(answer) = matter.answer(&question.id) else { continue };
        let value = match &answer.value {
            Value::Unknown => Cow::Borrowed("?"),
            Value::Choice(id) | Value::Place(id) => id.as_str().into(),
            Value::Choices(ids) | Value::Targets(ids) => ids.join("+").into(),
            Value::Date(date) => date.to_string().into(),
            Value::Number(number) => number.to_string().into(),
            Value::Money(_) => continue,
            Value::Assets(assets) => assets.iter().map(asset_text).collect::<Vec<_>>().join("+").into(),
        };
        let mark = match answer.basis {
            Some(Basis::Document) => "!",
            Some(Basis::Assumed) => "~",
            _ => "",
        };
        for part in [";", &question.id, "=", &value, mark] {
            out.push_str(part);
        }
    }
    out
}

fn asset_text(asset: &Asset) -> String {
    ASSET_FIELDS.map(|field| asset.option(field)).join("/")
}

/// Why a vector cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is not a vector of this form.
    #[error("not a fact vector: it must begin with `{FORM};`")]
    Form,
    /// It belongs to another pack.
    #[error("the vector belongs to the pack `{0}`")]
    OtherPack(String),
    /// A question or value that the pack does not have.
    #[error("cannot read `{0}`")]
    Field(String),
}

/// The pack that a vector names.
pub fn pack_of(text: &str) -> Option<&str> {
    let mut fields = text.trim().split(';');
    (fields.next() == Some(FORM)).then(|| fields.next())?
}

/// What a vector carries of a matter in force: no title, notes, evidence, amounts, charges and rates of exchange.
/// [`read()`] of [`write()`] gives the same.
pub fn redact(matter: Matter) -> Matter {
    let mut answers = matter.answers;
    answers.retain(|_, answer| !matches!(answer.value, Value::Money(_)));
    for answer in answers.values_mut() {
        (answer.note, answer.evidence) = (String::new(), String::new());
        if let Value::Assets(assets) = &mut answer.value {
            for asset in assets {
                *asset = Asset { value: None, charges: None, note: String::new(), ..std::mem::take(asset) };
            }
        }
    }
    Matter { answers, ..Matter::default() }
}

/// Reads a vector.
///
/// # Errors
/// The first field that is not of this pack.
pub fn read(pack: &Pack, text: &str) -> Result<Matter, Unreadable> {
    let mut fields = text.trim().split(';');
    if fields.next() != Some(FORM) {
        return Err(Unreadable::Form);
    }
    match fields.next() {
        Some(id) if id == pack.id => {}
        other => return Err(Unreadable::OtherPack(other.unwrap_or_default().to_owned())),
    }
    let mut matter = Matter::default();
    for field in fields {
        let bad = || Unreadable::Field(field.chars().take(80).collect());
        let (id, rest) = field.split_once('=').ok_or_else(bad)?;
        let question = pack.question(id).ok_or_else(bad)?;
        let (text, basis) = match (rest.strip_suffix('!'), rest.strip_suffix('~')) {
            (Some(text), _) => (text, Basis::Document),
            (_, Some(text)) => (text, Basis::Assumed),
            _ => (rest, Basis::Told),
        };
        let value = value(question.kind, text).ok_or_else(bad)?;
        accepts(pack, question, &value).map_err(|_refused| bad())?;
        let mut answer = Answer::told(value);
        answer.basis = answer.basis.map(|_| basis);
        matter.answers.insert(id.to_owned(), answer);
    }
    Ok(matter)
}

fn value(kind: crate::pack::Kind, text: &str) -> Option<Value> {
    use crate::pack::Kind;
    let list = || text.split('+').filter(|id| !id.is_empty()).map(str::to_owned).collect();
    Some(match kind {
        _ if text == "?" => Value::Unknown,
        Kind::Choice => Value::Choice(text.to_owned()),
        Kind::Place => Value::Place(text.to_owned()),
        Kind::Choices => Value::Choices(list()),
        Kind::Targets => Value::Targets(list()),
        Kind::Date => Value::Date(text.parse().ok().filter(|date: &jiff::civil::Date| date.year() >= 0)?),
        Kind::Number => Value::Number(text.parse::<Decimal>().ok()?),
        Kind::Money => return None,
        Kind::Assets => Value::Assets(
            text.split('+')
                .filter(|asset| !asset.is_empty())
                .map(|text| {
                    let mut asset = Asset::default();
                    for (field, option) in ASSET_FIELDS.iter().zip(text.split('/')) {
                        asset.set_option(field, option);
                    }
                    asset
                })
                .collect(),
        ),
    })
}
