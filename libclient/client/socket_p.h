// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/ackregistry.h"
#include "libclient/client/connectionstatemachine.h"
#include "libclient/client/handlerregistry.h"
#include "libclient/client/manager_p.h"
#include "libclient/client/retryqueue.h"
#include "libclient/client/sendbuffer.h"
#include "libclient/client/socket.h"
#include "libclient/protocol/socketiopacket.h"

#include <QtCore/QBasicTimer>
#include <QtCore/QPointer>

#include <vector>

namespace SocketIo
{

/// One namespace: CONNECT and its answer, events, acks, what waits to be sent. Thread: the manager's.
class Socket::Private : public QObject
{
public:
    Private(Socket *socket, Manager::Private *managerPrivate, const QString &name,
            const SocketOptions &socketOptions);
    ~Private() override;

    // For the application, through Socket.
    void connectToServer();
    void disconnectFromServer();
    QList<PendingAck>
    abandon(); ///< leaves without telling the application; gives the acks that are still to be ended
    void connectSoon(); ///< on the next turn, so that auth and handlers can be set first
    Hubbub::Result<void> emitEvent(const QString &name, const Arguments &arguments,
                                   const ClientEmitFlags &flags);
    QFuture<Hubbub::Result<Arguments>> emitWithAck(const QString &name, const Arguments &arguments,
                                                   const ClientEmitFlags &flags);
    void clearBuffer();
    bool isConnected() const;

    // For the manager.
    void attemptStarted();
    void transportOpened(std::chrono::milliseconds timeLeft);
    void joinWait();
    void waitAlone(std::chrono::milliseconds wait, const Hubbub::Error &error);
    void connectionEnded(Manager::Private::Sequel sequel, const QString &reason, const Hubbub::Error &error);
    void onPacket(Packet &&packet);
    void deliver(Packet &&packet); ///< an event, while connected; its handlers may destroy the socket
    void goOn(); ///< the transport has taken some of what waited
    void flush(); ///< goes on sending what was buffered, as far as the transport takes it

    Socket *const q;
    Manager::Private *const manager;
    const QString nsp;
    const int retries;
    const std::chrono::milliseconds ackTimeout;
    QString id;
    bool recovered = false;
    ConnectionStateMachine machine;
    bool active = false; ///< wants to be connected
    AuthProvider auth;
    Hubbub::Error lastError;
    QDateTime ownRetryAt; ///< when waiting alone, apart from the manager
    std::optional<std::chrono::milliseconds> roundTrip;
    SendBuffer buffer;
    RetryQueue retried;
    AckRegistry acks;
    HandlerRegistry incoming;
    HandlerRegistry outgoing;

private:
    void timerEvent(QTimerEvent *event) override;
    bool is(ConnectionState state) const { return machine.state() == state; }
    bool awaitsAnswer() const { return m_unansweredConnect == manager->connection; }
    void handshake(std::chrono::milliseconds timeLeft);
    void enterSession(const QString &session, const QString &pid);
    void forgetPast(); ///< the next session is a new one
    void change(ConnectionInput input);
    void askForAuth();
    void sendConnect(const QCborMap &authData);
    void onConnect(const Packet &packet);
    void onConnectError(const Packet &packet);
    void onDisconnect();
    void onEvent(Packet &&packet);
    void onAck(const Packet &packet);
    void refuse(const Hubbub::Error &error, const QCborValue &data);
    void endSession(); ///< forgets what belongs to one connection
    void failSentAcks();
    void finish(const PendingAck &ack, Hubbub::Result<Arguments> result);
    void expireAck(quint64 ackId);

    Hubbub::Result<void> encode(const QString &name, const Arguments &arguments, std::optional<quint64> ackId,
                                OutgoingEvent &event) const;
    Hubbub::Result<void> checkFits(const OutgoingEvent &event) const;
    bool canSendNow() const;
    Hubbub::Result<void> emitNow(const QString &name, const Arguments &arguments,
                                 std::optional<quint64> ackId);
    Hubbub::Result<void> send(OutgoingEvent &&event);
    Hubbub::Result<void> keep(OutgoingEvent &&event);
    Hubbub::Result<void> emitNowOrNever(const QString &name, const Arguments &arguments,
                                        std::optional<quint64> ackId);
    Hubbub::Result<void> emitWithRetries(const QString &name, const Arguments &arguments, PendingAck ack,
                                         std::chrono::milliseconds timeout);
    void proceedWithRetries();
    void tryEnded(quint64 number, const Hubbub::Result<Arguments> &result);
    void drop(const OutgoingEvent &event, const Hubbub::Error &error);
    bool flushOne();
    void transmit(const OutgoingEvent &event);
    bool isWatched() const { return outgoing.hasAny() || manager->hasTap(); } ///< what goes out is
    Arguments argumentsOf(const OutgoingEvent &event) const;
    void sendPacket(const Packet &packet);
    void sendAck(quint64 ackId, const QString &session, const Arguments &arguments);
    Event eventOf(Packet &&packet);
    void noteOffset(const Arguments &arguments);
    void dispatch(const HandlerRegistry::Handlers &handlers, const Event &event);
    /// Tells the application once the change is complete, unless the socket is gone by then.
    template <typename F>
    void post(F notification)
    {
        manager->notifier->post([alive = QPointer<Private>(this), notification = std::move(notification)] {
            if (alive && !alive->m_abandoned)
                notification();
        });
    }

    QString m_pid; ///< names the session to the server that may recover it
    QString m_lastOffset; ///< of the newest event of it
    bool m_flushSoon = false; ///< goes on with it on the next turn of the loop
    std::vector<Packet> m_early; ///< events that came before the answer to CONNECT
    QBasicTimer m_connectTimer;
    QBasicTimer m_retryTimer; ///< when waiting alone
    quint64 m_connectSerial = 0; ///< tells late answers of an auth provider from the one that counts
    quint64 m_unansweredConnect = 0; ///< the connection on which a CONNECT is not answered yet
    bool m_connectSoon = false;
    bool m_abandoned = false; ///< the socket is being destroyed
};

} // namespace SocketIo
