// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/peerserver.h"

/// A peer of npm: a script for node. Needs HUBBUB_NODE, and what PeerServer needs. Thread: the test's.
class NodeServer : public PeerServer
{
public:
    explicit NodeServer(const QString &script)
        : PeerServer(QStringLiteral(HUBBUB_NODE), {QStringLiteral("run.mjs"), script})
    {
    }
};
