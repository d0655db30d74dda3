// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/ackregistry.h"
#include "libclient/client/connectionstatemachine.h"
#include "libclient/client/handlerregistry.h"
#include "libclient/client/manager_p.h"
#include "libclient/client/sendbuffer.h"
#include "libclient/client/socket.h"
#include "libclient/protocol/socketiopacket.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>

#include <deque>

namespace SocketIo
{

/// One namespace: CONNECT and its answer, events, acks, what waits to be sent. Thread: the manager's.
class Socket::Private : public QObject
{
public:
    Private(Socket *socket, Manager::Private *managerPrivate, const QString &name);
    ~Private() override;

    // For the application, through Socket.
    void connectToServer();
    void disconnectFromServer();
    QList<PendingAck>
    abandon(); ///< leaves without telling the application; gives the acks that are still to be ended
    void connectSoon(); ///< on the next turn, so that auth and handlers can be set first
    Hubbub::Result<void> emitEvent(const QString &name, const Arguments &arguments,
                                   std::optional<quint64> ackId);
    bool emitVolatile(const QString &name, const Arguments &arguments);
    QFuture<Hubbub::Result<Arguments>> emitWithAck(const QString &name, const Arguments &arguments,
                                                   std::chrono::milliseconds timeout);
    bool isConnected() const;

    // For the manager.
    void attemptStarted();
    void transportOpened(std::chrono::milliseconds timeLeft);
    void joinWait();
    void waitAlone(std::chrono::milliseconds wait, const Hubbub::Error &error);
    void connectionEnded(Manager::Private::Sequel sequel, const QString &reason, const Hubbub::Error &error);
    void onPacket(const Packet &packet);
    void flush(); ///< goes on sending what was buffered, as far as the transport takes it

    Socket *const q;
    Manager::Private *const manager;
    const QString nsp;
    QString id;
    ConnectionStateMachine machine;
    bool active = false; ///< wants to be connected
    AuthProvider auth;
    Hubbub::Error lastError;
    QDateTime ownRetryAt; ///< when waiting alone, apart from the manager
    std::optional<std::chrono::milliseconds> roundTrip;
    SendBuffer buffer;
    AckRegistry acks;
    HandlerRegistry incoming;
    HandlerRegistry outgoing;

private:
    bool is(ConnectionState state) const { return machine.state() == state; }
    bool awaitsAnswer() const { return m_unansweredConnect == manager->connection; }
    void handshake(std::chrono::milliseconds timeLeft);
    void enterSession(const QString &session);
    void change(ConnectionInput input);
    void askForAuth();
    void sendConnect(const QCborMap &authData);
    void onConnect(const Packet &packet);
    void onConnectError(const Packet &packet);
    void onDisconnect();
    void onEvent(const Packet &packet);
    void onAck(const Packet &packet);
    void refuse(const Hubbub::Error &error, const QCborValue &data);
    void endSession(); ///< forgets what belongs to one connection
    void failSentAcks();
    void finish(const PendingAck &ack, Hubbub::Result<Arguments> result);
    void expireAck(quint64 ackId);

    Hubbub::Result<OutgoingEvent> encode(const QString &name, const Arguments &arguments,
                                         std::optional<quint64> ackId) const;
    bool canSendNow() const;
    void transmit(const OutgoingEvent &event);
    void sendPacket(const Packet &packet);
    void sendAck(quint64 ackId, const QString &session, const Arguments &arguments);
    void dispatch(const HandlerRegistry::Entries &handlers, const Event &event);
    /// Tells the application once the change is complete, unless the socket is gone by then.
    template <typename F>
    void post(F notification)
    {
        manager->notifier->post([alive = QPointer<Private>(this), notification = std::move(notification)] {
            if (alive && !alive->m_abandoned)
                notification();
        });
    }

    std::deque<Packet> m_early; ///< events that came before the answer to CONNECT
    QTimer m_connectTimer;
    QTimer m_retryTimer; ///< when waiting alone
    quint64 m_connectSerial = 0; ///< tells late answers of an auth provider from the one that counts
    quint64 m_unansweredConnect = 0; ///< the connection on which a CONNECT is not answered yet
    bool m_connectSoon = false;
    bool m_abandoned = false; ///< the socket is being destroyed
};

} // namespace SocketIo
