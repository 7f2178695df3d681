//! There is no HTTP client in the dependency tree, on any platform and with all features. Asks cargo, not the network.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is right")]

use std::process::Command;

/// Crates that fetch from the web, or that only make sense beside one that does.
const HTTP_CLIENTS: &[&str] = &[
    "actix-web",
    "async-h1",
    "attohttpc",
    "awc",
    "cabot",
    "chttp",
    "curl",
    "curl-sys",
    "ehttp",
    "gloo-net",
    "h2",
    "h3",
    "http-req",
    "hyper",
    "hyper-util",
    "isahc",
    "minreq",
    "native-tls",
    "nyquest",
    "openssl-sys",
    "quinn",
    "reqwest",
    "rustls",
    "surf",
    "tiny_http",
    "trillium-client",
    "tungstenite",
    "ureq",
    "wreq",
    "xh",
];

#[test]
fn no_crate_fetches_from_the_web() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--all-features", "--offline", "--locked", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .unwrap();
    let names = if output.status.success() {
        let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let packages = metadata["packages"].as_array().unwrap().iter();
        packages.map(|package| package["name"].as_str().unwrap().to_owned()).collect()
    } else {
        // Crates of other platforms are not on every disk; the lock file names them all the same.
        names_in_lock_file()
    };
    assert!(names.iter().any(|name| name == "serde"), "the list of crates is not one");
    let found: Vec<_> = names.iter().filter(|name| HTTP_CLIENTS.contains(&name.as_str())).collect();
    assert!(found.is_empty(), "Recto has no network code, but its dependency tree has {found:?}");
}

fn names_in_lock_file() -> Vec<String> {
    let lock = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock")).unwrap();
    let names = lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'));
    names.map(str::to_owned).collect()
}
