//! The real program in a pseudo-terminal.

use std::io::{Read as _, Write as _};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long anything is waited for: far more than it takes, so that only what never comes fails.
const PATIENCE: Duration = Duration::from_mins(2);

const ROWS: NonZero<u16> = NonZero::new(36).unwrap();
const COLUMNS: NonZero<u16> = NonZero::new(120).unwrap();

pub struct Pty {
    pub child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
    writer: Box<dyn std::io::Write + Send>,
    screen: Arc<Mutex<vt100::Parser>>,
    raw: Arc<Mutex<Vec<u8>>>,
}

impl Pty {
    /// Starts the program with arguments; its data folder is under `home`.
    pub fn start(args: &[&str], home: &Path) -> Self {
        let all: Vec<&str> = args.iter().copied().chain(["--as-of", "2026-11-22", "--lang", "en"]).collect();
        Pty::start_other(Path::new(env!("CARGO_BIN_EXE_exequatur")), &all, home)
    }

    /// Starts another program.
    pub fn start_other(program: &Path, args: &[&str], home: &Path) -> Self {
        let size = PtySize { rows: 36, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env("HOME", home);
        command.env("XDG_DATA_HOME", home.join("data"));
        command.env("TERM", "xterm-256color");
        command.cwd(home);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(vt100::Parser::new(ROWS, COLUMNS, 0)));
        let raw = Arc::new(Mutex::new(Vec::new()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (into, all) = (Arc::clone(&screen), Arc::clone(&raw));
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(n @ 1..) = reader.read(&mut bytes) {
                into.lock().unwrap().process(&bytes[..n]);
                all.lock().unwrap().extend_from_slice(&bytes[..n]);
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Pty { child, _master: pair.master, writer, screen, raw }
    }

    pub fn send(&mut self, keys: &str) {
        let _ = self.writer.write_all(keys.as_bytes()).and_then(|()| self.writer.flush());
    }

    pub fn contents(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    pub fn shows(&self, words: &str) -> bool {
        self.contents().contains(words)
    }

    /// Everything that the program sent.
    pub fn sent(&self) -> String {
        String::from_utf8_lossy(&self.raw.lock().unwrap()).into_owned()
    }

    pub fn on_alternate_screen(&self) -> bool {
        self.screen.lock().unwrap().screen().alternate_screen()
    }

    /// Waits until something holds of the program.
    pub fn until(&mut self, what: &str, holds: impl Fn(&Pty) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds(self) {
            assert!(Instant::now() < end, "never: {what}\n{}", self.contents());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub fn wait_for(&mut self, words: &str) {
        self.until(words, |pty| pty.shows(words));
    }

    pub fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args([&format!("-{name}"), &id]).status().unwrap().success());
    }

    /// The exit status.
    pub fn ended(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(Instant::now() < end, "it never ended\n{}", self.contents());
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
