//! Where a platform keeps the settings of a program and the files that nobody has put anywhere.
//!
//! | | settings | matters |
//! |---|---|---|
//! | Linux and other Unix | `$XDG_CONFIG_HOME/exequatur`, or `~/.config/exequatur` | `$XDG_DATA_HOME/exequatur`, or `~/.local/share/exequatur` |
//! | macOS | `~/Library/Application Support/exequatur` | the same |
//! | Windows | `%APPDATA%\exequatur` | `%LOCALAPPDATA%\exequatur` |
//!
//! On macOS the XDG variables count where they are set, because whoever sets them means programs like
//! this one. On Windows matters do not go where settings do: that folder is copied to the servers of a
//! company, and matters are confidential.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use etcetera::BaseStrategy;

/// The folders of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    pub settings: PathBuf,
    pub matters: PathBuf,
}

/// The folders of this platform, for this user.
///
/// # Errors
/// Where the user has no home.
pub fn find() -> Result<Places> {
    let places = if cfg!(windows) {
        etcetera::base_strategy::Windows::new().map(|base| windows(&base))
    } else if cfg!(target_vendor = "apple") {
        etcetera::base_strategy::Apple::new().map(|base| apple(&base, |name| std::env::var_os(name)))
    } else {
        etcetera::base_strategy::Xdg::new().map(|base| xdg(&base))
    };
    places.context("finding the folders of this platform")
}

fn xdg(base: &impl BaseStrategy) -> Places {
    named(&base.config_dir(), &base.data_dir())
}

/// Apple reserves `Preferences` for what its own library writes; a file that people edit lies with the data.
fn apple(base: &impl BaseStrategy, set: impl Fn(&str) -> Option<OsString>) -> Places {
    let folder = |name| {
        let set = set(name).map(PathBuf::from).filter(|path| path.is_absolute());
        set.unwrap_or_else(|| base.data_dir())
    };
    named(&folder("XDG_CONFIG_HOME"), &folder("XDG_DATA_HOME"))
}

/// The library names as the cache's the one folder of a Windows user that is not copied elsewhere.
fn windows(base: &impl BaseStrategy) -> Places {
    named(&base.config_dir(), &base.cache_dir())
}

fn named(settings: &Path, matters: &Path) -> Places {
    Places { settings: settings.join("exequatur"), matters: matters.join("exequatur") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use etcetera::base_strategy::{Apple, Windows, Xdg};

    fn home() -> PathBuf {
        etcetera::home_dir().expect("a home")
    }

    #[test]
    fn on_a_mac_both_lie_in_application_support_unless_the_user_says_otherwise() {
        let base = Apple::new().expect("a home");
        let usual = home().join("Library/Application Support/exequatur");
        assert_eq!(apple(&base, |_| None), Places { settings: usual.clone(), matters: usual.clone() });
        let set = |name: &str| (name == "XDG_CONFIG_HOME").then(|| OsString::from("/somewhere"));
        assert_eq!(apple(&base, set), Places { settings: "/somewhere/exequatur".into(), matters: usual.clone() });
        // A folder that depends on where the program is started is none.
        assert_eq!(apple(&base, |_| Some("here".into())).settings, usual);
    }

    #[cfg(not(windows))]
    #[test]
    fn on_windows_matters_stay_on_the_machine() {
        let places = windows(&Windows::new().expect("a home"));
        assert_eq!(places.settings, home().join("AppData/Roaming/exequatur"));
        assert!(places.matters.starts_with(home().join("AppData/Local")), "{}", places.matters.display());
    }

    #[cfg(unix)]
    #[test]
    fn elsewhere_the_names_of_xdg_are_used() {
        let places = xdg(&Xdg::new().expect("a home"));
        assert!(places.settings.ends_with("exequatur") && places.matters.ends_with("exequatur"));
        assert_ne!(places.settings, places.matters);
    }
}
