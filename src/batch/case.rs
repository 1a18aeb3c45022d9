//! A line of JSON or a row of a table as a case.
//! Answers are read and checked by the same code as those of a matter's file ([`crate::matter::raw_input`]).

use serde::Deserialize;
use serde_json::Value as Json;

use super::cell::{Cell, Pairs};
use crate::faults::sentence;
use crate::lang::Lang;
use crate::matter::Basis;
use crate::matter::answers::Answers;
use crate::matter::raw_input::{self, RawInput};
use crate::messages::batch as words;
use crate::pack::reader::nearest;
use crate::pack::{Kind, Pack};

#[derive(Clone, Debug)]
pub struct Case {
    /// Its reference, as it was written: text or a number.
    pub id: Json,
    pub answers: Answers,
}

/// A line that is no case: its reference, where that could be read, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Wrong {
    /// The reference.
    pub id: Json,
    /// What was wrong and what to do.
    pub why: String,
}

/// Longest line that is read, in bytes: far above any real case.
pub const MAX_LINE: usize = 1 << 20;

/// Reads cases for a pack.
#[derive(Debug)]
pub struct Reader<'p> {
    pub(super) pack: &'p Pack,
    pub(super) lang: Lang,
    /// The ids of the questions, in their order.
    questions: Vec<&'p str>,
}

/// What a column of a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The reference of the case.
    Id,
    /// The list of assets, as JSON text.
    Assets,
    /// The targets, as JSON text or separated by plus signs.
    Targets,
    /// The answer to the question with this index.
    Answer(usize),
}

/// The form of a line, for messages.
const FORM: &str = r#"{"id": "…", "answers": {"question": "option"}, "assets": [], "targets": []}"#;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'l> {
    #[serde(default)]
    id: Json,
    #[serde(borrow, default)]
    answers: Pairs<'l>,
    #[serde(borrow, default)]
    assets: Option<Cell<'l>>,
    #[serde(borrow, default)]
    targets: Option<Cell<'l>>,
}

impl<'p> Reader<'p> {
    /// A reader for a pack; `lang` is the language of messages.
    pub fn new(pack: &'p Pack, lang: Lang) -> Self {
        let questions: Vec<&str> = pack.questions.iter().map(|question| question.id.as_str()).collect();
        Reader { pack, lang, questions }
    }

