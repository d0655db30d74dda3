// SPDX-License-Identifier: MIT
// What comes in on a namespace, and its acks; what goes out is in socketsending.cpp, its connection's life in
// socket_p.cpp.
#include "libclient/client/boottime.h"
#include "libclient/client/linkquality.h"
#include "libclient/client/logging.h"
#include "libclient/client/socket_p.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

void Socket::Private::onPacket(Packet &&packet)
{
    switch (packet.type) {
    case PacketType::Connect:
        onConnect(packet);
        break;
    case PacketType::ConnectError:
        onConnectError(packet);
        break;
    case PacketType::Disconnect:
        onDisconnect();
        break;
    case PacketType::Event:
        onEvent(std::move(packet));
        break;
    case PacketType::Ack:
        onAck(packet);
        break;
    }
}

void Socket::Private::onEvent(Packet &&packet)
{
    if (is(ConnectionState::Handshaking)) {
        // A server that restores a session sends what was missed before it accepts.
        if (qsizetype(m_early.size()) >= manager->options.maxBufferedPackets)
            manager->breakOff(u"too many events before the answer to CONNECT"_s);
        else
            m_early.push_back(std::move(packet));
        return;
    }
    if (!isConnected())
        return;
    post([this, event = eventOf(std::move(packet))] { dispatch(incoming.handlersOf(event.name), event); });
}

void Socket::Private::deliver(Packet &&packet)
{
    const Event event = eventOf(std::move(packet));
    dispatch(incoming.handlersOf(event.name), event);
}

Event Socket::Private::eventOf(Packet &&packet)
{
    ++manager->counted.eventsReceived;
    if (!m_pid.isEmpty())
        noteOffset(packet.arguments);
    Event event{std::move(packet.name), std::move(packet.arguments), {}};
    if (packet.id)
        event.ack =
            Ack([alive = QPointer<Private>(this), ackId = *packet.id, session = id](const Arguments &answer) {
                if (alive)
                    alive->sendAck(ackId, session, answer);
            });
    return event;
}

/// The server's place of this event, if it ends in one: it is not told from a text of the application.
void Socket::Private::noteOffset(const Arguments &arguments)
{
    const std::optional<Json::View> json = arguments.view(arguments.size() - 1);
    if (json ? !json->isText() : arguments.isEmpty())
        return;
    if (QString last; readArgument(arguments, arguments.size() - 1, last))
        m_lastOffset = last;
}

void Socket::Private::onAck(const Packet &packet)
{
    const std::optional<PendingAck> ack = packet.id ? acks.take(*packet.id) : std::nullopt;
    if (!ack) {
        qCDebug(lcSocket) << nsp << "ignored an ack nobody waits for";
        return;
    }
    ++manager->counted.answersReceived;
    if (ack->sentAt) {
        using std::chrono::microseconds;
        manager->roundTrips.add(
            std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - ack->sentOnClock));
        roundTrip = bootTime() - *ack->sentAt;
        if (const std::optional<ConnectionInput> input = LinkQuality::judge(machine.state(), *roundTrip))
            change(*input);
        post([this] { Q_EMIT q->roundTripChanged(); });
    }
    finish(*ack, packet.arguments);
}

void Socket::Private::sendPacket(const Packet &packet)
{
    manager->send(manager->options.parser->encode(packet));
    manager->tapOutgoing(packet);
}

void Socket::Private::sendAck(quint64 ackId, const QString &session, const Arguments &arguments)
{
    // An answer to an earlier connection would be taken for one to this.
    if (!isConnected() || id != session)
        return;
    const Packet packet{.type = PacketType::Ack, .nsp = nsp, .id = ackId, .arguments = arguments};
    const EncodedPacket messages = manager->options.parser->encode(packet);
    const Hubbub::Result<void> fits =
        EngineIo::checkSize(messages, *manager->maxPayload, manager->binaryForm());
    if (fits) {
        manager->send(messages);
        manager->tapOutgoing(packet);
    } else
        qCWarning(lcSocket) << nsp << "an ack was not sent:" << fits.error().message;
}

void Socket::Private::failSentAcks()
{
    const QList<PendingAck> pending = acks.takeSent();
    for (const PendingAck &ack : pending)
        finish(ack, Hubbub::failure(u"disconnected"_s, u"The connection was lost before the answer came."_s));
}

void Socket::Private::finish(const PendingAck &ack, Hubbub::Result<Arguments> result)
{
    manager->notifier->post([ack, result = std::move(result)] { ack.finish(result); });
}

void Socket::Private::expireAck(quint64 ackId)
{
    const Notifier::Turn turn(manager->notifier);
    const std::optional<PendingAck> ack = acks.take(ackId);
    if (!ack)
        return;
    ++manager->counted.answersMissed;
    if (buffer.removeByAckId(ackId))
        post([this] { Q_EMIT q->bufferedCountChanged(); });
    finish(*ack, Hubbub::failure(u"ack-timeout"_s, u"The server did not answer in time."_s));
}

void Socket::Private::dispatch(const HandlerRegistry::Handlers &handlers, const Event &event)
{
    const QPointer<Private> alive(this);
    bool isOver = false;
    for (const auto *list : {&handlers.any, &handlers.named}) {
        if (!*list)
            continue;
        for (const std::shared_ptr<HandlerRegistry::Entry> &entry : **list) {
            const std::optional<Hubbub::Error> mismatch = HandlerRegistry::call(entry, event);
            isOver = isOver || entry->removed;
            if (!alive)
                return;
            if (mismatch) {
                Q_EMIT q->argumentMismatch(*mismatch);
                if (!alive)
                    return;
            }
        }
    }
    if (isOver)
        incoming.prune(event.name);
}

} // namespace SocketIo
