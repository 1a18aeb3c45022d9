//! Walks by chance, one after the other, and the memory that they take.

use exequatur::lang::Lang;

use super::engines;
use super::walk::{SIZES, Start, at_random};

/// Resident memory of this process in KiB, where the system says it.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.trim().trim_end_matches(" kB").parse().ok()
}

/// Every start: both packs, both languages, all sizes, no matter, and every example.
fn starts() -> Vec<Start> {
    let mut out = Vec::new();
    for pack in 0..engines().len() {
        let examples = engines()[pack].pack.examples.len();
        for example in 0..=examples {
            for size in SIZES {
                for lang in Lang::ALL {
                    out.push(Start { pack, lang, size, example, held: out.len() % 11 == 10 });
                }
            }
        }
    }
    out
}

/// Walks until so many events have happened. Gives the resident memory after each hundredth part.
pub fn soak(events: usize, seed: u64) -> Vec<u64> {
    // Knuth's MMIX constants, so that a failure can be repeated.
    let mut state = seed;
    let mut random = move |below: u32| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((state >> 33) % u64::from(below)).expect("below a u32")
    };
    let starts = starts();
    // Then another language, size, pack and matter has its turn: in a short soak after fewer events.
    let walk_of = (events / starts.len()).clamp(60, 500);
    let walks = events.div_ceil(walk_of);
    let (mut memory, mut begun) = (Vec::new(), 0);
    for walk in 0..walks {
        // A step that shares no factor with the count visits every start, neighbours far apart.
        let start = starts[walk * 37 % starts.len()];
        println!("walk {walk}: {start:?}");
        begun += at_random(start, walk_of, &mut random).starts;
        if walk % (walks / 100).max(1) == 0 {
            memory.extend(resident());
        }
    }
    println!("{events} events in {walks} walks, begun {begun} times; resident KiB: {memory:?}");
    memory
}
