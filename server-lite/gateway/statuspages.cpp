// SPDX-License-Identifier: MIT
#include "server-lite/gateway/statuspages.h"

#include "server-lite/metrics/processstats.h"
#include "server-lite/metrics/prometheustext.h"

namespace Hubbub
{

void StatusPages::addTo(HttpRouter &router)
{
    router.get("/healthz", [](const HttpRequest &, const HttpResponder &respond) {
        respond(plainResponse(200, "alive"));
    });
    router.get("/readyz", [this](const HttpRequest &, const HttpResponder &respond) {
        respond(m_isReady ? plainResponse(200, "ready") : plainResponse(503, "stopping"));
    });
    router.get("/metrics", [this](const HttpRequest &, const HttpResponder &respond) {
        auto response = plainResponse(200, {});
        response.contentType = "text/plain; version=0.0.4; charset=utf-8";
        response.body = metrics();
        respond(std::move(response));
    });
}

QByteArray StatusPages::metrics() const
{
    using Type = Metric::Type;
    const auto engine = m_server->engine()->counters();
    const auto &chat = m_chat->counters();
    const auto process = ProcessStats::read();
    QList<Metric> list{
        {"hubbub_connections_total",
         "TCP connections since the start.",
         Type::Counter,
         double(engine.connectionsOpened),
         {}},
        {"hubbub_sessions",
         "Open Engine.IO sessions.",
         Type::Gauge,
         double(m_server->engine()->sessionCount()),
         {}},
        {"hubbub_sessions_opened_total",
         "Engine.IO sessions since the start.",
         Type::Counter,
         double(engine.sessionsOpened),
         {}},
        {"hubbub_sessions_closed_total",
         "Engine.IO sessions that ended.",
         Type::Counter,
         double(engine.sessionsClosed),
         {}},
        {"hubbub_messages_total",
         "Engine.IO messages.",
         Type::Counter,
         double(engine.messagesIn),
         {{"direction", "in"}}},
        {"hubbub_messages_total", "", Type::Counter, double(engine.messagesOut), {{"direction", "out"}}},
        {"hubbub_payload_bytes_total",
         "Bytes of Engine.IO messages, without framing.",
         Type::Counter,
         double(engine.bytesIn),
         {{"direction", "in"}}},
        {"hubbub_payload_bytes_total", "", Type::Counter, double(engine.bytesOut), {{"direction", "out"}}},
        {"hubbub_volatile_dropped_total",
         "Volatile messages dropped for slow readers.",
         Type::Counter,
         double(engine.volatileDropped),
         {}},
        {"hubbub_slow_closed_total",
         "Sessions closed because too much was queued for them.",
         Type::Counter,
         double(engine.slowClosed),
         {}},
        {"hubbub_requests_refused_total",
         "HTTP requests and upgrades that were refused.",
         Type::Counter,
         double(engine.requestsRefused),
         {}},
        {"hubbub_chat_people", "People in the chat.", Type::Gauge, double(m_chat->peopleCount()), {}},
        {"hubbub_chat_messages_total",
         "Chat messages by what became of them.",
         Type::Counter,
         double(chat.messagesStored),
         {{"outcome", "stored"}}},
        {"hubbub_chat_messages_total",
         "",
         Type::Counter,
         double(chat.messagesRepeated),
         {{"outcome", "repeated"}}},
        {"hubbub_chat_authentications_refused_total",
         "Sockets without a valid token.",
         Type::Counter,
         double(chat.authenticationsRefused),
         {}},
    };
    for (auto it = chat.failures.begin(); it != chat.failures.end(); ++it)
        list.append({"hubbub_chat_errors_total",
                     "Chat commands that failed, by code.",
                     Type::Counter,
                     double(it.value()),
                     {{"code", it.key().toUtf8()}}});
    list.append({"process_resident_memory_bytes",
                 "Resident memory.",
                 Type::Gauge,
                 double(process.residentBytes),
                 {}});
    list.append(
        {"process_cpu_seconds_total", "CPU time, user and system.", Type::Counter, process.cpuSeconds, {}});
    list.append(
        {"process_open_fds", "Open file descriptors.", Type::Gauge, double(process.openDescriptors), {}});
    return prometheusText(list);
}

} // namespace Hubbub
