#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Debian's Qt, the parts that the tests run on, built with the thread sanitizer: qt_tsan.sh FOLDER
# A Qt without it hides its locks, so that every event posted to another thread looks like a race.
set -euo pipefail
folder=$(mkdir -p "${1:?a folder}" && cd "$1" && pwd)
version=$(dpkg-query -W -f='${source:Version}' libqt6core6)
[ "$(cat "$folder/built" 2>/dev/null)" != "$version" ] || exit 0
cd "$folder"
# Another Qt than the one of before begins anew; one that was interrupted goes on.
[ -e "source-$version" ] || rm -rf build built lib source-* qt6-base_*

if [ ! -e "source-$version" ]; then
    # A source list and package lists of our own: the system's may know no sources, and stay as they are.
    mkdir -p apt/lists/partial
    . /etc/os-release
    printf 'deb-src http://deb.debian.org/debian %s main\n' "$VERSION_CODENAME" >apt/sources.list
    lists=(-o Dir::Etc::SourceList="$folder/apt/sources.list" -o Dir::Etc::SourceParts=- -o Dir::State::Lists="$folder/apt/lists")
    apt-get "${lists[@]}" update -q
    apt-get "${lists[@]}" source -q --download-only "qt6-base=$version"
    rm -rf unpacking
    dpkg-source --extract qt6-base_*.dsc unpacking
    mv unpacking "source-$version"
fi

# As Debian configures it, without what has a window, and with its own moc and rcc.
triplet=$(dpkg-architecture -q DEB_HOST_MULTIARCH)
cmake -G Ninja -S "source-$version" -B build -D CMAKE_BUILD_TYPE=None \
    -D CMAKE_C_COMPILER_LAUNCHER=ccache -D CMAKE_CXX_COMPILER_LAUNCHER=ccache \
    -D CMAKE_C_FLAGS="-O1 -g1" -D CMAKE_CXX_FLAGS="-O1 -g1 -Wno-tsan" \
    -D FEATURE_sanitizer=ON -D FEATURE_sanitize_thread=ON \
    -D QT_HOST_PATH=/usr -D QT_FORCE_FIND_TOOLS=ON -D QT_BUILD_EXAMPLES=OFF -D QT_BUILD_TESTS=OFF \
    -D CMAKE_INSTALL_PREFIX=/usr -D INSTALL_LIBDIR="lib/$triplet" -D INSTALL_ARCHDATADIR="lib/$triplet/qt6" \
    -D INSTALL_PLUGINDIR="lib/$triplet/qt6/plugins" -D FEATURE_rpath=OFF -D FEATURE_relocatable=OFF \
    -D FEATURE_gui=OFF -D FEATURE_dbus=OFF -D FEATURE_libproxy=OFF -D FEATURE_mimetype_database=OFF \
    -D FEATURE_system_sqlite=ON -D FEATURE_sql_psql=OFF -D FEATURE_sql_mysql=OFF -D FEATURE_sql_odbc=OFF >configure.log 2>&1 \
    || { tail -40 configure.log; exit 1; }
cmake --build build --parallel "$(nproc)" --target Core Network Sql Test QSQLiteDriverPlugin QTlsBackendOpenSSLPlugin
ln -sfn "build/lib/$triplet" lib
printf '%s\n' "$version" >built
