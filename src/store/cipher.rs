//! A file under a passphrase, in the format of the `age` program.
//!
//! A passphrase never comes from an argument or the environment, and is never shown. Without the feature
//! `encrypt` nothing is written and an encrypted file is refused, with what to do.

use std::path::{Path, PathBuf};

use anyhow::Result;
#[cfg(not(feature = "encrypt"))]
use anyhow::bail;

/// A passphrase. It is never shown, not even in a message for developers.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(String);

impl Passphrase {
    /// The passphrase as it was typed.
    pub fn new(typed: String) -> Self {
        Passphrase(typed)
    }

    /// True where nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase(..)")
    }
}

/// Whether this program can write and open encrypted files.
pub(crate) const AVAILABLE: bool = cfg!(feature = "encrypt");

/// The first bytes of a file of `age`, and those of its form in letters only.
const HEADS: [&[u8]; 2] = [b"age-encryption.org/v1", b"-----BEGIN AGE ENCRYPTED FILE-----"];

/// True for the bytes of an encrypted file.
pub(crate) fn is_encrypted(bytes: &[u8]) -> bool {
    HEADS.iter().any(|head| bytes.starts_with(head))
}

/// The name of a file that is encrypted: it says so, so that nobody wonders why it does not open.
pub fn named(path: &Path) -> PathBuf {
    if path.extension().is_some_and(|ending| ending == "age") {
        return path.to_path_buf();
    }
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".age");
    path.with_file_name(name)
}

/// The work that a guess at the passphrase costs, as a power of two: 128 MB of memory and about a
/// third of a second. Each save costs it once.
#[cfg(feature = "encrypt")]
const WORK: u8 = 17;

/// The most work that opening a file may ask for: 1 GB. A hostile file asks for more.
#[cfg(feature = "encrypt")]
const MOST_WORK: u8 = 20;

/// Encrypts.
///
/// # Errors
/// Where the program was built without encryption, or the system gives no randomness.
#[cfg(feature = "encrypt")]
pub fn encrypt(bytes: &[u8], passphrase: &Passphrase) -> Result<Vec<u8>> {
    use anyhow::Context as _;
    let mut recipient = age::scrypt::Recipient::new(age::secrecy::SecretString::from(passphrase.0.clone()));
    recipient.set_work_factor(WORK);
    age::encrypt(&recipient, bytes).context("encrypting")
}

/// Decrypts.
///
/// # Errors
/// A wrong passphrase, a damaged file, or one for keys and not for a passphrase.
#[cfg(feature = "encrypt")]
pub fn decrypt(bytes: &[u8], passphrase: &Passphrase) -> Result<Vec<u8>> {
    if bytes.starts_with(HEADS[1]) {
        anyhow::bail!("an encrypted file in letters (armor); turn it into bytes first: age -d FILE | age -p > NEW");
    }
    let mut identity = age::scrypt::Identity::new(age::secrecy::SecretString::from(passphrase.0.clone()));
    identity.set_max_work_factor(MOST_WORK);
    age::decrypt(&identity, bytes).map_err(|fault| match fault {
        age::DecryptError::NoMatchingKeys => {
            anyhow::anyhow!("the file is encrypted for a key, not with a passphrase; open it with `age -d -i KEY`")
        }
        age::DecryptError::DecryptionFailed | age::DecryptError::KeyDecryptionFailed => {
            anyhow::anyhow!("the passphrase is not that of this file")
        }
        other => anyhow::anyhow!("the encrypted file cannot be opened: {}", crate::text::one_line(&other.to_string())),
    })
}

/// Says that this program cannot.
///
/// # Errors
/// Always.
#[cfg(not(feature = "encrypt"))]
pub fn encrypt(_bytes: &[u8], _passphrase: &Passphrase) -> Result<Vec<u8>> {
    bail!("this program was built without encryption; build it with `--features encrypt`")
}

/// Says that this program cannot, and what can.
///
/// # Errors
/// Always.
#[cfg(not(feature = "encrypt"))]
pub fn decrypt(_bytes: &[u8], _passphrase: &Passphrase) -> Result<Vec<u8>> {
    bail!(
        "the file is encrypted and this program was built without encryption; build it with \
         `--features encrypt`, or decrypt a copy with `age -d FILE`"
    )
}
