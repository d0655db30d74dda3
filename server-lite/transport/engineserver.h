// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/engineiopacket.h"
#include "libclient/protocol/error.h"
#include "server-lite/net/httpresponse.h"
#include "server-lite/transport/closereason.h"
#include "server-lite/transport/latencyhistogram.h"
#include "server-lite/transport/serveroptions.h"
#include "server-lite/transport/sessiongroup.h"
#include "server-lite/transport/sharedframes.h"

#include <QtCore/QCborMap>
#include <QtCore/QObject>
#include <QtNetwork/QHostAddress>

#include <array>
#include <memory>
#include <span>

namespace EngineIo
{

/// A request that was refused, as the reference's "connection_error" has it. Thread: any; a plain value.
struct ConnectionError {
    Hubbub::HttpRequest request; ///< without a body
    int code = 3; ///< 0 to 5
    QString message; ///< one for each code
    QCborMap context; ///< what more there is to say: a "name", the "sid", the "transport" asked for
};

/// How a session came to be. Thread: any; immutable and shared.
struct SessionInfo {
    QString sid; ///< the Engine.IO session id: a secret between server and peer
    TransportName transport = TransportName::Polling; ///< the first one
    Hubbub::HttpRequest request; ///< the handshake request, without a body
    qint64 openedAt = 0; ///< ms since the epoch
};

/// Hears what the sessions say. Thread: called on the server's own thread, in order for each session:
/// opened, then messages and upgrades, then closed exactly once.
class SessionListener
{
public:
    virtual ~SessionListener() = default;
    virtual void sessionOpened(SessionHandle session, std::shared_ptr<const SessionInfo> info) = 0;
    virtual void messageReceived(SessionHandle session, Message message) = 0;
    virtual void sessionUpgraded(SessionHandle session, TransportName transport) = 0;
    virtual void sessionClosed(SessionHandle session, CloseReason reason, const QString &description) = 0;
};

/// Volatile: now or never. Alone: as Reliable, and what follows does not leave in the same moment. Programs
/// that wait for one WebSocket message at a time hear only the first of two that arrive together, and from
/// the reference server an answer to CONNECT and the first event never do.
enum class SendMode : quint8 { Reliable, Volatile, Alone };

/// What refused requests are answered with; 0 for any other status. In this order in ServerCounters.
inline constexpr std::array refusalStatuses{400, 403, 405, 421, 426, 429, 503, 0};

/// Counters over the life of the server. Bytes are payloads, without framing.
struct ServerCounters {
    quint64 connectionsOpened = 0;
    quint64 sessionsOpened = 0;
    quint64 sessionsClosed = 0;
    quint64 messagesIn = 0;
    quint64 messagesOut = 0;
    quint64 bytesIn = 0;
    quint64 bytesOut = 0;
    quint64 volatileDropped = 0;
    quint64 slowClosed = 0; ///< sessions closed because too much was queued for them
    quint64 requestsRefused = 0;
    quint64 lostCut = 0; ///< connections cut while it closed, since their peer's machine answered nothing
    quint64 unsentCut = 0; ///< clients that had not taken what was sent to them when closeTimeout ended
    quint64 readingPaused = 0; ///< how often a socket was not read because handlers were behind
    quint64 connections = 0; ///< open now
    quint64 connectionsPeak = 0;
    quint64 connectionsRefused = 0; ///< for there were too many
    quint64 sessionsPeak = 0;
    std::array<quint64, closeReasons> closedByReason{};
    std::array<quint64, refusalStatuses.size()> refusedByStatus{};
};

/// An Engine.IO v4 server on one port: long-polling, WebSocket and the upgrade between them, and plain HTTP
/// beside it. Sockets live on I/O workers, each with an event loop of its own; everything here is called on,
/// and the listener is called on, the one thread that made the Server. Between them go batches: what a turn
/// of either loop produced crosses with one wake-up. Destroying it closes every session and joins the
/// workers.
class Server : public QObject
{
    Q_OBJECT
public:
    explicit Server(ServerOptions options, QObject *parent = nullptr);
    ~Server() override;

    /// Must be set before listen(); not owned, and has to outlive the server.
    void setListener(SessionListener *listener);

    /// Serves the paths that are not Engine.IO's; without one they get 404.
    void setHttpHandler(Hubbub::HttpHandler handler);

    /// Errors: "address-in-use", "address-not-available", "permission-denied", "listen-failed".
    /// Port 0 picks a free one. QHostAddress::Any listens on IPv4 and IPv6.
    Hubbub::Result<void> listen(const QHostAddress &address, quint16 port);
    bool isListening() const;
    /// For connections that are accepted from now on; only for a server whose options had TLS.
    void setTls(const QSslConfiguration &configuration);
    quint16 port() const;
    QHostAddress address() const;
    const ServerOptions &options() const;

    /// Queues for one session; unknown and closed sessions are ignored. Order per session is the order of the
    /// calls.
    void send(SessionHandle session, FramesPtr frames, SendMode mode = SendMode::Reliable);

    /// Queues the same frames for many sessions; each worker gets one batch. To be fastest, keep a group and
    /// use it again.
    void send(std::span<const SessionHandle> sessions, FramesPtr frames, SendMode mode = SendMode::Reliable);
    void send(const GroupPtr &group, const FramesPtr &frames, SendMode mode = SendMode::Reliable,
              SessionHandle except = 0);

    /// Closes after what is queued has gone out, or at once if `discard` is set. Ends in
    /// sessionClosed(ForcedClose).
    void closeSession(SessionHandle session, bool discard = false);

    /// Stops listening; with closeSessions, ends every session with ServerShuttingDown after its queue went
    /// out, at most closeTimeout later. closed() follows.
    void close();

    qsizetype sessionCount() const;
    ServerCounters counters() const;
    /// How long the listener took for each message.
    const LatencyHistogram &handlerLatency() const;

Q_SIGNALS:
    void closed();
    /// Under a flood of bad requests only some of them are told of; counters() knows all.
    void connectionError(const EngineIo::ConnectionError &error);

protected:
    void connectNotify(const QMetaMethod &signal) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace EngineIo
