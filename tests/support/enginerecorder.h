// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/eventloop.h"
#include "server-lite/transport/engineserver.h"
#include "tests/support/framepeer.h"

#include <QtCore/QHash>
#include <QtTest/QTest>

/// Set by HUBBUB_TEST_IO=server-thread: the tests run once more with sockets on the server's own thread, or
/// by =qt-loop: there, and on an event loop of Qt's own.
inline const bool onServerThread = [] {
    const QByteArray chosen = qgetenv("HUBBUB_TEST_IO");
    if (chosen == "server-thread")
        Hubbub::useEpollOnThisThread();
    return !chosen.isEmpty();
}();

/// An Engine.IO server on a free port of this machine and everything it was told, in order. It echoes when
/// asked to. Thread: the test's.
class EngineRecorder final : public EngineIo::SessionListener
{
public:
    explicit EngineRecorder(EngineIo::ServerOptions options = {})
        : server(std::make_unique<EngineIo::Server>(placed(std::move(options))))
    {
        server->setListener(this);
        if (!server->listen(QHostAddress::LocalHost, 0))
            QTest::qFail("the server does not listen", __FILE__, __LINE__);
    }

    quint16 port() const { return server->port(); }

    void send(EngineIo::SessionHandle session, const QByteArray &text,
              EngineIo::SendMode mode = EngineIo::SendMode::Reliable)
    {
        server->send(session, EngineIo::SharedFrames::fromMessages({{text, false}}), mode);
    }

    /// The session that was opened last, waited for; 0 if none came since the last call.
    EngineIo::SessionHandle opened()
    {
        if (!QTest::qWaitFor([this] { return lastOpened != 0; }, int(HttpPeer::patience.count())))
            return 0;
        return std::exchange(lastOpened, 0);
    }

    /// "reason" or "reason: description" once it is closed; empty if it is not in time.
    QString closed(EngineIo::SessionHandle session)
    {
        if (!QTest::qWaitFor([&] { return ends.contains(session); }, int(HttpPeer::patience.count())))
            return {};
        return ends.value(session);
    }

    bool waitForLog(qsizetype size)
    {
        return QTest::qWaitFor([&] { return log.size() >= size; }, int(HttpPeer::patience.count()));
    }

    /// A new polling session: the target of its requests.
    QByteArray poller()
    {
        const QByteArray body = HttpPeer(port()).get(polling).body;
        const qsizetype sid = body.indexOf("\"sid\":\"") + 7;
        return polling + "&sid=" + body.mid(sid, 20);
    }

    /// The target of a WebSocket for the session of that polling target.
    static QByteArray webSocketFor(const QByteArray &poller)
    {
        return webSocket + poller.mid(polling.size());
    }

    /// A new WebSocket session whose open packet was read; null if it was refused.
    std::unique_ptr<FramePeer> webSocketPeer(bool secure = false)
    {
        auto peer = std::make_unique<FramePeer>(port(), secure);
        return peer->upgrade(webSocket) == 101 && peer->nextText().startsWith('0') ? std::move(peer)
                                                                                   : nullptr;
    }

    void sessionOpened(EngineIo::SessionHandle session,
                       std::shared_ptr<const EngineIo::SessionInfo> info) override
    {
        infos.insert(session, info);
        lastOpened = session;
        note(session, "opened " + EngineIo::toString(info->transport).toLatin1());
    }
    void messageReceived(EngineIo::SessionHandle session, EngineIo::Message message) override
    {
        note(session, (message.binary ? "binary " : "text ") + message.data);
        if (echoes)
            server->send(session, EngineIo::SharedFrames::fromMessages({std::move(message)}));
    }
    void sessionUpgraded(EngineIo::SessionHandle session, EngineIo::TransportName transport) override
    {
        note(session, "upgraded " + EngineIo::toString(transport).toLatin1());
    }
    void sessionClosed(EngineIo::SessionHandle session, EngineIo::CloseReason reason,
                       const QString &description) override
    {
        if (ends.contains(session))
            QTest::qFail("closed twice", __FILE__, __LINE__);
        QString end = EngineIo::toString(reason);
        if (!description.isEmpty())
            end += QStringLiteral(": ") + description;
        ends.insert(session, end);
        note(session, "closed " + EngineIo::toString(reason).toLatin1());
    }

    static inline const QByteArray polling = "/engine.io/?EIO=4&transport=polling";
    static inline const QByteArray webSocket = "/engine.io/?EIO=4&transport=websocket";

    bool echoes = false;
    EngineIo::SessionHandle lastOpened = 0;
    QByteArrayList log; ///< of all sessions
    QHash<EngineIo::SessionHandle, QByteArrayList> logs;
    QHash<EngineIo::SessionHandle, QString> ends;
    QHash<EngineIo::SessionHandle, std::shared_ptr<const EngineIo::SessionInfo>> infos;
    std::unique_ptr<EngineIo::Server> server; ///< goes first, and still tells the rest

private:
    static EngineIo::ServerOptions placed(EngineIo::ServerOptions options)
    {
        if (onServerThread)
            options.ioPlace = EngineIo::IoPlace::ServerThread;
        return options;
    }

    void note(EngineIo::SessionHandle session, const QByteArray &what)
    {
        log << what;
        logs[session] << what;
    }
};
