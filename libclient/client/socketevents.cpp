// SPDX-License-Identifier: MIT
// Events and acks of a namespace; its connection's life is in socket_p.cpp.
#include "libclient/client/boottime.h"
#include "libclient/client/linkquality.h"
#include "libclient/client/logging.h"
#include "libclient/client/socket_p.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

Hubbub::Result<OutgoingEvent> Socket::Private::encode(const QString &name, const Arguments &arguments,
                                                      std::optional<quint64> ackId) const
{
    if (isReservedEvent(name))
        return Hubbub::failure(u"reserved-event"_s, u"\"%1\" is a reserved event name."_s.arg(name));
    OutgoingEvent event{
        manager->options.parser->encode(
            {.type = PacketType::Event, .nsp = nsp, .id = ackId, .name = name, .arguments = arguments}),
        name, arguments, ackId};
    const int attachments = int(event.messages.size()) - 1;
    if (attachments > manager->options.decoderLimits.maxAttachments)
        return Hubbub::failure(u"too-many-attachments"_s,
                               u"\"%1\" holds %2 binary values; at most %3 can go into one event."_s.arg(name)
                                   .arg(attachments)
                                   .arg(manager->options.decoderLimits.maxAttachments));
    if (manager->maxPayload) {
        if (Hubbub::Result<void> fits = EngineIo::checkSize(event.messages, *manager->maxPayload); !fits)
            return tl::unexpected<Hubbub::Error>(fits.error());
    }
    return event;
}

bool Socket::Private::canSendNow() const
{
    return (is(ConnectionState::Online) || is(ConnectionState::Degraded)) && !manager->engine->checkExpired();
}

Hubbub::Result<void> Socket::Private::emitEvent(const QString &name, const Arguments &arguments,
                                                std::optional<quint64> ackId)
{
    Hubbub::Result<OutgoingEvent> event = encode(name, arguments, ackId);
    if (!event)
        return tl::unexpected<Hubbub::Error>(event.error());
    const Notifier::Turn turn(manager->notifier);
    if (canSendNow()) {
        if (manager->engine->bytesToWrite() + event->size() > manager->options.maxBufferedBytes)
            return Hubbub::failure(u"buffer-full"_s, u"The connection is too slow; this was not sent."_s,
                                   u"%1 bytes are waiting"_s.arg(manager->engine->bytesToWrite()));
        transmit(*event);
        return {};
    }
    Hubbub::Result<void> kept = buffer.push(*std::move(event));
    if (kept)
        post([this] { Q_EMIT q->bufferedCountChanged(); });
    return kept;
}

bool Socket::Private::emitVolatile(const QString &name, const Arguments &arguments)
{
    if (!canSendNow() || !manager->engine->isWritable())
        return false;
    const Hubbub::Result<OutgoingEvent> event = encode(name, arguments, std::nullopt);
    if (!event) {
        qCDebug(lcSocket) << nsp << "did not send a volatile event:" << event.error().message;
        return false;
    }
    const Notifier::Turn turn(manager->notifier);
    transmit(*event);
    return true;
}

QFuture<Hubbub::Result<Arguments>> Socket::Private::emitWithAck(const QString &name,
                                                                const Arguments &arguments,
                                                                std::chrono::milliseconds timeout)
{
    const PendingAck ack;
    QFuture<Hubbub::Result<Arguments>> future = ack.future();
    const quint64 ackId = acks.nextId();
    acks.add(ackId, ack, timeout);
    const Hubbub::Result<void> sent = emitEvent(name, arguments, ackId);
    if (!sent) {
        acks.take(ackId);
        ack.finish(tl::unexpected<Hubbub::Error>(sent.error()));
    }
    return future;
}

void Socket::Private::transmit(const OutgoingEvent &event)
{
    if (outgoing.hasAny())
        post([this, sent = Event{event.name, event.arguments, {}}] {
            dispatch(outgoing.handlersOf({}), sent);
        });
    if (event.ackId)
        acks.markSent(*event.ackId, bootTime());
    manager->send(event.messages);
}

