// SPDX-License-Identifier: MIT
#include "server-lite/transport/engineserver_p.h"

#include "server-lite/transport/logging.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QPointer>

#ifdef Q_OS_LINUX
#include "server-lite/net/epolldispatcher.h"
#endif

#include <algorithm>

namespace EngineIo
{

namespace
{
constexpr int mostWorkers = 64; // a byte names the worker; more threads than this help nobody
constexpr std::size_t keptBatch = 4096; // events or commands; the memory of larger batches is given back
const auto eventsArrived = QEvent::Type(QEvent::registerEventType());
const auto commandsDue = QEvent::Type(QEvent::registerEventType());
} // namespace

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
        if (threads.empty()) {
            std::vector<WorkerCommand> stop;
            stop.emplace_back(Stop{stopped});
            worker->run(stop);
        } else
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
    shared->backlogs = std::vector<Backlog>(size_t(shared->options.workers));
    if (shared->options.ioPlace == IoPlace::ServerThread)
        startOnThisThread();
    else
        startThreads();
}

void Server::Private::startOnThisThread()
{
    m_workerHere = std::make_unique<IoWorker>(0, shared, [this](std::vector<WorkerEvent> &events) {
        // The two change places, so that a turn need not grow its vector anew; a nested loop finds none.
        auto batch = std::exchange(m_spareEvents, {});
        batch.swap(events);
        deliver(batch);
        batch.clear();
        if (batch.capacity() <= keptBatch)
            m_spareEvents = std::move(batch);
    });
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
    auto events = m_inbox.take();
    deliver(events);
}

void Server::Private::deliver(std::vector<WorkerEvent> &events)
{
    m_delivering = true;
    for (WorkerEvent &event : events)
        deliver(event);
    m_delivering = false;
    for (size_t i = 0; i < m_delivered.size(); ++i) {
        Backlog &backlog = shared->backlogs[i];
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
        Q_EMIT q->connectionError(*refused->error);
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
        command(worker, AnswerHttp{arrived.connection,
                                   std::make_unique<Hubbub::HttpResponse>(Hubbub::HttpResponse{
                                       404, "text/plain; charset=utf-8", {}, "not found", false})});
        return;
    }
    const auto answered = std::make_shared<bool>(false);
    const QPointer<Private> self(this);
    httpHandler(*arrived.request, [self, answered, worker,
                                   connection = arrived.connection](Hubbub::HttpResponse response) {
        if (self && !std::exchange(*answered, true))
            self->command(
                worker, AnswerHttp{connection, std::make_unique<Hubbub::HttpResponse>(std::move(response))});
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

void Server::Private::flush()
{
    m_flushDue = false;
    for (size_t i = 0; i < m_outboxes.size(); ++i) {
        if (m_outboxes[i].empty())
            continue;
        if (!threads.empty()) {
            workers[i]->post(m_outboxes[i]);
            continue;
        }
        auto commands = std::exchange(m_outboxes[i], std::exchange(m_spareCommands, {}));
        workers[i]->run(commands);
        commands.clear();
        if (commands.capacity() <= keptBatch)
            m_spareCommands = std::move(commands);
    }
}

} // namespace EngineIo
