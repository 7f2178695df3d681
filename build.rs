//! Gives the Windows program its icon, its manifest and what its properties say; on other systems there is nothing to do.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    #[cfg(windows)]
    windows();
}

/// Built on Windows for Windows; a program that another system builds goes without.
#[cfg(windows)]
fn windows() {
    for file in ["assets/icons/recto.ico", "packaging/windows/recto.manifest"] {
        println!("cargo:rerun-if-changed={file}");
    }
    if std::env::var_os("CARGO_CFG_WINDOWS").is_none() {
        return;
    }
    let mut resource = winresource::WindowsResource::new();
    resource
        .set_icon("assets/icons/recto.ico")
        .set_manifest_file("packaging/windows/recto.manifest")
        .set("ProductName", "Recto")
        .set("FileDescription", "Recto, a reader for saved articles")
        .set("LegalCopyright", "The Recto authors; MIT or Apache-2.0");
    if let Err(error) = resource.compile() {
        println!("cargo:warning=The program has no icon and no manifest ({error}). Install the Windows SDK's rc.exe");
    }
}
