//! What can only be judged once the whole pack is read: references, reach, doubles, order.
//!
//! Also computes what needs several files: the priors of unknown answers.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::condition::{Expr, Subject};
use super::reader::File;
use super::{Hurdle, Pack, Profile, Question};
use crate::diagnostic::{Code, Diagnostic};

/// Checks a pack and completes it.
pub(super) fn run(pack: &mut Pack, files: &[&File], faults: &mut Vec<Diagnostic>) {
    priors(pack);
    let mut check = Check { pack, files, faults };
    check.duplicates();
    check.flow();
    check.unread();
    check.references();
}

/// The faults that take long to look for: a worse answer that helps. `exequatur check` and the tests
/// look for them; opening a pack does not.
pub(super) fn order(pack: &Pack, files: &[&File]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    Check { pack, files, faults: &mut faults }.order();
    faults
}

/// The priors of unknown answers, from the cases that count (one record a matter).
fn priors(pack: &mut Pack) {
    let cases = super::case::counted(pack).cases;
    let shares = super::case::option_shares(pack, &cases);
    for (question, shares) in pack.questions.iter_mut().zip(shares) {
        question.prior = shares;
    }
}

struct Check<'c> {
    pack: &'c Pack,
    files: &'c [&'c File],
    faults: &'c mut Vec<Diagnostic>,
}

