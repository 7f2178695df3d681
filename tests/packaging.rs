//! Holds what packages are made from to the program: the manual, completions, the AppStream description and the definitions
//! for other systems name the same commands, kinds of file and version. Builds no package.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is right")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use recto::cli::integration::kinds;
use recto::platform::APP_ID;

#[path = "../examples/make_share/share.rs"]
mod share;

/// What stands between two words, each time.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start).skip(1).filter_map(|rest| rest.split_once(end).map(|(inner, _)| inner)).collect()
}

/// A file of the share folder, as text.
fn file(path: &str) -> String {
    let files = share::files(Path::new("recto"), &[]).unwrap();
    let (_, bytes) = files.into_iter().find(|(found, _)| found == Path::new(path)).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn media_types() -> BTreeSet<String> {
    kinds().into_iter().flat_map(|kind| kind.media_types).collect()
}

#[test]
fn the_manual_has_every_command() {
    let page = file("man/man1/recto.1");
    for expected in ["recto \\- A desktop reader", "recto\\-inspect(1)", "recto\\-doctor(1)", ".epub", "Exit codes"] {
        assert!(page.contains(expected), "{expected} is missing in {page}");
    }
    assert!(file("man/man1/recto-search.1").contains("NEAR/5"));
    assert!(file("man/man1/recto-library-backup.1").contains("recto\\-library\\-backup"));
}

#[test]
fn the_shells_complete_commands_and_options() {
    for path in
        ["bash-completion/completions/recto", "zsh/vendor-completions/_recto", "fish/vendor_completions.d/recto.fish"]
    {
        let script = file(path);
        for expected in ["inspect", "doctor", "unintegrate", "backup", "json"] {
            assert!(script.contains(expected), "{expected} is missing in {path}");
        }
    }
}

#[test]
fn the_description_has_the_tables_kinds_of_file_and_this_version() {
    let text = share::METAINFO;
    let stated: BTreeSet<String> =
        between(text, "<mediatype>", "</mediatype>").into_iter().map(str::to_owned).collect();
    assert_eq!(stated, media_types());
    assert_eq!(between(text, "<id>", "</id>"), [APP_ID]);
    assert_eq!(between(text, "<launchable type=\"desktop-id\">", "<"), [format!("{APP_ID}.desktop")]);
    assert_eq!(between(text, "<release version=\"", "\"").first().copied(), Some(env!("CARGO_PKG_VERSION")));
    let entry = file(&format!("applications/{APP_ID}.desktop"));
    let line = |key: &str| between(&entry, &format!("\n{key}="), "\n").concat();
    assert_eq!(between(text, "<category>", "<"), line("Categories").split_terminator(';').collect::<Vec<_>>());
    assert_eq!(between(text, "<keyword>", "<"), line("Keywords").split_terminator(';').collect::<Vec<_>>());
    assert_eq!(between(text, "<summary>", "<"), [line("Comment")]);
    let pictures = between(text, "/images/", "<");
    assert!(!pictures.is_empty());
    for picture in pictures {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/images").join(picture);
        assert!(path.is_file(), "{}", path.display());
    }
}

#[test]
fn the_desktops_own_checkers_are_content() {
    let folder = tempfile_folder();
    for (path, bytes) in share::files(Path::new("recto"), &[]).unwrap() {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let metainfo = folder.join(format!("metainfo/{APP_ID}.metainfo.xml"));
    let entry = folder.join(format!("applications/{APP_ID}.desktop"));
    for (program, arguments, path) in [
        ("appstreamcli", &["validate", "--no-net", "--no-color"][..], &metainfo),
        ("desktop-file-validate", &[], &entry),
    ] {
        // Where it is not installed, scripts/make_deb.sh asks for it.
        if let Ok(output) = Command::new(program).args(arguments).arg(path).output() {
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(output.status.success(), "{program}: {said}");
        }
    }
    fs::remove_dir_all(folder).unwrap();
}

/// A folder of this test's own.
fn tempfile_folder() -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("recto-packaging-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn the_bundle_for_macos_has_the_tables_endings_and_this_version() {
    let plist = include_str!("../packaging/macos/Info.plist");
    let listed = |key: &str| -> BTreeSet<String> {
        let arrays = between(plist, &format!("<key>{key}</key>\n      <array>"), "</array>").concat();
        between(&arrays, "<string>", "</string>").into_iter().map(str::to_owned).collect()
    };
    assert_eq!(listed("CFBundleTypeMIMETypes"), media_types());
    assert_eq!(listed("CFBundleTypeExtensions"), kinds().into_iter().flat_map(|kind| kind.extensions).collect());
    let version = format!("<key>CFBundleShortVersionString</key>\n  <string>{}</string>", env!("CARGO_PKG_VERSION"));
    assert!(plist.contains(&version));
}

#[test]
fn the_manifests_have_this_version_and_name() {
    let windows = include_str!("../packaging/windows/recto.manifest");
    assert!(windows.contains(&format!("version=\"{}.0\"", env!("CARGO_PKG_VERSION"))));
    let flatpak = include_str!("../packaging/flatpak/org.recto_reader.Recto.yaml");
    assert!(flatpak.contains(&format!("\nid: {APP_ID}\n")));
    assert!(!flatpak.lines().any(|line| line.trim() == "- --share=network"));
}

/// Offset, length and edge of each picture in the files that hold several.
#[test]
fn the_icons_of_windows_and_macos_hold_the_renderings() {
    const PNG: &[u8] = b"\x89PNG";
    let ico = include_bytes!("../assets/icons/recto.ico");
    let number = |at: usize| usize::try_from(u32::from_le_bytes(ico[at..at + 4].try_into().unwrap())).unwrap();
    assert_eq!(&ico[..6], [0, 0, 1, 0, 7, 0]);
    for entry in 0..7 {
        let (length, offset) = (number(6 + 16 * entry + 8), number(6 + 16 * entry + 12));
        assert!(ico[offset..offset + length].starts_with(PNG), "{entry}");
    }
    let icns = include_bytes!("../assets/icons/recto.icns");
    let number = |at: usize| usize::try_from(u32::from_be_bytes(icns[at..at + 4].try_into().unwrap())).unwrap();
    assert_eq!((&icns[..4], number(4)), (&b"icns"[..], icns.len()));
    let (mut at, mut entries) = (8, 0);
    while at < icns.len() {
        assert!(icns[at + 8..].starts_with(PNG));
        at += number(at + 4);
        entries += 1;
    }
    assert_eq!((at, entries), (icns.len(), 7));
}
