//! Nothing lost: every step of a save that can fail, a loss of power after every step, two programs
//! on one matter, and an editor that changes the file meanwhile.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::support::screen::Program;
use crate::support::{matter, pack};
use exequatur::lang::Lang;
use exequatur::matter::{Matter, Value};
use exequatur::store::disk::{Disk, Real};
use exequatur::store::lock::{self, Asked};
use exequatur::store::open_matter::{OpenMatter, SaveOutcome};
use exequatur::store::{save, save_on};
use exequatur::tui;
use exequatur::tui::message::{Command, Message};
use exequatur::tui::model::{Overlay, Screen};

/// A disk whose step with this number fails, on the real one.
#[derive(Debug)]
struct Failing {
    real: Real,
    fails: Rc<RefCell<Option<(usize, ErrorKind)>>>,
    step: usize,
}

impl Failing {
    fn new(fails: &Rc<RefCell<Option<(usize, ErrorKind)>>>) -> Self {
        Failing { real: Real::default(), fails: Rc::clone(fails), step: 0 }
    }

    fn at(&mut self, step: usize) -> io::Result<()> {
        self.step = step;
        match *self.fails.borrow() {
            Some((at, kind)) if at == step => Err(kind.into()),
            _ => Ok(()),
        }
    }
}

impl Disk for Failing {
    fn create(&mut self, folder: &Path) -> io::Result<PathBuf> {
        self.at(0)?;
        self.real.create(folder)
    }
    fn write(&mut self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        // A full disk takes a part before it refuses the rest.
        if self.at(1).is_err() {
            self.real.write(file, &bytes[..bytes.len() / 2])?;
            self.at(1)?;
        }
        self.real.write(file, bytes)
    }
    fn flush(&mut self, file: &Path) -> io::Result<()> {
        self.at(2)?;
        self.real.flush(file)
    }
    fn rename(&mut self, file: &Path, to: &Path) -> io::Result<()> {
        self.at(3)?;
        self.real.rename(file, to)
    }
    fn flush_folder(&mut self, folder: &Path) -> io::Result<()> {
        self.at(4)?;
        self.real.flush_folder(folder)
    }
    fn remove(&mut self, file: &Path) -> io::Result<()> {
        self.real.remove(file)
    }
}

/// The real disk, and which steps it took.
#[derive(Debug, Default)]
struct Watched {
    real: Real,
    steps: Rc<RefCell<Vec<&'static str>>>,
}

impl Disk for Watched {
    fn create(&mut self, folder: &Path) -> io::Result<PathBuf> {
        self.steps.borrow_mut().push("create");
        self.real.create(folder)
    }
    fn write(&mut self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        self.steps.borrow_mut().push("write");
        self.real.write(file, bytes)
    }
    fn flush(&mut self, file: &Path) -> io::Result<()> {
        self.steps.borrow_mut().push("flush");
        self.real.flush(file)
    }
    fn rename(&mut self, file: &Path, to: &Path) -> io::Result<()> {
        self.steps.borrow_mut().push("rename");
        self.real.rename(file, to)
    }
    fn flush_folder(&mut self, folder: &Path) -> io::Result<()> {
        self.steps.borrow_mut().push("flush folder");
        self.real.flush_folder(folder)
    }
    fn remove(&mut self, file: &Path) -> io::Result<()> {
        self.real.remove(file)
    }
}

const STEPS: usize = 5;
const KINDS: [ErrorKind; 3] = [ErrorKind::StorageFull, ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem];

#[test]
fn a_failed_save_leaves_the_old_text_or_the_new_one_whole() {
    for step in 0..STEPS {
        for kind in KINDS {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("matter.toml");
            save(&path, b"old").unwrap();
            let fails = Rc::new(RefCell::new(Some((step, kind))));
            let fault = save_on(&mut Failing::new(&fails), &path, b"new and longer").unwrap_err();
            assert!(format!("{fault:#}").contains("matter.toml"), "{fault:#}");
            let left = fs::read(&path).unwrap();
            // After the rename the new text is in place, and only its name may not outlive a power cut.
            assert_eq!(left, if step < 4 { &b"old"[..] } else { b"new and longer" }, "step {step}");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file stays: step {step}");
        }
    }
}

