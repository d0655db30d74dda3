// SPDX-License-Identifier: MIT
// The client through real proxies, with both transports, in the clear and over TLS.
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "server-lite/core/server.h"
#include "server-lite/core/serversocket.h"
#include "tests/support/testcertificate.h"
#include "tests/support/testproxy.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::Arguments;
using SocketIo::ConnectionState;
using SocketIo::Manager;
using SocketIo::ManagerOptions;
using SocketIo::Socket;

using Kind = QNetworkProxy::ProxyType;

class tst_proxies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void carriesWhatIsSaid_data();
    void carriesWhatIsSaid();
    void upgradesThroughIt_data();
    void upgradesThroughIt();
    void refusals_data();
    void refusals();

private:
    ManagerOptions over(const QString &transports) const;
    QUrl url(bool secure = false) const
    {
        return QUrl(u"%1://127.0.0.1:%2"_s.arg(secure ? u"https"_s : u"http"_s).arg(m_server->port()));
    }
    std::unique_ptr<SocketIo::Server> m_server;
    int m_connections = 0;
};

void tst_proxies::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_connections = 0;
    SocketIo::ServerOptions options;
    if (QByteArrayView(QTest::currentDataTag()).endsWith("TLS"))
        options.engine.tls = testCertificate();
    m_server = std::make_unique<SocketIo::Server>(options);
    connect(m_server->sockets(), &SocketIo::Namespace::connection, this,
            [this](SocketIo::ServerSocket *peer) {
                ++m_connections;
                peer->on(u"echo"_s, this, [](const SocketIo::Event &event) { event.ack(event.arguments); });
            });
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
}

ManagerOptions tst_proxies::over(const QString &transports) const
{
    ManagerOptions options;
    options.transports = transports.split(u',');
    options.reconnection = false;
    return options;
}

void tst_proxies::carriesWhatIsSaid_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("transport");
    QTest::addColumn<QString>("user");
    QTest::addColumn<bool>("secure");
    for (const Kind kind : {Kind::HttpProxy, Kind::Socks5Proxy}) {
        for (const QString &transport : {u"websocket"_s, u"polling"_s}) {
            for (const QString &user : {QString(), u"mara"_s}) {
                for (const bool secure : {false, true})
                    QTest::addRow("%s, %s, %s, %s", kind == Kind::HttpProxy ? "HTTP" : "SOCKS",
                                  qPrintable(transport), user.isEmpty() ? "open" : "with a password",
                                  secure ? "TLS" : "clear")
                        << kind << transport << user << secure;
            }
        }
    }
}

void tst_proxies::carriesWhatIsSaid()
{
    QFETCH(Kind, kind);
    QFETCH(QString, transport);
    QFETCH(QString, user);
    QFETCH(bool, secure);
    TestProxy proxy(kind, user, user.isEmpty() ? QString() : u"s:ecret"_s);
    ManagerOptions options = over(transport);
    options.proxy = proxy.proxy();
    Manager manager(url(secure), options);
    Socket *socket = manager.socket();
    if (secure) {
        QTRY_COMPARE(socket->state(), ConnectionState::Untrusted);
        QVERIFY(manager.trustCertificate(manager.untrustedCertificate()->fingerprint));
    }
    QTRY_COMPARE(socket->state(), ConnectionState::Online);
    const auto answer = socket->emitWithAck(u"echo"_s, {u"über"_s, QByteArray(100'000, 'x')});
    QTRY_VERIFY(answer.isFinished());
    QVERIFY(answer.result());
    QCOMPARE(answer.result()->toArray(), (QCborArray{u"über"_s, QByteArray(100'000, 'x')}));
    QVERIFY(proxy.tunnels() >= (transport == "polling"_L1 ? 2 : 1));
    for (const QString &target : proxy.targets())
        QCOMPARE(target, u"127.0.0.1:%1"_s.arg(m_server->port()));
}

void tst_proxies::upgradesThroughIt_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::newRow("HTTP") << Kind::HttpProxy;
    QTest::newRow("SOCKS") << Kind::Socks5Proxy;
}

void tst_proxies::upgradesThroughIt()
{
    QFETCH(Kind, kind);
    TestProxy proxy(kind);
    ManagerOptions options = over(u"polling,websocket"_s);
    options.proxy = proxy.proxy();
    Manager manager(url(), options);
    QSignalSpy upgraded(&manager, &Manager::upgraded);
    manager.socket();
    QTRY_COMPARE(upgraded.size(), 1);
    QTRY_COMPARE(m_connections, 1);
    QVERIFY(proxy.tunnels() >= 2);
}

void tst_proxies::refusals_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("transport");
    QTest::addColumn<QString>("what");
    for (const Kind kind : {Kind::HttpProxy, Kind::Socks5Proxy}) {
        for (const QString &transport : {u"websocket"_s, u"polling"_s}) {
            for (const char *what : {"wrong password", "no password", "no proxy there", "target refused"})
                QTest::addRow("%s, %s, %s", kind == Kind::HttpProxy ? "HTTP" : "SOCKS", qPrintable(transport),
                              what)
                    << kind << transport << QString::fromLatin1(what);
        }
    }
}

void tst_proxies::refusals()
{
    QFETCH(Kind, kind);
    QFETCH(QString, transport);
    QFETCH(QString, what);
    const bool guarded = what.contains("password"_L1);
    TestProxy proxy(kind, guarded ? u"mara"_s : QString(), guarded ? u"secret"_s : QString());
    proxy.refuseTargets(what == "target refused"_L1);
    ManagerOptions options = over(transport);
    options.proxy = proxy.proxy();
    if (what == "wrong password"_L1)
        options.proxy->setPassword(u"guess"_s);
    if (what == "no password"_L1)
        options.proxy->setUser({});
    if (what == "no proxy there"_L1) {
        QTcpServer nobody;
        QVERIFY(nobody.listen(QHostAddress::LocalHost));
        options.proxy->setPort(nobody.serverPort());
    }
    Manager manager(url(), options);
    QTRY_COMPARE(manager.socket()->state(), ConnectionState::Closed);
    const Hubbub::Error error = manager.socket()->lastError();
    const QString code = what == "target refused"_L1 ? u"connection-refused"_s : u"proxy-error"_s;
    QVERIFY2(error.code == code, qPrintable(error.code + u": "_s + error.cause));
    QCOMPARE(m_connections, 0);
}

QTEST_GUILESS_MAIN(tst_proxies)
#include "tst_proxies.moc"
