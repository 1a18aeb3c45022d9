//! The proof that a text is read back, before it takes the place of one that is.
//!
//! Must not: hold for a text that [`read`] would refuse. Reading a whole matter takes longer than scoring
//! it, so that after a change only the lines are read that changed. The program writes each answer on a
//! line of its own, and where a text gave as many answers as it has lines for them, each of these lines is
//! one answer by itself. Put in the place of such a line, a line that is read by itself is one again, and
//! the others mean what they meant. Where that is not certain, the whole text is read.

use std::ops::Range;

use super::{MAX_BYTES, read};
use crate::diagnostic::Diagnostic;
use crate::pack::Pack;

/// A text that is read back.
#[derive(Clone, Debug)]
pub struct Proof {
    text: String,
    /// Where its answers stand, each on a line of its own; `None` where they stand otherwise.
    answers: Option<Range<usize>>,
}

/// Most lines that are read by themselves.
const MOST_LINES: usize = 8;

impl Proof {
    /// Reads the whole text.
    ///
    /// # Errors
    /// Every fault of it.
    pub fn of(text: &str, pack: &Pack) -> Result<Self, Vec<Diagnostic>> {
        let read = read("", text, pack);
        let matter = read.matter.ok_or(read.faults)?;
        let answers = begin(text).map(|from| from..from + lines_from(&text[from..])).filter(|at| {
            let ids: Vec<&str> = text[at.clone()].lines().map(id_of).collect();
            let alone = matter.answers.len() == ids.len() && ids.iter().all(|id| matter.answers.contains_key(*id));
            // The head by itself ends where the answers begin.
            alone && reads(&text[..at.start], "", pack)
        });
        Ok(Proof { text: text.to_owned(), answers })
    }

    /// The proof for a text that differs from this one in a few answers and in what stands before them;
    /// `None` where it differs otherwise, or where what is new cannot be read.
    pub fn again(&self, text: &str, pack: &Pack) -> Option<Self> {
        let old = self.answers.clone()?;
        // What stands behind the answers stayed.
        let (before, behind) = self.text.split_at_checked(old.end)?;
        let (head, answers) = text.strip_suffix(behind)?.split_at_checked(begin(text)?)?;
        if text.len() > MAX_BYTES {
            return None;
        }
        let [gone, come] = differing(&before[old.start..], answers);
        // What is said of the assets stands in tables behind the answers.
        let assets = pack.roles.assets.map(|at| pack.questions[at].id.as_str());
        let mut changed = gone.lines().chain(come.lines());
        if come.lines().count() > MOST_LINES || changed.any(|line| Some(id_of(line)) == assets) {
            return None;
        }
        let answered = |id: &str| gone.lines().any(|line| id_of(line) == id);
        let free = |id: &str| answers.lines().filter(|line| clash(id_of(line), id)).count() == 1;
        let fits = reads(head, come, pack) && come.lines().map(id_of).all(|id| answered(id) || free(id));
        fits.then(|| Proof { text: text.to_owned(), answers: Some(head.len()..head.len() + answers.len()) })
    }
}

/// Whether a head with these lines of answers is a matter with one answer a line.
fn reads(head: &str, lines: &str, pack: &Pack) -> bool {
    let read = read("", &format!("{head}{lines}"), pack);
    let one_each = |matter: &super::Matter| {
        matter.answers.len() == lines.lines().count()
            && lines.lines().all(|line| matter.answers.contains_key(id_of(line)))
    };
    read.changes.is_empty() && read.matter.is_some_and(|matter| one_each(&matter))
}

/// Where the answers begin.
fn begin(text: &str) -> Option<usize> {
    const HEAD: &str = "\n[answers]\n";
    Some(text.find(HEAD)? + HEAD.len())
}

/// How much of a text stands before its first blank line.
fn lines_from(text: &str) -> usize {
    text.split_inclusive('\n').take_while(|line| *line != "\n").map(str::len).sum()
}

/// The id of the question that a line answers, as the program writes it.
fn id_of(line: &str) -> &str {
    line.split_once(" = ").map_or(line, |(id, _)| id)
}

/// Whether two ids cannot stand beside each other: they are the same, or one would be a table in the other.
fn clash(one: &str, other: &str) -> bool {
    let leads_to =
        |from: &str, to: &str| to.strip_prefix(from).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    leads_to(one, other) || leads_to(other, one)
}