impl Check<'_> {
    /// The file and the bytes of the `n`-th definition of an id, in files of a folder.
    fn location(&self, folder: &str, id: &str, n: usize) -> (String, Range<usize>) {
        self.location_of(folder, &format!("id = \"{id}\""), n)
    }

    /// The file and the bytes of the `n`-th line that begins with a text, in files of a folder.
    fn location_of(&self, folder: &str, text: &str, n: usize) -> (String, Range<usize>) {
        let mut left = n;
        for file in self.files.iter().filter(|file| file.path.starts_with(folder)) {
            for (at, _) in file.text.match_indices(text) {
                let starts_line = at == 0 || file.text.as_bytes()[at - 1] == b'\n';
                if starts_line && left == 0 {
                    return (file.path.clone(), at..at + text.len());
                }
                left -= usize::from(starts_line);
            }
        }
        (folder.to_owned(), 0..0)
    }

    fn fault(&mut self, (file, span): (String, Range<usize>), code: Code, fields: &[(&'static str, &str)]) {
        let fault = Diagnostic::new(&file, span, code);
        self.faults.push(fields.iter().fold(fault, |fault, (name, word)| fault.with(name, *word)));
    }

    fn duplicates(&mut self) {
        let pack = self.pack;
        let lists: [(&str, Vec<&str>); 8] = [
            ("questions/", pack.questions.iter().map(|question| question.id.as_str()).collect()),
            ("hurdles/", pack.hurdles.iter().map(|hurdle| hurdle.id.as_str()).collect()),
            ("jurisdictions/", pack.profiles.iter().map(|profile| profile.id.as_str()).collect()),
            ("cases/", pack.cases.iter().map(|case| case.id.as_str()).collect()),
            ("actions.toml", pack.actions.iter().map(|action| action.id.as_str()).collect()),
            ("confidence.toml", pack.confidence.iter().map(|hurdle| hurdle.id.as_str()).collect()),
            ("contradictions.toml", pack.contradictions.iter().map(|entry| entry.id.as_str()).collect()),
            ("questions/", pack.sections.iter().map(|section| section.id.as_str()).collect()),
        ];
        for (folder, ids) in lists {
            let mut seen = BTreeSet::new();
            for id in ids {
                if !seen.insert(id) {
                    let location = self.location(folder, id, 1);
                    self.fault(location, Code::DuplicateId, &[("id", id)]);
                }
            }
        }
        for question in &pack.questions {
            self.doubles_within("questions/", &question.id, question.options.iter().map(|option| option.id.as_str()));
        }
        for hurdle in pack.hurdles.iter().chain(std::iter::once(&pack.contest)) {
            let ids = hurdle.rules.iter().map(|rule| &rule.id).chain(hurdle.gates.iter().map(|gate| &gate.id));
            self.doubles_within("hurdles/", &hurdle.id, ids.map(AsRef::as_ref));
        }
    }

    fn doubles_within<'i>(&mut self, folder: &str, owner: &str, ids: impl Iterator<Item = &'i str>) {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !seen.insert(id) {
                let location = self.location(folder, owner, 0);
                self.fault(location, Code::DuplicateId, &[("id", id)]);
            }
        }
    }

    /// Show-ifs look back only, and every question can be reached.
    fn flow(&mut self) {
        let pack = self.pack;
        for (at, question) in pack.questions.iter().enumerate() {
            let ahead = question.show_if.questions().into_iter().find(|other| *other >= at);
            if let Some(other) = ahead {
                let location = self.location("questions/", &question.id, 0);
                let other = &pack.questions[other].id;
                self.fault(location, Code::LooksAhead, &[("id", &question.id), ("other", other)]);
            } else if !reachable(pack, question) {
                let location = self.location("questions/", &question.id, 0);
                self.fault(location, Code::Unreachable, &[("id", &question.id)]);
            }
        }
    }

    /// Every question moves something, or says why it is asked all the same.
    fn unread(&mut self) {
        let pack = self.pack;
        let mut read: BTreeSet<usize> = pack.roles.all().into_iter().collect();
        let hurdles = pack.hurdles.iter().chain(std::iter::once(&pack.contest));
        let rules = hurdles.clone().flat_map(|hurdle| hurdle.rules.iter().map(|rule| &rule.when));
        let gates = hurdles.flat_map(|hurdle| hurdle.gates.iter().map(|gate| &gate.when));
        let confidence = pack.confidence.iter().flat_map(|hurdle| hurdle.rules.iter().map(|rule| &rule.when));
        let actions = pack.actions.iter().map(|action| &action.when);
        let show_ifs = pack.questions.iter().map(|question| &question.show_if);
        for expr in rules.chain(gates).chain(confidence).chain(actions).chain(show_ifs) {
            read.extend(expr.questions());
        }
        for (at, question) in pack.questions.iter().enumerate() {
            if !read.contains(&at) && question.record_only.is_empty() {
                let location = self.location("questions/", &question.id, 0);
                self.fault(location, Code::UnreadQuestion, &[("id", &question.id)]);
            }
        }
    }

    /// Cases, targets and hurdles that are named exist.
    fn references(&mut self) {
        let pack = self.pack;
        let case_ids: BTreeSet<&str> = pack.cases.iter().map(|case| case.id.as_str()).collect();
        for hurdle in pack.hurdles.iter().chain(std::iter::once(&pack.contest)) {
            let supports = std::iter::once((hurdle.id.as_str(), &hurdle.support))
                .chain(hurdle.rules.iter().map(|rule| (&*rule.id, &rule.support)))
                .chain(hurdle.gates.iter().map(|gate| (&*gate.id, &gate.support)));
            let missing: Vec<(&str, &str)> = supports
                .flat_map(|(id, support)| support.cases().iter().map(move |case| (id, &**case)))
                .filter(|(_, case)| !case_ids.contains(case))
                .collect();
            for (id, case) in missing {
                let location = self.location("hurdles/", id, 0);
                self.fault(location, Code::NoSuchCase, &[("found", case)]);
            }
        }
        // A court of a US state without a profile of its own belongs to the profile of the rest.
        for case in &pack.cases {
            if super::case::target_of(pack, &case.jurisdiction).is_none() {
                let location = self.location("cases/", &case.id, 0);
                self.fault(location, Code::NoSuchJurisdiction, &[("found", &case.jurisdiction), ("near", "-")]);
            }
            for ground in case.defences.iter().chain(&case.decisive) {
                if !pack.case_facts.grounds.contains_key(ground) {
                    let location = self.location("cases/", &case.id, 0);
                    self.fault(location, Code::NoSuchHurdle, &[("found", ground)]);
                }
            }
        }
        for profile in &pack.profiles {
            if !profile.region.is_empty() && !pack.regions.iter().any(|region| region.id == profile.region) {
                let file = format!("jurisdictions/{}.toml", profile.id);
                let location = self.location_of(&file, "region =", 0);
                let allowed: Vec<&str> = pack.regions.iter().map(|region| region.id.as_str()).collect();
                let allowed = allowed.join(", ");
                let fields = [("key", "region"), ("found", &*profile.region), ("allowed", &allowed)];
                self.fault(location, Code::BadWord, &fields);
            }
        }
        for (ground, hurdle) in &pack.case_facts.grounds {
            if !hurdle.is_empty() && !pack.hurdles.iter().any(|known| known.id == *hurdle) {
                let location = self.location_of("case-facts.toml", ground, 0);
                self.fault(location, Code::NoSuchHurdle, &[("found", hurdle)]);
            }
        }
    }

    /// A worse option of an ordered question never makes a hurdle smaller, whatever else is answered.
    fn order(&mut self) {
        let pack = self.pack;
        for (at, question) in pack.questions.iter().enumerate().filter(|(_, question)| question.ordered) {
            for hurdle in &pack.hurdles {
                if let Some(rule) = not_monotone(pack, at, question, hurdle) {
                    let location = self.location("hurdles/", &rule, 0);
                    self.fault(location, Code::NotMonotone, &[("id", &question.id), ("hurdle", &hurdle.id)]);
                }
            }
        }
    }
}

