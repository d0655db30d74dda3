// SPDX-License-Identifier: MIT
// What goes out on a namespace: now, or again until it is answered; what waits for the connection is in
// socketbuffer.cpp.
#include "libclient/client/boottime.h"
#include "libclient/client/logging.h"
#include "libclient/client/socket_p.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

/// The event in its place, which is to be used only if this worked.
Hubbub::Result<void> Socket::Private::encode(const QString &name, const Arguments &arguments,
                                             std::optional<quint64> ackId, OutgoingEvent &event) const
{
    if (isReservedEvent(name))
        return Hubbub::failure(u"reserved-event"_s, u"\"%1\" is a reserved event name."_s.arg(name));
    Packet packet{.type = PacketType::Event, .nsp = nsp, .id = ackId, .name = name, .arguments = arguments};
    event.messages = manager->options.parser->encode(packet);
    event.name = std::move(packet.name);
    event.ackId = ackId;
    if (isWatched())
        event.arguments = std::move(packet.arguments);
    const qsizetype attachments = event.messages.size() - 1;
    if (attachments > manager->options.decoderLimits.maxAttachments)
        return Hubbub::failure(u"too-many-attachments"_s,
                               u"\"%1\" holds %2 binary values; at most %3 can go into one event."_s.arg(name)
                                   .arg(attachments)
                                   .arg(manager->options.decoderLimits.maxAttachments));
    return {};
}

/// Into what the server of now, or the last one, takes at once.
Hubbub::Result<void> Socket::Private::checkFits(const OutgoingEvent &event) const
{
    if (!manager->maxPayload)
        return {};
    return EngineIo::checkSize(event.messages, *manager->maxPayload, manager->binaryForm());
}

bool Socket::Private::canSendNow() const
{
    return (is(ConnectionState::Online) || is(ConnectionState::Degraded)) && !manager->engine->checkExpired();
}

Hubbub::Result<void> Socket::Private::emitEvent(const QString &name, const Arguments &arguments,
                                                const ClientEmitFlags &flags)
{
    Hubbub::Result<void> sent =
        flags.isVolatile ? emitNowOrNever(name, arguments, std::nullopt)
        : retries > 0    ? emitWithRetries(name, arguments, PendingAck(), flags.timeout.value_or(ackTimeout))
                         : emitNow(name, arguments, std::nullopt);
    if (!sent)
        ++(flags.isVolatile ? manager->counted.volatileDropped : manager->counted.refused);
    return sent;
}

QFuture<Hubbub::Result<Arguments>>
Socket::Private::emitWithAck(const QString &name, const Arguments &arguments, const ClientEmitFlags &flags)
{
    const PendingAck ack;
    QFuture<Hubbub::Result<Arguments>> future = ack.future();
    const std::chrono::milliseconds timeout = flags.timeout.value_or(ackTimeout);
    Hubbub::Result<void> sent;
    if (retries > 0 && !flags.isVolatile) {
        sent = emitWithRetries(name, arguments, ack, timeout);
    } else {
        const quint64 ackId = acks.nextId();
        acks.add(ackId, ack, timeout);
        sent = flags.isVolatile ? emitNowOrNever(name, arguments, ackId) : emitNow(name, arguments, ackId);
        if (!sent)
            acks.take(ackId);
    }
    if (!sent) {
        ++(flags.isVolatile ? manager->counted.volatileDropped : manager->counted.refused);
        ack.finish(tl::unexpected<Hubbub::Error>(sent.error()));
    }
    return future;
}

Hubbub::Result<void> Socket::Private::emitNow(const QString &name, const Arguments &arguments,
                                              std::optional<quint64> ackId)
{
    OutgoingEvent event;
    if (Hubbub::Result<void> encoded = encode(name, arguments, ackId, event); !encoded)
        return encoded;
    return send(std::move(event));
}

Hubbub::Result<void> Socket::Private::send(OutgoingEvent &&event)
{
    if (Hubbub::Result<void> fits = checkFits(event); !fits)
        return fits;
    if (!canSendNow())
        return keep(std::move(event));
    const Notifier::Turn turn(manager->notifier);
    if (manager->engine->bytesToWrite() + event.size() > manager->options.maxBufferedBytes)
        return Hubbub::failure(u"buffer-full"_s, u"The connection is too slow; this was not sent."_s,
                               u"%1 bytes are waiting"_s.arg(manager->engine->bytesToWrite()));
    transmit(event);
    return {};
}

