// SPDX-License-Identifier: MIT
#include "tests/support/httppeer.h"

#include <QtNetwork/QHostAddress>
#include <QtNetwork/QSslSocket>
#include <QtTest/QTest>

QByteArray HttpPeer::Reply::header(const QByteArray &name) const
{
    const auto lines = head.split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.sliced(colon + 1).trimmed();
    }
    return {};
}

HttpPeer::HttpPeer(quint16 port, bool secure)
    : m_socket(secure ? new QSslSocket : new QTcpSocket)
{
    if (auto *socket = qobject_cast<QSslSocket *>(m_socket.get())) {
        socket->setPeerVerifyMode(QSslSocket::VerifyNone);
        socket->connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
    } else {
        m_socket->connectToHost(QHostAddress::LocalHost, port);
    }
}

void HttpPeer::send(const QByteArray &bytes)
{
    QTcpSocket &socket = *m_socket;
    const auto connected = [&socket] {
        const auto *secure = qobject_cast<QSslSocket *>(&socket);
        return secure ? secure->isEncrypted() : socket.state() == QAbstractSocket::ConnectedState;
    };
    if (!QTest::qWaitFor([&] { return connected() || isClosed(); }, int(patience.count())) || isClosed())
        return;
    socket.write(bytes);
    socket.flush();
}

void HttpPeer::request(const QByteArray &method, const QByteArray &target, const QByteArray &body,
                       const QByteArray &moreHeaders)
{
    QByteArray bytes = method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\n" + moreHeaders;
    if (!body.isEmpty() || method == "POST" || method == "PUT")
        bytes += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    m_methods.push_back(method);
    send(bytes + "\r\n" + body);
}

void HttpPeer::take()
{
    if (m_socket->isReadable()) // a reset closes it
        m_buffer += m_socket->readAll();
}

bool HttpPeer::takeReply(Reply &reply)
{
    take();
    const qsizetype end = m_buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    reply.head = m_buffer.first(end);
    reply.status = reply.head.mid(9, 3).toInt();
    const bool headOnly = reply.status == 101 || reply.status == 100 || m_methods.value(0) == "HEAD";
    const qsizetype length = headOnly ? 0 : reply.header("Content-Length").toLongLong();
    if (m_buffer.size() < end + 4 + length)
        return false;
    reply.body = m_buffer.mid(end + 4, length);
    m_buffer.remove(0, end + 4 + length);
    if (reply.status != 100)
        m_methods.removeAt(0);
    return true;
}

std::optional<HttpPeer::Reply> HttpPeer::reply()
{
    if (m_methods.isEmpty())
        m_methods.push_back({});
    Reply reply;
    bool got = false;
    const bool ended =
        QTest::qWaitFor([&] { return (got = takeReply(reply)) || isClosed(); }, int(patience.count()));
    if (ended && !got)
        got = takeReply(reply);
    return got ? std::optional(reply) : std::nullopt;
}

HttpPeer::Reply HttpPeer::ask(const QByteArray &method, const QByteArray &target, const QByteArray &body,
                              const QByteArray &moreHeaders)
{
    request(method, target, body, moreHeaders);
    return reply().value_or(Reply{});
}

QByteArray HttpPeer::read(qsizetype bytes)
{
    const bool enough = QTest::qWaitFor([&] { return (take(), m_buffer.size() >= bytes) || isClosed(); },
                                        int(patience.count()));
    take();
    const QByteArray got = enough ? m_buffer.left(bytes) : QByteArray();
    m_buffer.remove(0, got.size());
    return got;
}

bool HttpPeer::hasBytes()
{
    take();
    return !m_buffer.isEmpty();
}

void HttpPeer::abort()
{
    m_socket->abort();
}

bool HttpPeer::waitForClose()
{
    return QTest::qWaitFor([this] { return isClosed(); }, int(patience.count()));
}
