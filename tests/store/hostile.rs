//! Hostile text in matters, packs and file names; bounds on packs; nothing that was typed in a
//! redacted report; nothing in the tree of dependencies that could reach a network.

use std::collections::BTreeSet;
use std::fs;

use crate::small;
use crate::support::command_line::{Done, Home};
use crate::support::screen::Program;
use crate::support::{self, TODAY};
use exequatur::lang::Lang;
use exequatur::pack::{File, load};
use exequatur::{library, text};

const ESCAPE: &str = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}\u{2066}\u{200b}\u{0}\u{e0041}";

fn hostile() -> String {
    format!("{ESCAPE}e{}end", "\u{301}".repeat(100_000))
}

/// No character that a terminal obeys or that hides, no heap of marks.
fn harmless(words: &str, of: &str) {
    let bad = words.chars().find(|c| {
        (c.is_control() && *c != '\n')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    });
    assert_eq!(bad, None, "{of}");
    assert!(!words.contains(&"\u{301}".repeat(20)), "{of}: a heap of marks");
}

fn matter() -> String {
    let nasty = hostile().chars().fold(String::new(), |text, c| text + &format!("\\U{:08X}", u32::from(c)));
    format!(
        "format = 1\npack = \"prc-outbound\"\npack-version = \"1.0.0\"\ntitle = \"{nasty}\"\nat = \"service.method\"\n\
         [answers]\njudgment.kind = {{ value = \"judgment\", basis = \"document\", note = \"{nasty}\", evidence = \"{nasty}\" }}\n\
         service.method = {{ value = \"post\", note = \"{nasty}\", evidence = \"{nasty}\" }}\n\
         target.jurisdictions = [\"au-nsw\"]\nassets = \"listed\"\n\"{nasty}\" = 1\n\
         [[asset]]\nwhere = \"au-nsw\"\nnote = \"{nasty}\"\n"
    )
}

#[test]
fn hostile_text_in_a_matter_is_shown_and_never_sent() {
    let home = Home::new();
    let file = "m\u{1b}[31m.toml";
    home.write(file, matter());
    for args in [&["score"][..], &["report"], &["report", "--format", "txt"], &["compare"]] {
        let done = home.run(args.iter().chain(&[file]));
        harmless(done.succeeded(), &format!("{args:?}"));
        harmless(&done.err, &format!("{args:?}, errors"));
    }
    harmless(home.run_on("review\n", ["plain", file]).out(), "plain");
    for faulty in ["answers = 5\n", "\u{1b}[2J = \n"] {
        home.write(file, faulty);
        harmless(home.run(["score", file]).failed(1), "faults");
    }
}

#[test]
fn hostile_text_never_reaches_a_cell_of_the_screen() {
    for lang in Lang::ALL {
        for script in ["", "F3", "F4", "F4 6", "e", "F9", "F12", "F1", "H", "C-k"] {
            let mut program = Program::open(lang, (120, 36), Some(&matter()));
            program.press(script);
            harmless(&program.screen(), script);
        }
    }
}

#[test]
fn a_long_note_is_read_saved_and_drawn() {
    let note = "送达 note ".repeat(700_000);
    let text = format!(
        "format = 1\npack = \"prc-outbound\"\npack-version = \"1.0.0\"\nat = \"service.method\"\n[answers]\n\
         service.method = {{ value = \"post\", note = \"{note}\" }}\n"
    );
    let mut program = Program::open(Lang::En, (80, 24), Some(&text));
    program.press("b");
    harmless(&program.screen(), "a long note");
    assert_eq!(support::matter(&program.file("test.toml")).answers["service.method"].note.len(), note.len());
}

#[test]
fn marks_are_counted_and_ordinary_scripts_are_untouched() {
    assert_eq!(text::clean(&format!("e{}!", "\u{301}".repeat(1000))), format!("e{}<+992 marks>!", "\u{301}".repeat(8)));
    for fine in ["Việt Nam", "हिन्दी", "ภาษาไทย", "e\u{301}\u{323}", "👨‍👩‍👧"] {
        if fine.contains('\u{200d}') {
            continue;
        }
        assert_eq!(text::clean(fine), fine);
    }
}