Hubbub::Result<void> Socket::Private::emitNowOrNever(const QString &name, const Arguments &arguments,
                                                     std::optional<quint64> ackId)
{
    if (!canSendNow() || !manager->engine->isWritable())
        return Hubbub::failure(u"not-sent"_s,
                               u"The connection could not take this now, and later is too late."_s);
    OutgoingEvent event;
    const Hubbub::Result<void> ready =
        encode(name, arguments, ackId, event).and_then([&] { return checkFits(event); });
    if (!ready) {
        qCDebug(lcSocket) << nsp << "did not send a volatile event:" << ready.error().message;
        return ready;
    }
    const Notifier::Turn turn(manager->notifier);
    transmit(event);
    return {};
}

Hubbub::Result<void> Socket::Private::emitWithRetries(const QString &name, const Arguments &arguments,
                                                      PendingAck ack, std::chrono::milliseconds timeout)
{
    // The id it has when its turn comes, unless others are taken meanwhile.
    const quint64 ackId = acks.upcomingId() + quint64(retried.waitingCount());
    OutgoingEvent first;
    Hubbub::Result<void> ready =
        encode(name, arguments, ackId, first).and_then([&] { return checkFits(first); });
    if (!ready)
        return ready;
    Hubbub::Result<void> kept = retried.push({.name = name,
                                              .arguments = arguments,
                                              .first = std::move(first),
                                              .timeout = timeout,
                                              .ack = std::move(ack)});
    if (!kept)
        return kept;
    const Notifier::Turn turn(manager->notifier);
    proceedWithRetries();
    return {};
}

void Socket::Private::proceedWithRetries()
{
    if (!canSendNow())
        return;
    // What has been taken up is not refused for a slow connection, it waits.
    const qint64 waiting = manager->engine->bytesToWrite();
    if (waiting > 0 && waiting + retried.headSize() > manager->options.maxBufferedBytes) {
        manager->flushWanted = true;
        return;
    }
    RetryQueue::Item *next = retried.startNext();
    if (!next)
        return;
    // Every try has an id of its own, so that a late answer to an earlier one is not taken for its.
    const PendingAck attempt;
    std::optional<OutgoingEvent> first = std::exchange(next->first, std::nullopt);
    const quint64 ackId = acks.nextId();
    const quint64 number = next->number;
    acks.add(ackId, attempt, next->timeout);
    attempt.future().then(
        this, [this, number](const Hubbub::Result<Arguments> &result) { tryEnded(number, result); });
    const Hubbub::Result<void> sent = first && first->ackId == ackId
                                          ? send(*std::move(first))
                                          : emitNow(next->name, next->arguments, ackId);
    if (sent)
        return;
    acks.take(ackId);
    finish(attempt, tl::unexpected<Hubbub::Error>(sent.error()));
}

void Socket::Private::tryEnded(quint64 number, const Hubbub::Result<Arguments> &result)
{
    if (m_abandoned)
        return;
    const Notifier::Turn turn(manager->notifier);
    if (const std::optional<RetryQueue::Item> done = retried.ended(number, result))
        finish(done->ack, result);
    proceedWithRetries();
}

void Socket::Private::transmit(const OutgoingEvent &event)
{
    const Arguments arguments = isWatched() ? argumentsOf(event) : Arguments();
    if (outgoing.hasAny())
        post([this, sent = Event{event.name, arguments, {}}] { dispatch(outgoing.handlersOf({}), sent); });
    if (event.ackId)
        acks.markSent(*event.ackId, bootTime());
    ++manager->counted.eventsSent;
    manager->send(event.messages);
    if (manager->hasTap())
        manager->tapOutgoing({.type = PacketType::Event,
                              .nsp = nsp,
                              .id = event.ackId,
                              .name = event.name,
                              .arguments = arguments});
}

/// Read back if nobody was interested yet when it was emitted.
Arguments Socket::Private::argumentsOf(const OutgoingEvent &event) const
{
    if (!event.arguments.isEmpty())
        return event.arguments;
    const std::unique_ptr<Decoder> decoder = manager->options.parser->createDecoder(
        {.maxAttachments = int(event.messages.size()), .maxAttachmentBytes = event.size()});
    Arguments arguments;
    for (const EngineIo::Message &message : event.messages) {
        if (const auto packet = decoder->add(message); packet && *packet)
            arguments = (*packet)->arguments;
    }
    return arguments;
}

} // namespace SocketIo
