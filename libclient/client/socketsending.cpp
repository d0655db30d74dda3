// SPDX-License-Identifier: MIT
// What goes out on a namespace: now, later from the buffer, or again until it is answered.
#include "libclient/client/boottime.h"
#include "libclient/client/logging.h"
#include "libclient/client/socket_p.h"

#include <QtCore/QElapsedTimer>

using namespace Qt::StringLiterals;

namespace SocketIo
{

namespace
{

/// How long the buffer is emptied at a stretch before the event loop has a turn: a screen draws a frame in
/// 16 ms, and others want some of them.
constexpr qint64 flushStretchMs = 2;

} // namespace

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
        if (Hubbub::Result<void> fits =
                EngineIo::checkSize(event.messages, *manager->maxPayload, manager->binaryForm());
            !fits)
            return tl::unexpected<Hubbub::Error>(fits.error());
    }
    return event;
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
    Hubbub::Result<std::vector<OutgoingEvent>> kept = buffer.push(*std::move(event));
    if (!kept)
        return tl::unexpected<Hubbub::Error>(std::move(kept).error());
    for (const OutgoingEvent &oldest : *kept)
        drop(oldest, {u"dropped"_s, u"Too much is waiting to be sent, so the oldest was given up."_s, {}});
    post([this] { Q_EMIT q->bufferedCountChanged(); });
    return {};
}

Hubbub::Result<void> Socket::Private::emitNowOrNever(const QString &name, const Arguments &arguments,
                                                     std::optional<quint64> ackId)
{
    if (!canSendNow() || !manager->engine->isWritable())
        return Hubbub::failure(u"not-sent"_s,
                               u"The connection could not take this now, and later is too late."_s);
    const Hubbub::Result<OutgoingEvent> event = encode(name, arguments, ackId);
    if (!event) {
        qCDebug(lcSocket) << nsp << "did not send a volatile event:" << event.error().message;
        return tl::unexpected<Hubbub::Error>(event.error());
    }
    const Notifier::Turn turn(manager->notifier);
    transmit(*event);
    return {};
}

Hubbub::Result<void> Socket::Private::emitWithRetries(const QString &name, const Arguments &arguments,
                                                      PendingAck ack, std::chrono::milliseconds timeout)
{
    if (const Hubbub::Result<OutgoingEvent> fits = encode(name, arguments, 0); !fits)
        return tl::unexpected<Hubbub::Error>(fits.error());
    if (retried.count() >= manager->options.maxBufferedPackets)
        return Hubbub::failure(u"buffer-full"_s, u"Too much is waiting to be answered; this was not kept."_s,
                               u"%1 events"_s.arg(retried.count()));
    const Notifier::Turn turn(manager->notifier);
    retried.push({.name = name, .arguments = arguments, .timeout = timeout, .ack = std::move(ack)});
    proceedWithRetries();
    return {};
}

void Socket::Private::proceedWithRetries()
{
    if (!canSendNow())
        return;
    const RetryQueue::Item *next = retried.startNext();
    if (!next)
        return;
    // Every try has an id of its own, so that a late answer to an earlier one is not taken for its.
    const PendingAck attempt;
    const quint64 ackId = acks.nextId();
    const quint64 number = next->number;
    acks.add(ackId, attempt, next->timeout);
    attempt.future().then(
        this, [this, number](const Hubbub::Result<Arguments> &result) { tryEnded(number, result); });
    const Hubbub::Result<void> sent = emitNow(next->name, next->arguments, ackId);
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

void Socket::Private::clearBuffer()
{
    if (buffer.isEmpty())
        return;
    const Notifier::Turn turn(manager->notifier);
    while (!buffer.isEmpty())
        drop(buffer.takeFirst(), {u"dropped"_s, u"What was waiting to be sent was given up."_s, {}});
    post([this] { Q_EMIT q->bufferedCountChanged(); });
    if (is(ConnectionState::Synchronising))
        flush();
}

void Socket::Private::drop(const OutgoingEvent &event, const Hubbub::Error &error)
{
    if (error.code == "dropped"_L1)
        ++manager->counted.droppedFromBuffer;
    if (const std::optional<PendingAck> ack = event.ackId ? acks.take(*event.ackId) : std::nullopt)
        finish(*ack, tl::unexpected<Hubbub::Error>(error));
    else
        post([this, name = event.name, error] { Q_EMIT q->eventDropped(name, error); });
}

void Socket::Private::transmit(const OutgoingEvent &event)
{
    if (outgoing.hasAny())
        post([this, sent = Event{event.name, event.arguments, {}}] {
            dispatch(outgoing.handlersOf({}), sent);
        });
    if (event.ackId)
        acks.markSent(*event.ackId, bootTime());
    ++manager->counted.eventsSent;
    manager->send(event.messages);
    if (manager->hasTap())
        manager->tapOutgoing({.type = PacketType::Event,
                              .nsp = nsp,
                              .id = event.ackId,
                              .name = event.name,
                              .arguments = event.arguments});
}

void Socket::Private::flush()
{
    if (!is(ConnectionState::Synchronising))
        return;
    const qsizetype before = buffer.count();
    QElapsedTimer stretch;
    stretch.start();
    while (!buffer.isEmpty() && manager->engine->isWritable() && stretch.elapsed() < flushStretchMs) {
        if (!flushOne())
            return;
    }
    if (buffer.count() != before)
        post([this] { Q_EMIT q->bufferedCountChanged(); });
    if (!buffer.isEmpty()) {
        if (!manager->engine->isWritable()) {
            manager->flushWanted = true;
        } else if (!std::exchange(m_flushSoon, true)) {
            QMetaObject::invokeMethod(
                this,
                [this] {
                    m_flushSoon = false;
                    const Notifier::Turn turn(manager->notifier);
                    flush();
                },
                Qt::QueuedConnection);
        }
        return;
    }
    change(ConnectionInput::QueueFlushed);
    proceedWithRetries();
    post([this] {
        if (isConnected())
            Q_EMIT q->connected();
    });
}

/// False if the connection ended over it.
bool Socket::Private::flushOne()
{
    const OutgoingEvent event = buffer.takeFirst();
    if (event.ackId && acks.isCanceled(*event.ackId)) {
        acks.take(*event.ackId);
        return true;
    }
    // It was kept when the server, or its limit, was another one.
    const Hubbub::Result<void> fits =
        EngineIo::checkSize(event.messages, *manager->maxPayload, manager->binaryForm());
    if (fits)
        transmit(event);
    else
        drop(event, fits.error());
    return is(ConnectionState::Synchronising);
}

} // namespace SocketIo
