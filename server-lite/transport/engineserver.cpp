// SPDX-License-Identifier: MIT
#include "server-lite/transport/engineserver.h"

#include "server-lite/transport/ioworker.h"
#include "server-lite/transport/logging.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QMetaMethod>
#include <QtCore/QPointer>
#include <QtCore/QThread>

#ifdef Q_OS_LINUX
#include "server-lite/net/epolldispatcher.h"
#endif

#include <algorithm>

namespace EngineIo
{

namespace
{
constexpr int mostWorkers = 64; // a byte names the worker; more threads than this help nobody
const auto eventsArrived = QEvent::Type(QEvent::registerEventType());
const auto commandsDue = QEvent::Type(QEvent::registerEventType());
} // namespace

/// The logic thread's end: takes batches of events in, collects commands and lets them out when the turn
/// ends.
class Server::Private final : public QObject
{
public:
    Private(Server *server, ServerOptions options);
    ~Private() override;

    void startWorkers();
    void startOnThisThread();
    void startThreads();
    void command(size_t worker, WorkerCommand command);
    void commandAll(const WorkerCommand &command);
    void flush();
    void send(size_t worker, SendToMany order);

    Server *q;
    std::shared_ptr<IoWorker::Shared> shared = std::make_shared<IoWorker::Shared>();
    SessionListener *listener = nullptr;
    Hubbub::HttpHandler httpHandler;
    std::vector<std::unique_ptr<QThread>> threads;
    const std::vector<IoWorker *> &workers = shared->workers; ///< each deleted on its thread, at its end
    QHostAddress address;
    quint16 port = 0;
    qsizetype sessions = 0;
    qsizetype sessionsPeak = 0;
    std::array<quint64, closeReasons> closedByReason{};
    LatencyHistogram handlerLatency;
    size_t drained = 0;
    enum class State : quint8 { Idle, Listening, Closing } state = State::Idle;

protected:
    bool event(QEvent *event) override;

private:
    void deliver(WorkerEvent &event);
    void deliver(std::vector<WorkerEvent> events);
    void answerHttp(HttpArrived &arrived);
    void deliverAll();

