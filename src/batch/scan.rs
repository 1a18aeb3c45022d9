//! A line of JSON in the form that programs write, read in one pass.
//!
//! Must not: word a fault, or decide what is one. Whatever is unusual here (an escape in a text, a key twice, a
//! value of another kind, anything that does not fit) is no line for this reader: [`super::case`] then reads it with
//! a whole parser and says what is wrong.

use serde_json::Value as Json;

use super::case::{Case, Reader};
use super::cell::Cell;
use crate::matter::Basis;
use crate::matter::answers::Answers;
use crate::matter::given::Given;

/// How deep lists and tables of assets stand in each other at the most.
const DEPTH: usize = 4;

/// Digits of a number that is whole and fits without looking.
const DIGITS: usize = 18;

/// A place in a line.
struct Scan<'l> {
    line: &'l str,
    at: usize,
}

impl Reader<'_> {
    /// The case of a line; `None` where a whole parser should read it.
    pub(super) fn in_one_pass(&self, line: &str) -> Option<Case> {
        let mut scan = Scan { line, at: 0 };
        let mut case = Case { id: Json::Null, answers: Answers::new(self.pack) };
        let mut seen: [bool; 4] = [false; 4];
        scan.expect(b'{')?;
        let mut more = !scan.next_is(b'}');
        while more {
            let key = scan.key()?;
            let place = ["id", "answers", "assets", "targets"].iter().position(|known| *known == key)?;
            if std::mem::replace(&mut seen[place], true) {
                return None;
            }
            match place {
                0 => case.id = scan.reference()?,
                1 => self.answers_in_one_pass(&mut scan, &mut case.answers)?,
                2 => self.assets(&mut case.answers, &scan.cell(DEPTH)?).ok()?,
                _ => {
                    let targets = Given::List(scan.list()?);
                    self.put(&mut case.answers, self.pack.roles.targets?, &targets, None).ok()?;
                }
            }
            more = scan.more(b'}')?;
        }
        scan.space();
        (scan.at == line.len()).then_some(case)
    }

    fn answers_in_one_pass(&self, scan: &mut Scan<'_>, answers: &mut Answers) -> Option<()> {
        scan.expect(b'{')?;
        let (mut next, mut more) = (0, !scan.next_is(b'}'));
        while more {
            scan.space();
            let at = self.key_in_one_pass(scan, next)?;
            next = at + 1;
            if Some(at) == self.pack.roles.assets {
                self.assets(answers, &scan.cell(DEPTH)?).ok()?;
            } else {
                self.answer_in_one_pass(scan, answers, at)?;
            }
            more = scan.more(b'}')?;
        }
        Some(())
    }

    fn answer_in_one_pass(&self, scan: &mut Scan<'_>, answers: &mut Answers, at: usize) -> Option<()> {
        // Most answers are one option, told by the client.
        if scan.next_is(b'"') {
            let found = self.usual.stands(at, &scan.line.as_bytes()[scan.at..]);
            if let Some((said, length)) = found.filter(|_| !answers.is_asked(at)) {
                answers.set(at, said, Some(Basis::Told));
                scan.at += length;
                return Some(());
            }
            return self.put(answers, at, &Given::Text(scan.rest_of_text()?), None).ok();
        }
        let (given, basis) = scan.answer()?;
        self.put(answers, at, &given, basis).ok()
    }

    /// The place of the question that stands as a key; questions are looked for from a place on, as they stand in
    /// the pack, before the key is read.
    fn key_in_one_pass(&self, scan: &mut Scan<'_>, from: usize) -> Option<usize> {
        let rest = &scan.line.as_bytes()[scan.at..];
        let ahead = self.usual.keys.get(from..)?.iter().position(|key| rest.starts_with(key));
        if let Some(ahead) = ahead {
            scan.at += self.usual.keys[from + ahead].len();
            return Some(from + ahead);
        }
        self.place(scan.key()?, from)
    }
}

impl<'l> Scan<'l> {
    fn byte(&self) -> Option<u8> {
        self.line.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.byte() {
            self.at += 1;
        }
    }

    /// Whether a byte stands next, and past it.
    fn next_is(&mut self, byte: u8) -> bool {
        self.space();
        let found = self.byte() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        self.next_is(byte).then_some(())
    }

    /// Whether there is more of a list or table that closes with a byte.
    fn more(&mut self, close: u8) -> Option<bool> {
        self.space();
        let found = self.byte()?;
        self.at += 1;
        (found == b',' || found == close).then_some(found == b',')
    }

