// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/server.h"
#include "server-lite/core/serversocket.h"
#include "tests/support/rawsocket.h"

#include <QtTest/QTest>

/// A Socket.IO server on a free port of this machine, and peers for its namespace /. Thread: the test's.
class ServerTest
{
public:
    explicit ServerTest(SocketIo::ServerOptions options = {})
        : server(std::make_unique<SocketIo::Server>(std::move(options)))
        , nsp(server->of(QStringLiteral("/")))
    {
        QObject::connect(nsp, &SocketIo::Namespace::connection, nsp, [](SocketIo::ServerSocket *socket) {
            socket->on(QStringLiteral("sync"), socket, [](SocketIo::Ack ack) { ack(); });
        });
        if (!server->listen(QHostAddress::LocalHost))
            QTest::qFail("the server does not listen", __FILE__, __LINE__);
    }

    /// A peer whose session is open; null if it was refused.
    std::unique_ptr<RawSocket> guest()
    {
        auto raw = std::make_unique<RawSocket>(server->port());
        raw->setAnswersPings(true);
        return raw->open() ? std::move(raw) : nullptr;
    }

    /// A peer that joined /; null if it was refused.
    std::unique_ptr<RawSocket> peer()
    {
        auto raw = guest();
        if (raw)
            raw->id = raw->join();
        return raw && !raw->id.isEmpty() ? std::move(raw) : nullptr;
    }

    /// The server's side of a peer that joined.
    SocketIo::ServerSocket *socketOf(const RawSocket &raw) const { return nsp->socket(raw.id); }

    /// True if all that was sent to the peer up to now has been heard: the answer to its question comes next.
    static bool hasHeardAll(RawSocket &raw)
    {
        raw.send("42999[\"sync\"]");
        return raw.nextText() == "43999[]";
    }

    std::unique_ptr<SocketIo::Server> server;
    SocketIo::Namespace *nsp;
};
