// SPDX-License-Identifier: MIT
#include "server-lite/transport/pollingtransport.h"

namespace EngineIo
{

using Hubbub::HttpConnection;
using Hubbub::HttpHeaders;
using Hubbub::HttpResponse;

namespace
{

HttpResponse answer(int status, QByteArray contentType, QByteArray body, HttpHeaders headers)
{
    headers.emplaceBack("cache-control", "no-store");
    return {status, std::move(contentType), std::move(headers), std::move(body), false};
}

HttpResponse badRequest(HttpHeaders headers)
{
    return {400, {}, std::move(headers), {}, false};
}

} // namespace

PollingTransport::PollingTransport(TransportListener &listener)
    : m_listener(&listener)
{
}

PollingTransport::~PollingTransport()
{
    if (m_parked)
        m_parked->abort();
    if (m_posting)
        m_posting->setAbortHandler(nullptr);
}

void PollingTransport::poll(HttpConnection &connection, HttpHeaders cors)
{
    if (m_parked) {
        connection.respond(badRequest(std::move(cors)));
        m_listener->transportClosed(*this, CloseReason::TransportError,
                                    QStringLiteral("overlap from client"));
        return;
    }
    m_parked = &connection;
    m_cors = std::move(cors);
    connection.setAbortHandler([this] {
        m_parked.clear();
        aborted(QStringLiteral("poll connection closed prematurely"));
    });
    m_listener->transportWritable(*this);
}

bool PollingTransport::postStarted(HttpConnection &connection)
{
    // One that was answered early, as too large for instance, is not under way any more.
    if (m_posting && m_posting != &connection && m_posting->state() == HttpConnection::State::Body) {
        m_listener->transportClosed(*this, CloseReason::TransportError,
                                    QStringLiteral("data request overlap from client"));
        return false;
    }
    m_posting = &connection;
    connection.setAbortHandler([this] {
        m_posting.clear();
        aborted(QStringLiteral("data request connection closed prematurely"));
    });
    return true;
}

void PollingTransport::post(HttpConnection &connection, const Hubbub::HttpRequest &request, HttpHeaders cors)
{
    m_posting.clear();
    connection.setAbortHandler(nullptr);
    if (request.header("Content-Type") == "application/octet-stream") {
        connection.respond(badRequest(std::move(cors)));
        m_listener->transportClosed(*this, CloseReason::TransportError, QStringLiteral("invalid content"));
        return;
    }
    DecodedPayload payload = decodePayload(request.body);
    for (Packet &packet : payload.packets) {
        if (!m_listener)
            break;
        m_listener->packetReceived(*this, std::move(packet));
    }
    if (payload.error) {
        connection.respond(badRequest(std::move(cors)));
        if (m_listener)
            m_listener->packetInvalid(*this, *payload.error);
        return;
    }
    connection.respond(answer(200, "text/html", "ok", std::move(cors)));
}

void PollingTransport::write(std::vector<Outgoing> &items)
{
    std::vector<Packet> packets;
    packets.reserve(items.size() + 1);
    for (Outgoing &item : items) {
        if (!item.frames) {
            packets.push_back(std::move(item.control));
            continue;
        }
        for (Message &message : item.frames->messages())
            packets.push_back({PacketType::Message, std::move(message.data), message.binary});
    }
    items.clear();
    if (m_closing)
        packets.push_back({PacketType::Close, {}, false});
    answerParked(encodePayload(packets));
}

void PollingTransport::answerParked(const QByteArray &payload)
{
    const QPointer<HttpConnection> parked = std::exchange(m_parked, nullptr);
    if (parked)
        parked->respond(answer(200, "text/plain; charset=UTF-8", payload, m_cors));
}

void PollingTransport::end(TransportEnd how)
{
    m_listener = nullptr;
    const PacketType last = how == TransportEnd::ByPeer ? PacketType::Noop : PacketType::Close;
    answerParked(encodePacket({last, {}, false}));
    if (m_posting)
        m_posting->setAbortHandler(nullptr);
    m_posting.clear();
}

void PollingTransport::aborted(const QString &description)
{
    if (m_listener)
        m_listener->transportClosed(*this, CloseReason::TransportError, description);
}

} // namespace EngineIo