#[test]
fn an_untrusted_pack_is_bounded() {
    let deep = [
        format!("x = {}1{}", "[".repeat(100_000), "]".repeat(100_000)),
        format!("x = {}1{}", "{ a = ".repeat(100_000), " }".repeat(100_000)),
        format!("{}b = 1", "a.".repeat(100_000)),
        format!("{}b = 1", "a . ".repeat(100_000)),
        format!("{}b = 1", "\"\".".repeat(100_000)),
        format!("[{}b]\n", "'a'.".repeat(100_000)),
        format!("id = \"{}\"", "(".repeat(100_000)),
    ];
    for text in deep {
        let files = [File { path: "pack.toml".to_owned(), text }];
        assert!(!load(&files).faults.is_empty());
    }
    let many: Vec<File> =
        (0..2_001).map(|n| File { path: format!("questions/{n}.toml"), text: String::new() }).collect();
    assert!(load(&many).faults.iter().any(|fault| fault.code.text() == "too-large"));
}

#[test]
fn a_pack_with_more_than_the_scoring_counts_is_refused() {
    // The scoring keeps options, rules and hurdles as bits: what is one too many would be taken for another.
    let option = "[[question.option]]\nid = \"o%\"\nlabel = { en = \"%\", zh = \"%\" }\n";
    let rule = "[[rule]]\nid = \"r%\"\nwhen = \"q.notice is none\"\nweight = 0.1\nspread = 0.5\n\
        because = { en = \"-\", zh = \"-\" }\nreason = { en = \"-\", zh = \"-\" }\nsupport = \"judgement\"\n";
    let many = |text: &str, count: usize| (0..count).map(|n| text.replace('%', &n.to_string())).collect::<String>();
    let too_large = |files: &[File]| load(files).faults.iter().any(|fault| fault.code.text() == "too-large");
    let with = |path: &str, more: &str| {
        let mut files = small::files();
        files.iter_mut().find(|file| file.path == path).expect("a file").text += more;
        files
    };
    let question = "[[question]]\nid = \"q.many\"\nkind = \"choice\"\n";
    for (path, head, text, most) in [("questions/1.toml", question, option, 60), ("hurdles/1.toml", "", rule, 62)] {
        assert!(!too_large(&with(path, &(head.to_owned() + &many(text, most)))), "{path}");
        assert!(too_large(&with(path, &(head.to_owned() + &many(text, most + 1)))), "{path}");
    }
    let hurdle = small::files().iter().find(|file| file.path == "hurdles/2.toml").expect("a file").text.clone();
    for (count, refused) in [(62, false), (63, true)] {
        let mut files = small::files();
        for n in 0..count {
            let text = hurdle.replace("id = \"second\"", &format!("id = \"more{n}\""));
            files.push(File { path: format!("hurdles/more{n}.toml"), text });
        }
        let loaded = load(&files);
        assert_eq!(too_large(&files), refused, "{:?}", loaded.faults);
        if !refused {
            assert_eq!(loaded.faults, []);
            let engine = exequatur::scoring::Engine::new(&loaded.pack);
            let scope = exequatur::scoring::Scope::All;
            let result = engine.assess(&exequatur::matter::Matter::default(), TODAY, &scope);
            assert!((0.0..=1.0).contains(&result.rows[0].outlook.expected));
        }
    }
}

