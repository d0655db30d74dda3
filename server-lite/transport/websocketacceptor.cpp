// SPDX-License-Identifier: MIT
#include "server-lite/transport/websocketacceptor.h"

#include "server-lite/transport/qtwebsocket.h"

#ifdef Q_OS_LINUX
#include "server-lite/net/epollsocket.h"
#include "server-lite/transport/streamwebsocket.h"
#include "server-lite/transport/websockethandshake.h"
#endif

#include <QtNetwork/QHostAddress>
#include <QtWebSockets/QWebSocketServer>

#include <limits>
#include <unordered_map>

namespace EngineIo
{

class WebSocketAcceptor::Private
{
public:
    using Key = std::pair<QHostAddress, quint16>;
    struct KeyHash {
        size_t operator()(const Key &key) const { return qHash(key.first, key.second); }
    };
    struct Pending {
        QTcpSocket *socket = nullptr;
        std::unique_ptr<QtWebSocket> transport;
        Accepted done;
    };

    Private(const ServerOptions &options, Hubbub::DeadlineQueue &deadlines)
        : options(options)
        , deadlines(deadlines)
        , server(QStringLiteral("hubbub"), QWebSocketServer::NonSecureMode)
    {
        server.setMaxPendingConnections(std::numeric_limits<int>::max());
        QObject::connect(&server, &QWebSocketServer::newConnection, &server, [this] { takePending(); });
    }

    void takePending()
    {
        while (QWebSocket *webSocket = server.nextPendingConnection()) {
            const auto found = pending.find({webSocket->peerAddress(), webSocket->peerPort()});
            if (found == pending.end()) {
                delete webSocket;
                continue;
            }
            Pending taken = std::move(found->second);
            pending.erase(found);
            taken.socket->disconnect(&context);
            taken.transport->attach(std::unique_ptr<QWebSocket>(webSocket), options);
            taken.done(std::move(taken.transport));
        }
    }

    const ServerOptions &options;
    Hubbub::DeadlineQueue &deadlines;
    std::unordered_map<Key, Pending, KeyHash> pending;
    QObject context;
    QWebSocketServer server;
#ifdef Q_OS_LINUX
    WebSocketHandshake handshake;
#endif
};

WebSocketAcceptor::WebSocketAcceptor(const ServerOptions &options, Hubbub::DeadlineQueue &deadlines)
    : d(std::make_unique<Private>(options, deadlines))
{
}

WebSocketAcceptor::~WebSocketAcceptor()
{
    for (const auto &[key, pending] : d->pending) {
        pending.socket->disconnect(&d->context);
        pending.socket->abort();
        pending.socket->deleteLater();
    }
}

bool WebSocketAcceptor::takesEarlyBytes([[maybe_unused]] const QTcpSocket *socket)
{
#ifdef Q_OS_LINUX
    return qobject_cast<const Hubbub::EpollSocket *>(socket) != nullptr;
#else
    return false;
#endif
}

void WebSocketAcceptor::accept(QTcpSocket *socket, [[maybe_unused]] const QByteArray &key,
                               [[maybe_unused]] qsizetype headBytes, const Accepted &done)
{
#ifdef Q_OS_LINUX
    if (auto *direct = qobject_cast<Hubbub::EpollSocket *>(socket)) {
        direct->deleteLater();
        QByteArray unread;
        auto stream = direct->takeStream(unread);
        QByteArray answer = stream ? d->handshake.answerTo(key) : QByteArray();
        if (answer.isEmpty())
            done(nullptr);
        else
            done(std::make_unique<StreamWebSocket>(std::move(*stream), std::move(answer),
                                                   unread.sliced(headBytes), d->options, d->deadlines));
        return;
    }
#endif
    auto transport = std::make_unique<QtWebSocket>(socket, d->options, d->deadlines);
    const Private::Key name{socket->peerAddress(), socket->peerPort()};
    d->pending.insert_or_assign(name, Private::Pending{socket, std::move(transport), done});
    QObject::connect(socket, &QTcpSocket::disconnected, &d->context, [this, name] {
        if (auto failed = d->pending.extract(name))
            failed.mapped().done(nullptr);
    });
    d->server.handleConnection(socket);
}

} // namespace EngineIo
