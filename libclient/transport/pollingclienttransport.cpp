// SPDX-License-Identifier: MIT
#include "libclient/transport/pollingclienttransport.h"

#include "libclient/transport/insignal.h"
#include "libclient/transport/pollingurl.h"
#include "libclient/transport/transporterror.h"

#include <QtNetwork/QNetworkReply>
#include <QtNetwork/QSslError>

#include <tuple>
#include <utility>

using namespace Qt::StringLiterals;

namespace EngineIo
{

namespace
{

constexpr std::chrono::milliseconds lingering{500};
constexpr qint64 mostOfAnAnswer = 64 * 1024; ///< of a body that only says what went wrong

qint64 sizeOnTheWire(const Packet &packet)
{
    return recordSize(packet.data.size(), packet.binary);
}

} // namespace

PollingClientTransport::PollingClientTransport(TransportOptions options, QObject *parent)
    : ClientTransport(parent)
    , m_options(std::move(options))
    , m_network(std::make_unique<QNetworkAccessManager>())
{
    m_network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    if (m_options.proxy)
        m_network->setProxy(*m_options.proxy);
    if (m_options.cookies) {
        m_network->setCookieJar(m_options.cookies.get());
        m_options.cookies->setParent(nullptr); // shared with the transports before and after
    }
    m_postTimer.setSingleShot(true);
    connect(&m_postTimer, &QTimer::timeout, this, &PollingClientTransport::post);
    m_closeTimer.setSingleShot(true);
    connect(&m_closeTimer, &QTimer::timeout, this, [this] {
        finish({u"transport-close"_s, u"The connection to %1 was closed."_s.arg(hostAndPort(m_base.url())),
                u"the goodbye was not answered in time"_s});
    });
}

PollingClientTransport::~PollingClientTransport()
{
    const bool stood = m_state == State::Open || m_state == State::Pausing || m_state == State::Paused;
    const bool underWay = m_poll || m_post || stood;
    abort();
    // With no poll at the server, only a goodbye tells it at once.
    if (stood)
        m_network->post(request(lingering), QByteArray("1"));
    // Qt's HTTP thread ends with its manager, and may then not hear any more of requests and their ends.
    if (underWay)
        QTimer::singleShot(lingering, m_network.get(), &QObject::deleteLater);
    else if (m_signalDepth > 0)
        m_network->deleteLater();
    else
        return;
    std::ignore = m_network.release(); // the event loop's now
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
    m_base = request;
    poll();
}

void PollingClientTransport::joinSession(const Handshake &handshake)
{
    m_base.setUrl(withParameter(m_base.url(), u"sid"_s, handshake.sid));
    m_maxPayload = handshake.maxPayload;
    constexpr std::chrono::milliseconds day = std::chrono::hours(24);
    // The engine's heartbeat ends a silent session first; this only sees that nothing rests for ever.
    m_patience = 2 * (std::min(handshake.pingInterval, day) + std::min(handshake.pingTimeout, day));
}

void PollingClientTransport::send(const Packet &packet)
{
    if (m_state != State::Open)
        return;
    m_unsentBytes += sizeOnTheWire(packet);
    m_unsent.push_back(packet);
    if (!m_post && !m_postTimer.isActive())
        m_postTimer.start(0);
}

bool PollingClientTransport::isWritable() const
{
    return m_state == State::Open && !m_post;
}

std::vector<Packet> PollingClientTransport::pause()
{
    if (m_state != State::Open)
        return {};
    m_state = State::Pausing;
    m_postTimer.stop();
    std::vector<Packet> unsent(std::make_move_iterator(m_unsent.begin()),
                               std::make_move_iterator(m_unsent.end()));
    m_unsent.clear();
    m_unsentBytes = 0;
    if (!m_poll && !m_post)
        QMetaObject::invokeMethod(this, &PollingClientTransport::restIfDone, Qt::QueuedConnection);
    return unsent;
}

void PollingClientTransport::resume()
{
    if (m_state != State::Pausing && m_state != State::Paused)
        return;
    m_state = State::Open;
    if (!m_poll)
        poll();
}

void PollingClientTransport::restIfDone()
{
    if (m_state != State::Pausing || m_poll || m_post)
        return;
    m_state = State::Paused;
    Q_EMIT paused();
}

void PollingClientTransport::close()
{
    switch (m_state) {
    case State::Open:
    case State::Pausing:
    case State::Paused:
        m_state = State::Open; // for one last packet
        send({PacketType::Close, {}, false});
        m_state = State::Closing;
        m_closeTimer.start(closeDeadline);
        break;
    case State::Idle:
    case State::Opening:
        m_state = State::Closing;
        // Later, so that close() never signals before it returns.
        m_closeTimer.start(0);
        break;
    case State::Closing:
    case State::Closed:
        break;
    }
}

void PollingClientTransport::abort()
{
    m_state = State::Closed;
    m_closeTimer.stop();
    m_postTimer.stop();
    drop(m_poll);
    drop(m_post);
}

void PollingClientTransport::poll()
{
    m_body.clear();
    // Before the handshake the whole attempt has a deadline; later the heartbeat has one.
    m_poll = watched(m_network->get(request(m_patience)));
    connect(m_poll, &QNetworkReply::readyRead, this, &PollingClientTransport::onPollData);
    connect(m_poll, &QNetworkReply::finished, this, &PollingClientTransport::onPollFinished);
}

void PollingClientTransport::onPollData()
{
    if (m_poll->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() != 200)
        return; // an answer of another kind, read when it is whole
    const InSignal inSignal(this, m_signalDepth);
    m_body += m_poll->readAll();
    const qsizetype end = m_body.lastIndexOf(recordSeparator);
    if (end >= 0) {
        const QByteArray whole = m_body.left(end);
        m_body.remove(0, end + 1);
        if (!deliver(whole))
            return;
    }
    if (m_body.size() > m_options.maxMessageSize / 3 * 4 + 8)
        finish({u"message-too-large"_s,
                u"A message was larger than the connection to %1 allows, so it was closed."_s.arg(
                    hostAndPort(m_base.url())),
                u"more than %1 bytes"_s.arg(m_options.maxMessageSize)});
}

void PollingClientTransport::onPollFinished()
{
    const InSignal inSignal(this, m_signalDepth);
    QNetworkReply *reply = std::exchange(m_poll, nullptr);
    reply->deleteLater();
    if (m_state == State::Closing)
        return; // only the goodbye counts
    if (reply->error() != QNetworkReply::NoError
        || reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() != 200) {
        fail(reply, reply->read(mostOfAnAnswer));
        return;
    }
    m_body += reply->readAll();
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
    if (payload.error) {
        finish({u"parse-error"_s,
                u"The server at %1 sent something that is not Engine.IO."_s.arg(hostAndPort(m_base.url())),
                payload.error->code + u": "_s + payload.error->cause});
        return false;
    }
    return true;
}

void PollingClientTransport::post()
{
    if (m_unsent.empty() || m_post || !sends())
        return;
    const QByteArray body = encodePayload(takePayload());
    m_postedBytes = body.size();
    m_post = watched(m_network->post(request(m_options.requestTimeout), body));
    connect(m_post, &QNetworkReply::finished, this, &PollingClientTransport::onPostFinished);
}

/// As many packets as the server takes in one body, and one at least.
std::vector<Packet> PollingClientTransport::takePayload()
{
    std::vector<Packet> packets;
    qint64 size = 0;
    while (!m_unsent.empty()) {
        const qint64 next = sizeOnTheWire(m_unsent.front());
        const bool full =
            packets.size() == std::size_t(maxPacketsPerPayload) || size + 1 + next > m_maxPayload;
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

void PollingClientTransport::onPostFinished()
{
    const InSignal inSignal(this, m_signalDepth);
    QNetworkReply *reply = std::exchange(m_post, nullptr);
    reply->deleteLater();
    m_postedBytes = 0;
    const bool taken = reply->error() == QNetworkReply::NoError
                       && reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() == 200;
    if (!taken && m_state != State::Closing) {
        fail(reply, reply->read(mostOfAnAnswer));
    } else if (!taken || (m_state == State::Closing && m_unsent.empty())) {
        finish({u"transport-close"_s, u"The connection to %1 was closed."_s.arg(hostAndPort(m_base.url())),
                u"the goodbye was answered"_s});
    } else if (m_state == State::Pausing) {
        restIfDone();
    } else {
        post();
        if (m_state == State::Open)
            Q_EMIT bytesWritten();
    }
}

QNetworkRequest PollingClientTransport::request(std::chrono::milliseconds standstill) const
{
    QNetworkRequest request = m_base;
    if (m_options.timestampRequests)
        request.setUrl(
            withParameter(m_base.url(), m_options.timestampParam, QString::fromLatin1(timestamp())));
    request.setRawHeader("Accept", "*/*");
    request.setRawHeader("Content-Type", "text/plain;charset=UTF-8");
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    // A stream of HTTP/2 that the server gives up takes all others with it, in Qt 6.4.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    const auto cookies = m_options.cookies ? QNetworkRequest::Automatic : QNetworkRequest::Manual;
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, cookies);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, cookies);
    request.setTransferTimeout(int(standstill.count()));
    return request;
}

QNetworkReply *PollingClientTransport::watched(QNetworkReply *reply)
{
    connect(reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        for (const QSslError &error : errors)
            m_certificateProblems.append(error.errorString());
    });
    return reply;
}

void PollingClientTransport::drop(QNetworkReply *&reply)
{
    if (QNetworkReply *dropped = std::exchange(reply, nullptr)) {
        dropped->disconnect();
        dropped->abort();
        dropped->deleteLater();
    }
}

void PollingClientTransport::fail(QNetworkReply *reply, const QByteArray &body)
{
    const QUrl redirect = reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
    finish(requestError({.error = reply->error(),
                         .url = m_base.url(),
                         .detail = reply->errorString(),
                         .status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
                         .body = body,
                         .redirect = redirect.isEmpty() ? redirect : reply->url().resolved(redirect),
                         .opened = m_state != State::Opening,
                         .certificateProblems = m_certificateProblems}));
}

void PollingClientTransport::finish(const Hubbub::Error &why)
{
    if (m_state == State::Closed)
        return;
    abort();
    Q_EMIT closed(why);
}

} // namespace EngineIo
