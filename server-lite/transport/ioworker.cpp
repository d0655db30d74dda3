// SPDX-License-Identifier: MIT
#include "server-lite/transport/ioworker.h"

#include "server-lite/transport/acceptedsocket.h"

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QCoreApplication>
#include <QtCore/QThread>

namespace EngineIo
{

namespace
{
constexpr qsizetype mergedBytes = 64 * 1024; // of messages that leave as one
constexpr qsizetype messageOverhead = 128; // what a message takes besides its bytes
constexpr std::size_t flushedAtOnce = 64; // sessions of a large broadcast
const auto wakeUpEvent = QEvent::Type(QEvent::registerEventType());
} // namespace

IoWorker::IoWorker(int index, std::shared_ptr<Shared> shared, EventSink sink)
    : m_index(index)
    , m_shared(std::move(shared))
    , m_sink(std::move(sink))
    , m_origins(m_shared->options.allowedOrigins, m_shared->options.allowedHosts)
    , m_sessions(index)
{
}

IoWorker::~IoWorker()
{
    // What was on its way when the worker stopped.
    for (const WorkerCommand &command : m_mailbox.take())
        discard(command);
}

/// A stopped worker serves nobody, but what it was given is its to close.
void IoWorker::discard(const WorkerCommand &command)
{
    if (const auto *descriptor = std::get_if<AdoptDescriptor>(&command)) {
        QTcpSocket socket;
        socket.setSocketDescriptor(descriptor->descriptor);
        m_shared->connections->fetch_sub(1, std::memory_order_relaxed);
    } else if (const auto *moved = std::get_if<AdoptSocket>(&command)) {
        delete moved->socket;
    }
}

void IoWorker::post(WorkerCommand command)
{
    if (m_mailbox.post(std::move(command)))
        QCoreApplication::postEvent(this, new QEvent(wakeUpEvent));
}

void IoWorker::post(std::vector<WorkerCommand> &commands)
{
    if (m_mailbox.post(commands))
        QCoreApplication::postEvent(this, new QEvent(wakeUpEvent));
}

void IoWorker::start()
{
    m_deadlines = std::make_unique<Hubbub::DeadlineQueue>();
    m_acceptor = std::make_unique<WebSocketAcceptor>(m_shared->options, *m_deadlines);
    // Before the loop sleeps and after it woke: whichever the dispatcher of this system says in a busy turn.
    auto *dispatcher = QAbstractEventDispatcher::instance();
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &IoWorker::endTurn);
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, &IoWorker::endTurn);
}

bool IoWorker::event(QEvent *event)
{
    if (event->type() != wakeUpEvent)
        return QObject::event(event);
    run(m_mailbox.take());
    return true;
}

void IoWorker::run(std::vector<WorkerCommand> commands)
{
    for (WorkerCommand &command : commands)
        run(command);
}

void IoWorker::run(WorkerCommand &command)
{
    if (m_state == State::Stopped) {
        discard(command);
    } else if (auto *one = std::get_if<SendToOne>(&command)) {
        Session *session = m_sessions.find(one->session);
        if (session && session->send(one->frames, one->mode))
            counters().addOut(*one->frames, 1);
    } else if (auto *many = std::get_if<SendToMany>(&command)) {
        sendToMany(*many);
    } else if (auto *close = std::get_if<CloseSession>(&command)) {
        if (Session *session = m_sessions.find(close->session))
            session->close(CloseReason::ForcedClose, close->discard);
    } else if (auto *answer = std::get_if<AnswerHttp>(&command)) {
        if (const auto found = m_connections.find(answer->connection); found != m_connections.end())
            found->second->respond(answer->response);
    } else if (auto *descriptor = std::get_if<AdoptDescriptor>(&command)) {
        adopt(descriptor->descriptor);
    } else if (auto *moved = std::get_if<AdoptSocket>(&command)) {
        adopt(moved->socket);
    } else if (auto *order = std::get_if<Listen>(&command)) {
        order->outcome->set_value(listen(order->address, order->port));
    } else if (std::holds_alternative<Shutdown>(command)) {
        shutdown();
    } else if (std::holds_alternative<Resume>(command)) {
        if (m_state == State::Drained)
            m_state = State::Serving;
    } else if (std::holds_alternative<CaughtUp>(command)) {
        resumeReading();
    } else if (const auto *end = std::get_if<Stop>(&command)) {
        stop();
        end->stopped->count_down();
    }
}

