// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/httpconnection.h"
#include "server-lite/net/listener.h"
#include "server-lite/net/mailbox.h"
#include "server-lite/transport/addresslimit.h"
#include "server-lite/transport/groupsender.h"
#include "server-lite/transport/readingbrake.h"
#include "server-lite/transport/requestcheck.h"
#include "server-lite/transport/sessiontable.h"
#include "server-lite/transport/websocketacceptor.h"
#include "server-lite/transport/workermessages.h"

#include <QtCore/QObject>

#include <mutex>
#include <unordered_map>

namespace EngineIo
{

/// One I/O thread's work: its connections and sessions, from descriptor to packet. Commands come in by
/// post(), events leave by the function it was given, both in batches: a turn of the loop costs at most one
/// wake-up on either side. A session belongs to the worker its id names, so a request that comes in elsewhere
/// is moved there, socket and all. Thread: made on any, then moved to its own, where it has to be deleted;
/// only post() is for others.
class IoWorker final
    : public QObject
    , private SessionHost
    , private Hubbub::HttpConnectionHost
{
    Q_OBJECT
public:
    struct Shared {
        ServerOptions options;
        SharedCounters counters;
        std::shared_ptr<AddressLimit> addresses; ///< null without a limit
        std::mutex tlsMutex;
        std::optional<QSslConfiguration> tls; ///< with the mutex; a worker has a copy for each connection
        Hubbub::ConnectionCount connections = std::make_shared<std::atomic<int>>(0);
        std::atomic<bool> errorsWanted = false; ///< somebody listens to connectionError()
        std::atomic<int> errorsUnderWay = 0;
        std::vector<Backlog> backlogs; ///< one for each worker
        std::vector<IoWorker *> workers; ///< complete before the first thread starts
    };
    using EventSink = std::function<void(std::vector<WorkerEvent> &)>;

    IoWorker(int index, std::shared_ptr<Shared> shared, EventSink sink);
    ~IoWorker() override;

    void post(WorkerCommand command);
    void post(std::vector<WorkerCommand> &commands);
    /// For the thread it lives on: does them at once.
    void run(std::vector<WorkerCommand> &commands);

    /// Must run on the worker's thread before anything is posted.
    void start();

protected:
    bool event(QEvent *event) override;

private:
    // SessionHost
    const ServerOptions &options() const override { return m_shared->options; }
    Hubbub::DeadlineQueue &deadlines() override { return *m_deadlines; }
    SharedCounters &counters() override { return m_shared->counters; }
    void sessionMessage(Session &session, Message message) override;
    void sessionUpgraded(Session &session) override;
    void sessionClosed(Session &session, CloseReason reason, const QString &description) override;
    void sessionWantsFlush(Session &session) override;
    void retire(std::unique_ptr<Transport> transport) override;

    // HttpConnectionHost
    bool headReceived(Hubbub::HttpConnection &connection, Hubbub::HttpRequest &head) override;
    void requestReceived(Hubbub::HttpConnection &connection, Hubbub::HttpRequest request) override;
    void connectionGone(Hubbub::HttpConnection &connection) override;

    void run(WorkerCommand &command);
    void discard(const WorkerCommand &command);
    void adopt(qintptr descriptor);
    void adopt(QTcpSocket *socket);
    Hubbub::Result<quint16> listen(const QHostAddress &address, quint16 port);
    void shutdown();
    void stop();
    void endTurn();
    void flushSessions();
    bool isOnServerThread() const { return options().ioPlace == IoPlace::ServerThread; }
    void checkDrained();
    void cutLostPeers();

    bool isEngineRequest(const Hubbub::HttpRequest &request) const;
    std::optional<TransportName> transportOf(const QByteArray &sid) const;
    bool upgradeRequested(Hubbub::HttpConnection &connection, const Hubbub::HttpRequest &head,
                          const EngineQuery &query);
    void engineRequest(Hubbub::HttpConnection &connection, const Hubbub::HttpRequest &request);
    Session &createSession(const Hubbub::HttpRequest &request, TransportName transport,
                           AddressLimit::Place place);
    std::optional<QSslConfiguration> tls() const;
    bool takePlace(Hubbub::HttpConnection &connection, const Hubbub::HttpRequest &request,
                   AddressLimit::Place &place);
    Session *findSession(const QByteArray &sid) const;
    bool mayAsk(Hubbub::HttpConnection &connection, const Hubbub::HttpRequest &head);
    void refuse(Hubbub::HttpConnection &connection, const Hubbub::HttpResponse &response);
    void report(const Hubbub::HttpRequest &request, const Refusal &refusal);
    Hubbub::HttpHeaders firstHeaders(const Hubbub::HttpRequest &request, const Session &session) const;

    const int m_index;
    const std::shared_ptr<Shared> m_shared;
    const EventSink m_sink;
    const OriginPolicy m_origins;
    Hubbub::Mailbox<WorkerCommand> m_mailbox;

    std::unique_ptr<Hubbub::DeadlineQueue> m_deadlines;
    std::unique_ptr<Hubbub::Deadline> m_lostPeerCheck; ///< again and again while it shuts down
    std::unique_ptr<WebSocketAcceptor> m_acceptor;
    std::unique_ptr<Hubbub::Listener> m_listener;
    std::unordered_map<quint64, Hubbub::HttpConnection *> m_connections; ///< children of this
    SessionTable m_sessions;
    std::unique_ptr<GroupSender> m_groups;
    std::unique_ptr<ReadingBrake> m_brake; ///< null where handlers run on this thread
    QHash<QByteArray, Session *> m_bySid;
    std::unordered_map<SessionHandle, AddressLimit::Place> m_places; ///< of open sessions, with a limit
    std::vector<Session *> m_toFlush;
    std::vector<std::unique_ptr<Session>> m_closedSessions; ///< until the turn ends
    std::vector<std::unique_ptr<Transport>> m_retired;
    std::vector<WorkerEvent> m_events;
    std::vector<std::pair<int, QTcpSocket *>> m_toMove; ///< to other workers, when the turn ends
    quint64 m_nextConnection = 1;
    size_t m_nextWorker = 0;
    enum class State : quint8 { Serving, ShuttingDown, Drained, Stopped } m_state = State::Serving;
};

} // namespace EngineIo