#[test]
fn a_failed_save_is_shown_keeps_the_answers_and_is_tried_again() {
    for step in 0..STEPS {
        let mut program = Program::open(Lang::En, (120, 36), Some(&at("service.method")));
        let fails = Rc::new(RefCell::new(None));
        program.env.open_matter.borrow_mut().use_disk(Box::new(Failing::new(&fails)));
        let path = program.folder.path().join("test.toml");
        program.press("1");
        let first = fs::read_to_string(&path).unwrap();
        *fails.borrow_mut() = Some((step, ErrorKind::StorageFull));
        program.press("e text:seen Enter");
        let screen = program.screen();
        assert!(screen.contains("NOT SAVED") && screen.contains("F12 saves elsewhere"), "{screen}");
        assert_eq!(program.matter().answers["service.method"].evidence, "seen");
        assert!(matter(&first).answers["service.method"].value == program.matter().answers["service.method"].value);
        assert!(matter(&fs::read_to_string(&path).unwrap()).answers.contains_key("service.method"));
        // The next change is saved, and the one before with it.
        *fails.borrow_mut() = None;
        program.press("b");
        assert!(!program.screen().contains("NOT SAVED"), "step {step}");
        assert_eq!(matter(&fs::read_to_string(&path).unwrap()).answers, program.matter().answers);
    }
}

#[test]
fn an_answer_is_in_its_file_before_the_screen_and_confirmed_before_the_next_key() {
    let mut program = Program::open(Lang::En, (120, 36), Some(&at("service.method")));
    let path = program.folder.path().join("test.toml");
    program.press("1");
    let disk = Watched::default();
    let steps = Rc::clone(&disk.steps);
    program.env.open_matter.borrow_mut().use_disk(Box::new(disk));
    let key = |program: &mut Program, command| {
        tui::handle(&mut program.model, Message::Do(command), &program.env);
    };
    key(&mut program, Command::Digit(2));
    assert_eq!(*steps.borrow(), ["create", "write", "flush", "rename"]);
    assert_eq!(matter(&fs::read_to_string(&path).unwrap()).answers, program.matter().answers);
    assert!(tui::confirm(&mut program.model, &program.env));
    assert_eq!(steps.borrow().last(), Some(&"flush folder"));
    // Keys that came faster than the screen: whoever leaves waits for the disk.
    key(&mut program, Command::Digit(3));
    assert_eq!(steps.borrow().last(), Some(&"rename"));
    key(&mut program, Command::Quit);
    assert_eq!(steps.borrow().last(), Some(&"flush folder"));
    assert_eq!(program.model.outcome.as_ref().map(|outcome| &outcome.unsaved), Some(&None));
    assert_eq!(matter(&fs::read_to_string(&path).unwrap()).answers, program.matter().answers);
}

#[test]
fn an_unsaved_matter_is_saved_elsewhere() {
    let mut program = Program::open(Lang::En, (120, 36), Some(&at("service.method")));
    let fails = Rc::new(RefCell::new(Some((0, ErrorKind::ReadOnlyFilesystem))));
    program.env.open_matter.borrow_mut().use_disk(Box::new(Failing::new(&fails)));
    program.press("1 F12");
    assert!(program.screen().contains("Save elsewhere"), "{}", program.screen());
    *fails.borrow_mut() = None;
    let other = program.folder.path().join("other.toml");
    program.press("C-u").press(&format!("paste:{} Enter", other.display()));
    assert_eq!(program.model.work.as_ref().unwrap().path.as_ref(), Some(&other));
    assert!(!program.screen().contains("NOT SAVED"));
    assert_eq!(matter(&fs::read_to_string(&other).unwrap()).answers, program.matter().answers);
    // A file that is there is not written over.
    let third = program.folder.path().join("third.toml");
    fs::write(&third, "mine").unwrap();
    program.press("F12 C-u").press(&format!("paste:{} Enter", third.display()));
    assert_eq!(fs::read_to_string(&third).unwrap(), "mine");
    assert!(program.screen().contains("exists"), "{}", program.screen());
}

