//! Which fonts there are, and which scripts have none. Loads them as the window would.

use super::Finding;
use crate::platform::loader;
use crate::typeset::Fonts;

/// What finds a Linux system's fonts.
const FONTCONFIG: &str = "libfontconfig.so.1";

/// The families, and the scripts.
pub(super) fn check() -> Vec<Finding> {
    let mut fonts = Fonts::with_system();
    let families = fonts.families();
    let installed = families.iter().filter(|family| !family.bundled).count();
    let bundled = families.len() - installed;
    let count = format!("{installed} families of this computer, {bundled} that come with Recto");
    let without_fontconfig = loader::missing(&[FONTCONFIG]).is_some_and(|missing| !missing.is_empty());
    let families = if without_fontconfig {
        Finding::warn(
            "fonts",
            format!("{count}; fontconfig cannot be loaded, so this computer’s fonts are not found"),
            "Install fontconfig (Debian: libfontconfig1)",
        )
    } else if installed == 0 {
        Finding::warn(
            "fonts",
            count,
            "Install fonts, for instance Noto (Debian: fonts-noto-core), to read more scripts",
        )
    } else {
        Finding::ok("fonts", count)
    };
    vec![families, scripts(&mut fonts)]
}

fn scripts(fonts: &mut Fonts) -> Finding {
    const CHECK: &str = "scripts";
    let coverage = fonts.coverage();
    let readable = coverage.readable.len();
    let rare = match coverage.unreadable_rare.len() {
        0 => String::new(),
        count => format!("; without one, and rare: {count} ({})", coverage.unreadable_rare.join(", ")),
    };
    if coverage.unreadable.is_empty() {
        return Finding::ok(CHECK, format!("Fonts for {readable} scripts beside Latin, Greek and Cyrillic{rare}"));
    }
    Finding::warn(
        CHECK,
        format!("No font has letters of {}{rare}", coverage.unreadable.join(", ")),
        "If you read any of them, install a font that has it, for instance Noto (Debian: fonts-noto-core, \
         fonts-noto-cjk)",
    )
}
