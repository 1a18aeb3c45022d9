//! The compact form in which the packs of the program are embedded in it.
//!
//! The build script writes it from what [`super::load()`] reads; a start reads it in a fraction of the time
//! that the texts take. It has no marks of its own: only the program that was built with it can read it.

use super::Pack;

/// Writes a pack in the compact form.
///
/// # Panics
/// Never: the form holds every value that a pack can hold.
pub fn write(pack: &Pack) -> Vec<u8> {
    postcard::to_allocvec(pack).expect("a pack in memory has a compact form")
}

/// Reads a pack in the compact form; `None` where the bytes are not one.
pub fn read(bytes: &[u8]) -> Option<Pack> {
    match postcard::take_from_bytes(bytes) {
        Ok((pack, [])) => Some(pack),
        _ => None,
    }
}
