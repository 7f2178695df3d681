#!/usr/bin/env bash
# Builds the Debian package: scripts/make_deb.sh [FOLDER], where FOLDER takes the package (default: target/deb). Needs no
# root; needs stable Rust, a C compiler, Python 3 and the packages dpkg-dev, desktop-file-utils, appstream,
# shared-mime-info, and lintian to check the result. packaging/debian/README.md says why it depends on what.
set -euo pipefail
cd "$(dirname "$0")/.."

need() {
    if ! command -v "$1" >/dev/null 2>&1; then
        printf 'make_deb.sh: %s is not installed. Install the package %s: %s\n' "$1" "$2" "$1" >&2
        exit 1
    fi
}
need dpkg-deb dpkg-dev
need dpkg-shlibdeps dpkg-dev
need desktop-file-validate desktop-file-utils
need appstreamcli appstream
need update-mime-database shared-mime-info
need python3 python3

out=${1:-target/deb}
mkdir -p "$out"
version="$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)-1"
architecture=$(dpkg --print-architecture)
# The last commit's time, so that the same sources make the same package.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
share=$root/usr/share
doc=$share/doc/recto

cargo build --release --locked --bin recto
install -D -m 755 "${CARGO_TARGET_DIR:-target}/release/recto" "$root/usr/bin/recto"

cargo run --quiet --locked --example make_share -- "$share" recto
desktop-file-validate "$share"/applications/*.desktop
appstreamcli validate --no-net "$share"/metainfo/*.xml
gzip -9n "$share"/man/man1/*.1

mkdir -p "$doc"
python3 scripts/list_licences.py copyright >"$doc/copyright"
python3 scripts/list_licences.py crates | gzip -9n >"$doc/THIRD-PARTY.gz"
gzip -9nc CHANGELOG.md >"$doc/changelog.gz"
sed -e "s/@VERSION@/$version/" -e "s/@DATE@/$(LC_ALL=C date -R -u -d "@$SOURCE_DATE_EPOCH")/" \
    packaging/debian/changelog.in | gzip -9n >"$doc/changelog.Debian.gz"
install -D -m 644 packaging/debian/lintian-overrides "$share/lintian/overrides/recto"

# What the program is linked with, and what it loads when the window opens.
mkdir -p "$work/debian"
printf 'Source: recto\n\nPackage: recto\nArchitecture: any\n' >"$work/debian/control"
linked=$(cd "$work" && dpkg-shlibdeps -O -e root/usr/bin/recto 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
loaded=$(paste -sd, packaging/debian/dlopened | sed 's/,/, /g')
size=$(du -k -s --apparent-size "$root" | cut -f1)

mkdir -p "$root/DEBIAN"
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@INSTALLED_SIZE@/$size/" \
    -e "s/@DEPENDS@/$linked, $loaded/" packaging/debian/control.in >"$root/DEBIAN/control"
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
find "$root" -type d -exec chmod 755 {} +
find "$root" -type f ! -path '*/usr/bin/*' -exec chmod 644 {} +
find "$root" -exec touch --no-dereference --date "@$SOURCE_DATE_EPOCH" {} +

package=$out/recto_${version}_$architecture.deb
dpkg-deb --root-owner-group --build "$root" "$package"
if command -v lintian >/dev/null 2>&1; then
    lintian --allow-root --fail-on error,warning "$package"
else
    printf 'lintian is not installed, so the package was not checked\n'
fi
printf '%s\n' "$package"
