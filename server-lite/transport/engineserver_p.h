// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/transport/engineserver.h"
#include "server-lite/transport/ioworker.h"

#include <QtCore/QThread>

namespace EngineIo
{

/// The logic thread's end: takes batches of events in, collects commands and lets them out when the turn
/// ends. Thread: the server's.
class Server::Private final : public QObject
{
public:
    Private(Server *server, ServerOptions options);
    ~Private() override;

    void startWorkers();
    void startOnThisThread();
    void startThreads();
    void command(size_t worker, WorkerCommand command);
    template <typename Command>
    void commandAll()
    {
        for (size_t i = 0; i < workers.size(); ++i)
            command(i, Command{});
    }
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
    void deliver(std::vector<WorkerEvent> &events);
    void answerHttp(HttpArrived &arrived);
    void deliverAll();

    Hubbub::Mailbox<WorkerEvent> m_inbox;
    std::vector<std::vector<WorkerCommand>> m_outboxes; ///< one for each worker
    std::unique_ptr<IoWorker> m_workerHere; ///< on this thread; others are deleted on their own
    std::vector<quint64> m_delivered; ///< messages of each worker in this batch
    bool m_delivering = false;
    bool m_flushDue = false;
    std::vector<WorkerEvent> m_spareEvents; ///< empty ones with their memory
    std::vector<WorkerCommand> m_spareCommands;
};

} // namespace EngineIo