void Socket::Private::flush()
{
    if (!is(ConnectionState::Synchronising))
        return;
    const qsizetype before = buffer.count();
    while (!buffer.isEmpty() && manager->engine->isWritable()) {
        const OutgoingEvent event = buffer.takeFirst();
        // It was kept when the server, or its limit, was another one.
        const Hubbub::Result<void> fits = EngineIo::checkSize(event.messages, *manager->maxPayload);
        if (fits) {
            transmit(event);
        } else {
            const std::optional<PendingAck> ack = event.ackId ? acks.take(*event.ackId) : std::nullopt;
            if (ack)
                finish(*ack, tl::unexpected<Hubbub::Error>(fits.error()));
            else
                post([this, error = fits.error()] { Q_EMIT manager->q->errorOccurred(error); });
        }
        if (!is(ConnectionState::Synchronising))
            return;
    }
    if (buffer.count() != before)
        post([this] { Q_EMIT q->bufferedCountChanged(); });
    if (!buffer.isEmpty()) {
        manager->flushWanted = true;
        return;
    }
    change(ConnectionInput::QueueFlushed);
    post([this] {
        if (isConnected())
            Q_EMIT q->connected();
    });
}

void Socket::Private::onPacket(const Packet &packet)
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
        onEvent(packet);
        break;
    case PacketType::Ack:
        onAck(packet);
        break;
    }
}

void Socket::Private::onEvent(const Packet &packet)
{
    if (is(ConnectionState::Handshaking)) {
        // A server that restores a session sends what was missed before it accepts.
        if (qsizetype(m_early.size()) >= manager->options.maxBufferedPackets)
            manager->breakOff(u"too many events before the answer to CONNECT"_s);
        else
            m_early.push_back(packet);
        return;
    }
    if (!isConnected())
        return;
    Event event{packet.name, packet.arguments, {}};
    if (packet.id)
        event.ack =
            Ack([alive = QPointer<Private>(this), ackId = *packet.id, session = id](const Arguments &answer) {
                if (alive)
                    alive->sendAck(ackId, session, answer);
            });
    post([this, event = std::move(event)] { dispatch(incoming.handlersOf(event.name), event); });
}

void Socket::Private::onAck(const Packet &packet)
{
    const std::optional<PendingAck> ack = packet.id ? acks.take(*packet.id) : std::nullopt;
    if (!ack) {
        qCDebug(lcSocket) << nsp << "ignored an ack nobody waits for";
        return;
    }
    if (ack->sentAt) {
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
}

void Socket::Private::sendAck(quint64 ackId, const QString &session, const Arguments &arguments)
{
    // An answer to an earlier connection would be taken for one to this.
    if (!isConnected() || id != session)
        return;
    const EncodedPacket messages = manager->options.parser->encode(
        {.type = PacketType::Ack, .nsp = nsp, .id = ackId, .arguments = arguments});
    const Hubbub::Result<void> fits = EngineIo::checkSize(messages, *manager->maxPayload);
    if (fits)
        manager->send(messages);
    else
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
    if (buffer.removeByAckId(ackId))
        post([this] { Q_EMIT q->bufferedCountChanged(); });
    finish(*ack, Hubbub::failure(u"ack-timeout"_s, u"The server did not answer in time."_s));
}

void Socket::Private::dispatch(const HandlerRegistry::Entries &handlers, const Event &event)
{
    const QPointer<Private> alive(this);
    for (const std::shared_ptr<HandlerRegistry::Entry> &entry : handlers) {
        if (entry->removed || !entry->context)
            continue;
        const Hubbub::Result<void> handled = entry->handler(event);
        if (!alive)
            return;
        if (!handled) {
            Q_EMIT q->argumentMismatch(handled.error());
            if (!alive)
                return;
        }
    }
}

} // namespace SocketIo
