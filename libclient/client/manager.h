// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/clientstatistics.h"
#include "libclient/client/manageroptions.h"
#include "libclient/client/packettap.h"
#include "libclient/client/socketoptions.h"
#include "libclient/protocol/error.h"
#include "libclient/transport/servercertificate.h"

#include <QtCore/QObject>
#include <QtCore/QUrl>

#include <memory>
#include <optional>

namespace SocketIo
{

class Socket;

/// One connection to one server, shared by the sockets of its namespaces: transport, handshake, heartbeat,
/// reconnection with backoff. Made with http, https, ws or wss URLs; a path in the URL names no namespace
/// here, its query is used if the options have none. Thread: one, the thread that made it; its sockets live
/// there too.
class Manager : public QObject
{
    Q_OBJECT
public:
    enum class ReadyState : quint8 { Closed, Opening, Open };
    Q_ENUM(ReadyState)

    explicit Manager(const QUrl &url, ManagerOptions options = {}, QObject *parent = nullptr);
    ~Manager() override;

    QUrl url() const;
    const ManagerOptions &options() const;
    ReadyState readyState() const;
    QString transportName() const; ///< empty while closed

    /// The socket of that namespace, made on first use, with these options, and owned by the manager.
    Socket *socket(const QString &nsp = QStringLiteral("/"), const SocketOptions &options = {});
    bool hasSocket(const QString &nsp) const;

    void open();
    void close(); ///< ends the connection and all its sockets; does not reconnect
    void reconnectNow(); ///< ends a wait at once
    /// The system has lost its network, or found one: ends the connection (unless the server is this machine)
    /// without waiting for the heartbeat, or a wait at once. Called by itself with
    /// ManagerOptions::watchReachability where the system tells.
    void setReachable(bool reachable);

    /// The certificate that was not accepted, while that keeps the connection from being made
    /// (ConnectionState::Untrusted), or from being upgraded: then the session goes on over long-polling, with
    /// the server that is trusted, and its sockets stay Online.
    std::optional<EngineIo::ServerCertificate> untrustedCertificate() const;
    /// Trusts it from now on, and connects or upgrades. `fingerprint` is the one a person was shown, so that
    /// nobody can put another one in its place meanwhile. Errors: "fingerprint-mismatch" if it is not that of
    /// untrustedCertificate(), and those of the trust store; nothing changes then.
    Hubbub::Result<void> trustCertificate(const QByteArray &fingerprint);

    // Of the attempts and waits from now on.
    void setReconnection(bool reconnection);
    void setReconnectionAttempts(int attempts);
    void setReconnectionDelay(std::chrono::milliseconds delay);
    void setReconnectionDelayMax(std::chrono::milliseconds delay);
    void setRandomizationFactor(double factor);
    void setTimeout(std::chrono::milliseconds timeout);

    ClientStatistics statistics() const;

    /// Shows every Socket.IO packet that passes, decoded, until `context` is destroyed or untap() is called.
    /// Costs nothing while nobody taps.
    void tap(QObject *context, PacketTap tap);
    void untap(const QObject *context);

Q_SIGNALS:
    void opened();
    /// With the reference client's reason strings: "transport close", "transport error", "ping timeout",
    /// "parse error", "forced close".
    void closed(const QString &reason, const Hubbub::Error &details);
    void errorOccurred(const Hubbub::Error &error); ///< an attempt failed
    void reconnectAttempt(int attempt);
    void reconnectError(const Hubbub::Error &error); ///< an attempt after a loss failed
    void reconnected(int attempts);
    void reconnectFailed();
    void readyStateChanged();
    void upgraded(const QString &transport); ///< the same session, over a better transport
    void upgradeFailed(const Hubbub::Error &error); ///< the session goes on as it was
    /// The server's certificate is neither the one it is known by nor vouched for by an authority. The
    /// sockets are Untrusted by now and wait for trustCertificate() or connectToServer(); if it was an
    /// upgrade that met it, upgradeFailed() came first, and they are as they were.
    void certificateRejected(const EngineIo::ServerCertificate &certificate);
    void pinged(); ///< the server's heartbeat arrived

private:
    friend class Socket;
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace SocketIo
