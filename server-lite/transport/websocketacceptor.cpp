// SPDX-License-Identifier: MIT
#include "server-lite/transport/websocketacceptor.h"

#include "server-lite/transport/websocketlink.h"

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
        std::unique_ptr<WebSocketTransport::Link> link;
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
            taken.link->webSocket.reset(webSocket);
            taken.done(std::unique_ptr<WebSocketTransport>(
                new WebSocketTransport(std::move(taken.link), options, deadlines)));
        }
    }

    const ServerOptions &options;
    Hubbub::DeadlineQueue &deadlines;
    std::unordered_map<Key, Pending, KeyHash> pending;
    QObject context;
    QWebSocketServer server;
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
                               [[maybe_unused]] qsizetype headBytes, Accepted done)
{
    Private::Pending pending{socket, nullptr, std::move(done)};
#ifdef Q_OS_LINUX
    if (auto *direct = qobject_cast<Hubbub::EpollSocket *>(socket)) {
        QByteArray early = direct->takeUnread().sliced(headBytes);
        pending.link = std::make_unique<WebSocketTransport::DirectLink>(direct, std::move(early),
                                                                        d->options.maxHttpBufferSize);
        // QWebSocketServer parses the request again, and QWebSocket keeps a copy of what it found: it gets
        // what the handshake needs. The rest was checked, and is kept, by us.
        direct->feed("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                     + key + "\r\n\r\n");
    }
#endif
    if (!pending.link)
        pending.link = std::make_unique<WebSocketTransport::QtLink>(socket);
    const Private::Key name{socket->peerAddress(), socket->peerPort()};
    d->pending.insert_or_assign(name, std::move(pending));
    QObject::connect(socket, &QTcpSocket::disconnected, &d->context, [this, name] {
        if (auto failed = d->pending.extract(name))
            failed.mapped().done(nullptr);
    });
    d->server.handleConnection(socket);
}

} // namespace EngineIo