/// The lines of two texts between those at the beginning and at the end that both have.
fn differing<'t>(before: &'t str, after: &'t str) -> [&'t str; 2] {
    let pairs = before.split_inclusive('\n').zip(after.split_inclusive('\n'));
    let from: usize = pairs.take_while(|(old, new)| old == new).map(|(old, _)| old.len()).sum();
    let (old, new) = (&before[from..], &after[from..]);
    let alike = alike_at_end(old.as_bytes(), new.as_bytes());
    // Lines are taken whole: where what is alike begins within one, it counts from the next.
    let begins = |text: &str| text.as_bytes()[..text.len() - alike].last().is_none_or(|byte| *byte == b'\n');
    let end = old.as_bytes()[old.len() - alike..].iter().position(|byte| *byte == b'\n');
    let same = if begins(old) && begins(new) { alike } else { end.map_or(0, |at| alike - at - 1) };
    [old, new].map(|text| &text[..text.len() - same])
}

/// How many bytes at the end of two texts are the same. Mostly it is nearly all of them.
fn alike_at_end(old: &[u8], new: &[u8]) -> usize {
    const PIECE: usize = 64;
    let pieces = old.rchunks_exact(PIECE).zip(new.rchunks_exact(PIECE));
    let whole = pieces.take_while(|(old, new)| old == new).count() * PIECE;
    let rest = |text: &'_ [u8]| text.len() - whole;
    let bytes = old[..rest(old)].iter().rev().zip(new[..rest(new)].iter().rev());
    whole + bytes.take_while(|(old, new)| old == new).count()
}

#[cfg(test)]
mod tests {
    use super::super::write;
    use super::*;
    use crate::library;
    use crate::matter::Answer;

    fn example(pack: &Pack) -> crate::matter::Matter {
        let (name, text) = pack.examples.iter().find(|(name, _)| name.contains("three-places")).expect("an example");
        read(name, text, pack).matter.expect("in order")
    }

    #[test]
    fn what_the_program_writes_is_proved_by_the_lines_that_changed() {
        let pack = library::built_in(library::DEFAULT).expect("a pack").pack;
        let mut matter = example(&pack);
        let mut proof = Proof::of(&write(&matter, &pack), &pack).expect("in order");
        let ids: Vec<String> = matter.answers.keys().cloned().collect();
        let assets = pack.roles.assets.map(|at| pack.questions[at].id.clone());
        for id in ids.iter().filter(|id| Some(*id) != assets.as_ref()) {
            let was = matter.answers.insert(id.clone(), Answer::unknown());
            for answer in [None, was] {
                matter.at = Some(id.clone());
                proof = proof.again(&write(&matter, &pack), &pack).expect("one line changed");
                match answer {
                    Some(answer) => drop(matter.answers.insert(id.clone(), answer)),
                    None => drop(matter.answers.remove(id)),
                }
            }
            proof = proof.again(&write(&matter, &pack), &pack).expect("one line came back");
        }
    }

    #[test]
    fn no_text_is_proved_that_cannot_be_read() {
        let pack = library::built_in(library::DEFAULT).expect("a pack").pack;
        let text = write(&example(&pack), &pack);
        let proof = Proof::of(&text, &pack).expect("in order");
        let lines: Vec<&str> = text.lines().collect();
        let bits =
            ["", "\"", "\"\"\"", "\n", " = ", "{", "}", "[", "]", "\\", "#", "x", ".", "[x]\n", "unknown", "\u{7f}"];
        let mut proved = 0;
        for (at, line) in lines.iter().enumerate() {
            let places: Vec<usize> = line.char_indices().map(|(place, _)| place).step_by(7).collect();
            for (place, bit) in places.iter().flat_map(|place| bits.iter().map(move |bit| (*place, *bit))) {
                for rest in [&line[place..], line[place..].get(1..).unwrap_or_default()] {
                    let changed = format!("{}{bit}{rest}", &line[..place]);
                    let new = [&lines[..at], &[changed.as_str()], &lines[at + 1..], &[""]].concat().join("\n");
                    let again = proof.again(&new, &pack).is_some();
                    assert!(!again || Proof::of(&new, &pack).is_ok(), "line {at}: {changed}");
                    proved += u32::from(again);
                }
            }
            // A line twice, and one that would be a table in another.
            for extra in [(*line).to_owned(), line.replacen(" = ", ".x = ", 1)] {
                let new = [&lines[..at], &[*line, extra.as_str()], &lines[at + 1..], &[""]].concat().join("\n");
                assert!(proof.again(&new, &pack).is_none() || Proof::of(&new, &pack).is_ok(), "{extra}");
            }
        }
        assert!(proved > 100, "{proved}");
    }
}
