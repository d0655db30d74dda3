// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/httprequest.h"
#include "server-lite/transport/clientaddress.h"

#include <QtCore/QByteArray>
#include <QtCore/QStringList>
#include <QtNetwork/QSslConfiguration>

#include <chrono>
#include <functional>
#include <optional>

namespace EngineIo
{

enum class TransportName : quint8 { Polling, WebSocket };
QString toString(TransportName name); ///< "polling", "websocket"

/// Where sockets live. OwnThreads: on I/O threads beside the server's own. ServerThread: on the thread that
/// made the server, with its handlers: no thread wakes another, so it is the cheapest on one core; a handler
/// that takes long holds up the sockets. On Linux, give that thread an EpollDispatcher.
enum class IoPlace : quint8 { OwnThreads, ServerThread };

/// The cookie of a session that began by long-polling, which load balancers can go by.
struct SessionCookie {
    QByteArray name = "io";
    QByteArray path = "/"; ///< none if empty
    QByteArray sameSite = "Lax"; ///< "Lax", "Strict" or "None"; none if empty
    bool httpOnly = true;
    bool secure = false;
    std::optional<std::chrono::seconds> maxAge;

    QByteArray header(const QString &sid) const; ///< the value of Set-Cookie for that session
};

/// What an Engine.IO server allows, with the reference server's names and defaults. Thread: any; a plain
/// value.
struct ServerOptions {
    QByteArray path = "/engine.io/"; ///< always with a slash at both ends
    bool addTrailingSlash = true; ///< if not, "/engine.io?EIO=4" is served too
    std::chrono::milliseconds pingInterval{25'000};
    std::chrono::milliseconds pingTimeout{20'000};
    std::chrono::milliseconds upgradeTimeout{10'000};
    qint64 maxHttpBufferSize = 1'000'000; ///< bytes of one message or one long-polling body
    bool allowPolling = true;
    bool allowWebSocket = true;
    bool allowUpgrades = true;

    /// Origins browsers may come from, for HTTP and for WebSocket alike. Requests without an Origin (native
    /// programs) and from the server's own origin always may. "*" allows every origin, without credentials.
    QStringList allowedOrigins;

    /// Names the server is reached by, without port, beside addresses, "localhost", this machine's own name
    /// and the hosts of allowedOrigins. Requests for other names get 421. "*" allows every name, which lets
    /// any page in whose owner points a name here.
    QStringList allowedHosts;

    /// Looks at a handshake, by polling or WebSocket, before a session is made: an answer refuses it with 403
    /// and that message, or "Forbidden" if it is empty. This and the two below are called on I/O threads,
    /// several at a time; they must not wait, since other sockets wait with them.
    std::function<std::optional<QString>(const Hubbub::HttpRequest &)> allowRequest;
    /// May change the headers that a session's first answer, or every one of its answers, gets. Of
    /// long-polling; QtWebSockets writes the answer to an upgrade.
    std::function<void(Hubbub::HttpHeaders &, const Hubbub::HttpRequest &)> initialHeaders;
    std::function<void(Hubbub::HttpHeaders &, const Hubbub::HttpRequest &)> headers;
    std::optional<SessionCookie> cookie; ///< off unless set

    IoPlace ioPlace = IoPlace::OwnThreads;
    int workers = 1; ///< I/O threads; one place of work only on the server's thread
    int listenBacklog = 4096;
    int maxConnections = 100'000; ///< TCP connections at a time; further ones are refused with 503
    int maxSessionsPerAddress = 0; ///< at a time; further handshakes are refused with 429; 0: no limit
    /// Who may say in X-Forwarded-For on whose behalf a request comes; that is then its peerAddress.
    QList<Network> trustedProxies;
    qint64 maxHeaderBytes = 16 * 1024; ///< of a request head, at most 64 KiB; more is refused with 431
    qint64 maxQueuedBytes = 16'000'000; ///< per session; beyond it the session is closed as "transport error"
    /// Of one session, received and not handled yet: beyond it the socket is not read until the handlers have
    /// caught up. In long-polling, the session ends beyond maxQueuedBytes.
    qint64 maxUnhandledBytes = 1'000'000;
    qint64 highWaterMark = 1'000'000; ///< per session; beyond it volatile messages are dropped
    std::chrono::milliseconds headerTimeout{
        10'000}; ///< from accept, or the last answer, to a whole request head
    std::chrono::milliseconds bodyTimeout{30'000};
    std::chrono::milliseconds alonePause{5}; ///< between a WebSocket message sent alone and the next
    std::chrono::milliseconds closeTimeout{30'000}; ///< how long a close waits for the transport to drain
    /// Of that, how long a WebSocket peer that was told has to end the connection.
    std::chrono::milliseconds lingerTimeout{2'000};
    std::optional<QSslConfiguration> tls; ///< serves https and wss when set; see Server::setTls()
};

} // namespace EngineIo
