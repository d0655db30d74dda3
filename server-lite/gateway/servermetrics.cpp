// SPDX-License-Identifier: MIT
#include "server-lite/gateway/servermetrics.h"

#include "server-lite/core/namespace.h"
#include "server-lite/metrics/processstats.h"

#include <algorithm>
#include <array>

namespace Hubbub
{

using namespace std::chrono_literals;

namespace
{

constexpr auto beat = 500ms;
constexpr qsizetype mostNamespaces = 50; // a program may have made any number; the rest counts as one

using Labels = Metric::Labels;

Metric counter(const QByteArray &name, const QByteArray &help, double value, const Labels &labels = {})
{
    return {name, help, Metric::Type::Counter, value, labels};
}

Metric gauge(const QByteArray &name, const QByteArray &help, double value, const Labels &labels = {})
{
    return {name, help, Metric::Type::Gauge, value, labels};
}

Metric histogram(const QByteArray &name, const QByteArray &help, const EngineIo::LatencyHistogram &values)
{
    Metric metric{name, help, Metric::Type::Histogram, values.seconds(), {}};
    metric.bounds = {values.bounds.begin(), values.bounds.end()};
    metric.counts = {values.counts().begin(), values.counts().end()};
    return metric;
}

QByteArray statusLabel(int status)
{
    return status == 0 ? QByteArray("other") : QByteArray::number(status);
}

} // namespace

ServerMetrics::ServerMetrics(const SocketIo::Server *server, const ChatGateway *chat)
    : m_server(server)
    , m_chat(chat)
{
    m_beat.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_beat, &QTimer::timeout, [this] {
        const auto late = std::chrono::nanoseconds(m_sinceBeat.nsecsElapsed()) - beat;
        m_sinceBeat.start();
        m_lag.add(std::max<std::chrono::nanoseconds>(late, 0ns));
    });
    m_sinceBeat.start();
    m_beat.start(beat);
}

QList<Metric> ServerMetrics::read() const
{
    QList<Metric> list;
    addConnections(list);
    addTraffic(list);
    addNamespaces(list);
    addChat(list);
    addRateLimits(list);
    addLatencies(list);
    const auto process = ProcessStats::read();
    list += gauge("process_resident_memory_bytes", "Resident memory.", double(process.residentBytes));
    list += counter("process_cpu_seconds_total", "CPU time, user and system.", process.cpuSeconds);
    list += gauge("process_open_fds", "Open file descriptors.", double(process.openDescriptors));
    return list;
}

void ServerMetrics::addConnections(QList<Metric> &list) const
{
    const auto engine = m_server->engine()->counters();
    list += gauge("hubbub_connections", "Open TCP connections.", double(engine.connections));
    list +=
        gauge("hubbub_connections_peak", "Most TCP connections at a time.", double(engine.connectionsPeak));
    list += counter("hubbub_connections_total", "TCP connections since the start.",
                    double(engine.connectionsOpened));
    list += counter("hubbub_connections_refused_total", "TCP connections refused, for there were too many.",
                    double(engine.connectionsRefused));
    list += gauge("hubbub_sessions", "Open Engine.IO sessions.", double(m_server->engine()->sessionCount()));
    list += gauge("hubbub_sessions_peak", "Most Engine.IO sessions at a time.", double(engine.sessionsPeak));
    list += counter("hubbub_sessions_opened_total", "Engine.IO sessions since the start.",
                    double(engine.sessionsOpened));
    for (size_t i = 0; i < EngineIo::closeReasons; ++i)
        list += counter("hubbub_sessions_closed_total", "Engine.IO sessions that ended, by reason.",
                        double(engine.closedByReason[i]),
                        {{"reason", EngineIo::toString(EngineIo::CloseReason(i)).toUtf8()}});
    for (size_t i = 0; i < EngineIo::refusalStatuses.size(); ++i)
        list += counter("hubbub_requests_refused_total", "HTTP requests and upgrades refused, by status.",
                        double(engine.refusedByStatus[i]),
                        {{"status", statusLabel(EngineIo::refusalStatuses[i])}});
}

