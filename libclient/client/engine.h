// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/engineiohandshake.h"
#include "libclient/protocol/engineiopacket.h"
#include "libclient/transport/clienttransport.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace EngineIo
{

/// One Engine.IO session of a client: handshake, heartbeat, messages. For one attempt, like the transport it
/// owns. Thread: the one that made it; may be destroyed in handlers of its own signals.
class Engine : public QObject
{
    Q_OBJECT
public:
    enum class State : quint8 { Idle, Opening, Open, Closing, Closed };
    using Clock = std::function<std::chrono::milliseconds()>; ///< goes on while the machine sleeps

    Engine(std::unique_ptr<ClientTransport> transport, Clock clock, QObject *parent = nullptr);
    ~Engine() override;

    State state() const { return m_state; }
    const Handshake &handshake() const { return m_handshake; } ///< once open
    QString transportName() const { return m_transport->name(); }

    void open(const QNetworkRequest &request);

    /// Messages of one Socket.IO packet, in order; dropped unless open. Sizes are the caller's to check.
    void send(const std::vector<Message> &messages);
    bool isWritable() const { return m_state == State::Open && m_transport->isWritable(); }
    qint64 bytesToWrite() const { return m_transport->bytesToWrite(); }

    /// True if the heartbeat is overdue although its timer has not run, as after the machine slept. The
    /// session is then ended on the next turn of the loop, and what was to be sent is better kept for the
    /// next one.
    bool checkExpired();

    void close(); ///< with a goodbye; closed() follows

    /// Ends the session at once: the peer broke the protocol. closed() is emitted before this returns.
    void fail(const QString &reason, const Hubbub::Error &error);

Q_SIGNALS:
    void opened();
    void messageReceived(const EngineIo::Message &message);
    void pinged();
    void bytesWritten();
    /// Once, and the last. The reasons are the reference client's: "transport close", "transport error",
    /// "ping timeout", "parse error", "forced close".
    void closed(const QString &reason, const Hubbub::Error &details);

private:
    void onPacket(const Packet &packet);
    void onHandshake(const Packet &packet);
    void onTransportClosed(const Hubbub::Error &why);
    void restartHeartbeat();
    void onHeartbeatMissed();

    std::unique_ptr<ClientTransport> m_transport;
    Clock m_clock;
    Handshake m_handshake;
    QTimer m_heartbeat;
    std::optional<std::chrono::milliseconds> m_deadline; ///< by m_clock
    State m_state = State::Idle;
};

/// Nothing if the messages fit into what the server takes at once, else "message-too-large". Thread: any.
Hubbub::Result<void> checkSize(const std::vector<Message> &messages, qint64 maxPayload);

} // namespace EngineIo
