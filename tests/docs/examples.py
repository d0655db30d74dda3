#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The C++ examples of pages as one source file, each in a function of its own: examples.py OUT PAGE..."""
import re
import sys

HEAD = """#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "libclient/transport/knownhosts.h"
#include "server-lite/core/memoryadapter.h"
#include "server-lite/core/remotesocket.h"
#include "server-lite/core/server.h"
#include "server-lite/core/serversocket.h"

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;
"""


def main():
    out, pages = sys.argv[1], sys.argv[2:]
    text, count = HEAD, 0
    for page in pages:
        content = open(page, encoding="utf-8").read()
        for match in re.finditer(r"^```cpp\n(.*?)^```$", content, re.M | re.S):
            code = match.group(1)
            if code.startswith("#include"):
                text += code
                continue
            count += 1
            line = content.count("\n", 0, match.start(1)) + 1
            text += (f"void example{count}([[maybe_unused]] SocketIo::Server &server,\n"
                     f"    [[maybe_unused]] SocketIo::ServerSocket *socket)\n{{\n{{\n#line {line} \"{page}\"\n{code}}}\n}}\n")
    if not count:
        sys.exit(f"{pages}: no examples")
    open(out, "w", encoding="utf-8").write(text)


main()
