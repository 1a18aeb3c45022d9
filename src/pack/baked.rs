//! A pack in a compact form, made while the program is built: reading the text of all files takes
//! longer than everything else that a start does.
//!
//! Must not: be another truth. The form is made from what [`super::load`] reads, by the code below; a
//! test holds the two together, and where it cannot be read the texts are.
//!
//! All texts stand once in one long text, which needs no check when the program starts; the rest is a
//! string of bytes that names them by place and length. Long texts are never copied.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::profile::Law;
use super::{CaseFacts, Later, Pack};
use crate::lang::Localized;
use crate::scoring::validation::Validation;
use crate::scoring::weights::Weights;

/// A pack in the compact form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baked {
    /// Everything but texts.
    pub bytes: Vec<u8>,
    /// All texts, one after the other.
    pub text: String,
}

/// Writes the compact form.
pub fn bake(pack: &Pack) -> Baked {
    let mut oven = Oven::default();
    pack.put(&mut oven);
    Baked { bytes: oven.bytes, text: oven.text }
}

/// Reads the compact form; `None` where it is not one.
pub fn unbake(bytes: &'static [u8], text: &'static str) -> Option<Pack> {
    let mut shelf = Shelf { bytes, text };
    let pack = Pack::take(&mut shelf)?;
    shelf.bytes.is_empty().then_some(pack)
}

/// What is written so far.
#[derive(Default)]
struct Oven {
    bytes: Vec<u8>,
    text: String,
    known: HashMap<String, usize>,
}

/// What is still to be read.
struct Shelf {
    bytes: &'static [u8],
    text: &'static str,
}

impl Oven {
    /// A number, seven bits a byte, the lowest first.
    fn number(&mut self, mut number: u64) {
        loop {
            let low = number.to_le_bytes()[0] & 0x7f;
            number >>= 7;
            self.bytes.push(if number == 0 { low } else { low | 0x80 });
            if number == 0 {
                return;
            }
        }
    }

    fn text(&mut self, text: &str) {
        let at = self.known.get(text).copied().unwrap_or_else(|| {
            let at = self.text.len();
            self.text.push_str(text);
            self.known.insert(text.to_owned(), at);
            at
        });
        self.number(text.len() as u64);
        if !text.is_empty() {
            // Places are large and read most often: as four bytes they are read at once.
            let at = u32::try_from(at).expect("the texts of a pack take less than four gigabytes");
            self.bytes.extend_from_slice(&at.to_le_bytes());
        }
    }
}

impl Oven {
    /// A part with the number of its bytes before it.
    fn aside(&mut self, part: &impl Bread) {
        let before = std::mem::take(&mut self.bytes);
        part.put(self);
        let own = std::mem::replace(&mut self.bytes, before);
        self.number(own.len() as u64);
        self.bytes.extend(own);
    }
}

impl Shelf {
    /// A part that is read when it is asked for. The program made its form itself, and a test reads the
    /// whole of it, so that it can be read then.
    fn aside<T: Bread + Default + 'static>(&mut self) -> Option<Later<T>> {
        let length = self.length()?;
        let (bytes, rest) = self.bytes.split_at_checked(length)?;
        let text = self.text;
        self.bytes = rest;
        Some(Later::of(move || T::take(&mut Shelf { bytes, text }).unwrap_or_default()))
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u64> {
        // Most are small.
        if let Some((first @ 0..0x80, rest)) = self.bytes.split_first() {
            self.bytes = rest;
            return Some(u64::from(*first));
        }
        let (mut number, mut shift) = (0_u64, 0_u32);
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
            shift += 7;
        }
    }

    fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn text(&mut self) -> Option<&'static str> {
        let length = self.length()?;
        if length == 0 {
            return Some("");
        }
        let (at, rest) = self.bytes.split_first_chunk()?;
        self.bytes = rest;
        let at = usize::try_from(u32::from_le_bytes(*at)).ok()?;
        self.text.get(at..at.checked_add(length)?)
    }
}

