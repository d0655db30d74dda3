// SPDX-License-Identifier: MIT
#include "server-lite/transport/engineserver.h"

#include "server-lite/transport/engineserver_p.h"

#include <QtCore/QMetaMethod>

#include <algorithm>

namespace EngineIo
{

Server::Server(ServerOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(options)))
{
}

Server::~Server() = default;

void Server::connectNotify(const QMetaMethod &signal)
{
    if (signal == QMetaMethod::fromSignal(&Server::connectionError))
        d->shared->errorsWanted.store(true, std::memory_order_relaxed);
}

void Server::setListener(SessionListener *listener)
{
    d->listener = listener;
}

void Server::setHttpHandler(Hubbub::HttpHandler handler)
{
    d->httpHandler = std::move(handler);
}

Hubbub::Result<void> Server::listen(const QHostAddress &address, quint16 port)
{
    if (d->state != Private::State::Idle)
        return Hubbub::failure(QStringLiteral("listen-failed"),
                               QStringLiteral("The server is already in use."));
    if (d->workers.empty())
        d->startWorkers();
    d->commandAll<Resume>();
    d->drained = 0;
    auto outcome = std::make_shared<std::promise<Hubbub::Result<quint16>>>();
    auto future = outcome->get_future();
    d->command(0, Listen{address, port, std::move(outcome)});
    d->flush(); // what was said before, to serve again for instance, is done before the first connection can
                // come
    const auto listening = future.get();
    if (!listening)
        return tl::unexpected(listening.error());
    d->address = address;
    d->port = *listening;
    d->state = Private::State::Listening;
    return {};
}

void Server::setTls(const QSslConfiguration &configuration)
{
    if (!d->shared->options.tls)
        return;
    const std::scoped_lock lock(d->shared->tlsMutex);
    d->shared->tls = configuration;
}

const LatencyHistogram &Server::handlerLatency() const
{
    return d->handlerLatency;
}

bool Server::isListening() const
{
    return d->state == Private::State::Listening;
}

quint16 Server::port() const
{
    return d->port;
}

QHostAddress Server::address() const
{
    return d->address;
}

const ServerOptions &Server::options() const
{
    return d->shared->options;
}

void Server::send(SessionHandle session, FramesPtr frames, SendMode mode)
{
    d->command(workerOf(session), SendToOne{session, std::move(frames), mode});
}

void Server::send(std::span<const SessionHandle> sessions, FramesPtr frames, SendMode mode)
{
    send(std::make_shared<const SessionGroup>(sessions), frames, mode);
}

void Server::send(const GroupPtr &group, const FramesPtr &frames, SendMode mode, SessionHandle except)
{
    for (size_t i = 0; i < group->workers(); ++i) {
        if (!group->of(i).empty())
            d->send(i, SendToMany{group, {frames}, mode, except});
    }
}

void Server::closeSession(SessionHandle session, bool discard)
{
    d->command(workerOf(session), CloseSession{session, discard});
}

void Server::close()
{
    if (d->state == Private::State::Idle)
        QMetaObject::invokeMethod(this, &Server::closed, Qt::QueuedConnection);
    if (d->state != Private::State::Listening)
        return;
    d->state = Private::State::Closing;
    d->drained = 0;
    d->commandAll<Shutdown>();
}

qsizetype Server::sessionCount() const
{
    return d->sessions;
}

ServerCounters Server::counters() const
{
    const SharedCounters &now = d->shared->counters;
    const auto read = [](const std::atomic<quint64> &counter) {
        return counter.load(std::memory_order_relaxed);
    };
    ServerCounters counters{read(now.connectionsOpened), read(now.sessionsOpened),  read(now.sessionsClosed),
                            read(now.messagesIn),        read(now.messagesOut),     read(now.bytesIn),
                            read(now.bytesOut),          read(now.volatileDropped), read(now.slowClosed),
                            read(now.requestsRefused)};
    counters.connections = quint64(d->shared->connections->load(std::memory_order_relaxed));
    counters.lostCut = read(now.lostCut);
    counters.unsentCut = read(now.unsentCut);
    counters.readingPaused = read(now.readingPaused);
    counters.connectionsPeak = read(now.connectionsPeak);
    counters.connectionsRefused = read(now.connectionsRefused);
    counters.sessionsPeak = quint64(d->sessionsPeak);
    counters.closedByReason = d->closedByReason;
    std::transform(now.refusedByStatus.begin(), now.refusedByStatus.end(), counters.refusedByStatus.begin(),
                   read);
    return counters;
}

} // namespace EngineIo
