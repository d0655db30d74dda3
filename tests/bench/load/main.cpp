// SPDX-License-Identifier: MIT
#include "tests/bench/load/run.h"

#include <cstdio>

int main(int argc, char **argv)
{
    const Load::Options options = Load::parseOptions(argc, argv);
    Load::Run run(options);
    const Load::Result &result = run.run();
    if (options.json != "-")
        result.print();
    else if (result.lost)
        std::fprintf(stderr, "hubbub-load: a client was lost: %s\n", result.whyLost.c_str());
    return result.writeJson() && !result.lost ? 0 : 1;
}