/// A value that can be written in the compact form and read back.
trait Bread: Sized {
    fn put(&self, oven: &mut Oven);
    fn take(shelf: &mut Shelf) -> Option<Self>;

    /// So many, one after the other.
    fn several(shelf: &mut Shelf, count: usize) -> Option<Vec<Self>> {
        // A length that cannot be true does not reserve memory.
        let mut out = Vec::with_capacity(count.min(shelf.bytes.len()));
        for _ in 0..count {
            out.push(Self::take(shelf)?);
        }
        Some(out)
    }
}

/// Values that are the same as their fields one after the other.
macro_rules! fields {
    ($($name:ident { $($field:ident),* $(,)? })*) => { $(
        impl Bread for $name {
            fn put(&self, oven: &mut Oven) { $( self.$field.put(oven); )* }
            fn take(shelf: &mut Shelf) -> Option<Self> { Some($name { $( $field: Bread::take(shelf)?, )* }) }
        }
    )* };
}

/// Words, by their place in the list.
macro_rules! words {
    ($($name:ident { $($word:ident),* })*) => { $(
        impl Bread for $name {
            fn put(&self, oven: &mut Oven) {
                const ALL: &[$name] = &[$( $name::$word ),*];
                // The compiler names a word that is missing from the list; nothing else would.
                match self { $( $name::$word => {} )* }
                let place = ALL.iter().position(|word| word == self).unwrap_or_default();
                oven.number(place as u64);
            }
            fn take(shelf: &mut Shelf) -> Option<Self> {
                const ALL: &[$name] = &[$( $name::$word ),*];
                ALL.get(shelf.length()?).copied()
            }
        }
    )* };
}

/// Whole numbers from zero.
macro_rules! counts {
    ($($name:ident)*) => { $(
        impl Bread for $name {
            fn put(&self, oven: &mut Oven) { oven.number(u64::try_from(*self).unwrap_or_default()); }
            fn take(shelf: &mut Shelf) -> Option<Self> { $name::try_from(shelf.number()?).ok() }
        }
    )* };
}

/// Values that are written as their text.
macro_rules! texts {
    ($($name:ident)*) => { $(
        impl Bread for $name {
            fn put(&self, oven: &mut Oven) { oven.text(&self.to_string()); }
            fn take(shelf: &mut Shelf) -> Option<Self> { shelf.text()?.parse().ok() }
        }
    )* };
}

// A macro is known only below the place where it is written.
mod forms;
mod parts;

counts! { u8 u32 usize }

texts! { i16 i32 Decimal }

impl Bread for u64 {
    fn put(&self, oven: &mut Oven) {
        oven.number(*self);
    }

    fn take(shelf: &mut Shelf) -> Option<Self> {
        shelf.number()
    }
}

/// Year, month and day in one number; a pack is written in TOML, whose years go from 0 to 9999.
impl Bread for Date {
    fn put(&self, oven: &mut Oven) {
        let part = |part: i16| u64::try_from(part).unwrap_or_default();
        oven.number(part(self.year()) << 9 | part(self.month().into()) << 5 | part(self.day().into()));
    }

    fn take(shelf: &mut Shelf) -> Option<Self> {
        let number = shelf.number()?;
        let part = |shift: u32, most: u64| i16::try_from(number >> shift & most).ok();
        Date::new(part(9, 0xffff)?, part(5, 0xf)?.try_into().ok()?, part(0, 0x1f)?.try_into().ok()?).ok()
    }
}

impl Bread for bool {
    fn put(&self, oven: &mut Oven) {
        oven.number(u64::from(*self));
    }

    fn take(shelf: &mut Shelf) -> Option<Self> {
        Some(shelf.number()? == 1)
    }
}

impl Bread for f64 {
    fn put(&self, oven: &mut Oven) {
        oven.bytes.extend_from_slice(&self.to_le_bytes());
    }