#[test]
fn a_fault_in_a_condition_is_pointed_at_within_the_file() {
    for (written, marked) in [
        ("\"q.notice is nune\"", "nune"),
        ("\"\"\"q.notice is nune\"\"\"", "nune"),
        ("\"q.notice is \\u006eune\"", "\"q.notice is \\u006eune\""),
        ("\"q.notice is one of none,", ""),
    ] {
        let mut files = small::files();
        let file = files.iter_mut().find(|file| file.path == "hurdles/2.toml").expect("a file");
        file.text = format!("{}[[rule]]\nid = \"x\"\nwhen = {written}", file.text);
        let text = file.text.clone();
        let faults = load(&files).faults;
        let found: Vec<&str> =
            faults.iter().filter(|f| f.file == "hurdles/2.toml").map(|f| &text[f.span.clone()]).collect();
        assert!(found.contains(&marked), "{written}: {faults:?}");
    }
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_a_pack() {
    let folder = tempfile::tempdir().expect("a folder");
    let secret = folder.path().join("secret.toml");
    fs::write(&secret, "secret = 1").expect("written");
    for (name, to) in [("pack.toml", secret.as_path()), ("questions", folder.path())] {
        let pack = folder.path().join(format!("pack-{name}"));
        fs::create_dir(&pack).expect("made");
        std::os::unix::fs::symlink(to, pack.join(name)).expect("linked");
        let fault = library::folder(&pack).expect_err("refused");
        assert!(format!("{fault:#}").contains("is a link"), "{fault:#}");
    }
}

#[cfg(unix)]
#[test]
fn folders_and_pipes_among_the_matters_are_passed_over() {
    use exequatur::tui::effect::perform;
    use exequatur::tui::message::{Effect, Message};
    let program = Program::start(Lang::En, (80, 24));
    let folder = program.folder.path();
    fs::write(folder.join("matter.toml"), "title = \"A\"\n").expect("written");
    fs::create_dir(folder.join("folder.toml")).expect("made");
    // Who opens a pipe waits until somebody writes into it.
    let made = std::process::Command::new("mkfifo").arg(folder.join("pipe.toml")).status();
    assert!(made.expect("mkfifo").success());
    let Message::Recent(recent) = perform(Effect::ListRecent, &program.env, Lang::En) else { panic!("a list") };
    assert_eq!(recent.iter().map(|recent| recent.title.as_str()).collect::<Vec<_>>(), ["A"]);
}

#[test]
fn nothing_that_was_typed_occurs_in_a_redacted_report() {
    let home = Home::new();
    let typed =
        ["Zhou-Title", "Zhou-Note", "Zhou-Evidence", "Zhou-Lot", "3917253", "1273849", "391", "127", "Zhou-Kept"];
    home.write(
        "matter.toml",
        "format = 1\npack = \"prc-outbound\"\npack-version = \"1.0.0\"\ntitle = \"Zhou-Title\"\n[answers]\n\
         judgment.kind = { value = \"judgment\", basis = \"document\", note = \"Zhou-Note\", evidence = \"Zhou-Evidence\" }\n\
         judgment.amount = { value = \"3917253 CNY\", note = \"Zhou-Note\" }\nassets = { basis = \"told\", note = \"Zhou-Note\" }\n\
         target.jurisdictions = [\"au-nsw\"]\nother.thing-of-theirs = \"Zhou-Kept\"\n\
         [[asset]]\nwhere = \"au-nsw\"\nclass = \"real-property\"\nvalue = \"1273849 AUD\"\nnote = \"Zhou-Lot\"\n",
    );
    for args in [
        &["report", "--redacted", "--format", "md"][..],
        &["report", "--redacted", "--format", "txt"],
        &["report", "--redacted", "--format", "json"],
        &["report", "--redacted", "--format", "md", "--lang", "zh"],
        &["new", "-", "--redacted", "--from"],
    ] {
        let done = home.run(args.iter().chain(&["matter.toml"]));
        let out = done.succeeded();
        assert!(["au-nsw", "New South Wales", "新南威尔士"].iter().any(|place| out.contains(place)));
        for word in typed.iter().filter(|word| word.starts_with("Zhou") || word.len() > 3) {
            assert!(!out.contains(word), "{args:?}: {word}");
            assert!(
                !out.contains(&word.replacen("3917253", "3,917,253", 1).replacen("1273849", "1,273,849", 1)),
                "{args:?}"
            );
        }
    }
    let result = home.run(["score", "--json", "matter.toml"]).json();
    let vector = result["vector"].as_str().expect("a vector");
    assert!(typed.iter().all(|word| !vector.contains(word)), "{vector}");
}

/// Crates that reach a network, or whose presence says that something does.
const NETWORK: [&str; 30] = [
    "reqwest",
    "hyper",
    "hyper-util",
    "h2",
    "http",
    "ureq",
    "curl",
    "curl-sys",
    "isahc",
    "attohttpc",
    "minreq",
    "surf",
    "tokio",
    "async-std",
    "smol",
    "mio-uds",
    "quinn",
    "rustls",
    "native-tls",
    "openssl",
    "openssl-sys",
    "schannel",
    "socket2",
    "trust-dns-resolver",
    "hickory-resolver",
    "tungstenite",
    "ssh2",
    "git2",
    "libgit2-sys",
    "zbus",
];

#[test]
fn no_dependency_reaches_a_network() {
    let lock: toml::Table = include_str!("../../Cargo.lock").parse().expect("the lock file");
    let names: BTreeSet<&str> =
        lock["package"].as_array().expect("packages").iter().filter_map(|package| package["name"].as_str()).collect();
    assert!(names.contains("ratatui"), "the list is that of this program");
    let found: Vec<&str> = NETWORK.into_iter().filter(|name| names.contains(name)).collect();
    assert!(found.is_empty(), "{found:?} can reach a network; a matter must stay on this machine");
}

#[test]
fn hostile_environment_variables_are_harmless() {
    for (name, value) in
        [("LANG", ESCAPE), ("TERM", ESCAPE), ("NO_COLOR", ESCAPE), ("XDG_DATA_HOME", ESCAPE), ("LC_ALL", ESCAPE)]
    {
        // The system takes no NUL in the environment.
        let value = value.replace('\0', "");
        let done = Done::of(Home::new().command().env(name, value).arg("check"));
        harmless(done.succeeded(), name);
        harmless(&done.err, name);
    }
}
