//! The program as a script runs it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A user with an empty home folder, which is the current folder as well.
pub struct Home(TempDir);

impl Home {
    pub fn new() -> Self {
        Home(tempfile::tempdir().expect("a folder"))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// The path of a file in the folder.
    pub fn at(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
        let path = self.at(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(&path, contents).expect("written");
        path
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.at(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Gives a command this home, and nothing else of whoever runs the tests: no language, colour or settings.
    pub fn set(&self, command: &mut Command) {
        command.current_dir(self.path()).env("HOME", self.path());
        command.env("XDG_CONFIG_HOME", self.at("config")).env("XDG_DATA_HOME", self.at("data"));
        command.env_remove("LC_ALL").env_remove("LC_CTYPE").env("LANG", "C").env("NO_COLOR", "1");
    }

    /// The program on the day of the tests, not started yet.
    pub fn command(&self) -> Command {
        let mut command = Command::cargo_bin("exequatur").expect("the program");
        self.set(&mut command);
        command.args(["--as-of", "2026-11-22"]);
        command
    }

    /// Runs the program with arguments.
    pub fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Done {
        Done::of(self.command().args(args))
    }

    /// The same with a text on standard input.
    pub fn run_on<S: AsRef<OsStr>>(&self, input: impl Into<Vec<u8>>, args: impl IntoIterator<Item = S>) -> Done {
        Done::of(self.command().args(args).write_stdin(input))
    }

    /// Writes an example of the default pack into a file.
    pub fn example(&self, file: &str, name: &str) -> PathBuf {
        self.run(["new", file, "--example", name]).succeeded();
        self.at(file)
    }
}

/// What a run of the program left behind.
pub struct Done {
    /// Exit status; -1 where a signal ended it.
    pub status: i32,
    /// Standard output.
    pub bytes: Vec<u8>,
    /// Standard error.
    pub err: String,
}

impl Done {
    pub fn of(command: &mut Command) -> Self {
        let output = command.output().expect("the program runs");
        let err = String::from_utf8(output.stderr).expect("messages in UTF-8");
        Done { status: output.status.code().unwrap_or(-1), bytes: output.stdout, err }
    }

    /// Standard output of a run that must succeed.
    #[track_caller]
    pub fn succeeded(&self) -> &str {
        assert_eq!(self.status, 0, "{}", self.err);
        self.out()
    }

    /// Standard error of a run that must fail with a status.
    #[track_caller]
    pub fn failed(&self, status: i32) -> &str {
        assert_eq!(self.status, status, "{}", self.err);
        &self.err
    }

    /// Standard output as text.
    pub fn out(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("text in UTF-8")
    }

    /// Standard output as JSON, and nothing else on it.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}{}", self.out(), self.err))
    }
}