/// Messages of one turn to the same sessions become one thing to queue and one stretch of bytes to send.
void IoWorker::sendToMany(const SendToMany &order)
{
    for (std::size_t next = 0; next < order.frames.size();) {
        std::size_t end = next + 1;
        qsizetype bytes = order.frames[next]->webSocketBytes().size();
        while (end < order.frames.size() && bytes < mergedBytes)
            bytes += order.frames[end++]->webSocketBytes().size();
        const FramesPtr frames =
            end == next + 1 ? order.frames[next]
                            : SharedFrames::joined(std::span(order.frames).subspan(next, end - next));
        quint64 receivers = 0;
        const auto &handles = order.group->of(std::size_t(m_index));
        // What is sent to more sessions than the cache holds goes while they are still in it.
        const bool isLarge = handles.size() > 8 * flushedAtOnce;
        for (const SessionHandle handle : handles) {
            Session *session = handle == order.except ? nullptr : m_sessions.find(handle);
            receivers += session && session->send(frames, order.mode) ? 1 : 0;
            if (isLarge && m_toFlush.size() >= flushedAtOnce)
                flushSessions();
        }
        counters().addOut(*frames, receivers);
        next = end;
    }
}

Hubbub::Result<quint16> IoWorker::listen(const QHostAddress &address, quint16 port)
{
    const auto deal = [this](qintptr descriptor) {
        const auto &workers = m_shared->workers;
        IoWorker *next = workers[m_nextWorker++ % workers.size()];
        if (next == this)
            adopt(descriptor);
        else
            next->post(AdoptDescriptor{descriptor});
    };
    auto listener = std::make_unique<Hubbub::Listener>(deal, m_shared->connections, options().maxConnections,
                                                       options().listenBacklog);
    connect(listener.get(), &Hubbub::Listener::refused, this,
            [this] { SharedCounters::add(counters().connectionsRefused); });
    if (listener->listen(address, port)) {
        m_listener = std::move(listener);
        return m_listener->serverPort();
    }
    const QString cause = listener->errorString();
    switch (listener->serverError()) {
    case QAbstractSocket::AddressInUseError:
        return Hubbub::failure(QStringLiteral("address-in-use"),
                               QStringLiteral("Port %1 is already in use.").arg(port), cause);
    case QAbstractSocket::SocketAddressNotAvailableError:
        return Hubbub::failure(
            QStringLiteral("address-not-available"),
            QStringLiteral("This computer does not have the address %1.").arg(address.toString()), cause);
    case QAbstractSocket::SocketAccessError:
        return Hubbub::failure(QStringLiteral("permission-denied"),
                               QStringLiteral("Listening on port %1 is not permitted.").arg(port), cause);
    default:
        return Hubbub::failure(QStringLiteral("listen-failed"),
                               QStringLiteral("The server could not start listening."), cause);
    }
}

void IoWorker::stopListening()
{
    m_listener.reset();
}

std::optional<QSslConfiguration> IoWorker::tls() const
{
    if (!options().tls)
        return std::nullopt;
    const std::scoped_lock lock(m_shared->tlsMutex);
    return m_shared->tls;
}

void IoWorker::adopt(qintptr descriptor)
{
    SharedCounters::add(counters().connectionsOpened);
    SharedCounters::raise(counters().connectionsPeak,
                          quint64(m_shared->connections->load(std::memory_order_relaxed)));
    if (auto socket = socketFor(descriptor, tls(), m_shared->connections))
        adopt(socket.release());
}

void IoWorker::adopt(QTcpSocket *socket)
{
    const ServerOptions &options = m_shared->options;
    Hubbub::HttpLimits limits;
    limits.headBytes = options.maxHeaderBytes;
    limits.bodyBytes = options.maxHttpBufferSize;
    limits.headTimeout = options.headerTimeout;
    limits.bodyTimeout = options.bodyTimeout;
    const quint64 id = m_nextConnection++;
    auto *connection = new Hubbub::HttpConnection(id, socket, *this, limits, *m_deadlines, this);
    m_connections.emplace(id, connection);
    connection->start();
}

void IoWorker::connectionGone(Hubbub::HttpConnection &connection)
{
    m_connections.erase(connection.id());
    connection.deleteLater();
}

Session &IoWorker::createSession(const Hubbub::HttpRequest &request, TransportName transport,
                                 AddressLimit::Place place)
{
    auto info = std::make_shared<SessionInfo>();
    const QByteArray sid = newSid();
    info->sid = QString::fromLatin1(sid);
    info->transport = transport;
    info->request = request;
    info->request.body.clear();
    info->openedAt = QDateTime::currentMSecsSinceEpoch();
    const SessionHandle handle = m_sessions.nextHandle();

    Session &created =
        m_sessions.add(std::make_unique<Session>(handle, std::move(info), static_cast<SessionHost &>(*this)));
    m_bySid.insert(sid, &created);
    if (place)
        m_places.emplace(handle, std::move(place));
    SharedCounters::add(counters().sessionsOpened);
    m_events.emplace_back(SessionOpened{handle, created.sharedInfo()});
    return created;
}

Session *IoWorker::findSession(const QByteArray &sid) const
{
    return m_bySid.value(sid);
}

