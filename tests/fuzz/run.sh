#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Every fuzzer for a minute (or SECONDS_EACH), over its seeds; new inputs stay in build-fuzz.
set -euo pipefail
cd "$(dirname "$0")/../.."
cmake -S . -B build-fuzz -G Ninja -DCMAKE_CXX_COMPILER=clang++-14 -DCMAKE_BUILD_TYPE=RelWithDebInfo \
    -DHUBBUB_BUILD_APP=OFF -DHUBBUB_FUZZ=ON -DHUBBUB_SANITIZE=address,undefined,fuzzer-no-link >/dev/null
fuzzers=(http json jwt msgpack packet payload websocket)
cmake --build build-fuzz --target "${fuzzers[@]/#/fuzz_}"
for target in "${fuzzers[@]}"; do
    mkdir -p "build-fuzz/inputs/$target"
    "build-fuzz/tests/fuzz_$target" -max_total_time="${SECONDS_EACH:-60}" -print_final_stats=1 \
        "build-fuzz/inputs/$target" "tests/fuzz/corpus/$target"
done