#[test]
fn a_signal_without_a_disk_puts_a_copy_aside() {
    let mut program = Program::open(Lang::En, (120, 36), Some(&at("service.method")));
    let fails = Rc::new(RefCell::new(Some((3, ErrorKind::StorageFull))));
    program.env.open_matter.borrow_mut().use_disk(Box::new(Failing::new(&fails)));
    program.press("1");
    program.send(Message::Ended(15));
    let outcome = program.model.outcome.clone().expect("it ends");
    assert_eq!(outcome.signal, Some(15));
    let copy = outcome.put_aside.expect("a copy");
    assert_eq!(matter(&fs::read_to_string(copy).unwrap()).answers, program.matter().answers);
}

/// What a disk holds in its memory and what it would still hold after a loss of power.
#[derive(Debug, Default)]
struct Platter {
    /// Names, and the file each stands for.
    names: BTreeMap<PathBuf, usize>,
    /// Names as they were when the folder was last flushed.
    sure_names: BTreeMap<PathBuf, usize>,
    /// Bytes of each file, and those that were flushed.
    files: Vec<(Vec<u8>, Vec<u8>)>,
    steps: usize,
    cut_at: usize,
}

/// A disk that forgets: a step after the cut never happens.
#[derive(Debug, Clone)]
struct Forgetful(Rc<RefCell<Platter>>);

impl Forgetful {
    fn step(&self) -> io::Result<()> {
        let mut platter = self.0.borrow_mut();
        platter.steps += 1;
        if platter.steps > platter.cut_at { Err(ErrorKind::Other.into()) } else { Ok(()) }
    }

    /// Every state in which the power may leave the file: names flushed or not, bytes flushed or not.
    fn after_power_loss(&self, path: &Path) -> Vec<Option<Vec<u8>>> {
        let platter = self.0.borrow();
        let mut out = Vec::new();
        for names in [&platter.names, &platter.sure_names] {
            let file = names.get(path).map(|file| &platter.files[*file]);
            out.push(file.map(|(_, sure)| sure.clone()));
            out.push(file.map(|(written, _)| written.clone()));
        }
        out
    }
}

impl Disk for Forgetful {
    fn create(&mut self, folder: &Path) -> io::Result<PathBuf> {
        self.step()?;
        let mut platter = self.0.borrow_mut();
        let path = folder.join(format!(".{}.tmp", platter.files.len()));
        platter.files.push(Default::default());
        let file = platter.files.len() - 1;
        platter.names.insert(path.clone(), file);
        Ok(path)
    }
    fn write(&mut self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step()?;
        let mut platter = self.0.borrow_mut();
        let at = platter.names[file];
        platter.files[at].0 = bytes.to_vec();
        Ok(())
    }
    fn flush(&mut self, file: &Path) -> io::Result<()> {
        self.step()?;
        let mut platter = self.0.borrow_mut();
        let at = platter.names[file];
        let held = platter.files[at].0.clone();
        platter.files[at].1 = held;
        Ok(())
    }
    fn rename(&mut self, file: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        let mut platter = self.0.borrow_mut();
        let at = platter.names.remove(file).unwrap();
        platter.names.insert(to.to_path_buf(), at);
        Ok(())
    }
    fn flush_folder(&mut self, _folder: &Path) -> io::Result<()> {
        self.step()?;
        let mut platter = self.0.borrow_mut();
        platter.sure_names = platter.names.clone();
        Ok(())
    }
    fn remove(&mut self, _file: &Path) -> io::Result<()> {
        Err(ErrorKind::Other.into())
    }
}

