//! The real program in a pseudo-terminal: signals, a terminal that goes away, kills at any moment,
//! passphrases, and who has a matter open.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::Duration;

use crate::support::pty::Pty;
use crate::support::screen::Program;
use crate::support::{self, Random};
use exequatur::lang::Lang;
use exequatur::matter::Matter;
use exequatur::pack::Kind;

fn saved(path: &Path) -> Matter {
    support::matter(&fs::read_to_string(path).expect("the matter"))
}

fn head(at: &str) -> String {
    format!(
        "format = 1\npack = \"prc-outbound\"\npack-version = \"1.0.0\"\nlanguage = \"en\"\nat = \"{at}\"\n[answers]\n"
    )
}

/// A matter that stands at the question on service, open in the program.
fn open(folder: &Path) -> (Pty, std::path::PathBuf) {
    let path = folder.join("matter.toml");
    fs::write(&path, head("service.method")).unwrap();
    let mut pty = Pty::start(&[path.to_str().unwrap()], folder);
    pty.wait_for("Service");
    (pty, path)
}

#[test]
fn a_signal_restores_the_screen_keeps_the_answers_and_sets_the_status() {
    for (signal, status) in [("TERM", 143), ("HUP", 129), ("INT", 130)] {
        let folder = tempfile::tempdir().unwrap();
        let (mut pty, path) = open(folder.path());
        pty.until("the screen", Pty::on_alternate_screen);
        pty.send("1");
        pty.wait_for("[saved]");
        // A note that is being written when the signal comes is kept as well.
        pty.send("eproof of posting");
        pty.wait_for("proof of posting");
        pty.signal(signal);
        assert_eq!(pty.ended(), status, "{signal}");
        pty.until("the screen as before", |pty| !pty.on_alternate_screen() && pty.sent().contains("\u{1b}[?2004l"));
        let answer = saved(&path).answers["service.method"].clone();
        assert_eq!(answer.evidence, "proof of posting", "{signal}");
        assert!(!folder.path().join(".matter.toml.lock").exists(), "{signal}: the lock is gone");
        assert!(!folder.path().join("data").exists(), "{signal}: nothing was put into the folder of the program");
    }
}

/// The folder in which `owns_a_terminal` works.
const OWNED: &str = "EXEQUATUR_TEST_FOLDER";