    fn key(&mut self) -> Option<&'l str> {
        let key = self.text()?;
        self.expect(b':')?;
        Some(key)
    }

    /// A text without escapes.
    fn text(&mut self) -> Option<&'l str> {
        self.expect(b'"')?;
        self.rest_of_text()
    }

    /// The same behind its first quote.
    fn rest_of_text(&mut self) -> Option<&'l str> {
        let begin = self.at;
        let end = end_of_text(self.line.as_bytes(), begin)?;
        self.at = end + 1;
        self.line.get(begin..end)
    }

    /// The digits of a whole number that is not negative, written as programs write it.
    fn digits(&mut self) -> Option<&'l str> {
        let begin = self.at;
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
        let digits = &self.line[begin..self.at];
        let led = digits.len() > 1 && digits.starts_with('0');
        let goes_on = matches!(self.byte(), Some(b'.' | b'e' | b'E'));
        (!digits.is_empty() && digits.len() <= DIGITS && !led && !goes_on).then_some(digits)
    }

    /// The reference of a case.
    fn reference(&mut self) -> Option<Json> {
        self.space();
        if self.byte()? == b'"' {
            return Some(Json::String(self.text()?.to_owned()));
        }
        Some(Json::from(self.digits()?.parse::<u64>().ok()?))
    }

    fn list(&mut self) -> Option<Vec<&'l str>> {
        self.expect(b'[')?;
        let (mut out, mut more) = (Vec::new(), !self.next_is(b']'));
        while more {
            out.push(self.text()?);
            more = self.more(b']')?;
        }
        Some(out)
    }

    fn value(&mut self) -> Option<Given<'l>> {
        self.space();
        Some(match self.byte()? {
            b'"' => Given::Text(self.text()?),
            b'[' => Given::List(self.list()?),
            _ => Given::Number(self.digits()?.to_owned()),
        })
    }

    /// A value, or a table of a value and what it rests on.
    fn answer(&mut self) -> Option<(Given<'l>, Option<Basis>)> {
        self.space();
        if self.byte()? != b'{' {
            return Some((self.value()?, None));
        }
        self.at += 1;
        let (mut value, mut basis, mut more) = (None, None, true);
        while more {
            match self.key()? {
                "value" if value.is_none() => value = Some(self.value()?),
                "basis" if basis.is_none() => basis = Some(Basis::from_id(self.text()?)?),
                _ => return None,
            }
            more = self.more(b'}')?;
        }
        Some((value?, basis))
    }

    /// Texts, and lists and tables of them.
    fn cell(&mut self, depth: usize) -> Option<Cell<'l>> {
        self.space();
        let depth = depth.checked_sub(1)?;
        match self.byte()? {
            b'"' => Some(Cell::Text(self.text()?.into())),
            b'[' => {
                self.at += 1;
                let (mut out, mut more) = (Vec::new(), !self.next_is(b']'));
                while more {
                    out.push(self.cell(depth)?);
                    more = self.more(b']')?;
                }
                Some(Cell::List(out))
            }
            b'{' => {
                self.at += 1;
                let (mut out, mut more) = (Vec::with_capacity(8), !self.next_is(b'}'));
                while more {
                    out.push((self.key()?.into(), self.cell(depth)?));
                    more = self.more(b'}')?;
                }
                Some(Cell::Table(out))
            }
            _ => None,
        }
    }
}

/// Where the quote stands that ends a text; `None` where something else comes first that is no plain text.
fn end_of_text(bytes: &[u8], begin: usize) -> Option<usize> {
    let mut at = begin;
    while let Some((word, _)) = bytes.get(at..)?.split_first_chunk() {
        let found = special(u64::from_le_bytes(*word));
        if found != 0 {
            at += (found.trailing_zeros() / 8) as usize;
            return (bytes[at] == b'"').then_some(at);
        }
        at += 8;
    }
    let ahead = bytes[at..].iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))?;
    (bytes[at + ahead] == b'"').then_some(at + ahead)
}

