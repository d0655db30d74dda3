// SPDX-License-Identifier: MIT
#include "tests/support/testproxy.h"

#include <QtCore/QtEndian>
#include <QtNetwork/QHostAddress>
#include <QtNetwork/QTcpSocket>

#include <memory>

using namespace Qt::StringLiterals;

TestProxy::TestProxy(QNetworkProxy::ProxyType type, const QString &user, const QString &password)
    : m_type(type)
    , m_user(user)
    , m_password(password)
{
    m_server.listen(QHostAddress::LocalHost);
    QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
        while (QTcpSocket *client = m_server.nextPendingConnection()) {
            if (m_type == QNetworkProxy::Socks5Proxy)
                serveSocks(client);
            else
                serveHttp(client);
        }
    });
}

QNetworkProxy TestProxy::proxy() const
{
    return {m_type, u"127.0.0.1"_s, m_server.serverPort(), m_user, m_password};
}

void TestProxy::carry(QTcpSocket *client, const QString &host, quint16 port, const QByteArray &success,
                      const QByteArray &failure)
{
    m_targets += u"%1:%2"_s.arg(host).arg(port);
    if (m_refuses) {
        client->write(failure);
        client->disconnectFromHost();
        return;
    }
    auto *target = new QTcpSocket(client);
    target->setProxy(QNetworkProxy::NoProxy);
    QObject::connect(target, &QTcpSocket::connected, client, [=, this] {
        ++m_tunnels;
        client->write(success);
    });
    QObject::connect(client, &QTcpSocket::readyRead, target, [=] { target->write(client->readAll()); });
    QObject::connect(target, &QTcpSocket::readyRead, client, [=] { client->write(target->readAll()); });
    QObject::connect(target, &QTcpSocket::errorOccurred, client, [=](QAbstractSocket::SocketError error) {
        if (error == QAbstractSocket::ConnectionRefusedError)
            client->write(failure);
        client->disconnectFromHost();
    });
    QObject::connect(client, &QTcpSocket::disconnected, target, [=] {
        target->disconnectFromHost();
        client->deleteLater();
    });
    target->connectToHost(host, port);
    if (client->bytesAvailable() > 0)
        target->write(client->readAll());
}

void TestProxy::serveHttp(QTcpSocket *client)
{
    auto head = std::make_shared<QByteArray>();
    auto *reading = new QObject(client);
    QObject::connect(client, &QTcpSocket::readyRead, reading, [=, this] {
        while (!head->endsWith("\r\n\r\n")) {
            char byte = 0;
            if (!client->getChar(&byte))
                return;
            head->append(byte);
        }
        const QByteArray whole = std::exchange(*head, {});
        const QByteArrayList words = whole.left(whole.indexOf('\r')).split(' ');
        const QByteArray pass = "Basic " + (m_user + u':' + m_password).toUtf8().toBase64();
        if (!m_user.isEmpty() && !whole.contains("\r\nProxy-Authorization: " + pass + "\r\n")) {
            client->write("HTTP/1.1 407 Proxy Authentication Required\r\n"
                          "Proxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n");
            return;
        }
        const QByteArray target = words.value(1);
        const qsizetype colon = target.lastIndexOf(':');
        if (words.value(0) != "CONNECT" || colon < 0) {
            client->write("HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n");
            return;
        }
        delete reading;
        carry(client, QString::fromLatin1(target.left(colon)), target.mid(colon + 1).toUShort(),
              "HTTP/1.1 200 Connection established\r\n\r\n",
              "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
    });
}

void TestProxy::serveSocks(QTcpSocket *client)
{
    enum class Step { Greeting, Password, Request };
    auto step = std::make_shared<Step>(Step::Greeting);
    auto got = std::make_shared<QByteArray>();
    auto *reading = new QObject(client);
    QObject::connect(client, &QTcpSocket::readyRead, reading, [=, this] {
        *got += client->readAll();
        const auto byte = [&](qsizetype at) { return at < got->size() ? uchar(got->at(at)) : 0; };
        if (*step == Step::Greeting) {
            const qsizetype size = 2 + byte(1);
            if (got->size() < 2 || got->size() < size)
                return;
            const char method = m_user.isEmpty() ? 0 : 2;
            const bool offered = got->mid(2, size - 2).contains(method);
            got->remove(0, size);
            client->write(QByteArray("\x05", 1) + (offered ? method : char(0xff)));
            *step = m_user.isEmpty() ? Step::Request : Step::Password;
        }
        if (*step == Step::Password) {
            const qsizetype userSize = byte(1);
            const qsizetype passwordSize = byte(2 + userSize);
            if (got->size() < 3 || got->size() < 3 + userSize + passwordSize)
                return;
            const bool right = got->mid(2, userSize) == m_user.toUtf8()
                               && got->mid(3 + userSize, passwordSize) == m_password.toUtf8();
            got->remove(0, 3 + userSize + passwordSize);
            client->write(QByteArray("\x01", 1) + char(right ? 0 : 1));
            if (!right)
                return client->disconnectFromHost();
            *step = Step::Request;
        }
        // Version, command, nothing, kind of address, address, port.
        if (got->size() < 5)
            return;
        const bool named = byte(3) == 3;
        const qsizetype addressSize = named ? 1 + byte(4) : byte(3) == 4 ? 16 : 4;
        if (got->size() < 4 + addressSize + 2)
            return;
        const QString host =
            named ? QString::fromUtf8(got->mid(5, addressSize - 1))
            : addressSize == 16
                ? QHostAddress(reinterpret_cast<const quint8 *>(got->constData() + 4)).toString()
                : QHostAddress(qFromBigEndian<quint32>(got->constData() + 4)).toString();
        const quint16 port = qFromBigEndian<quint16>(got->constData() + 4 + addressSize);
        const QByteArray rest("\x00\x01\x00\x00\x00\x00\x00\x00", 8);
        delete reading;
        carry(client, host, port, QByteArray("\x05\x00", 2) + rest, QByteArray("\x05\x05", 2) + rest);
    });
}
