#!/usr/bin/env bash
# Installs the Debian package in a clean Debian root and opens articles there as a person would:
#
#     tests/deb/clean_root.sh PACKAGE.deb [FOLDER]
#
# FOLDER takes the screenshots and what was said (default: target/clean-root). Needs root, debootstrap, unshare (util-linux),
# a Debian mirror that can be reached (DEBIAN_MIRROR) and 2 GB below BASE_FOLDER (default: /var/tmp/recto-clean-root), where
# the bare system is kept for the next run. SUITE names the release (default: bookworm).
#
# What has to hold: the package installs with nothing but its dependencies; xdg-open, gio open and a double-click in a file
# manager open a story in one window; a second story, opened the same way, joins it; removing the package leaves nothing.
# The window is driven without a network, and sees no process of the computer around it.
set -euo pipefail

say() { printf '\n== %s\n' "$*"; }
fail() {
    printf 'clean_root.sh: %s\n' "$*" >&2
    exit 1
}

here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 1 ] || fail "name the package: tests/deb/clean_root.sh PACKAGE.deb [FOLDER]"
[ "$(id -u)" = 0 ] || fail "a root can only be made by root"
for program in debootstrap unshare; do
    command -v "$program" >/dev/null || fail "$program is not installed"
done
package=$(realpath "$1")
out=${2:-target/clean-root}
mkdir -p "$out"
out=$(realpath "$out")
base=${BASE_FOLDER:-/var/tmp/recto-clean-root}
suite=${SUITE:-bookworm}
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}

# Mounts end with this process, whatever becomes of it.
if [ -z "${RECTO_IN_NAMESPACE:-}" ]; then
    RECTO_IN_NAMESPACE=1 exec unshare --mount --propagation private "$0" "$package" "$out"
fi

mkdir -p "$base"
if [ ! -e "$base/bare-$suite/etc/debian_version" ]; then
    say "Making the bare system ($suite, from $mirror)"
    rm -rf "$base/bare-$suite"
    debootstrap --variant=minbase "$suite" "$base/bare-$suite.new" "$mirror" >"$out/debootstrap.log" 2>&1 ||
        fail "debootstrap failed; is the mirror within reach? $out/debootstrap.log"
    mv "$base/bare-$suite.new" "$base/bare-$suite"
fi
root=$base/root
rm -rf "$root"
cp -a "$base/bare-$suite" "$root"
mount -t proc proc "$root/proc"
cp /etc/resolv.conf "$root/etc/resolv.conf"
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"; }
install_packages() { inside apt-get install -y --no-install-recommends "$@" >>"$out/apt.log" 2>&1 || fail "apt-get failed: $out/apt.log"; }

: >"$out/apt.log"
inside apt-get update >>"$out/apt.log" 2>&1 || fail "apt-get update failed: $out/apt.log"
inside dpkg --get-selections >"$out/packages-before.txt"
say "Installing the package with its dependencies alone"
cp "$package" "$root/root/recto.deb"
install_packages /root/recto.deb
inside dpkg --get-selections >"$out/packages-after.txt"
inside recto --version
inside recto doctor | tee "$out/doctor-bare.txt" || fail "recto doctor finds a problem with nothing but the dependencies"

say "Installing a screen, a window manager, and what opens files"
install_packages xvfb openbox wmctrl xdotool imagemagick x11-utils dbus dbus-x11 pcmanfm xdg-utils libfile-mimeinfo-perl libglib2.0-bin \
    desktop-file-utils shared-mime-info hicolor-icon-theme procps adwaita-icon-theme fonts-dejavu-core
inside useradd --create-home --shell /bin/bash reader
install -m 755 "$here/as_a_person.sh" "$root/usr/local/bin/as_a_person.sh"
install -d -o 1000 -g 1000 "$root/home/reader/shots"

say "Opening articles, without a network"
code=0
chroot "$root" unshare --net --pid --mount --propagation unchanged --fork --kill-child --mount-proc setpriv --reuid 1000 --regid 1000 --init-groups \
    env -i PATH=/usr/local/bin:/usr/bin:/bin HOME=/home/reader USER=reader LC_ALL=C.UTF-8 \
    dbus-run-session -- as_a_person.sh 2>"$out/standard-error.txt" | tee "$out/said.txt" || code=$?
cp -a "$root"/home/reader/shots/. "$out/"
[ "$code" = 0 ] || fail "not all holds: $out/said.txt $out/standard-error.txt"

say "Removing the package"
inside apt-get purge -y recto >>"$out/apt.log" 2>&1 || fail "the package cannot be removed: $out/apt.log"
left=$(find "$root/usr" "$root/etc" "$root/var/lib/dpkg/info" -iname '*recto*' ! -ipath '*director*' ! -path '*/share/man/*/man*' | grep -E '/recto|[Rr]ecto_reader' || true)
[ -z "$left" ] || fail "something is left: $left"

printf '\nAll holds. Look at the pictures: %s\n' "$out"
