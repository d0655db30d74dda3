// SPDX-License-Identifier: MIT
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "libclient/transport/websocketclienttransport.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using EngineIo::WebSocketClientTransport;
using SocketIo::ConnectionState;
using SocketIo::Manager;
using SocketIo::ManagerOptions;

namespace
{

/// Answers the first upgrade as it should, with that field `Connection`, and keeps what comes then.
class UpgradingServer
{
public:
    explicit UpgradingServer(const QByteArray &connection)
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this, connection] {
            QTcpSocket *peer = m_server.nextPendingConnection();
            QObject::connect(peer, &QTcpSocket::readyRead, peer, [this, peer, connection] {
                m_bytes += peer->readAll();
                const qsizetype end = m_bytes.indexOf("\r\n\r\n");
                if (m_isUpgraded || end < 0)
                    return;
                m_isUpgraded = true;
                const QByteArray key = u"Sec-WebSocket-Key: (\\S+)"_s.toUtf8();
                const auto match =
                    QRegularExpression(QString::fromLatin1(key)).match(QString::fromLatin1(m_bytes));
                const QByteArray accept = QCryptographicHash::hash(
                    match.captured(1).toLatin1() + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
                    QCryptographicHash::Sha1);
                m_bytes.remove(0, end + 4);
                peer->write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
                            + connection + "\r\nSec-WebSocket-Accept: " + accept.toBase64() + "\r\n\r\n");
            });
        });
    }

    QUrl url(const QString &scheme) const
    {
        return QUrl(u"%1://127.0.0.1:%2"_s.arg(scheme).arg(m_server.serverPort()));
    }
    const QByteArray &bytes() const { return m_bytes; } ///< behind the request

private:
    QTcpServer m_server;
    QByteArray m_bytes;
    bool m_isUpgraded = false;
};

} // namespace

/// What QtWebSockets 6.4 does wrong on a client, where no other test shows what becomes of it;
/// docs/bad-input.md has the list.
class TestWebSocketDefects : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void keepAliveBesideUpgradeIsRefusedInWords();
    void masksCannotBeForeseen();
};

void TestWebSocketDefects::keepAliveBesideUpgradeIsRefusedInWords()
{
    const UpgradingServer server("keep-alive, Upgrade");
    ManagerOptions options;
    options.transports = {u"websocket"_s};
    options.reconnection = false;
    Manager manager(server.url(u"http"_s), options);
    auto *socket = manager.socket();
    QTRY_COMPARE(socket->state(), ConnectionState::Closed);
    QCOMPARE(socket->lastError().code, u"http-error"_s);
    QVERIFY2(socket->lastError().message.contains(u"is not a Socket.IO server"_s),
             qPrintable(socket->lastError().message));
}

void TestWebSocketDefects::masksCannotBeForeseen()
{
    constexpr int frames = 500;
    const UpgradingServer server("Upgrade");
    WebSocketClientTransport transport({});
    QObject::connect(&transport, &WebSocketClientTransport::opened, this, [&] {
        for (int i = 0; i < frames; ++i)
            transport.send({EngineIo::PacketType::Message, "x", false});
    });
    transport.open(QNetworkRequest(server.url(u"ws"_s)));
    constexpr int size = 2 + 4 + 2; // head, mask, "4x"
    QTRY_COMPARE(server.bytes().size(), frames * size);
    QSet<QByteArray> masks;
    int bits = 0;
    for (int i = 0; i < frames; ++i) {
        const QByteArray mask = server.bytes().mid(i * size + 2, 4);
        masks.insert(mask);
        for (const char byte : mask)
            bits += qPopulationCount(uchar(byte));
    }
    QVERIFY(masks.size() >= frames - 1); // two alike among 500 are one chance in 30 000
    // 16 000 fair bits: this far from half is ten standard deviations.
    QVERIFY2(bits > 7'350 && bits < 8'650, qPrintable(QString::number(bits)));
}

QTEST_GUILESS_MAIN(TestWebSocketDefects)
#include "tst_websocketdefects.moc"
