// SPDX-License-Identifier: MIT
#include "libclient/outbox/outboxcourier.h"

#include "libclient/client/socket.h"
#include "libclient/outbox/outboxanswer.h"

namespace Hubbub
{

using SocketIo::Arguments;
using SocketIo::Socket;

OutboxCourier::OutboxCourier(Outbox *outbox, Socket *socket, OutboxCourierOptions options, QObject *parent)
    : QObject(parent)
    , m_outbox(outbox)
    , m_socket(socket)
    , m_options(std::move(options))
{
    connect(socket, &Socket::connected, this, &OutboxCourier::onConnected);
    connect(socket, &Socket::disconnected, this, &OutboxCourier::onDisconnected);
    connect(socket, &QObject::destroyed, this, &OutboxCourier::onDisconnected);
    outbox->setSender([this](const OutboxEntry &entry) { send(entry); });
    if (socket->isConnected())
        onConnected();
}

OutboxCourier::~OutboxCourier()
{
    onDisconnected();
    if (m_outbox)
        m_outbox->setSender({});
}

void OutboxCourier::setReady(bool ready)
{
    if (m_outbox)
        m_outbox->setOnline(ready && m_socket && m_socket->isConnected());
}

void OutboxCourier::onConnected()
{
    if (!m_options.waitsForReady)
        setReady(true);
}

void OutboxCourier::onDisconnected()
{
    ++m_connection;
    // What the socket kept for its next connection would be sent there before the program is ready for it,
    // and the outbox offers it again anyway.
    const auto waiting = std::exchange(m_onTheirWay, {});
    for (QFuture<Result<Arguments>> answer : waiting) {
        if (!answer.isFinished()) // Qt 6.4 would write to the continuation, which is gone when it has run
            answer.cancel();
    }
    setReady(false);
}

void OutboxCourier::send(const OutboxEntry &entry)
{
    if (!m_socket || !m_socket->isConnected())
        return; // onDisconnected() is about to come, and takes it back
    QCborMap payload = entry.payload;
    if (!m_options.idKey.isEmpty())
        payload.insert(m_options.idKey, entry.id);
    const QPointer<OutboxCourier> alive(this);
    const quint64 connection = m_connection;
    QFuture<Result<Arguments>> answer =
        m_socket->emitWithAck(entry.event, Arguments{QCborValue(payload)}, m_options.ackTimeout);
    if (!alive || m_connection != connection) { // it ended over this, and the outbox offers it again
        if (!answer.isFinished())
            answer.cancel();
        return;
    }
    m_onTheirWay.insert(entry.id, answer);
    answer.then(this, [this, id = entry.id, connection](const Result<Arguments> &result) {
        answered(id, connection, readAnswer(result));
    });
}

void OutboxCourier::answered(const QString &id, quint64 connection, const Result<QCborMap> &answer)
{
    if (!m_outbox)
        return;
    if (answer) {
        const QPointer<OutboxCourier> alive(this);
        m_onTheirWay.remove(id);
        Q_EMIT delivered(id, *answer);
        if (alive && m_outbox)
            m_outbox->acknowledged(id);
        return;
    }
    if (connection != m_connection)
        return;
    m_onTheirWay.remove(id);
    if (isTemporary(answer.error()))
        m_outbox->interrupted(id);
    else
        m_outbox->refused(id, answer.error());
}

} // namespace Hubbub
