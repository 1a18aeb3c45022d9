//! A matter as this program wrote it, read without a parser of TOML: that takes five times as long, and most
//! files that are opened were written here.
//!
//! Must not: read a file otherwise than [`super::read`]. Where what was read, written again, is not the same
//! text letter by letter, nothing was read: the file is another's, an older program's, or has a fault. What
//! the program writes is read back by the parser before it is kept ([`super::Proof`]), so that a text which
//! the writer gives for a matter is one that the parser gives that matter for.

use super::{COLUMNS, FORMAT, write};
use crate::lang::Lang;
use crate::matter::given::{self, Given, Texts};
use crate::matter::{Answer, Asset, Basis, Matter, Money, Value, accepts};
use crate::pack::{Kind, Pack, Question};

/// Reads a matter of this very pack; `None` where the parser has to.
pub(super) fn own(text: &str, pack: &Pack) -> Option<Matter> {
    // What the program writes ends before anything else that a file may hold.
    let (head, rest) = text.split_once("\n\n[answers]\n")?;
    let (answers, assets) = rest.split_once("\n\n").unwrap_or((rest, ""));
    let mut matter = Matter::default();
    for line in head.lines() {
        let (key, value) = pair(line)?;
        match (key, quoted(value)) {
            ("title", Some((title, ""))) => title.clone_into(&mut matter.title),
            ("language", Some((code, ""))) => {
                matter.lang = Some([Lang::En, Lang::Zh].into_iter().find(|lang| lang.code() == code)?);
            }
            ("at", Some((at, ""))) => matter.at = Some(at.to_owned()),
            // Anything but this pack and this version of it is written otherwise.
            ("format" | "pack" | "pack-version", _) => {}
            _ => return None,
        }
    }
    // They stand in the order of the interview.
    let mut questions = pack.questions.iter();
    for line in answers.lines() {
        let (id, rest) = pair(line)?;
        let rest = rest.strip_prefix("{ value = ")?;
        let question = questions.find(|question| question.id == id)?;
        matter.answers.insert(question.id.clone(), answer(question, rest, pack)?);
    }
    if !assets.is_empty() {
        let listed = assets.split("\n\n").map(|table| asset(table, pack)).collect::<Option<Vec<_>>>()?;
        matter.answers.get_mut(&pack.questions[pack.roles.assets?].id)?.value = Value::Assets(listed);
    }
    (write(&matter, pack) == text).then_some(matter)
}

/// The pack that a file names where the program put it; `None` where the parser has to look.
pub(super) fn pack_of(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once("\npack = ")?;
    let (id, rest) = quoted(rest)?;
    (first.strip_prefix("format = ")?.parse() == Ok(FORMAT) && rest.starts_with("\npack-version = ")).then_some(id)
}

/// What stands before and behind the sign of a line.
fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, rest) = line.split_once(' ')?;
    Some((key, rest.strip_prefix("= ")?))
}

/// A text in quotes in which nothing is escaped, and what stands behind it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('"')?.split_once('"').filter(|(inside, _)| !inside.contains('\\'))
}

/// An answer, from its value on.
fn answer(question: &Question, text: &str, pack: &Pack) -> Option<Answer> {
    let (given, mut rest) = value(question, text)?;
    let value = given::form(question, &given).ok()?;
    accepts(pack, question, &value).ok()?;
    let mut answer = Answer { value, basis: None, note: String::new(), evidence: String::new() };
    while let Some((key, more)) = rest.strip_prefix(", ").and_then(pair) {
        let (words, behind) = quoted(more)?;
        match key {
            "basis" => answer.basis = Some(Basis::from_id(words)?),
            "evidence" => words.clone_into(&mut answer.evidence),
            "note" => words.clone_into(&mut answer.note),
            _ => return None,
        }
        rest = behind;
    }
    // Somebody else may have left the basis out, or given one to what is not known. Assets stand further down.
    let known = answer.value != Value::Unknown || (question.kind == Kind::Assets && given == Given::Text("listed"));
    let sound = answer.basis.is_some() == known;
    (rest == " }" && sound).then_some(answer)
}

/// A value as it is written, and what stands behind it.
fn value<'t>(question: &Question, text: &'t str) -> Option<(Given<'t>, &'t str)> {
    if let Some((words, rest)) = quoted(text) {
        return Some((Given::Text(words), rest));
    }
    if let Some(mut rest) = text.strip_prefix('[') {
        let mut list = Texts::new();
        while let Some((words, behind)) = quoted(rest.strip_prefix(", ").unwrap_or(rest)) {
            list.push(words);
            rest = behind;
        }
        return Some((Given::List(list), rest.strip_prefix(']')?));
    }
    let (bare, rest) = text.split_at(text.find([',', ' '])?);
    let bare = bare.to_owned();
    Some((if question.kind == Kind::Date { Given::Date(bare) } else { Given::Number(bare) }, rest))
}

