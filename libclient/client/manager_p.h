// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/backoff.h"
#include "libclient/client/engine.h"
#include "libclient/client/manager.h"
#include "libclient/client/notifier.h"
#include "libclient/client/socket.h"

#include <QtCore/QBasicTimer>
#include <QtCore/QDateTime>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QHash>
#include <QtCore/QPointer>
#include <QtNetwork/QNetworkCookieJar>

namespace SocketIo
{

/// Attempts, waits and the engine of the moment; carries packets between it and the namespaces. Thread: the
/// manager's.
class Manager::Private
    : public QObject
    , private EngineIo::Engine::Receiver
{
public:
    /// What comes after a connection ended.
    enum class Sequel : quint8 { Retry, GiveUp, Distrust, Rest };

    Private(Manager *manager, const QUrl &server, ManagerOptions managerOptions);
    ~Private() override;

    void open();
    void close();
    void reconnectNow();
    void setReachable(bool reachable);
    Hubbub::Result<void> trustCertificate(const QByteArray &fingerprint);
    void updateBackoff();

    // For the sockets.
    void socketActivated(Socket::Private *socket);
    void closeIfIdle();
    void forget(const QString &nsp); ///< the socket is being destroyed
    void namespaceAnswered(); ///< the attempt has succeeded
    void namespaceTimedOut(Socket::Private *socket);
    void send(const EncodedPacket &messages);
    bool hasTap() const { return !taps.empty(); }
    void tapOutgoing(const Packet &packet)
    {
        if (hasTap())
            showToTaps({TappedPacket::Direction::Out, packet, m_bytesLastSent});
    }
    void breakOff(const QString &what); ///< the server broke the protocol
    EngineIo::BinaryForm binaryForm() const
    {
        return engine ? engine->binaryForm() : EngineIo::BinaryForm::Raw;
    }
    bool isWaiting() const { return m_waitTimer.isActive(); }

    Manager *const q;
    const QUrl url;
    ManagerOptions options;
    const std::shared_ptr<Notifier> notifier = std::make_shared<Notifier>();
    QHash<QString, Socket *> sockets;
    std::unique_ptr<EngineIo::Engine> engine; ///< while opening or open
    ReadyState readyState = ReadyState::Closed;
    QDateTime retryAt; ///< while waiting
    std::optional<EngineIo::ServerCertificate> untrusted; ///< of the last attempt, or of an upgrade
    int attempt = 0; ///< since the connection was lost; 0 for the first connection
    std::optional<qint64> maxPayload; ///< of the last server heard
    quint64 connection = 0; ///< counts the engines there were
    bool flushWanted = false; ///< a socket waits for the transport to take more
    ClientStatistics counted;
    Latencies roundTrips;
    struct Tap {
        QPointer<QObject> context;
        PacketTap show;
    };
    std::vector<Tap> taps;

private:
    void timerEvent(QTimerEvent *event) override;
    void onAttemptTooLong();
    void startAttempt();
    void onOpened();
    void onUpgradeFailed(const Hubbub::Error &error);
    void messageReceived(const EngineIo::Message &message) override;
    void packetReceived(Packet &&packet);
    Socket *socketOf(const QString &nsp);
    void onClosed(const QString &reason, const Hubbub::Error &error);
    Sequel planSequel(const Hubbub::Error &error);
    void showToTaps(TappedPacket packet);
    void watchReachability();
    void dropEngine(); ///< says goodbye if there is somebody to say it to
    void stopWaiting();
    void setReadyState(ReadyState state);
    QList<Socket::Private *> activeSockets() const;
    Hubbub::Result<void> checkTarget() const; ///< of what the application gave: address and headers
    EngineIo::EngineOptions engineOptions();
    /// Tells the application once the change is complete, unless the manager is gone by then.
    template <typename F>
    void post(F notification)
    {
        notifier->post([alive = QPointer<Manager>(q), notification = std::move(notification)] {
            if (alive)
                notification();
        });
    }

    std::unique_ptr<Decoder> m_decoder;
    std::shared_ptr<QNetworkCookieJar> m_cookies; ///< with credentials
    std::shared_ptr<EngineIo::TrustStore> m_trustStore; ///< of the options, or one of its own
    Backoff m_backoff;
    Socket *m_lastSocket = nullptr; ///< that had a packet; null once it may be gone
    qint64 m_bytesLastSent = 0;
    qint64 m_bytesOfPacket = 0; ///< received so far of the packet that is coming
    QBasicTimer m_attemptTimer;
    QDeadlineTimer m_attemptDeadline;
    bool m_openedByHand = false; ///< open() was called: stays open without sockets
    QBasicTimer m_waitTimer;
};

} // namespace SocketIo
