// SPDX-License-Identifier: MIT
#include "libclient/transport/pollingsender.h"

#include "libclient/transport/pollingurl.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QThread>

#include <iterator>
#include <utility>

using namespace Qt::StringLiterals;

namespace EngineIo
{

namespace
{

/// python-engineio answers a body with more packets by "OK" and drops them all. Whoever answers "ok", as
/// Node does, takes any number.
constexpr int maxPacketsForStrangers = 16;
constexpr QByteArrayView answerOfOthers = "ok";

qint64 sizeOnTheWire(const Packet &packet)
{
    return recordSize(packet.data.size(), packet.binary);
}

} // namespace

PollingSender::PollingSender(const TransportOptions &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_connection(options)
{
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &PollingSender::post);
    connect(&m_connection, &HttpClientConnection::answered, this, &PollingSender::onAnswered);
    connect(&m_connection, &HttpClientConnection::failed, this, &PollingSender::failed);
    connect(&m_connection, &HttpClientConnection::bodyReceived, this, [this](const QByteArray &bytes) {
        m_answerBytes += bytes.size();
        if (m_answerHead.size() <= answerOfOthers.size())
            m_answerHead += bytes.left(answerOfOthers.size() + 1);
        if (m_answerBytes <= HttpClientConnection::maxRefusalBytes)
            return;
        m_connection.abort();
        Q_EMIT failed({.kind = RequestFailure::Kind::Malformed,
                       .url = m_request.url(),
                       .detail = u"an answer without end"_s});
    });
}

void PollingSender::joinSession(const QNetworkRequest &request, qint64 maxPayload)
{
    m_request = request;
    m_request.setRawHeader("Content-Type", "text/plain;charset=UTF-8");
    m_maxPayload = maxPayload;
    m_maxPackets = maxPacketsForStrangers;
}

void PollingSender::send(const Packet &packet)
{
    m_unsentBytes += sizeOnTheWire(packet);
    m_unsent.push_back(packet);
    if (!isPosting() && !m_soon.isActive())
        m_soon.start(0);
}

std::vector<Packet> PollingSender::takeUnsent()
{
    m_soon.stop();
    std::vector<Packet> unsent(std::make_move_iterator(m_unsent.begin()),
                               std::make_move_iterator(m_unsent.end()));
    m_unsent.clear();
    m_unsentBytes = 0;
    return unsent;
}

void PollingSender::abort()
{
    takeUnsent();
    m_postedBytes = 0;
    m_connection.abort();
}

void PollingSender::leave(std::unique_ptr<HttpClientConnection> poll, std::chrono::milliseconds patience)
{
    m_poll = std::move(poll);
    disconnect();
    connect(this, &PollingSender::failed, this, &QObject::deleteLater);
    connect(this, &PollingSender::taken, this, [this] {
        if (isDone())
            deleteLater();
    });
    if (qApp && thread() == qApp->thread())
        setParent(qApp);
    else
        connect(thread(), &QThread::finished, this, &QObject::deleteLater);
    QTimer::singleShot(patience, this, &QObject::deleteLater);
    post();
}

void PollingSender::post()
{
    m_soon.stop();
    if (m_unsent.empty() || isPosting())
        return;
    const QByteArray body = encodePayload(takePayload());
    m_postedBytes = body.size();
    m_answerBytes = 0;
    m_answerHead.clear();
    m_connection.ask("POST", timestamped(m_request, m_options), body, m_options.requestTimeout);
}

void PollingSender::onAnswered()
{
    m_postedBytes = 0;
    if (m_answerHead == answerOfOthers)
        m_maxPackets = maxPacketsPerPayload;
    post();
    Q_EMIT taken();
}

/// As many packets as the server takes in one body, and one at least.
std::vector<Packet> PollingSender::takePayload()
{
    std::vector<Packet> packets;
    qint64 size = 0;
    while (!m_unsent.empty()) {
        const qint64 next = sizeOnTheWire(m_unsent.front());
        const bool full = packets.size() == std::size_t(m_maxPackets) || size + 1 + next > m_maxPayload;
        // Servers work a body off at once and what its packets ask for later; the goodbye must not overtake
        // it.
        if (!packets.empty() && (full || m_unsent.front().type == PacketType::Close))
            break;
        size += next + (packets.empty() ? 0 : 1);
        m_unsentBytes -= next;
        packets.push_back(std::move(m_unsent.front()));
        m_unsent.pop_front();
    }
    return packets;
}

} // namespace EngineIo