    fn take(shelf: &mut Shelf) -> Option<Self> {
        let (first, rest) = shelf.bytes.split_first_chunk()?;
        shelf.bytes = rest;
        Some(f64::from_le_bytes(*first))
    }

    /// Weights are mostly these.
    fn several(shelf: &mut Shelf, count: usize) -> Option<Vec<Self>> {
        let (first, rest) = shelf.bytes.split_at_checked(count.checked_mul(size_of::<f64>())?)?;
        shelf.bytes = rest;
        Some(first.as_chunks().0.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect())
    }
}

impl Bread for String {
    fn put(&self, oven: &mut Oven) {
        oven.text(self);
    }

    fn take(shelf: &mut Shelf) -> Option<Self> {
        shelf.text().map(str::to_owned)
    }
}

impl Bread for Localized {
    fn put(&self, oven: &mut Oven) {
        oven.text(&self.en);
        oven.text(&self.zh);
    }

    fn take(shelf: &mut Shelf) -> Option<Self> {
        Some(Localized { en: Cow::Borrowed(shelf.text()?), zh: Cow::Borrowed(shelf.text()?) })
    }
}

impl<T: Bread> Bread for Vec<T> {
    fn put(&self, oven: &mut Oven) {
        oven.number(self.len() as u64);
        for item in self {
            item.put(oven);
        }
    }

    fn take(shelf: &mut Shelf) -> Option<Self> {
        let length = shelf.length()?;
        T::several(shelf, length)
    }
}

/// How many bytes it has first, so that it can be passed over and read when it is asked for.
impl<T: Bread + Send + Sync + 'static> Bread for Later<Vec<T>> {
    fn put(&self, oven: &mut Oven) {
        self.len().put(oven);
        oven.aside(&**self);
    }

    fn take(shelf: &mut Shelf) -> Option<Self> {
        let count = shelf.length()?;
        Some(shelf.aside::<Vec<T>>()?.counting(count))
    }
}

/// Other parts have no count.
macro_rules! later {
    ($($part:ty)*) => { $(
        impl Bread for Later<$part> {
            fn put(&self, oven: &mut Oven) { oven.aside(&**self); }
            fn take(shelf: &mut Shelf) -> Option<Self> { shelf.aside() }
        }
    )* };
}

later! { CaseFacts Law Option<Arc<Weights>> Option<Validation> }

impl Bread for Cow<'static, str> {
    fn put(&self, oven: &mut Oven) {
        oven.text(self);
    }

    fn take(shelf: &mut Shelf) -> Option<Self> {
        shelf.text().map(Cow::Borrowed)
    }
}

impl<T: Bread> Bread for Arc<T> {
    fn put(&self, oven: &mut Oven) {
        T::put(self, oven);
    }

    fn take(shelf: &mut Shelf) -> Option<Self> {
        T::take(shelf).map(Arc::new)
    }
}

impl<T: Bread, const N: usize> Bread for [T; N] {
    fn put(&self, oven: &mut Oven) {
        for item in self {
            item.put(oven);
        }
    }

    fn take(shelf: &mut Shelf) -> Option<Self> {
        let items: Option<Vec<T>> = (0..N).map(|_| T::take(shelf)).collect();
        items?.try_into().ok()
    }
}

impl<A: Bread, B: Bread> Bread for (A, B) {
    fn put(&self, oven: &mut Oven) {
        self.0.put(oven);
        self.1.put(oven);
    }

    fn take(shelf: &mut Shelf) -> Option<Self> {
        Some((A::take(shelf)?, B::take(shelf)?))
    }
}

impl<V: Bread> Bread for BTreeMap<String, V> {
    fn put(&self, oven: &mut Oven) {
        oven.number(self.len() as u64);
        for (key, value) in self {
            key.put(oven);
            value.put(oven);
        }
    }

    fn take(shelf: &mut Shelf) -> Option<Self> {
        let length = shelf.length()?;
        (0..length).map(|_| Some((String::take(shelf)?, V::take(shelf)?))).collect()
    }
}