void IoWorker::sessionMessage(Session &session, Message message)
{
    const qsizetype bytes = message.data.size();
    m_events.emplace_back(SessionMessage{session.handle(), std::move(message)});
    ++m_messagesMade;
    if (!isOnServerThread()) // where a turn's messages are handled in that turn
        countUnhandled(session, bytes);
}

/// Two stretches of a session's messages may be under way to the handlers: when the second is full before the
/// first was handled, the socket is left alone.
void IoWorker::countUnhandled(Session &session, qsizetype bytes)
{
    Session::Stretch &stretch = session.stretch;
    stretch.bytes += bytes + messageOverhead;
    if (stretch.bytes <= options().maxUnhandledBytes || stretch.paused)
        return;
    if (stretch.previousEnd <= m_shared->backlogs[size_t(m_index)].delivered.load()) {
        stretch = {0, m_messagesMade, false};
    } else if (session.setReading(false)) {
        stretch.paused = true;
        m_justPaused = true;
        m_paused.push_back(session.handle());
        SharedCounters::add(counters().readingPaused);
    } else if (stretch.bytes > options().maxQueuedBytes) {
        session.close(CloseReason::TransportError, true);
    }
}

void IoWorker::resumeReading()
{
    Backlog &backlog = m_shared->backlogs[size_t(m_index)];
    backlog.awaited.store(true); // before the look: what is handled after it is told of
    const quint64 delivered = backlog.delivered.load();
    for (const SessionHandle handle : std::exchange(m_paused, {})) {
        Session *session = m_sessions.find(handle);
        if (!session)
            continue;
        if (session->stretch.previousEnd > delivered) {
            m_paused.push_back(handle);
            continue;
        }
        session->stretch = {0, m_messagesMade, false};
        session->setReading(true);
    }
    if (m_paused.empty())
        backlog.awaited.store(false);
}

void IoWorker::sessionUpgraded(Session &session)
{
    m_events.emplace_back(SessionUpgraded{session.handle(), session.transportName()});
}

void IoWorker::sessionClosed(Session &session, CloseReason reason, const QString &description)
{
    m_events.emplace_back(SessionClosed{session.handle(), reason, description});
    m_bySid.remove(session.info().sid.toLatin1());
    m_places.erase(session.handle());
    m_closedSessions.push_back(m_sessions.take(session.handle()));
}

void IoWorker::sessionWantsFlush(Session &session)
{
    if (std::exchange(session.flushWanted, true))
        return;
    m_toFlush.push_back(&session);
}

void IoWorker::retire(std::unique_ptr<Transport> transport)
{
    m_retired.push_back(std::move(transport));
}

/// Runs with no session or socket on the stack: what the turn produced leaves, and what it ended is
/// destroyed.
void IoWorker::endTurn()
{
    // On the server's thread, events become calls of handlers and those become commands right here, before
    // anything is flushed; on another one they are handed over at the end.
    do {
        if (isOnServerThread() && !m_events.empty())
            m_sink(m_events);
        flushSessions();
    } while (isOnServerThread() && !m_events.empty());
    m_closedSessions.clear();
    std::erase_if(m_retired, [](const auto &transport) { return transport->isOver(); });
    for (const auto &[owner, socket] : m_toMove) {
        IoWorker *worker = m_shared->workers[size_t(owner)];
        socket->moveToThread(worker->thread());
        worker->post(AdoptSocket{socket});
    }
    m_toMove.clear();
    checkDrained();
    if (!m_events.empty())
        m_sink(m_events);
    if (std::exchange(m_justPaused, false))
        resumeReading();
}

void IoWorker::flushSessions()
{
    for (size_t i = 0; i < m_toFlush.size(); ++i) {
        m_toFlush[i]->flushWanted = false;
        m_toFlush[i]->flush();
    }
    m_toFlush.clear();
}

void IoWorker::shutdown()
{
    stopListening();
    if (m_state != State::Serving)
        return;
    m_state = State::ShuttingDown;
    for (Session *session : m_sessions.all())
        session->close(CloseReason::ServerShuttingDown, false);
    const auto connections = m_connections;
    for (const auto &[id, connection] : connections)
        connection->closeWhenIdle();
}

void IoWorker::checkDrained()
{
    if (m_state != State::ShuttingDown || !m_sessions.isEmpty() || !m_retired.empty())
        return;
    m_state = State::Drained;
    m_events.emplace_back(WorkerDrained{m_index});
}

void IoWorker::stop()
{
    if (m_state == State::Stopped)
        return;
    m_state = State::Stopped;
    stopListening();
    for (Session *session : m_sessions.all())
        session->close(CloseReason::ServerShuttingDown, true);
    endTurn();
    const auto connections = m_connections;
    for (const auto &[id, connection] : connections)
        connection->abort();
    endTurn();
    m_retired.clear();
    m_acceptor.reset();
    m_deadlines.reset();
}

} // namespace EngineIo