    Hubbub::Mailbox<WorkerEvent> m_inbox;
    std::vector<std::vector<WorkerCommand>> m_outboxes; ///< one for each worker
    std::unique_ptr<IoWorker> m_workerHere; ///< on this thread; others are deleted on their own
    std::vector<quint64> m_delivered; ///< messages of each worker in this batch
    bool m_delivering = false;
    bool m_flushDue = false;
};

Server::Private::Private(Server *server, ServerOptions options)
    : q(server)
{
    options.workers =
        options.ioPlace == IoPlace::ServerThread ? 1 : std::clamp(options.workers, 1, mostWorkers);
    if (options.maxSessionsPerAddress > 0)
        shared->addresses = std::make_shared<AddressLimit>(options.maxSessionsPerAddress);
    shared->tls = options.tls;
    shared->options = std::move(options);
}

Server::Private::~Private()
{
    flush();
    // A worker that still serves posts to the others, which Qt allows only while their event dispatchers
    // live: no thread may end before all workers have stopped.
    const auto stopped = std::make_shared<std::latch>(std::ptrdiff_t(workers.size()));
    for (IoWorker *worker : workers) {
        if (threads.empty())
            worker->run({Stop{stopped}});
        else
            worker->post(Stop{stopped});
    }
    stopped->wait();
    for (const auto &thread : threads)
        thread->quit();
    for (const auto &thread : threads)
        thread->wait();
    // Sessions that lived until now are told to the listener; what it sends has nowhere to go any more.
    m_outboxes.clear();
    deliverAll();
}

void Server::Private::startWorkers()
{
    m_outboxes.resize(size_t(shared->options.workers));
    m_delivered.resize(size_t(shared->options.workers));
    shared->backlogs = std::vector<IoWorker::Backlog>(size_t(shared->options.workers));
    if (shared->options.ioPlace == IoPlace::ServerThread)
        startOnThisThread();
    else
        startThreads();
}

void Server::Private::startOnThisThread()
{
    m_workerHere = std::make_unique<IoWorker>(
        0, shared, [this](std::vector<WorkerEvent> &events) { deliver(std::exchange(events, {})); });
    shared->workers.push_back(m_workerHere.get());
    m_workerHere->start();
}

void Server::Private::startThreads()
{
    const auto count = size_t(shared->options.workers);
    for (size_t i = 0; i < count; ++i) {
        auto thread = std::make_unique<QThread>();
        thread->setObjectName(QStringLiteral("hubbub-io-%1").arg(i));
#ifdef Q_OS_LINUX
        thread->setEventDispatcher(new Hubbub::EpollDispatcher);
#endif
        auto worker = std::make_unique<IoWorker>(int(i), shared, [this](std::vector<WorkerEvent> &events) {
            if (m_inbox.post(events))
                QCoreApplication::postEvent(this, new QEvent(eventsArrived));
        });
        worker->moveToThread(thread.get());
        QObject::connect(thread.get(), &QThread::started, worker.get(), &IoWorker::start);
        QObject::connect(thread.get(), &QThread::finished, worker.get(), &QObject::deleteLater);
        shared->workers.push_back(worker.release());
        threads.push_back(std::move(thread));
    }
    for (const auto &thread : threads)
        thread->start();
}

bool Server::Private::event(QEvent *event)
{
    if (event->type() == eventsArrived)
        deliverAll();
    else if (event->type() == commandsDue)
        flush();
    else
        return QObject::event(event);
    return true;
}

void Server::Private::deliverAll()
{
    deliver(m_inbox.take());
}

void Server::Private::deliver(std::vector<WorkerEvent> events)
{
    m_delivering = true;
    for (WorkerEvent &event : events)
        deliver(event);
    m_delivering = false;
    for (size_t i = 0; i < m_delivered.size(); ++i) {
        IoWorker::Backlog &backlog = shared->backlogs[i];
        if (const quint64 delivered = std::exchange(m_delivered[i], 0))
            backlog.delivered.fetch_add(delivered);
        if (backlog.awaited.exchange(false))
            command(i, CaughtUp{});
    }
    flush();
}

void Server::Private::deliver(WorkerEvent &event)
{
    if (auto *message = std::get_if<SessionMessage>(&event)) {
        ++m_delivered[workerOf(message->session)];
        if (listener) {
            const auto before = std::chrono::steady_clock::now();
            listener->messageReceived(message->session, std::move(message->message));
            handlerLatency.add(std::chrono::steady_clock::now() - before);
        }
    } else if (auto *opened = std::get_if<SessionOpened>(&event)) {
        sessionsPeak = std::max(sessionsPeak, ++sessions);
        qCInfo(connectionLog).nospace().noquote()
            << "session " << opened->session << " opened from "
            << opened->info->request.peerAddress.toString() << " by " << toString(opened->info->transport);
        if (listener)
            listener->sessionOpened(opened->session, std::move(opened->info));
    } else if (auto *upgraded = std::get_if<SessionUpgraded>(&event)) {
        if (listener)
            listener->sessionUpgraded(upgraded->session, upgraded->transport);
    } else if (auto *gone = std::get_if<SessionClosed>(&event)) {
        --sessions;
        ++closedByReason[size_t(gone->reason)];
        qCInfo(connectionLog).nospace().noquote()
            << "session " << gone->session << " closed: " << toString(gone->reason);
        if (listener)
            listener->sessionClosed(gone->session, gone->reason, gone->description);
    } else if (auto *arrived = std::get_if<HttpArrived>(&event)) {
        answerHttp(*arrived);
    } else if (const auto *refused = std::get_if<RequestRefused>(&event)) {
        shared->errorsUnderWay.fetch_sub(1, std::memory_order_relaxed);
        Q_EMIT q->connectionError(refused->error);
    } else if (std::holds_alternative<WorkerDrained>(event)) {
        if (++drained == workers.size() && state == State::Closing) {
            state = State::Idle;
            Q_EMIT q->closed();
        }
    }
}

void Server::Private::answerHttp(HttpArrived &arrived)
{
    const auto worker = size_t(arrived.worker);
    if (!httpHandler) {
        command(worker,
                AnswerHttp{arrived.connection, {404, "text/plain; charset=utf-8", {}, "not found", false}});
        return;
    }
    const auto answered = std::make_shared<bool>(false);
    const QPointer<Private> self(this);
    httpHandler(arrived.request,
                [self, answered, worker, connection = arrived.connection](Hubbub::HttpResponse response) {
                    if (self && !std::exchange(*answered, true))
                        self->command(worker, AnswerHttp{connection, std::move(response)});
                });
}

void Server::Private::command(size_t worker, WorkerCommand command)
{
    if (worker >= m_outboxes.size())
        return;
    m_outboxes[worker].push_back(std::move(command));
    if (!m_delivering && !std::exchange(m_flushDue, true))
        QCoreApplication::postEvent(this, new QEvent(commandsDue));
}

/// Behind another one to the same sessions, an order becomes part of that.
void Server::Private::send(size_t worker, SendToMany order)
{
    auto *last = worker < m_outboxes.size() && !m_outboxes[worker].empty()
                     ? std::get_if<SendToMany>(&m_outboxes[worker].back())
                     : nullptr;
    if (last && last->group == order.group && last->except == order.except && last->mode == SendMode::Reliable
        && order.mode == SendMode::Reliable)
        last->frames.push_back(std::move(order.frames.front()));
    else
        command(worker, std::move(order));
}

void Server::Private::commandAll(const WorkerCommand &toAll)
{
    for (size_t i = 0; i < workers.size(); ++i)
        command(i, toAll);
}

void Server::Private::flush()
{
    m_flushDue = false;
    for (size_t i = 0; i < m_outboxes.size(); ++i) {
        if (m_outboxes[i].empty())
            continue;
        if (threads.empty())
            workers[i]->run(std::exchange(m_outboxes[i], {}));
        else
            workers[i]->post(m_outboxes[i]);
    }
}

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
    d->commandAll(Resume{});
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
    d->commandAll(Shutdown{});
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