/// Whether some answers to the questions that a show-if reads make it hold.
fn reachable(pack: &Pack, question: &Question) -> bool {
    completions(pack, &subjects_of(&question.show_if), |values| {
        question.show_if.eval(&|expr| test(expr, values, None)) == Some(true)
    })
    .unwrap_or(true)
}

/// Combinations beyond which a check of this kind is left to the property tests.
const MAX_COMBINATIONS: usize = 200_000;

/// Whether `good` holds for some combination of values; `None` when there are too many.
fn completions(
    pack: &Pack,
    subjects: &[Subject],
    mut good: impl FnMut(&BTreeMap<Subject, u32>) -> bool,
) -> Option<bool> {
    let sizes: Vec<u32> = subjects.iter().map(|subject| size(pack, subject)).collect();
    let total = sizes.iter().try_fold(1_usize, |product, size| {
        product.checked_mul(*size as usize).filter(|product| *product <= MAX_COMBINATIONS)
    })?;
    let mut values: BTreeMap<Subject, u32> = subjects.iter().map(|subject| (subject.clone(), 0)).collect();
    for mut number in 0..total {
        for (subject, size) in subjects.iter().zip(&sizes) {
            values.insert(subject.clone(), u32::try_from(number % *size as usize).unwrap_or(0));
            number /= *size as usize;
        }
        if good(&values) {
            return Some(true);
        }
    }
    Some(false)
}

#[expect(clippy::cast_possible_truncation, reason = "at most 60 options")]
fn size(pack: &Pack, subject: &Subject) -> u32 {
    match subject {
        Subject::Question(at) => pack.questions[*at].options.len().max(1) as u32,
        Subject::Fact(fact) => fact.words().len() as u32,
    }
}

fn subjects_of(expr: &Expr) -> Vec<Subject> {
    let mut found = Vec::new();
    expr.subjects(&mut found);
    let set: BTreeSet<Subject> = found.into_iter().map(|(subject, _)| subject.clone()).collect();
    set.into_iter().collect()
}

/// A test with each subject at one value. For questions with several answers this looks at one
/// ticked option at a time, which is enough for reach and order.
fn test(expr: &Expr, values: &BTreeMap<Subject, u32>, profile: Option<&Profile>) -> Option<bool> {
    match expr {
        Expr::Test(subject, mask) => values.get(subject).map(|value| mask & 1 << value != 0),
        Expr::Profile(path, words) => {
            let word = profile?.field(path)?;
            Some(words.iter().any(|candidate| candidate == word))
        }
        _ => None,
    }
}

/// The first rule of a hurdle under which a worse option of an ordered question helps.
fn not_monotone(pack: &Pack, at: usize, question: &Question, hurdle: &Hurdle) -> Option<String> {
    let asked = Subject::Question(at);
    let rules: Vec<_> = hurdle.rules.iter().filter(|rule| rule.when.questions().contains(&at)).collect();
    let first = rules.first()?;
    let mut subjects: Vec<Subject> = rules.iter().flat_map(|rule| subjects_of(&rule.when)).collect();
    subjects.sort();
    subjects.dedup();
    subjects.retain(|subject| *subject != asked);
    // Profiles that these rules cannot tell apart need only one look.
    let mut seen: BTreeSet<Vec<Option<String>>> = BTreeSet::new();
    for profile in &pack.profiles {
        let signature = Profile::FIELDS
            .iter()
            .filter(|(field, _)| {
                *field != "profile.id" || rules.iter().any(|rule| rule.sentence.contains("profile.id"))
            })
            .map(|(field, _)| profile.field(field).map(str::to_owned))
            .collect();
        if !seen.insert(signature) {
            continue;
        }
        let found = completions(pack, &subjects, |values| {
            let logit = |option: usize| -> f64 {
                let mut values = values.clone();
                values.insert(asked.clone(), u32::try_from(option).unwrap_or(0));
                let holds =
                    |rule: &&&super::Rule| rule.when.eval(&|expr| test(expr, &values, Some(profile))) == Some(true);
                rules.iter().filter(holds).map(|rule| rule.weight.mean).sum()
            };
            (1..question.options.len()).any(|option| logit(option) < logit(option - 1) - 1e-12)
        });
        if found == Some(true) {
            return Some(first.id.clone());
        }
    }
    None
}

impl super::Roles {
    /// The questions that play a part.
    fn all(&self) -> Vec<usize> {
        [
            self.judgment_date,
            self.effective_date,
            self.amount,
            self.interest,
            self.late_interest,
            self.paid,
            self.debtor_place,
            self.assets,
            self.targets,
            self.debtor_link,
            self.home_enforcement,
            self.budget,
            self.horizon,
            self.worth,
            self.settlement,
            self.documents,
            self.finality,
            self.adverse_sum,
            self.origin,
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
