// SPDX-License-Identifier: MIT
#include "server-lite/core/connection.h"

#include "server-lite/core/logging.h"
#include "server-lite/core/middlewarechain.h"
#include "server-lite/core/namespace_p.h"
#include "server-lite/core/readyfuture.h"
#include "server-lite/core/server_p.h"
#include "server-lite/core/serversocket_p.h"
#include "server-lite/core/socketid.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace SocketIo
{

Connection::Connection(Server *server, EngineIo::SessionHandle session,
                       std::shared_ptr<const EngineIo::SessionInfo> info)
    : m_server(server)
    , m_session(session)
    , m_info(std::move(info))
    , m_decoder(server->d->options.parser->createDecoder(server->d->options.decoderLimits))
    , m_clientId(makeSocketId())
    , m_transport(m_info->transport)
{
}

Connection::~Connection() = default;

QList<QPointer<ServerSocket>> Connection::sockets() const
{
    QList<QPointer<ServerSocket>> list;
    for (const Joined &joined : m_connected)
        list.append(joined.socket);
    return list;
}

void Connection::setTransport(EngineIo::TransportName transport)
{
    m_transport = transport;
    const auto self = shared_from_this();
    for (const auto &socket : sockets()) {
        if (socket)
            Q_EMIT socket->transportChanged();
    }
}

void Connection::receive(const EngineIo::Message &message)
{
    if (m_state != State::Open)
        return;
    const auto self = shared_from_this(); // a handler may end the session
    auto packet = m_decoder->add(message);
    if (!packet) {
        qCInfo(lcServer) << "closing" << m_clientId << "after" << packet.error().code << packet.error().cause;
        for (const auto &socket : sockets()) {
            if (socket)
                Q_EMIT socket->error(packet.error());
        }
        close(u"forced close"_s, packet.error().message);
    } else if (packet->has_value()) {
        process(std::move(**packet));
    }
}

void Connection::process(Packet packet)
{
    ServerSocket *socket = find(m_connected, packet.nsp);
    if (!socket && packet.type == PacketType::Connect && !find(m_connecting, packet.nsp)
        && !m_awaited.contains(packet.nsp)) {
        m_leftByServer.removeOne(packet.nsp);
        connectTo(packet);
        return;
    }
    const bool forSocket = packet.type == PacketType::Event || packet.type == PacketType::Ack
                           || packet.type == PacketType::Disconnect;
    if (socket && forSocket) {
        socket->d->receive(std::move(packet));
        return;
    }
    // What a client sent before it read that the server had put it out of one namespace must not cost it the
    // others.
    if (forSocket && m_leftByServer.contains(packet.nsp))
        return;
    qCInfo(lcServer) << "closing" << m_clientId << "on protocol violation: packet type" << int(packet.type)
                     << "for" << packet.nsp;
    close(u"forced close"_s);
}

void Connection::connectTo(const Packet &packet)
{
    const auto joined = qsizetype(m_connected.size() + m_connecting.size()) + m_awaited.size();
    if (joined >= m_server->d->options.maxNamespaces) {
        refuse(packet.nsp, {u"Too many namespaces"_s});
        return;
    }
    const QCborMap auth = packet.data.toMap();
    if (Namespace *nsp = m_server->find(packet.nsp)) {
        restore(nsp, auth);
        return;
    }
    m_awaited.append(packet.nsp);
    m_server->d->resolve(packet.nsp, auth,
                         [weak = weak_from_this(), name = packet.nsp, auth](Namespace *nsp) {
                             const auto self = weak.lock();
                             if (!self || !self->isOpen())
                                 return;
                             self->m_awaited.removeOne(name);
                             if (nsp)
                                 self->restore(nsp, auth);
                             else
                                 self->refuse(name, {u"Invalid namespace"_s});
                         });
}

/// Asks the adapter for the session that the client says it had, if it says so.
void Connection::restore(Namespace *nsp, QCborMap auth)
{
    if (nsp->d->adapter->offset().isEmpty()) {
        admit(nsp, auth, {});
        return;
    }
    // Who knows the pid is the client: handlers and operators have no use for it.
    const QString pid = auth.take(u"pid"_s).toString();
    const QString offset = auth.take(u"offset"_s).toString();
    if (pid.isEmpty()) {
        admit(nsp, auth, {});
        return;
    }
    m_awaited.append(nsp->name());
    whenReady(nsp->d->adapter->restoreSession(pid, offset), nsp,
              [weak = weak_from_this(), nsp, auth](const std::optional<PersistedSession> &session) {
                  const auto self = weak.lock();
                  if (self && self->isOpen()) {
                      self->m_awaited.removeOne(nsp->name());
                      self->admit(nsp, auth, session);
                  } else if (session) {
                      nsp->d->adapter->persistSession(*session);
                  }
              });
}

void Connection::admit(Namespace *nsp, const QCborMap &auth, const std::optional<PersistedSession> &session)
{
    const auto &request = m_info->request;
    auto *socket = new ServerSocket(nsp, this,
                                    Handshake{.auth = auth,
                                              .headers = request.headers,
                                              .query = request.query,
                                              .url = request.target,
                                              .address = request.peerAddress,
                                              .time = QDateTime::currentDateTimeUtc(),
                                              .secure = request.secure,
                                              .crossDomain = !request.header("origin").isEmpty()},
                                    session);
    m_connecting.push_back({nsp->name(), socket});
    const QPointer<ServerSocket> guard(socket);
    const QPointer<Namespace> nspGuard(nsp);
    if (session) {
        nsp->d->adapter->addAll(session->sid, session->rooms);
        if (!guard || !guard->d->connection)
            return;
    }
    const auto &recovery = m_server->d->options.connectionStateRecovery;
    const bool skip = session && (!recovery || recovery->skipMiddlewares);
    const auto middlewares = skip ? QList<ConnectMiddleware>() : nsp->d->middlewares;
    MiddlewareChain::run(
        socket, middlewares.size(),
        [guard, middlewares](qsizetype index, Next next) { middlewares.at(index)(*guard, std::move(next)); },
        [guard, nspGuard, weak = weak_from_this()](const std::optional<Refusal> &refusal) {
            const auto self = weak.lock();
            if (!guard)
                return;
            if (!self || !self->isOpen() || !nspGuard)
                guard->d->discard();
            else
                self->finishConnect(nspGuard, guard, refusal);
        });
}

void Connection::finishConnect(Namespace *nsp, ServerSocket *socket, const std::optional<Refusal> &refusal)
{
    if (refusal) {
        socket->d->discard();
        refuse(nsp->name(), *refusal);
        Q_EMIT nsp->connectionRefused(refusal->message);
        return;
    }
    const auto join = [weak = weak_from_this(), guard = QPointer<ServerSocket>(socket),
                       name = nsp->name()](const QList<MissedEvent> &missed) {
        const auto self = weak.lock();
        if (!self || !self->isOpen() || !guard || !guard->d->connection)
            return;
        std::erase_if(self->m_connecting, [&](const Joined &joined) { return joined.socket == guard; });
        self->m_hasJoined = true;
        self->m_connected.push_back({name, guard});
        guard->d->open(missed);
    };
    if (socket->d->recovered)
        whenReady(nsp->d->adapter->missedEvents(socket->d->session()), socket, join);
    else
        join({});
}

void Connection::refuse(const QString &nsp, const Refusal &refusal)
{
    QCborMap data{{u"message"_s, refusal.message}};
    if (!refusal.data.isUndefined())
        data.insert(u"data"_s, refusal.data);
    send(Packet{.type = PacketType::ConnectError, .nsp = nsp, .data = data});
}

void Connection::send(EngineIo::FramesPtr frames, EngineIo::SendMode mode)
{
    if (m_state == State::Open)
        m_server->d->engine->send(m_session, std::move(frames), mode);
}

void Connection::send(const Packet &packet, EngineIo::SendMode mode)
{
    if (m_state == State::Open)
        send(EngineIo::SharedFrames::fromMessages(m_server->d->options.parser->encode(packet)), mode);
}

void Connection::close(const QString &reason, const QString &description)
{
    if (m_state != State::Open)
        return;
    m_state = State::Closing;
    const auto self = shared_from_this();
    const QPointer<Server> server(m_server);
    leaveAll(reason, description);
    if (server && m_state == State::Closing)
        m_server->d->engine->closeSession(m_session);
}

void Connection::disconnectAll()
{
    if (m_state != State::Open)
        return;
    const auto self = shared_from_this();
    for (const auto &socket : sockets()) {
        if (socket)
            socket->disconnectSocket();
    }
    close(u"server namespace disconnect"_s);
}

void Connection::ended(const QString &reason, const QString &description)
{
    if (m_state == State::Closed)
        return;
    m_state = State::Closed;
    const auto self = shared_from_this();
    leaveAll(reason, description);
}

void Connection::leaveAll(const QString &reason, const QString &description)
{
    for (const auto &socket : sockets()) {
        if (socket)
            socket->d->close(reason, description);
    }
    while (!m_connecting.empty())
        m_connecting.back().socket->d->discard(); // comes back to forget()
}

void Connection::forget(ServerSocket *socket, const QString &nsp, bool byServer)
{
    const auto isSocket = [&](const Joined &joined) { return joined.socket == socket; };
    std::erase_if(m_connecting, isSocket);
    if (std::erase_if(m_connected, isSocket) > 0 && byServer)
        m_leftByServer.append(nsp);
}

ServerSocket *Connection::find(const std::vector<Joined> &list, const QString &nsp) const
{
    const auto it =
        std::find_if(list.cbegin(), list.cend(), [&](const Joined &joined) { return joined.nsp == nsp; });
    return it == list.cend() ? nullptr : it->socket;
}

} // namespace SocketIo