/// Eight bytes at once: the lowest bit that is set stands in the first byte that is a quote, a backslash or a control
/// character. Bits above it mean nothing, because subtraction borrows.
fn special(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let control = word.wrapping_sub(ONES * 0x20) & !word & HIGH;
    zero(word ^ (ONES * 0x22)) | zero(word ^ (ONES * 0x5c)) | control
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use crate::pack::{Kind, Pack, Question};
    use crate::scoring::random::Random;

    /// Lines of several forms in which every kind of question is answered.
    fn lines(pack: &Pack) -> Vec<String> {
        let value = |question: &Question| match question.kind {
            Kind::Choice => format!("\"{}\"", question.options[0].id),
            Kind::Choices => format!("[\"{}\"]", question.options[0].id),
            Kind::Date => "\"2021-05-10\"".to_owned(),
            Kind::Money => "\"3,900,000 CNY\"".to_owned(),
            Kind::Number => "12".to_owned(),
            Kind::Place => format!("\"{}\"", pack.profiles[0].id),
            Kind::Assets => "\"none\"".to_owned(),
            Kind::Targets => format!("[\"{}\", \"{}\"]", pack.profiles[1].id, pack.profiles[0].id),
        };
        let roles = [pack.roles.assets, pack.roles.targets];
        let (apart, others): (Vec<_>, Vec<_>) =
            pack.questions.iter().enumerate().partition(|(at, _)| roles.contains(&Some(*at)));
        let list = |pairs: Vec<String>| pairs.join(",");
        let plain = list(others.iter().map(|(_, one)| format!("\"{}\":{}", one.id, value(one))).collect());
        let tables = others
            .iter()
            .rev()
            .map(|(_, one)| format!("\"{}\" : {{ \"value\" : {}, \"basis\":\"document\" }} ", one.id, value(one)));
        let unknown = pack.questions.iter().map(|one| format!("\"{}\":\"unknown\"", one.id)).collect();
        let within = list(apart.iter().map(|(_, one)| format!("\"{}\":{}", one.id, value(one))).collect());
        let assets =
            format!(r#"[{{"where":"{}","class":"","note":"在途","value":"1000000 USD"}}]"#, pack.profiles[0].id);
        let targets = value(&pack.questions[pack.roles.targets.expect("a question on targets")]);
        vec![
            format!("{{\"id\":7,\"answers\":{{{plain}}},\"assets\":{assets},\"targets\":{targets}}}"),
            format!(" {{ \"targets\": {targets} , \"answers\" :{{ {} }}, \"id\": \"甲 1\" }} ", list(tables.collect())),
            format!("{{\"answers\":{{{}}}}}", list(unknown)),
            format!("{{\"id\":\"\",\"answers\":{{{within}}}}}"),
            "{\"answers\":{},\"assets\":[],\"targets\":[]}".to_owned(),
        ]
    }

    #[test]
    fn a_line_in_its_usual_form_is_read_as_by_a_whole_parser() {
        let pack = crate::library::built_in(crate::library::DEFAULT).expect("the pack").pack;
        let reader = Reader::new(&pack, Lang::En);
        let same = |line: &str| {
            let Some(usual) = reader.in_one_pass(line) else { return false };
            let any = reader.any(line).map_err(|wrong| wrong.why).expect("a line that is read in one pass is good");
            assert_eq!(usual.id, any.id, "{line}");
            for at in 0..pack.questions.len() {
                let both = [&usual.answers, &any.answers].map(|answers| {
                    let values = (answers.date(Some(at)), answers.money(Some(at)), answers.number(Some(at)));
                    (answers.response(at).clone(), answers.basis(at), values, answers.place(Some(at)))
                });
                assert_eq!(both[0], both[1], "{line}: {}", pack.questions[at].id);
            }
            assert_eq!(usual.answers.assets(&pack), any.answers.assets(&pack), "{line}");
            assert!(usual.answers.targets(&pack).eq(any.answers.targets(&pack)), "{line}");
            true
        };
        let lines = lines(&pack);
        assert!(lines.iter().all(|line| same(line)));
        // The same with bytes changed, lost and put in.
        let (mut random, mut read, mut left) = (Random(31), 0, 0);
        let bytes = *b"\"\\{}[]:,0 n\x01-";
        for round in 0..20_000 {
            let mut line = lines[round % lines.len()].as_bytes().to_vec();
            for _ in 0..=random.below(2) {
                let (at, byte) = (random.below(line.len()), bytes[random.below(bytes.len())]);
                match random.below(3) {
                    0 => line[at] = byte,
                    1 => line.insert(at, byte),
                    _ => drop(line.remove(at)),
                }
            }
            let Ok(line) = String::from_utf8(line) else { continue };
            if same(&line) { read += 1 } else { left += 1 }
        }
        assert!(read > 200 && left > 10_000, "{read} read, {left} left to the parser");
    }

    #[test]
    fn what_is_no_usual_line_is_left_to_the_parser() {
        let pack = crate::library::built_in(crate::library::DEFAULT).expect("the pack").pack;
        let (reader, first) = (Reader::new(&pack, Lang::En), &pack.questions[0].id);
        for line in [
            r#"{"id":"a\"b"}"#,
            r#"{"id":1.5}"#,
            r#"{"id":01}"#,
            r#"{"id":1,"id":2}"#,
            r#"{"id":1}{}"#,
            r#"{"answers":{"no.such":"unknown"}}"#,
            &format!("{{\"answers\":{{\"{first}\":\"unknown\",\"{first}\":\"unknown\"}}}}"),
            &format!("{{\"answers\":{{\"{first}\":\"no-such\"}}}}"),
            r#"{"answers":null}"#,
            r#"{"targets":"sg"}"#,
            "{\"id\":\"a\tb\"}",
            "{",
            "",
        ] {
            assert!(reader.in_one_pass(line).is_none(), "{line}");
        }
        assert_eq!(reader.line(br#"{"id":"a\"b"}"#).expect("a case").id, Json::String("a\"b".to_owned()));
    }
}