/// An asset, from its head on.
fn asset(table: &str, pack: &Pack) -> Option<Asset> {
    let mut asset = Asset::default();
    for line in table.strip_prefix("[[asset]]\n")?.lines() {
        let (key, value) = pair(line)?;
        let (words, "") = quoted(value)? else { return None };
        if key == "note" {
            words.clone_into(&mut asset.note);
            continue;
        }
        let column = pack.assets.columns.iter().find(|column| column.id == key && COLUMNS.contains(&key))?;
        match column.kind {
            Kind::Money if key == "value" => asset.value = Some(Money::parse(words)?),
            Kind::Money => asset.charges = Some(Money::parse(words)?),
            Kind::Place if pack.profile(words).is_none() && pack.places.iter().all(|place| place.id != words) => {
                return None;
            }
            Kind::Place => words.clone_into(&mut asset.place),
            _ => asset.set_option(key, &column.options.iter().find(|option| option.id == words)?.id),
        }
    }
    Some(asset)
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use crate::library;

    fn pack() -> Pack {
        library::built_in(library::DEFAULT).expect("a pack").pack
    }

    #[test]
    fn what_the_program_wrote_is_read_without_the_parser() {
        let pack = pack();
        for (name, text) in &pack.examples {
            let mut matter = read(name, text, &pack).matter.expect("in order");
            let written = write(&matter, &pack);
            assert_eq!(own(&written, &pack).as_ref(), Some(&matter), "{name}");
            assert_eq!(pack_of(&written), Some(pack.id.as_str()));
            matter.lang = Some(Lang::Zh);
            matter.title = "李诉张".to_owned();
            for id in matter.answers.keys().cloned().collect::<Vec<_>>() {
                let was = matter.answers.insert(id.clone(), Answer::unknown()).expect("an answer");
                assert_eq!(own(&write(&matter, &pack), &pack).as_ref(), Some(&matter), "{name}: {id}");
                matter.answers.remove(&id);
                assert_eq!(own(&write(&matter, &pack), &pack).as_ref(), Some(&matter), "{name}: {id}");
                matter.answers.insert(id, was);
            }
        }
    }

    #[test]
    fn what_is_escaped_or_of_another_version_is_left_to_the_parser() {
        let pack = pack();
        let (_, text) = &pack.examples[0];
        let mut matter = read("", text, &pack).matter.expect("in order");
        let plain = write(&matter, &pack);
        assert!(own(&plain, &pack).is_some());
        assert!(own(&plain.replacen(&pack.version, "0.0.1", 1), &pack).is_none());
        assert!(own(&plain.replacen("format = 1", "format = 2", 1), &pack).is_none());
        matter.title = "A \"matter\"".to_owned();
        assert!(own(&write(&matter, &pack), &pack).is_none());
        assert_eq!(pack_of("pack = \"p\"\n"), None);
    }

    #[test]
    fn no_text_is_read_otherwise_than_the_parser_reads_it() {
        let pack = pack();
        let (_, example) = pack.examples.iter().find(|(name, _)| name.contains("three-places")).expect("an example");
        let text = write(&read("", example, &pack).matter.expect("in order"), &pack);
        let bits = [
            "", "\"", "\n", " = ", "{", "}", "[", "]", "\\", "#", "x", ".", ", ", "unknown", "none", "\u{7f}", "\t",
            "0", "+", "_", "-01", "\r", "马",
        ];
        let mut seen = 0;
        for place in (0..=text.len()).step_by(3).filter(|place| text.is_char_boundary(*place)) {
            for bit in bits {
                for gone in [0, 1, 3] {
                    let Some(rest) = text.get(place + gone..) else { continue };
                    let changed = format!("{}{bit}{rest}", &text[..place]);
                    if let Some(matter) = own(&changed, &pack) {
                        let parsed = read("", &changed, &pack);
                        assert!(parsed.matter == Some(matter), "{changed}");
                        assert_eq!((parsed.pack_version, parsed.changes), (pack.version.clone(), Vec::new()));
                        seen += 1;
                    }
                }
            }
        }
        assert!(seen > 300, "{seen}");
    }
}
