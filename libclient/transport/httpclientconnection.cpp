// SPDX-License-Identifier: MIT
#include "libclient/transport/httpclientconnection.h"

#include "libclient/transport/cookieline.h"
#include "libclient/transport/insignal.h"

#include <QtNetwork/QNetworkCookie>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslSocket>

#include <utility>

using namespace Qt::StringLiterals;

namespace EngineIo
{

HttpClientConnection::HttpClientConnection(TransportOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
{
    m_standstill.setSingleShot(true);
    connect(&m_standstill, &QTimer::timeout, this, [this] {
        fail(RequestFailure::Kind::Silence,
             u"nothing moved for %1 ms"_s.arg(m_standstill.intervalAsDuration().count()));
    });
}

HttpClientConnection::~HttpClientConnection()
{
    dropSocket();
}

void HttpClientConnection::ask(const QByteArray &method, const QNetworkRequest &request,
                               const QByteArray &body, std::chrono::milliseconds standstill)
{
    const bool again = canBeUsedAgain(); // before anything is set: what it hears may end in abort()
    m_request = request;
    m_unwritten = head(method, body) + body;
    m_refusal.clear();
    m_parser.reset();
    m_headTaken = false;
    m_standstill.setInterval(standstill);
    if (standstill.count() > 0)
        m_standstill.start();
    if (again)
        write();
    else
        connectToServer();
}

void HttpClientConnection::abort()
{
    m_standstill.stop();
    m_unwritten.clear();
    m_state = State::Resting;
    dropSocket();
}

bool HttpClientConnection::canBeUsedAgain()
{
    if (!m_socket || m_restEnd.hasExpired())
        return false;
    m_socket->waitForReadyRead(0); // the server may have closed it since the last turn of the event loop
    return m_socket && m_socket->state() == QAbstractSocket::ConnectedState
           && m_socket->bytesAvailable() == 0;
}

void HttpClientConnection::connectToServer()
{
    dropSocket();
    m_state = State::Connecting;
    const QUrl url = m_request.url();
    const bool secure = url.scheme() == "https"_L1;
    auto *tls = secure ? new QSslSocket : nullptr;
    m_socket.reset(secure ? tls : new QTcpSocket);
    if (m_options.proxy)
        m_socket->setProxy(*m_options.proxy);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &HttpClientConnection::onReadyRead);
    connect(m_socket.get(), &QTcpSocket::errorOccurred, this, &HttpClientConnection::onError);
    connect(m_socket.get(), &QTcpSocket::bytesWritten, this, [this] {
        if (m_standstill.isActive())
            m_standstill.start();
    });
    if (!secure) {
        connect(m_socket.get(), &QTcpSocket::connected, this, &HttpClientConnection::write);
        m_socket->connectToHost(url.host(), quint16(url.port(80)));
        return;
    }
    m_check = std::make_unique<CertificateCheck>(url, m_options);
    tls->setSslConfiguration(m_check->prepared(m_request.sslConfiguration()));
    connect(tls, &QSslSocket::sslErrors, this, [this, tls](const QList<QSslError> &problems) {
        if (m_check->accepts(tls->peerCertificate(), problems))
            tls->ignoreSslErrors();
    });
    connect(tls, &QSslSocket::encrypted, this, [this] {
        const InSignal inSignal(this, m_signalDepth);
        if (m_check->isSatisfied())
            write();
        else
            fail(RequestFailure::Kind::Connection, {}, QAbstractSocket::SslHandshakeFailedError);
    });
    tls->connectToHostEncrypted(url.host(), quint16(url.port(443)));
}

void HttpClientConnection::write()
{
    m_state = State::Asked;
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->write(std::exchange(m_unwritten, {}));
    m_socket->flush(); // a goodbye may have no event loop to leave it to
}

void HttpClientConnection::onReadyRead()
{
    const InSignal inSignal(this, m_signalDepth);
    if (m_state != State::Asked)
        return abort(); // nobody asked for that
    if (m_standstill.isActive())
        m_standstill.start();
    read();
}

void HttpClientConnection::read()
{
    m_parser.feed(m_socket->readAll());
    const QPointer<HttpClientConnection> guard(this);
    if (m_parser.status() != 0 && !std::exchange(m_headTaken, true))
        takeHead();
    QByteArray body = m_parser.takeBody();
    if (m_parser.status() == 200 && !body.isEmpty())
        Q_EMIT bodyReceived(body);
    else
        m_refusal += body;
    if (!guard || m_state != State::Asked)
        return;
    if (m_parser.state() == HttpAnswerParser::State::Failed)
        fail(RequestFailure::Kind::Malformed, m_parser.problem());
    else if (m_parser.state() == HttpAnswerParser::State::Complete)
        complete();
    else if (m_refusal.size() > maxRefusalBytes)
        fail(RequestFailure::Kind::Answer, {});
}

void HttpClientConnection::takeHead()
{
    if (!m_options.cookies)
        return;
    const QList<QByteArray> lines = m_parser.headers("Set-Cookie");
    for (const QByteArray &line : lines)
        m_options.cookies->setCookiesFromUrl(QNetworkCookie::parseCookies(line), m_request.url());
}

void HttpClientConnection::complete()
{
    if (m_parser.status() != 200)
        return fail(RequestFailure::Kind::Answer, {});
    m_standstill.stop();
    m_state = State::Resting;
    std::chrono::milliseconds rest = restAllowance;
    const QByteArray hint = m_parser.header("Keep-Alive");
    if (const qsizetype at = hint.indexOf("timeout="); at >= 0) {
        const QByteArray seconds = hint.mid(at + 8).split(',').constFirst().trimmed();
        // The last second of it is the server's.
        rest =
            std::min(rest, std::chrono::milliseconds(std::chrono::seconds(std::max(0, seconds.toInt()) - 1)));
    }
    m_restEnd.setRemainingTime(std::max(rest, std::chrono::milliseconds(0)));
    if (!m_parser.keepsAlive() || rest.count() <= 0)
        dropSocket();
    Q_EMIT answered();
}

void HttpClientConnection::onError(QAbstractSocket::SocketError error)
{
    const InSignal inSignal(this, m_signalDepth);
    if (m_state == State::Resting) {
        if (error != QAbstractSocket::SocketTimeoutError) // canBeUsedAgain() found nothing
            dropSocket(); // servers close what rests
        return;
    }
    const QString detail = m_socket->errorString();
    const QPointer<HttpClientConnection> guard(this);
    if (m_state == State::Asked && m_socket->bytesAvailable() > 0)
        read();
    if (!guard || !m_socket || m_state == State::Resting)
        return;
    if (error == QAbstractSocket::RemoteHostClosedError && m_state == State::Asked) {
        m_parser.endOfInput();
        if (m_parser.state() == HttpAnswerParser::State::Complete)
            return complete();
    }
    fail(RequestFailure::Kind::Connection, detail, error);
}

void HttpClientConnection::fail(RequestFailure::Kind kind, const QString &detail,
                                QAbstractSocket::SocketError error)
{
    RequestFailure failure{.kind = kind,
                           .error = error,
                           .url = m_request.url(),
                           .detail = detail,
                           .status = m_parser.status(),
                           .body = std::exchange(m_refusal, {}),
                           .distrust = m_check ? m_check->rejection() : std::nullopt};
    const QByteArray location = m_parser.header("Location");
    if (failure.status / 100 == 3 && !location.isEmpty())
        failure.redirect = m_request.url().resolved(QUrl::fromEncoded(location));
    abort();
    Q_EMIT failed(failure);
}

void HttpClientConnection::dropSocket()
{
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->abort();
    if (m_signalDepth > 0)
        m_socket.release()->deleteLater();
    m_socket.reset();
}

QByteArray HttpClientConnection::head(const QByteArray &method, const QByteArray &body) const
{
    const QUrl url = m_request.url();
    QByteArray path = url.path(QUrl::FullyEncoded).toLatin1();
    if (path.isEmpty())
        path = "/";
    if (url.hasQuery())
        path += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    if (url.port() >= 0 && url.port() != (url.scheme() == "https"_L1 ? 443 : 80))
        host += ':' + QByteArray::number(url.port());

    QByteArray lines = method + ' ' + path + " HTTP/1.1\r\n";
    const auto add = [&](const QByteArray &name, const QByteArray &value) {
        lines += name + ": " + value + "\r\n";
    };
    if (!m_request.hasRawHeader("Host"))
        add("Host", host);
    if (!m_request.hasRawHeader("User-Agent"))
        add("User-Agent", "Hubbub/" HUBBUB_VERSION);
    const QList<QByteArray> names = m_request.rawHeaderList();
    for (const QByteArray &name : names)
        add(name, m_request.rawHeader(name));
    if (const QByteArray cookies = cookieLine(m_options, m_request); !cookies.isEmpty())
        add("Cookie", cookies);
    if (!body.isEmpty())
        add("Content-Length", QByteArray::number(body.size()));
    return lines + "\r\n";
}

} // namespace EngineIo