    /// A case from a line of JSON.
    ///
    /// # Errors
    /// Why the line is no case.
    pub fn line(&self, bytes: &[u8]) -> Result<Case, Wrong> {
        let wrong = |why: String| Wrong { id: Json::Null, why };
        if bytes.len() > MAX_LINE {
            return Err(wrong(words::too_long(self.lang, MAX_LINE)));
        }
        let text = std::str::from_utf8(bytes).map_err(|_not_text| wrong(words::not_utf8(self.lang).to_owned()))?;
        let text = text.trim_start_matches('\u{feff}');
        // The parser would take a list for the fields of a line, one after the other.
        if text.trim_ascii_start().starts_with('[') {
            return Err(wrong(words::no_line(self.lang, FORM, "[")));
        }
        let line: Line<'_> = serde_json::from_str(text).map_err(|fault| {
            let why = fault.to_string().replace(" at line 1 column", ", column");
            wrong(words::no_line(self.lang, FORM, crate::text::one_line(&why)))
        })?;
        let id = line.id;
        // A number that does not fit would come back as another one.
        let whole = matches!(&id, Json::Number(number) if number.is_u64() || number.is_i64());
        if !whole && !matches!(id, Json::Null | Json::String(_)) {
            return Err(wrong(words::bad_id(self.lang).to_owned()));
        }
        let mut answers = Answers::new(self.pack);
        let mut read = || -> Result<(), String> {
            let mut next = 0;
            for (name, cell) in &line.answers.0 {
                let Some(at) = self.place(name, next) else { return Err(self.no_question(name)) };
                self.answer(&mut answers, at, cell)?;
                next = at + 1;
            }
            if let Some(cell) = &line.assets {
                self.assets(&mut answers, cell)?;
            }
            if let (Some(cell), Some(at)) = (&line.targets, self.pack.roles.targets) {
                self.put(&mut answers, at, &cell.given(), None)?;
            }
            Ok(())
        };
        match read() {
            Ok(()) => Ok(Case { id, answers }),
            Err(why) => Err(Wrong { id, why }),
        }
    }

    /// What the columns of a table hold.
    ///
    /// # Errors
    /// The first column that the pack does not know, or that stands twice.
    pub fn columns<'h>(&self, head: impl Iterator<Item = &'h str>) -> Result<Vec<Column>, String> {
        let mut out = Vec::new();
        for name in head {
            let name = name.trim().trim_start_matches('\u{feff}');
            let column = match name {
                "id" => Column::Id,
                "targets" => Column::Targets,
                "assets" => Column::Assets,
                _ => match self.place(name, 0) {
                    at @ Some(_) if at == self.pack.roles.assets => Column::Assets,
                    Some(at) => Column::Answer(at),
                    None => {
                        let near = nearest(name, self.questions.iter().copied()).unwrap_or("-");
                        return Err(words::no_column(self.lang, crate::text::one_line(name), near));
                    }
                },
            };
            if out.contains(&column) {
                return Err(words::twice(self.lang, crate::text::one_line(name)));
            }
            out.push(column);
        }
        Ok(out)
    }

    /// A case from a row of a table. An empty cell was not asked.
    ///
    /// # Errors
    /// Why the row is no case, and which of its cells is at fault (counted from zero).
    pub fn row<'c>(
        &self,
        columns: &[Column],
        cells: impl Iterator<Item = &'c str>,
    ) -> Result<Case, (Wrong, Option<usize>)> {
        let mut case = Case { id: Json::Null, answers: Answers::new(self.pack) };
        let (mut found, mut first) = (0, None);
        for (at, cell) in cells.enumerate() {
            found += 1;
            let cell = cell.trim();
            let Some(column) = columns.get(at) else { continue };
            if cell.is_empty() || first.is_some() {
                if *column == Column::Id {
                    case.id = Json::String(cell.to_owned());
                }
                continue;
            }
            let done = match column {
                Column::Id => {
                    case.id = Json::String(cell.to_owned());
                    Ok(())
                }
                Column::Assets => self.assets_text(&mut case.answers, cell),
                Column::Targets => match self.pack.roles.targets {
                    Some(at) => self.cell(&mut case.answers, at, cell),
                    None => Ok(()),
                },
                Column::Answer(question) => self.cell(&mut case.answers, *question, cell),
            };
            if let Err(why) = done {
                first = Some((at, why));
            }
        }
        if found != columns.len() {
            let why = words::short_row(self.lang, columns.len(), found);
            return Err((Wrong { id: case.id, why }, None));
        }
        match first {
            Some((at, why)) => Err((Wrong { id: case.id, why }, Some(at))),
            None => Ok(case),
        }
    }

    /// A cell of a table as an answer: a list is JSON text, or options separated by plus signs.
    fn cell(&self, answers: &mut Answers, at: usize, cell: &str) -> Result<(), String> {
        let question = &self.pack.questions[at];
        let given = match question.kind {
            Kind::Choices | Kind::Targets if cell != "unknown" => {
                let parts = cell.trim_start_matches('[').trim_end_matches(']').split(['+', ';', ',', '，', '；']);
                let parts = parts.map(|part| part.trim().trim_matches('"'));
                RawInput::List(parts.filter(|part| !part.is_empty() && *part != "none").collect())
            }
            Kind::Number if cell != "unknown" => RawInput::Number(cell.to_owned()),
            Kind::Choice if question.option(cell).is_none() && cell.parse::<f64>().is_ok() => {
                RawInput::Number(cell.to_owned())
            }
            _ => RawInput::Text(cell),
        };
        self.put(answers, at, &given, None)
    }

    /// The place of a question, looked for from a place on: most lines keep to the order of the pack.
    pub(super) fn place(&self, name: &str, from: usize) -> Option<usize> {
        let all = self.questions.len();
        (from..all).chain(0..from.min(all)).find(|at| self.questions[*at] == name)
    }

    fn no_question(&self, name: &str) -> String {
        let near = nearest(name, self.questions.iter().copied()).unwrap_or("-");
        let fields = [("id", name.to_owned()), ("near", near.to_owned())];
        sentence(self.lang, crate::diagnostic::Code::NoSuchQuestion, &fields)
    }

    fn answer(&self, answers: &mut Answers, at: usize, cell: &Cell<'_>) -> Result<(), String> {
        if Some(at) == self.pack.roles.assets {
            return self.assets(answers, cell);
        }
        let Cell::Table(pairs) = cell else { return self.put(answers, at, &cell.given(), None) };
        let mut basis = None;
        let mut given = RawInput::Other;
        self.once(pairs)?;
        for (key, value) in pairs {
            match (&**key, value) {
                ("value", value) => given = value.given(),
                ("basis", Cell::Text(text)) => {
                    let found = Basis::from_id(text);
                    basis = Some(found.ok_or_else(|| words::bad_basis(self.lang, crate::text::one_line(text)))?);
                }
                _ => given = RawInput::Other,
            }
        }
        self.put(answers, at, &given, basis)
    }

    pub(super) fn put(
        &self,
        answers: &mut Answers,
        at: usize,
        given: &RawInput<'_>,
        basis: Option<Basis>,
    ) -> Result<(), String> {
        let question = &self.pack.questions[at];
        if answers.is_asked(at) {
            return Err(words::twice(self.lang, &question.id));
        }
        let basis = Some(basis.unwrap_or(Basis::Told));
        let value =
            raw_input::value(self.pack, question, given).map_err(|(code, fields)| sentence(self.lang, code, &fields));
        answers.set_value(self.pack, at, &value?, basis);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matter::answers::Response;
    use crate::matter::{Value, file};

    #[test]
    fn a_line_is_read_into_what_the_same_matter_says() {
        let pack = crate::library::built_in(crate::library::DEFAULT).expect("the pack").pack;
        let reader = Reader::new(&pack, Lang::En);
        for (name, text) in &pack.examples {
            let matter = file::read(name, text, &pack).matter.expect("a sound example");
            let mut line = serde_json::json!({"answers": {}});
            let assets = pack.roles.assets.map(|at| pack.questions[at].id.as_str());
            for (id, answer) in matter.answers.iter().rev().filter(|(id, _)| Some(id.as_str()) != assets) {
                let value = match &answer.value {
                    Value::Unknown => "unknown".into(),
                    Value::Choice(id) | Value::Place(id) => id.as_str().into(),
                    Value::Choices(ids) | Value::Targets(ids) => ids.as_slice().into(),
                    Value::Date(date) => date.to_string().into(),
                    Value::Money(money) => money.to_string().into(),
                    Value::Number(number) => crate::numbers::json_number(*number),
                    Value::Assets(_) => unreachable!("left out"),
                };
                let basis = answer.basis.unwrap_or(Basis::Assumed).id();
                line["answers"][id] = serde_json::json!({"value": value, "basis": basis});
            }
            let case = reader.line(line.to_string().as_bytes()).expect("a case");
            let wanted = Answers::of(&pack, &matter);
            for at in (0..pack.questions.len()).filter(|at| Some(*at) != pack.roles.assets) {
                let (found, wanted) = (&case.answers, &wanted);
                assert_eq!(found.basis(at), wanted.basis(at), "{name}: {}", pack.questions[at].id);
                match wanted.response(at) {
                    Response::Value(_) => {
                        let role = Some(at);
                        assert_eq!(found.date(role), wanted.date(role));
                        assert_eq!(found.money(role), wanted.money(role));
                        assert_eq!(found.number(role), wanted.number(role));
                        assert_eq!(found.place(role), wanted.place(role));
                        if role == pack.roles.targets {
                            assert!(found.targets(&pack).eq(wanted.targets(&pack)), "{name}");
                        }
                    }
                    said => assert_eq!(found.response(at), said, "{name}: {}", pack.questions[at].id),
                }
            }
        }
    }
}