#[test]
fn a_terminal_that_goes_away_ends_the_program_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    // A terminal goes when the last program that holds its other end does: so a program of its own holds it.
    let mut owner = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "terminal::owns_a_terminal", "--ignored", "--test-threads=1"])
        .env(OWNED, folder.path())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let started = folder.path().join("started");
    while !started.exists() {
        assert!(owner.try_wait().unwrap().is_none(), "the owner ended too early");
        std::thread::sleep(Duration::from_millis(5));
    }
    let program = fs::read_to_string(&started).unwrap();
    owner.kill().unwrap();
    owner.wait().unwrap();
    let lives = || std::process::Command::new("kill").args(["-0", &program]).output().unwrap().status.success();
    for _ in 0..4_000 {
        if !lives() {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(!lives(), "it goes on without a terminal");
    let path = folder.path().join("matter.toml");
    assert_eq!(saved(&path).answers["service.method"].evidence, "half a word");
    assert!(!folder.path().join(".matter.toml.lock").exists());
}

#[test]
#[ignore = "run by a_terminal_that_goes_away_ends_the_program_and_loses_nothing, and killed by it"]
fn owns_a_terminal() {
    let Some(folder) = std::env::var_os(OWNED) else { return };
    let folder = Path::new(&folder);
    let (mut pty, _) = open(folder);
    pty.send("1");
    pty.wait_for("[saved]");
    pty.send("ehalf a word");
    pty.wait_for("half a word");
    let id = pty.child.process_id().unwrap().to_string();
    fs::write(folder.join("begun"), id).unwrap();
    fs::rename(folder.join("begun"), folder.join("started")).unwrap();
    loop {
        std::thread::park();
    }
}

#[test]
fn the_program_draws_again_after_stop_and_continue() {
    let folder = tempfile::tempdir().unwrap();
    let (mut pty, path) = open(folder.path());
    pty.until("the screen", Pty::on_alternate_screen);
    pty.signal("TSTP");
    pty.until("the shell's screen", |pty| !pty.on_alternate_screen());
    pty.signal("CONT");
    pty.until("our screen", |pty| pty.on_alternate_screen() && pty.shows("Service"));
    pty.send("1");
    pty.wait_for("[saved]");
    pty.send("\u{3}");
    assert_eq!(pty.ended(), 130);
    assert!(saved(&path).answers.contains_key("service.method"));
}

#[test]
fn a_second_program_on_a_matter_may_only_read() {
    let folder = tempfile::tempdir().unwrap();
    let (mut first, path) = open(folder.path());
    let lock = folder.path().join(".matter.toml.lock");
    assert_eq!(fs::metadata(&lock).unwrap().permissions().mode() & 0o777, 0o600);
    let mut second = Pty::start(&[path.to_str().unwrap()], folder.path());
    second.wait_for("READ ONLY");
    second.wait_for(&format!("process {}", first.child.process_id().unwrap()));
    let before = fs::read(&path).unwrap();
    second.send("\r1");
    second.wait_for("may only be read");
    assert_eq!(fs::read(&path).unwrap(), before);
    second.send("\u{3}");
    assert_eq!(second.ended(), 130);
    // The lock of a program that was killed is no lock.
    first.signal("KILL");
    first.child.wait().unwrap();
    assert!(lock.exists(), "the file is left behind");
    let mut third = Pty::start(&[path.to_str().unwrap()], folder.path());
    third.wait_for("Service");
    assert!(!third.shows("READ ONLY"));
    third.send("1");
    third.wait_for("[saved]");
}

/// The keys that answer the question in hand with "I don't know", and the same for a terminal.
fn unknown(program: &Program) -> (&'static str, &'static str) {
    match program.model.question().unwrap().kind {
        Kind::Choice | Kind::Choices | Kind::Assets | Kind::Targets => ("0 n", "0n"),
        _ => ("Down Enter", "\u{1b}[B\r"),
    }
}

/// Kills the program at random moments of a session and looks whether what was confirmed is there.
fn kills(count: u32) {
    let mut random = Random(20_261_122);
    for kill in 0..count {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("matter.toml");
        fs::write(&path, head("service.method")).unwrap();
        let mut twin = Program::open(Lang::En, (120, 36), Some(&head("service.method")));
        let mut pty = Pty::start(&[path.to_str().unwrap()], folder.path());
        let ask = |program: &Program| {
            program.model.question().unwrap().ask.get(Lang::En).chars().take(24).collect::<String>()
        };
        pty.wait_for(&ask(&twin));
        for _ in 0..random.below(6) {
            let (script, keys) = unknown(&twin);
            pty.send(keys);
            twin.press(script);
            // The next question on the screen says that the answer to this one is kept.
            pty.wait_for(&ask(&twin));
        }
        let confirmed = twin.matter().answers.clone();
        pty.send(unknown(&twin).1);
        std::thread::sleep(Duration::from_micros(random.below(40_000) as u64));
        pty.signal("KILL");
        pty.child.wait().unwrap();
        let left = saved(&path);
        for (id, answer) in &confirmed {
            assert_eq!(left.answers.get(id), Some(answer), "kill {kill}: {id}");
        }
    }
}

#[test]
fn a_killed_program_keeps_confirmed_answers() {
    kills(std::env::var("EXEQUATUR_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(25));
}

#[test]
fn a_panic_restores_the_screen_before_its_message() {
    let folder = tempfile::tempdir().unwrap();
    // The tests themselves are the program that panics: see `panics_on_the_screen`.
    let mut pty = Pty::start_other(
        &std::env::current_exe().unwrap(),
        &["--exact", "terminal::panics_on_the_screen", "--ignored", "--nocapture", "--test-threads=1"],
        folder.path(),
    );
    assert_ne!(pty.ended(), 0);
    pty.until("the message", |pty| pty.sent().contains("on purpose"));
    let sent = pty.sent();
    let message = sent.find("on purpose").unwrap();
    assert!(sent[..message].contains("\u{1b}[?1049l") && sent[..message].contains("\u{1b}[?2004l"), "{sent:?}");
}

#[test]
#[ignore = "run by a_panic_restores_the_screen_before_its_message in a terminal of its own"]
fn panics_on_the_screen() {
    let Ok(_terminal) = exequatur::tui::terminal::enter(true) else { return };
    panic!("on purpose");
}

#[cfg(feature = "encrypt")]
#[test]
fn a_matter_under_a_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.toml");
    let name = path.to_str().unwrap();
    let mut new = Pty::start(&["new", name, "--example", "nsw-2023-post", "--encrypt"], folder.path());
    new.wait_for("not shown");
    new.send("correct horse 马\r");
    new.wait_for("Once more");
    new.send("correct horse 马\r");
    assert_eq!(new.ended(), 0, "{}", new.sent());
    assert!(!new.sent().contains("horse"), "what is typed is not shown");
    let clear = |folder: &Path| {
        let mut found = Vec::new();
        let mut folders = vec![folder.to_path_buf()];
        while let Some(at) = folders.pop() {
            for entry in fs::read_dir(at).unwrap().map(Result::unwrap) {
                if entry.file_type().unwrap().is_dir() {
                    folders.push(entry.path());
                } else if String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).contains("answers") {
                    found.push(entry.path());
                }
            }
        }
        found
    };
    assert!(fs::read(&path).unwrap().starts_with(b"age-encryption.org/v1"));
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);

    // A wrong passphrase opens nothing and changes nothing.
    let before = fs::read(&path).unwrap();
    let mut score = Pty::start(&["score", name], folder.path());
    score.wait_for("not shown");
    score.send("wrong\r");
    assert_eq!(score.ended(), 1);
    score.until("why", |pty| pty.sent().contains("passphrase is not that"));
    assert_eq!(fs::read(&path).unwrap(), before);

    // In the full screen answers are saved encrypted.
    let mut screen = Pty::start(&[name], folder.path());
    screen.wait_for("not shown");
    screen.send("correct horse 马\r");
    screen.wait_for("[saved]");
    screen.send("N new name\r");
    screen.until("another file", |_| fs::read(&path).unwrap() != before);
    screen.send("\u{3}");
    assert_eq!(screen.ended(), 130);
    assert!(fs::read(&path).unwrap().starts_with(b"age-encryption.org/v1"));
    assert_eq!(clear(folder.path()), Vec::<std::path::PathBuf>::new());
    let bytes = fs::read(&path).unwrap();
    let passphrase = exequatur::store::cipher::Passphrase::new("correct horse 马".to_owned());
    let text = String::from_utf8(exequatur::store::cipher::decrypt(&bytes, &passphrase).unwrap()).unwrap();
    assert!(support::matter(&text).title.contains("new name"));
}
