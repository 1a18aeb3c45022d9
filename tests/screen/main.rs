//! The full-screen program on a terminal in memory.

#[path = "../fuzzed/mod.rs"]
mod fuzzed;
#[path = "../support/mod.rs"]
mod support;

mod browsers;
mod corpus;
mod export;
mod inbound;
mod soak;
mod tui;

use support::screen::Program;

/// Compares the screen with a file of `tests/snapshots`, whose name tells its language and size.
fn assert_snapshot(name: &str, program: &Program) {
    let (columns, rows) = program.model.size;
    let name = format!("{name}-{}-{columns}x{rows}", program.model.lang.code());
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, program.screen());
    });
}
