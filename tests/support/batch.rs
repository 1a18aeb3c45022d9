//! `batch`: a portfolio in, results out.

use serde_json::Value;

use super::command_line::Home;

pub struct Batch {
    /// The lines of the result.
    pub lines: Vec<Value>,
    /// Messages and the summary.
    pub err: String,
    pub status: i32,
}

/// Runs a portfolio given on standard input, with more arguments.
pub fn batch(input: &str, more: &[&str]) -> Batch {
    let done = Home::new().run_on(input, ["batch", "-", "--lang", "en"].iter().chain(more));
    let line = |line| serde_json::from_str(line).expect("a line of JSON");
    Batch { lines: done.out().lines().map(line).collect(), status: done.status, err: done.err }
}

/// The errors of lines, all of which are wrong.
pub fn errors(lines: &[String]) -> Vec<String> {
    let done = batch(&lines.join("\n"), &[]);
    assert_eq!((done.lines.len(), done.status), (lines.len(), 1), "{}", done.err);
    done.lines.iter().map(|line| line["error"].as_str().unwrap_or_default().to_owned()).collect()
}
