// SPDX-License-Identifier: MIT
// What waits for the connection, and how it goes out once that is there.
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

/// May destroy us: the application is told.
Hubbub::Result<void> Socket::Private::keep(OutgoingEvent &&event)
{
    Hubbub::Result<std::vector<OutgoingEvent>> dropped = buffer.push(std::move(event));
    if (!dropped)
        return tl::unexpected<Hubbub::Error>(std::move(dropped).error());
    if (dropped->empty() && manager->notifier->isIdle()) { // nothing else changed, so no turn is needed
        Q_EMIT q->bufferedCountChanged();
        return {};
    }
    const Notifier::Turn turn(manager->notifier);
    for (const OutgoingEvent &oldest : *dropped)
        drop(oldest, {u"dropped"_s, u"Too much is waiting to be sent, so the oldest was given up."_s, {}});
    post([this] { Q_EMIT q->bufferedCountChanged(); });
    return {};
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

void Socket::Private::goOn()
{
    if (is(ConnectionState::Synchronising))
        flush();
    else
        proceedWithRetries();
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
    const Hubbub::Result<void> fits = checkFits(event);
    if (fits)
        transmit(event);
    else
        drop(event, fits.error());
    return is(ConnectionState::Synchronising);
}

} // namespace SocketIo
