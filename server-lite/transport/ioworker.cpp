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
    m_lostPeerCheck = std::make_unique<Hubbub::Deadline>(*m_deadlines, [this] { cutLostPeers(); });
    m_acceptor = std::make_unique<WebSocketAcceptor>(m_shared->options, *m_deadlines, m_shared->counters);
    m_groups = std::make_unique<GroupSender>(m_index, m_sessions, static_cast<SessionHost &>(*this),
                                             isOnServerThread() ? GroupSender::Patience::ForMore
                                                                : GroupSender::Patience::None);
    if (!isOnServerThread()) // where a turn's messages are handled in that turn
        m_brake = std::make_unique<ReadingBrake>(m_sessions, static_cast<SessionHost &>(*this),
                                                 m_shared->backlogs[size_t(m_index)]);
    // Before the loop sleeps and after it woke: whichever the dispatcher of this system says in a busy turn.
    auto *dispatcher = QAbstractEventDispatcher::instance();
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &IoWorker::endTurn);
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, &IoWorker::endTurn);
}

bool IoWorker::event(QEvent *event)
{
    if (event->type() != wakeUpEvent)
        return QObject::event(event);
    auto commands = m_mailbox.take();
    run(commands);
    return true;
}

void IoWorker::run(std::vector<WorkerCommand> &commands)
{
    for (WorkerCommand &command : commands)
        run(command);
}

void IoWorker::run(WorkerCommand &command)
{
    if (m_state == State::Stopped) {
        discard(command);
        return;
    }
    if (auto *many = std::get_if<SendToMany>(&command)) {
        m_groups->send(std::move(*many));
        return;
    }
    m_groups->release();
    if (auto *one = std::get_if<SendToOne>(&command)) {
        Session *session = m_sessions.find(one->session);
        if (session && session->send(one->frames, one->mode))
            counters().addOut(*one->frames, 1);
    } else if (auto *close = std::get_if<CloseSession>(&command)) {
        if (Session *session = m_sessions.find(close->session))
            session->close(CloseReason::ForcedClose, close->discard);
    } else if (auto *answer = std::get_if<AnswerHttp>(&command)) {
        if (const auto found = m_connections.find(answer->connection); found != m_connections.end())
            found->second->respond(*answer->response);
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
        m_brake->resume();
    } else if (const auto *end = std::get_if<Stop>(&command)) {
        stop();
        end->stopped->count_down();
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
    auto listening = listener->listenOn(address, port);
    if (listening)
        m_listener = std::move(listener);
    return listening;
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

void IoWorker::sessionMessage(Session &session, Message message)
{
    const qsizetype bytes = message.data.size();
    m_events.emplace_back(SessionMessage{session.handle(), std::move(message)});
    if (m_brake)
        m_brake->messageMade(session, bytes);
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
    if (session.markFlushWanted(true))
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
        if (m_groups && m_groups->isDue())
            m_groups->release();
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
    if (m_brake)
        m_brake->endTurn();
}

void IoWorker::flushSessions()
{
    for (size_t i = 0; i < m_toFlush.size(); ++i) {
        m_toFlush[i]->markFlushWanted(false);
        m_toFlush[i]->flush();
    }
    m_toFlush.clear();
}

} // namespace EngineIo