#[test]
fn a_loss_of_power_after_any_step_leaves_every_confirmed_text() {
    let path = Path::new("/m/matter.toml");
    let texts: Vec<String> = (0..4).map(|n| format!("text number {n}, {}", "x".repeat(n * 100))).collect();
    for cut_at in 0..=texts.len() * STEPS {
        let platter = Platter { cut_at, ..Platter::default() };
        let mut disk = Forgetful(Rc::new(RefCell::new(platter)));
        let confirmed = texts.iter().take_while(|text| save_on(&mut disk, path, text.as_bytes()).is_ok()).count();
        assert_eq!(confirmed, cut_at / STEPS);
        for left in disk.after_power_loss(path) {
            let left = left.map(|bytes| String::from_utf8(bytes).unwrap());
            // The last text confirmed, or the one being saved, and each of them whole.
            let fine = texts.iter().skip(confirmed.saturating_sub(1)).take(2).any(|text| Some(text) == left.as_ref());
            assert!(fine || (confirmed == 0 && left.is_none()), "cut at {cut_at}: {left:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_save_through_a_link_writes_what_it_points_to() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let real = folder.path().join("real");
    fs::create_dir(&real).unwrap();
    fs::write(real.join("matter.toml"), "old").unwrap();
    let link = folder.path().join("link.toml");
    std::os::unix::fs::symlink("real/matter.toml", &link).unwrap();
    save(&link, b"new").unwrap();
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert_eq!(fs::read(real.join("matter.toml")).unwrap(), b"new");
    assert_eq!(fs::metadata(real.join("matter.toml")).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_lock_is_held_and_released_and_names_its_holder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("matter.toml");
    let Asked::Ours(held) = lock::ask(&path) else { panic!("it is free") };
    let Asked::Held(holder) = lock::ask(&path) else { panic!("it is taken") };
    assert_eq!(holder.process, std::process::id().to_string());
    assert!(!holder.since.is_empty());
    drop(held);
    assert!(!lock::beside(&path).exists());
    // A file left behind by a program that was killed locks nothing.
    fs::write(lock::beside(&path), "1\nhost\n").unwrap();
    assert!(matches!(lock::ask(&path), Asked::Ours(_)));
}

fn at(id: &str) -> String {
    format!(
        "format = 1\npack = \"prc-outbound\"\npack-version = \"1.0.0\"\ntitle = \"A\"\nat = \"{id}\"\n[answers]\n\
         judgment.kind = \"judgment\"\n"
    )
}

/// The matter of a file, opened to be saved again.
fn opened(path: &Path) -> (OpenMatter, Matter) {
    let mut open_matter = OpenMatter::default();
    let exequatur::store::open_matter::Opened::Matter(open) = open_matter.open(path, pack(), None, Lang::En).unwrap()
    else {
        panic!("it is no encrypted file")
    };
    assert!(open.held.is_none());
    (open_matter, open.matter)
}

#[test]
fn changes_by_an_editor_are_merged_and_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("matter.toml");
    fs::write(&path, at("service.method")).unwrap();
    let (mut open_matter, mut mine) = opened(&path);
    fs::write(&path, at("service.method").replace("title = \"A\"", "title = \"B\"")).unwrap();
    mine.answers.insert("service.method".into(), exequatur::matter::Answer::told(Value::Choice("post".into())));
    let SaveOutcome::Merged(both, parts) = open_matter.save(&path, &mine, pack()).unwrap() else { panic!("merged") };
    assert_eq!((both.title.as_str(), parts), ("B", 1));
    assert_eq!(matter(&fs::read_to_string(&path).unwrap()), *both);

    // The same answer changed by both: nothing is written until somebody chooses.
    let theirs = fs::read_to_string(&path).unwrap().replace("value = \"post\"", "value = \"public-announcement\"");
    fs::write(&path, &theirs).unwrap();
    let mut mine = (*both).clone();
    mine.answers.get_mut("service.method").unwrap().value = Value::Unknown;
    mine.answers.get_mut("service.method").unwrap().basis = None;
    for _ in 0..2 {
        let SaveOutcome::Conflict(conflict) = open_matter.save(&path, &mine, pack()).unwrap() else {
            panic!("a conflict")
        };
        assert_eq!(conflict.conflicts.len(), 1);
        assert_eq!(fs::read_to_string(&path).unwrap(), theirs);
        assert_eq!(conflict.settled(|_| true).answers, matter(&theirs).answers);
    }
    // A choice is for the version that was shown: one that came later is asked about again.
    open_matter.chosen();
    let later = theirs.replace("title = \"B\"", "title = \"C\"");
    fs::write(&path, &later).unwrap();
    let SaveOutcome::Merged(kept, _) = open_matter.save(&path, &mine, pack()).unwrap() else { panic!("merged") };
    assert_eq!((kept.title.as_str(), &kept.answers["service.method"].value), ("C", &Value::Unknown));
}

#[test]
fn a_file_that_became_unreadable_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("matter.toml");
    fs::write(&path, at("service.method")).unwrap();
    let (mut open_matter, mut mine) = opened(&path);
    fs::write(&path, "half a line = ").unwrap();
    mine.title = "mine".into();
    assert!(open_matter.save(&path, &mine, pack()).is_err());
    assert_eq!(fs::read_to_string(&path).unwrap(), "half a line = ");
}

#[test]
fn the_screen_shows_both_versions_and_the_user_chooses() {
    for (keys, chosen) in [("Enter", "post"), ("Right Enter", "public-announcement")] {
        let mut program = Program::start(Lang::En, (120, 36));
        let path = program.folder.path().join("matter.toml");
        fs::write(&path, at("service.method")).unwrap();
        program
            .send(Message::Recent(vec![exequatur::tui::message::Recent { path: path.clone(), title: String::new() }]));
        program.press("Down Enter");
        assert!(matches!(program.model.screen, Screen::Interview), "{}", program.screen());
        let theirs = at("service.method") + "service.method = \"public-announcement\"\n";
        fs::write(&path, &theirs).unwrap();
        let post = pack().question("service.method").unwrap().option_index("post").unwrap() + 1;
        program.press(&post.to_string());
        assert!(matches!(program.model.overlays.last(), Some(Overlay::Conflict(_))));
        let screen = program.screen();
        assert!(screen.contains("mine: By post") && screen.contains("in the file: By public announcement"), "{screen}");
        assert_eq!(fs::read_to_string(&path).unwrap(), theirs);
        program.press(keys);
        let saved = matter(&fs::read_to_string(&path).unwrap());
        assert_eq!(saved.answers["service.method"].value, Value::Choice(chosen.into()));
        assert_eq!(saved.answers, program.matter().answers);
        assert!(!program.screen().contains("NOT SAVED"));
    }
}

#[test]
fn a_new_matter_takes_neither_the_name_nor_the_file_of_the_one_before() {
    let mut program = Program::open(Lang::En, (120, 36), Some(&at("judgment.effective_date")));
    let path = program.folder.path().join("test.toml");
    program.press("text:2021-03-05 C-k text:new Enter");
    assert!(program.model.work.as_ref().unwrap().path.is_none(), "{}", program.screen());
    // What stood in the field belongs to the old matter and is in its file.
    let old = matter(&fs::read_to_string(&path).unwrap());
    assert_eq!(old.answers["judgment.effective_date"].value, Value::Date("2021-03-05".parse().unwrap()));
    program.press("1");
    assert_eq!(matter(&fs::read_to_string(&path).unwrap()), old);
    let new = program.model.work.as_ref().unwrap().path.clone().expect("a file of its own");
    assert_ne!(new, path);
    assert_eq!(matter(&fs::read_to_string(new).unwrap()).answers, program.matter().answers);
}

#[test]
fn a_matter_that_is_not_saved_is_not_left_for_another_without_asking() {
    use exequatur::tui::message::Recent;
    let ways: [(Command, &str); 5] = [
        (Command::New, ""),
        (Command::Home, "Down Enter"),
        (Command::Home, "Down Down Enter"),
        (Command::Home, "Down Down Down Enter"),
        (Command::Cases, "F8"),
    ];
    for (command, keys) in ways {
        let mut program = Program::open(Lang::En, (120, 36), Some(&at("service.method")));
        let path = program.folder.path().join("test.toml");
        fs::write(program.folder.path().join("other.toml"), at("service.method")).unwrap();
        let fails = Rc::new(RefCell::new(Some((0, ErrorKind::StorageFull))));
        program.env.open_matter.borrow_mut().use_disk(Box::new(Failing::new(&fails)));
        program.press("1");
        let before = program.matter().clone();
        let go = |program: &mut Program| {
            program.send(Message::Do(command));
            if command == Command::Home {
                let other = program.folder.path().join("other.toml");
                program.send(Message::Recent(vec![Recent { path: other, title: String::new() }]));
            }
            program.press(keys);
        };
        go(&mut program);
        assert_eq!(program.matter().answers, before.answers, "{keys}: {}", program.screen());
        assert!(matches!(program.model.overlays.last(), Some(Overlay::LeaveUnsaved)), "{}", program.screen());
        // Once the disk has room, it is saved and left.
        *fails.borrow_mut() = None;
        program.press("Esc");
        go(&mut program);
        assert!(program.model.overlays.is_empty() && program.model.outcome.is_none(), "{}", program.screen());
        assert_ne!(program.matter().answers, before.answers, "{keys}: {}", program.screen());
        assert_eq!(matter(&fs::read_to_string(&path).unwrap()).answers, before.answers);
    }
}
