#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Unpacks a package away from the build tree and starts what it holds.
set -euo pipefail
deb=$(realpath "$1")
source=$(cd "$(dirname "$0")/.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
dpkg-deb -x "$deb" "$place/root"
dpkg-deb -f "$deb" Package Version Depends Installed-Size

for file in usr/bin/hubbub usr/bin/hubbub-server usr/bin/hubbub-load usr/lib/systemd/system/hubbub-server.service \
    usr/share/applications/io.github.hubbub.Hubbub.desktop usr/share/metainfo/io.github.hubbub.Hubbub.metainfo.xml \
    usr/share/icons/hicolor/scalable/apps/io.github.hubbub.Hubbub.svg etc/hubbub/hubbub-server.conf \
    usr/share/man/man1/hubbub.1.gz usr/share/man/man1/hubbub-server.1.gz usr/share/man/man1/hubbub-load.1.gz; do
    [ -e "$place/root/$file" ] || { echo "check-deb: $file is not in the package" >&2; exit 1; }
done
for program in hubbub hubbub-server hubbub-load; do
    if readelf -d "$place/root/usr/bin/$program" | grep -E 'RPATH|RUNPATH'; then
        echo "check-deb: $program looks for libraries in the build tree" >&2
        exit 1
    fi
done

desktop-file-validate "$place/root/usr/share/applications/io.github.hubbub.Hubbub.desktop"
appstreamcli validate --no-net "$place/root/usr/share/metainfo/io.github.hubbub.Hubbub.metainfo.xml"

# With the checkout hidden where the kernel lets us, so that nothing of it can help.
away=()
if unshare --mount true 2>/dev/null; then
    mkdir "$place/empty"
    # shellcheck disable=SC2016
    away=(unshare --mount sh -c 'mount --bind "$0" "$1" && shift && cd / && exec "$@"' "$place/empty" "$source")
fi
bare=("${away[@]}" env -i HOME="$place" PATH=/usr/bin:/bin LANG=C.UTF-8 XDG_RUNTIME_DIR="$place" QT_QPA_PLATFORM=offscreen)
run() { "${bare[@]}" "$@"; }
run "$place/root/usr/bin/hubbub-server" --version
run "$place/root/usr/bin/hubbub" --version
run "$place/root/usr/bin/hubbub-load" --version
# As the service starts it, but on a free port.
: >"$place/said"
"${bare[@]}" "$place/root/usr/bin/hubbub-server" --config "$place/root/etc/hubbub/hubbub-server.conf" \
    --data "$place/data" --port 0 >"$place/said" &
server=$!
until grep -q '^listening on ' "$place/said"; do
    kill -0 $server 2>/dev/null || { echo "check-deb: the server does not start as its service does" >&2; exit 1; }
    sleep 0.1
done
run "$place/root/usr/bin/hubbub-load" --url "$(sed -n 's/^listening on //p' "$place/said")" --scenario polling --clients 1 \
    --namespace /nothing-here 2>"$place/refused" && { echo "check-deb: a namespace that is not there let in" >&2; exit 1; }
grep -q 'Invalid namespace' "$place/refused" || { echo "check-deb: hubbub-load does not reach the server" >&2; exit 1; }
kill $server
wait $server || { echo "check-deb: the server did not stop in good order" >&2; exit 1; }

run timeout 60 "$place/root/usr/bin/hubbub" --profile-dir "$place/profile" --screenshot "$place/window.png"
[ -s "$place/window.png" ] || { echo "check-deb: the app showed no window" >&2; exit 1; }
echo "check-deb: the package is complete, its programs start without the build tree"
