// SPDX-License-Identifier: MIT
// How a worker answers requests: the Engine.IO ones by the reference's rules, the rest through the logic
// thread.
#include "server-lite/transport/ioworker.h"
#include "server-lite/transport/logging.h"
#include "server-lite/transport/pollingtransport.h"
#include "server-lite/transport/sessionid.h"
#include "server-lite/transport/subprotocol.h"

namespace EngineIo
{

using Hubbub::HttpConnection;
using Hubbub::HttpRequest;
using Hubbub::HttpResponse;

namespace
{
constexpr int errorsAtOnce = 1000; // under way to the logic thread

bool isWebSocketKey(const QByteArray &key)
{
    const auto decoded = QByteArray::fromBase64Encoding(key, QByteArray::AbortOnBase64DecodingErrors);
    return decoded && decoded.decoded.size() == 16;
}
} // namespace

/// Everything under the path, but for files beside it such as "/socket.io/socket.io.js".
bool IoWorker::isEngineRequest(const HttpRequest &request) const
{
    const QByteArray &path = options().path;
    if (!options().addTrailingSlash && request.path == path.chopped(1))
        return true;
    if (!request.path.startsWith(path))
        return false;
    const bool file = request.path.size() > path.size() && request.path.sliced(path.size()).contains('.');
    return !file || request.query.hasQueryItem(QStringLiteral("EIO"));
}

std::optional<TransportName> IoWorker::transportOf(const QByteArray &sid) const
{
    const Session *session = findSession(sid);
    return session ? std::optional(session->transportName()) : std::nullopt;
}

void IoWorker::refuse(HttpConnection &connection, const HttpResponse &response)
{
    counters().addRefusal(response.status);
    qCInfo(connectionLog).nospace().noquote()
        << "request from " << connection.socket()->peerAddress().toString()
        << " refused: " << response.status;
    connection.respond(response);
}

/// Tells who listens to connectionError(); not of every one when there are too many.
void IoWorker::report(const HttpRequest &request, const Refusal &refusal)
{
    if (!m_shared->errorsWanted.load(std::memory_order_relaxed))
        return;
    if (m_shared->errorsUnderWay.fetch_add(1, std::memory_order_relaxed) >= errorsAtOnce) {
        m_shared->errorsUnderWay.fetch_sub(1, std::memory_order_relaxed);
        return;
    }
    const QByteArray message = refusal.code == 4 ? QByteArray("Forbidden") : refusal.message;
    ConnectionError error{request, refusal.code, QString::fromUtf8(message), refusal.context};
    error.request.body.clear();
    m_events.emplace_back(RequestRefused{std::make_unique<ConnectionError>(std::move(error))});
}

/// Of the answer that carries the open packet.
Hubbub::HttpHeaders IoWorker::firstHeaders(const HttpRequest &request, const Session &session) const
{
    const ServerOptions &options = m_shared->options;
    Hubbub::HttpHeaders headers = m_origins.answerHeaders(request);
    if (options.cookie)
        headers.emplaceBack("Set-Cookie", options.cookie->header(session.info().sid));
    if (options.initialHeaders)
        options.initialHeaders(headers, request);
    if (options.headers)
        options.headers(headers, request);
    return headers;
}

/// What holds for every request, whatever its path: that it is meant for this server, and that no page from
/// elsewhere changes anything. Engine.IO's own requests are judged further by checkRequest().
bool IoWorker::mayAsk(HttpConnection &connection, const HttpRequest &head)
{
    if (!m_origins.knowsHost(head)) {
        refuse(connection, {421,
                            "text/plain; charset=utf-8",
                            {},
                            "This server does not go by that name. Use its address, or "
                            "let its operator allow the name (--allow-host).\n",
                            true});
        return false;
    }
    const bool changesNothing = head.method == "GET" || head.method == "HEAD" || head.method == "OPTIONS";
    if (!changesNothing && !isEngineRequest(head) && !OriginPolicy::allows(m_origins.judge(head))) {
        refuse(connection, {403,
                            "application/json",
                            {},
                            "{\"error\":{\"code\":\"foreign-origin\",\"message\":\"Only this "
                            "server's own pages may ask that.\"}}",
                            true});
        return false;
    }
    return true;
}

/// False, and answered, when too many sessions of that address are open.
bool IoWorker::takePlace(HttpConnection &connection, const HttpRequest &request, AddressLimit::Place &place)
{
    if (!m_shared->addresses)
        return true;
    place = m_shared->addresses->take(request.peerAddress);
    if (place)
        return true;
    auto headers = m_origins.answerHeaders(request);
    headers.emplaceBack("Retry-After", "5");
    refuse(connection, {429, "text/plain; charset=utf-8", headers, "too many connections from there", true});
    return false;
}

bool IoWorker::headReceived(HttpConnection &connection, HttpRequest &head)
{
    head.peerAddress = clientAddress(head, options().trustedProxies);
    if (head.method == "CONNECT" || head.method == "TRACE") {
        refuse(connection, {405, "text/plain; charset=utf-8", {}, "method not allowed", true});
        return false;
    }
    if (!mayAsk(connection, head))
        return false;
    if (!isEngineRequest(head))
        return true;
    const EngineQuery query = EngineQuery::of(head);
    const int owner = workerOfSessionId(query.sid, int(m_shared->workers.size())).value_or(m_index);
    if (owner != m_index) {
        m_toMove.emplace_back(owner, connection.takeSocket());
        return false;
    }
    if (Session *session = findSession(query.sid))
        session->catchUp();
    if (isWebSocketUpgrade(head))
        return upgradeRequested(connection, head, query);
    Session *session = findSession(query.sid);
    if (session && head.method == "POST"
        && !checkRequest(head, query, options(), m_origins, session->transportName())
        && !session->polling()->postStarted(connection)) {
        refuse(connection, {400, {}, m_origins.answerHeaders(head), {}, true});
        return false;
    }
    return true;
}

void IoWorker::requestReceived(HttpConnection &connection, HttpRequest request)
{
    request.peerAddress = clientAddress(request, options().trustedProxies);
    if (isEngineRequest(request))
        engineRequest(connection, request);
    else
        m_events.emplace_back(
            HttpArrived{m_index, connection.id(), std::make_unique<HttpRequest>(std::move(request))});
}

Session &IoWorker::createSession(const Hubbub::HttpRequest &request, TransportName transport,
                                 AddressLimit::Place place)
{
    auto info = std::make_shared<SessionInfo>();
    const QByteArray sid = makeSessionId(m_index, int(m_shared->workers.size()));
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

bool IoWorker::upgradeRequested(HttpConnection &connection, const HttpRequest &head, const EngineQuery &query)
{
    if (const auto refusal = checkRequest(head, query, options(), m_origins, transportOf(query.sid))) {
        report(head, *refusal);
        refuse(connection, refusal->toText());
        return false;
    }
    if (m_state != State::Serving && query.sid.isEmpty()) {
        refuse(connection, {503, "text/html", {}, "Server is shutting down", true});
        return false;
    }
    if (head.header("Sec-WebSocket-Version") != "13") {
        refuse(connection,
               {426, "text/html", {{"Sec-WebSocket-Version", "13"}}, "Unsupported version", true});
        return false;
    }
    const QByteArray key = head.header("Sec-WebSocket-Key");
    if (!isWebSocketKey(key) || connection.announcesBody()) {
        refuse(connection, Refusal{}.toText());
        return false;
    }
    const auto subprotocol = firstSubprotocol(head);
    if (!subprotocol) {
        refuse(connection, {400, "text/html", {}, "Invalid Sec-WebSocket-Protocol header", true});
        return false;
    }
    AddressLimit::Place place;
    if (query.sid.isEmpty() && !takePlace(connection, head, place))
        return false;
    const qsizetype headBytes = connection.headBytes();
    auto transport = m_acceptor->accept(std::unique_ptr<QTcpSocket>(connection.takeSocket()), key,
                                        *subprotocol, headBytes);
    if (!transport)
        return false;
    WebSocketTransport &accepted = *transport;
    if (query.sid.isEmpty()) {
        Session &session = createSession(head, TransportName::WebSocket, std::move(place));
        accepted.setListener(&session.listener());
        session.open(std::move(transport));
        session.flush();
        accepted.start();
    } else if (Session *session = findSession(query.sid); session && session->mayUpgrade()) {
        accepted.setListener(&session->listener());
        session->attachCandidate(std::move(transport));
        accepted.start();
    } else { // upgrading or upgraded already: like the reference, 101 and then the end
        accepted.end(TransportEnd::Close);
        retire(std::move(transport));
    }
    return false;
}

void IoWorker::engineRequest(HttpConnection &connection, const HttpRequest &request)
{
    Hubbub::HttpHeaders cors = m_origins.answerHeaders(request);
    if (OriginPolicy::isPreflight(request)) {
        if (OriginPolicy::allows(m_origins.judge(request)))
            connection.respond({204, {}, m_origins.preflightHeaders(request), {}, false});
        else
            refuse(connection, Refusal{403, 4, "Forbidden"}.toJson({}));
        return;
    }
    const EngineQuery query = EngineQuery::of(request);
    if (const auto refusal = checkRequest(request, query, options(), m_origins, transportOf(query.sid))) {
        report(request, *refusal);
        refuse(connection, refusal->toJson(std::move(cors)));
        return;
    }
    if (query.sid.isEmpty()) {
        if (m_state != State::Serving) {
            refuse(connection, {503, "text/plain; charset=utf-8", std::move(cors), "shutting down", true});
            return;
        }
        AddressLimit::Place place;
        if (!takePlace(connection, request, place))
            return;
        Session &session = createSession(request, TransportName::Polling, std::move(place));
        auto transport = std::make_unique<PollingTransport>(session.listener());
        PollingTransport &poller = *transport;
        session.open(std::move(transport));
        poller.poll(connection, firstHeaders(request, session));
        return;
    }
    if (options().headers)
        options().headers(cors, request);
    PollingTransport &poller = *findSession(query.sid)->polling();
    if (request.method == "GET")
        poller.poll(connection, std::move(cors));
    else if (request.method == "POST")
        poller.post(connection, request, std::move(cors));
    else
        refuse(connection, {500, {}, std::move(cors), {}, false});
}

} // namespace EngineIo