void ServerMetrics::addTraffic(QList<Metric> &list) const
{
    const auto engine = m_server->engine()->counters();
    const Labels in{{"direction", "in"}};
    const Labels out{{"direction", "out"}};
    list += counter("hubbub_messages_total", "Engine.IO messages.", double(engine.messagesIn), in);
    list += counter("hubbub_messages_total", "Engine.IO messages.", double(engine.messagesOut), out);
    const QByteArray bytes = "Bytes of Engine.IO messages, without framing.";
    list += counter("hubbub_payload_bytes_total", bytes, double(engine.bytesIn), in);
    list += counter("hubbub_payload_bytes_total", bytes, double(engine.bytesOut), out);
    list += counter("hubbub_volatile_dropped_total", "Volatile messages dropped for slow readers.",
                    double(engine.volatileDropped));
    list += counter("hubbub_slow_closed_total", "Sessions closed because too much was queued for them.",
                    double(engine.slowClosed));
    list +=
        counter("hubbub_unsent_cut_total",
                "Clients cut at the end of the time to close, before they had taken what was sent to them.",
                double(engine.unsentCut));
    list += counter("hubbub_lost_cut_total",
                    "Connections cut while the server stopped, since the peer's machine answered nothing.",
                    double(engine.lostCut));
    list += counter("hubbub_reading_paused_total",
                    "Times a client's socket was not read because handlers were behind.",
                    double(engine.readingPaused));
}

void ServerMetrics::addNamespaces(QList<Metric> &list) const
{
    const auto namespaces = m_server->namespaces();
    qsizetype others = 0;
    for (qsizetype i = 0; i < namespaces.size(); ++i) {
        const auto sockets = namespaces[i]->sockets().size();
        if (i < mostNamespaces)
            list += gauge("hubbub_namespace_sockets", "Connected sockets, by namespace.", double(sockets),
                          {{"namespace", namespaces[i]->name().toUtf8()}});
        else
            others += sockets;
    }
    if (namespaces.size() > mostNamespaces)
        list += gauge("hubbub_namespace_sockets", "Connected sockets, by namespace.", double(others),
                      {{"namespace", "other"}});
}

void ServerMetrics::addChat(QList<Metric> &list) const
{
    const auto &chat = m_chat->counters();
    list += gauge("hubbub_chat_people", "People in the chat.", double(m_chat->peopleCount()));
    const QByteArray help = "Chat messages by what became of them.";
    list += counter("hubbub_chat_messages_total", help, double(chat.messagesStored), {{"outcome", "stored"}});
    list +=
        counter("hubbub_chat_messages_total", help, double(chat.messagesRepeated), {{"outcome", "repeated"}});
    list += counter("hubbub_chat_authentications_refused_total", "Sockets without a valid token.",
                    double(chat.authenticationsRefused));
    for (auto it = chat.failures.begin(); it != chat.failures.end(); ++it)
        list += counter("hubbub_chat_errors_total", "Chat commands that failed, by code.", double(it.value()),
                        {{"code", it.key().toUtf8()}});
}

void ServerMetrics::addRateLimits(QList<Metric> &list) const
{
    using Scope = RateLimits::Scope;
    const RateLimits *limits = m_chat->rateLimits();
    if (!limits)
        return;
    static constexpr std::array scopes{std::pair{"connection", Scope::Connection},
                                       std::pair{"user", Scope::User}, std::pair{"address", Scope::Address},
                                       std::pair{"connect", Scope::Connect}};
    for (const auto &[name, scope] : scopes) {
        const auto counters = limits->counters(scope);
        const QByteArray help = "Chat events and connects refused by a rate limit.";
        list += counter("hubbub_rate_refused_total", help, double(counters.limited),
                        {{"scope", name}, {"outcome", "limited"}});
        list += counter("hubbub_rate_refused_total", help, double(counters.blocked),
                        {{"scope", name}, {"outcome", "blocked"}});
    }
    for (const auto &[name, scope] : scopes)
        list += counter("hubbub_rate_blocks_total", "Times somebody began to be blocked for a while.",
                        double(limits->counters(scope).blocks), {{"scope", name}});
    for (const auto &[name, scope] : scopes)
        list += gauge("hubbub_rate_blocked", "Who is blocked now.", double(limits->blockedKeys(scope)),
                      {{"scope", name}});
}

void ServerMetrics::addLatencies(QList<Metric> &list) const
{
    list += histogram("hubbub_handler_seconds", "Time a message kept the handlers busy.",
                      m_server->engine()->handlerLatency());
    list += histogram("hubbub_chat_ack_seconds", "From a chat message's arrival to its acknowledgement.",
                      m_chat->counters().ackLatency);
    list +=
        histogram("hubbub_event_loop_lag_seconds", "How late the server's event loop ran a timer.", m_lag);
}

} // namespace Hubbub
