// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/outbox/outbox.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>
#include <QtCore/QPointer>

namespace SocketIo
{
class Arguments;
class Socket;
} // namespace SocketIo

namespace Hubbub
{

/// How an OutboxCourier sends. Thread: any; a plain value.
struct OutboxCourierOptions {
    /// The key of the payload under which the server finds the entry's id, by which it tells repetitions;
    /// empty: it is not sent.
    QString idKey = QStringLiteral("clientMessageId");
    std::optional<std::chrono::milliseconds> ackTimeout = {}; ///< the socket's if not set
    bool waitsForReady =
        false; ///< nothing is sent on a new connection until setReady(), as after joining rooms
};

/// Sends what an outbox holds through a socket while that is connected:
///
///     Outbox outbox(file);
///     OutboxCourier courier(&outbox, manager.socket("/chat"));
///     outbox.open();
///     outbox.enqueue(roomId, "send-message", {{"roomId", roomId}, {"message", text}});
///
/// Each entry is emitted with its payload and awaits the server's ack: a success takes it out of the outbox,
/// a refusal makes it a dead letter, and no answer, or one that isTemporary(), has it tried again; see
/// readAnswer(). The three may be destroyed in any order. Thread: that of the other two.
class OutboxCourier : public QObject
{
    Q_OBJECT
public:
    OutboxCourier(Outbox *outbox, SocketIo::Socket *socket, OutboxCourierOptions options = {},
                  QObject *parent = nullptr);
    ~OutboxCourier() override;

    void setReady(bool ready); ///< with waitsForReady; over with the connection

Q_SIGNALS:
    void delivered(const QString &id, const QCborMap &answer); ///< before Outbox::removed()

private:
    void onConnected();
    void onDisconnected();
    void send(const OutboxEntry &entry);
    void answered(const QString &id, quint64 connection, const Result<QCborMap> &answer);

    QPointer<Outbox> m_outbox;
    QPointer<SocketIo::Socket> m_socket;
    const OutboxCourierOptions m_options;
    QHash<QString, QFuture<Result<SocketIo::Arguments>>> m_onTheirWay; ///< by id
    quint64 m_connection = 0; ///< counts up; an answer to an earlier one says nothing about now
};

} // namespace Hubbub
