// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/engineupgrade.h"
#include "libclient/client/messagesize.h"
#include "libclient/protocol/engineiohandshake.h"
#include "libclient/protocol/engineiopacket.h"
#include "libclient/transport/clienttransport.h"

#include <QtCore/QBasicTimer>
#include <QtCore/QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace EngineIo
{

/// What an engine is made of. Thread: its engine's; a plain value.
struct EngineOptions {
    std::function<std::chrono::milliseconds()> clock; ///< goes on while the machine sleeps
    QStringList transports; ///< by name, the first first; the others are tried or upgraded to
    std::function<std::unique_ptr<ClientTransport>(const QString &name)> makeTransport;
    /// What opens the transport of that name, for a new session or, with its id, for a session there is.
    std::function<QNetworkRequest(const QString &name, const QString &sid)> makeRequest;
    bool upgrade = true;
    bool tryAllTransports = false;
    bool rememberUpgrade = false; ///< start with WebSocket if that worked last in this process
    /// With tryAllTransports: how long one may take to open while there is another; 0 is for ever.
    std::chrono::milliseconds transportTimeout{0};
};

/// One Engine.IO session of a client: transports, handshake, heartbeat, upgrade, messages. For one attempt.
/// Thread: the one that made it; may be destroyed in handlers of its own signals.
class Engine : public QObject
{
    Q_OBJECT
public:
    enum class State : quint8 { Idle, Opening, Open, Closing, Closed };

    /// Takes the messages, called straight: there are many of them. May destroy the engine.
    class Receiver
    {
    public:
        virtual void messageReceived(const Message &message) = 0;

    protected:
        ~Receiver() = default;
    };

    explicit Engine(EngineOptions options, QObject *parent = nullptr);
    ~Engine() override;

    State state() const { return m_state; }
    const Handshake &handshake() const { return m_handshake; } ///< once open
    QString transportName() const { return m_transport ? m_transport->name() : QString(); }

    void setReceiver(Receiver *receiver) { m_receiver = receiver; } ///< null for none; not owned
    void open();

    /// Messages of one Socket.IO packet, in order; dropped unless open. Sizes are the caller's to check.
    void send(const Messages &messages);
    bool isWritable() const { return m_state == State::Open && m_transport->isWritable(); }
    BinaryForm binaryForm() const; ///< raw as long as an upgrade may still come
    qint64 bytesToWrite() const { return m_transport ? m_transport->bytesToWrite() : 0; }

    /// True if the heartbeat is overdue although its timer has not run, as after the machine slept. The
    /// session is then ended on the next turn of the loop, and what was to be sent is better kept for the
    /// next one.
    bool checkExpired();

    void tryUpgrade(); ///< again, after it failed; nothing happens if none is wanted, or offered

    void close(); ///< with a goodbye; closed() follows

    /// Ends the session at once: the peer broke the protocol. closed() is emitted before this returns.
    void fail(const QString &reason, const Hubbub::Error &error);

Q_SIGNALS:
    void opened();
    void pinged();
    void bytesWritten();
    void upgraded(const QString &transport);
    void upgradeFailed(const Hubbub::Error &why); ///< the session goes on as it was
    /// Once, and the last. The reasons are the reference client's: "transport close", "transport error",
    /// "ping timeout", "parse error", "forced close".
    void closed(const QString &reason, const Hubbub::Error &details);

private:
    void timerEvent(QTimerEvent *event) override;
    void preferWhatWorked();
    void rememberTransport(bool works);
    void openNext();
    void use(std::unique_ptr<ClientTransport> transport);
    void leaveTransport();
    void sendPacket(const Packet &packet);
    void onUpgraded();
    void endUpgrade();
    void onPacket(const Packet &packet);
    void onHandshake(const Packet &packet);
    void onTransportClosed(const Hubbub::Error &why);
    void restartHeartbeat();
    void trimSoon();
    void onHeartbeatMissed();

    Receiver *m_receiver = nullptr;
    EngineOptions m_options; ///< transports: those left to try
    std::unique_ptr<ClientTransport> m_transport;
    std::unique_ptr<EngineUpgrade> m_upgrade; ///< while under way
    QBasicTimer m_transportTimer;
    Handshake m_handshake;
    QBasicTimer m_heartbeat;
    std::optional<std::chrono::milliseconds> m_deadline; ///< by the clock
    State m_state = State::Idle;
};

} // namespace EngineIo
