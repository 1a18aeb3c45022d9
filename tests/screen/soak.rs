//! Keys, clicks, pastes and sizes by chance for a long time: nothing panics, nothing is shown that a
//! terminal would obey, every save can be opened again, and no memory is lost.

use crate::fuzzed::soak::soak;

/// How many events: `EXEQUATUR_EVENTS`, or fewer than a test should take long for.
fn wanted() -> usize {
    std::env::var("EXEQUATUR_EVENTS").ok().and_then(|events| events.parse().ok()).unwrap_or(2_400)
}

#[test]
fn random_keys_neither_stop_the_program_nor_make_it_grow() {
    let events = wanted();
    let memory = soak(events, 20_261_122);
    // Short walks say nothing of memory: what is kept on purpose is still being filled.
    if events >= 200_000 {
        let after_a_tenth = memory[memory.len() / 10];
        let most = memory[memory.len() / 10..].iter().max().expect("measured");
        assert!(most - after_a_tenth < 16 << 10, "{after_a_tenth} KiB after a tenth, then {most} KiB");
    }
}
