// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/parser.h"
#include "libclient/transport/clienttransport.h"
#include "libclient/transport/truststore.h"

#include <QtCore/QMap>
#include <QtCore/QUrlQuery>
#include <QtNetwork/QNetworkProxy>
#include <QtNetwork/QSslConfiguration>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace SocketIo
{

/// What is done with an event for which the buffer has no room while offline. Not for the queue of
/// SocketOptions::retries: what that has taken up it keeps, online and offline. Thread: any.
enum class BufferPolicy : quint8 {
    RefuseNewest, ///< it comes back with "buffer-full"
    DropOldest, ///< the oldest make room and are reported as dropped
    Off, ///< nothing is buffered: every event emitted while offline comes back with "offline"
};

/// The options of a Manager, with the names and defaults of socket.io-client 4.8. Thread: any; a plain value.
struct ManagerOptions {
    QString path = QStringLiteral("/socket.io/");
    QUrlQuery query;
    QMap<QByteArray, QByteArray> extraHeaders;
    bool autoConnect = true; ///< a socket connects when it is made
    bool reconnection = true;
    int reconnectionAttempts = 0; ///< 0 is without end
    std::chrono::milliseconds reconnectionDelay{1'000};
    std::chrono::milliseconds reconnectionDelayMax{5'000};
    double randomizationFactor = 0.5; ///< 0 to 1
    std::chrono::milliseconds timeout{20'000}; ///< for one attempt, from opening to the namespace's answer
    std::shared_ptr<const Parser> parser = jsonParser();
    DecoderLimits decoderLimits;
    qint64 maxMessageSize = 64'000'000; ///< bytes of one incoming message; larger ones end the connection
    int maxBufferedPackets = 10'000; ///< what is emitted while offline and not volatile, per socket
    qint64 maxBufferedBytes = 16'000'000; ///< of the same, encoded; both bound what retries keeps, too
    BufferPolicy bufferPolicy = BufferPolicy::RefuseNewest;
    bool multiplex = true; ///< a ManagerPool may share the connection with other namespaces
    bool forceNew = false; ///< a ManagerPool makes a connection of its own
    bool watchReachability = true; ///< reconnects at once when the system finds its network again
    /// Authorities of your own, a client certificate, protocols and ciphers; the system's if not set. The
    /// server's certificate is verified whatever it says.
    std::optional<QSslConfiguration> tls;
    /// The certificates that servers are known by, EngineIo::KnownHosts for those of a file; one in memory if
    /// not set. See Manager::trustCertificate().
    std::shared_ptr<EngineIo::TrustStore> trustStore;
    /// "polling" and "websocket", the first first; from polling the server offers the upgrade.
    /// socket.io-client's is {"polling", "websocket"} without tryAllTransports; docs/client-transports.md
    /// says why ours is not.
    QStringList transports{QStringLiteral("websocket"), QStringLiteral("polling")};
    bool upgrade = true; ///< from long-polling to WebSocket, once the session stands
    bool rememberUpgrade = false; ///< start with WebSocket if that worked last in this process
    bool tryAllTransports = true; ///< if one gets nowhere, the next is tried within the same attempt
    bool withCredentials = false; ///< keep the cookies of the server and send them
    bool timestampRequests = true; ///< polling: a parameter against caches
    QString timestampParam = QStringLiteral("t");
    std::chrono::milliseconds requestTimeout{
        20'000}; ///< polling: how long a request may stand still; 0: for ever
    std::optional<QNetworkProxy> proxy; ///< the application's if not set
    /// Makes the transport of that name; WebSocket and long-polling if not set.
    std::function<std::unique_ptr<EngineIo::ClientTransport>(const QString &name)> transportFactory;
};

} // namespace SocketIo
