// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "server-lite/core/server.h"
#include "server-lite/core/serversocket.h"

#include <QtCore/QCborMap>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <memory>

/// A Socket.IO server on a free port of this machine, and our own clients for its namespace /. Thread: the
/// test's.
class MiddlewareTest
{
public:
    MiddlewareTest()
        : nsp(server.of(QStringLiteral("/")))
    {
        if (!server.listen(QHostAddress::LocalHost))
            QTest::qFail("the server does not listen", __FILE__, __LINE__);
    }

    struct Client {
        std::unique_ptr<SocketIo::Manager> manager;
        SocketIo::Socket *socket = nullptr;

        /// The first argument of the answer; the error's code if none came.
        QCborValue call(const QString &event, const QCborValue &argument = QCborMap()) const
        {
            const auto answer = socket->emitWithAck(event, {argument});
            if (!QTest::qWaitFor([&] { return answer.isFinished(); }, 10'000))
                return {};
            return answer.result() ? answer.result()->at(0) : QCborValue(answer.result().error().code);
        }
        /// The code of the answer's error; "success" if it succeeded.
        QString codeOf(const QString &event, const QCborValue &argument = QCborMap()) const
        {
            const auto answer = call(event, argument).toMap();
            const auto code = answer.value(QStringLiteral("error")).toMap().value(QStringLiteral("code"));
            return answer.value(QStringLiteral("success")).toBool() ? QStringLiteral("success")
                                                                    : code.toString();
        }
    };

    /// A client that is on its way; wait for its socket.
    Client start(const QCborMap &auth = {}) const
    {
        SocketIo::ManagerOptions options;
        options.autoConnect = false;
        options.reconnection = false;
        Client client{std::make_unique<SocketIo::Manager>(server.url(), options)};
        client.socket = client.manager->socket();
        client.socket->setAuth(auth);
        client.socket->connectToServer();
        return client;
    }
    /// A client that is in.
    Client join(const QCborMap &auth = {}) const
    {
        auto client = start(auth);
        if (!QTest::qWaitFor([&] { return client.socket->isConnected(); }, 10'000))
            QTest::qFail("the client does not get in", __FILE__, __LINE__);
        return client;
    }

    SocketIo::Server server;
    SocketIo::Namespace *nsp;
};
