// SPDX-License-Identifier: MIT
#include "libclient/transport/pollingclienttransport.h"

#include "libclient/transport/pollingurl.h"
#include "libclient/transport/transporterror.h"

#include <QtCore/QPointer>

#include <utility>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace EngineIo
{

namespace
{

/// Whether it begins as that protocol's handshake does: "96:0{".
bool isOfEngineIo3(QByteArrayView records)
{
    const auto end = std::find_if(records.begin(), records.end(), [](char c) { return c < '0' || c > '9'; });
    return end != records.begin() && records.sliced(end - records.begin()).startsWith(":0{");
}

} // namespace

PollingClientTransport::PollingClientTransport(const TransportOptions &options, QObject *parent)
    : ClientTransport(parent)
    , m_options(options)
    , m_poll(std::make_unique<HttpClientConnection>(options))
    , m_sender(std::make_unique<PollingSender>(options))
    , m_patience(options.requestTimeout)
{
    connect(m_poll.get(), &HttpClientConnection::bodyReceived, this, &PollingClientTransport::onPollData);
    connect(m_poll.get(), &HttpClientConnection::answered, this, &PollingClientTransport::onPollAnswered);
    connect(m_poll.get(), &HttpClientConnection::failed, this, [this](const RequestFailure &failure) {
        if (m_state != State::Closing) // only the goodbye counts then
            fail(failure);
    });
    connect(m_sender.get(), &PollingSender::taken, this, &PollingClientTransport::onTaken);
    connect(m_sender.get(), &PollingSender::failed, this, &PollingClientTransport::fail);
    m_closeTimer.setSingleShot(true);
    connect(&m_closeTimer, &QTimer::timeout, this, [this] {
        finish({u"transport-close"_s, u"The connection to %1 was closed."_s.arg(hostAndPort(m_request.url())),
                u"the goodbye was not answered in time"_s});
    });
}

PollingClientTransport::~PollingClientTransport()
{
    if (stands())
        m_sender->send({PacketType::Close, {}, false});
    else if (m_state != State::Closing || m_sender->isDone())
        return;
    m_poll->disconnect(this);
    m_sender.release()->leave(std::move(m_poll), closeDeadline);
}

QString PollingClientTransport::name() const
{
    return u"polling"_s;
}

void PollingClientTransport::open(const QNetworkRequest &request)
{
    if (m_state != State::Idle)
        return;
    m_state = State::Opening;
    m_request = request;
    m_request.setRawHeader("Accept", "*/*");
    poll();
}

void PollingClientTransport::joinSession(const Handshake &handshake)
{
    m_request.setUrl(withParameter(m_request.url(), u"sid"_s, handshake.sid));
    m_sender->joinSession(m_request, handshake.maxPayload);
    constexpr std::chrono::milliseconds day = std::chrono::hours(24);
    // The engine's heartbeat ends a silent session first; this only sees that nothing rests for ever.
    m_patience = 2 * (std::min(handshake.pingInterval, day) + std::min(handshake.pingTimeout, day));
}

void PollingClientTransport::send(const Packet &packet)
{
    if (m_state == State::Open)
        m_sender->send(packet);
}

bool PollingClientTransport::isWritable() const
{
    return m_state == State::Open && !m_sender->isPosting();
}

std::vector<Packet> PollingClientTransport::pause()
{
    if (m_state != State::Open)
        return {};
    m_state = State::Pausing;
    std::vector<Packet> unsent = m_sender->takeUnsent();
    if (!m_poll->isBusy() && !m_sender->isPosting())
        QMetaObject::invokeMethod(this, &PollingClientTransport::restIfDone, Qt::QueuedConnection);
    return unsent;
}

void PollingClientTransport::resume()
{
    if (m_state != State::Pausing && m_state != State::Paused)
        return;
    m_state = State::Open;
    if (!m_poll->isBusy())
        poll();
}

void PollingClientTransport::restIfDone()
{
    if (m_state != State::Pausing || m_poll->isBusy() || m_sender->isPosting())
        return;
    m_state = State::Paused;
    Q_EMIT paused();
}

void PollingClientTransport::close()
{
    if (stands()) {
        m_state = State::Closing;
        m_sender->send({PacketType::Close, {}, false});
        m_closeTimer.start(closeDeadline);
    } else if (m_state == State::Idle || m_state == State::Opening) {
        m_state = State::Closing;
        // Later, so that close() never signals before it returns.
        m_closeTimer.start(0);
    }
}

void PollingClientTransport::abort()
{
    m_state = State::Closed;
    m_closeTimer.stop();
    m_poll->abort();
    m_sender->abort();
}

void PollingClientTransport::poll()
{
    m_body.clear();
    m_poll->ask("GET", timestamped(m_request, m_options), {}, m_patience);
}

void PollingClientTransport::onPollData(const QByteArray &bytes)
{
    const qsizetype at = bytes.lastIndexOf(recordSeparator); // what is kept of earlier pieces has none
    const qsizetype end = at < 0 ? at : m_body.size() + at;
    m_body += bytes;
    if (end >= 0) {
        const QByteArray whole = m_body.left(end);
        m_body.remove(0, end + 1);
        if (!deliver(whole))
            return;
    }
    if (m_body.size() > m_options.maxMessageSize / 3 * 4 + 8)
        finish({u"message-too-large"_s,
                u"A message was larger than the connection to %1 allows, so it was closed."_s.arg(
                    hostAndPort(m_request.url())),
                u"more than %1 bytes"_s.arg(m_options.maxMessageSize)});
}

void PollingClientTransport::onPollAnswered()
{
    if (m_state == State::Closing)
        return; // only the goodbye counts
    if (!deliver(std::exchange(m_body, {})) || m_state == State::Closing)
        return;
    if (m_state == State::Open)
        poll();
    else
        restIfDone();
}

/// False if that was the end of it, or of this object.
bool PollingClientTransport::deliver(QByteArrayView records)
{
    const QPointer<PollingClientTransport> guard(this);
    if (m_state == State::Opening) {
        m_state = State::Open;
        Q_EMIT opened();
        if (!guard || m_state == State::Closed)
            return false;
    }
    const DecodedPayload payload = decodePayload(records);
    for (const Packet &packet : payload.packets) {
        Q_EMIT packetReceived(packet);
        if (!guard || m_state == State::Closed)
            return false;
    }
    if (payload.error && isOfEngineIo3(records)) {
        finish({u"protocol-mismatch"_s,
                u"The server at %1 speaks an older protocol, that of Socket.IO 2. Ours is that of 3 and 4."_s
                    .arg(hostAndPort(m_request.url())),
                u"a length before the packet"_s});
        return false;
    }
    if (payload.error) {
        finish({u"parse-error"_s,
                u"The server at %1 sent something that is not Engine.IO."_s.arg(hostAndPort(m_request.url())),
                payload.error->code + u": "_s + payload.error->cause});
        return false;
    }
    return true;
}

void PollingClientTransport::onTaken()
{
    if (m_state == State::Closing && m_sender->isDone())
        finish({u"transport-close"_s, u"The connection to %1 was closed."_s.arg(hostAndPort(m_request.url())),
                u"the goodbye was answered"_s});
    else if (m_state == State::Pausing)
        restIfDone();
    else if (m_state == State::Open)
        Q_EMIT bytesWritten();
}

void PollingClientTransport::fail(const RequestFailure &failure)
{
    if (m_state == State::Closing)
        finish({u"transport-close"_s, u"The connection to %1 was closed."_s.arg(hostAndPort(m_request.url())),
                requestError(failure, true).cause});
    else
        finish(requestError(failure, m_state != State::Opening));
}

void PollingClientTransport::finish(const Hubbub::Error &why)
{
    if (m_state == State::Closed)
        return;
    abort();
    Q_EMIT closed(why);
}

} // namespace EngineIo
