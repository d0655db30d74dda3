// SPDX-License-Identifier: MIT
// Our client against npm's socket.io set up otherwise, an old one, and a server that is none.
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "tests/support/answerof.h"
#include "tests/support/nodeserver.h"

#include <QtCore/QCborArray>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::Arguments;
using SocketIo::ConnectionState;
using SocketIo::Manager;
using SocketIo::ManagerOptions;
using SocketIo::Socket;

namespace
{

constexpr int patience = 30'000; // for a machine that is busy with other things
const QStringList polling{u"polling"_s};
const QStringList webSocket{u"websocket"_s};
const QStringList upgrade{u"polling"_s, u"websocket"_s};
const QStringList ours{u"websocket"_s, u"polling"_s};

} // namespace

class tst_client_servers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void options_data();
    void options();
    void refusals_data();
    void refusals();
};

void tst_client_servers::options_data()
{
    QTest::addColumn<QStringList>("transports");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QStringList &transports, const QString &expected,
                        const QString &path = u"/socket.io/"_s) {
        QTest::addRow("%s, %s", name, qPrintable(transports.join(u'+'))) << transports << path << expected;
    };
    row("deflate", webSocket, u"websocket"_s);
    row("cookie", upgrade, u"websocket"_s);
    row("path", upgrade, u"websocket"_s, u"/my/ws"_s);
    row("no slash", polling, u"polling"_s);
    row("no slash", webSocket, u"websocket"_s);
    row("polling", ours, u"polling"_s);
    row("websocket", ours, u"websocket"_s);
    row("compression", polling, u"polling"_s);
    row("no upgrade", upgrade, u"polling"_s);
    row("small", upgrade, u"websocket"_s);
}

void tst_client_servers::options()
{
    QFETCH(QStringList, transports);
    QFETCH(QString, path);
    QFETCH(QString, expected);
    NodeServer server(u"option-server.mjs"_s);
    const QString name = QString::fromLatin1(QTest::currentDataTag()).section(u',', 0, 0);
    QVERIFY(server.start({name}));
    ManagerOptions options;
    options.transports = transports;
    options.path = path;
    options.withCredentials = name == u"cookie";
    Manager manager(server.url(), options);
    Socket *socket = manager.socket();
    const QCborArray values{u"grüße 🦉"_s.repeated(50), QByteArray("\x00\xff", 2), nullptr};
    QCOMPARE(answerOf(socket->emitWithAck(u"echo"_s, values, 30s)), values);
    QTRY_COMPARE_WITH_TIMEOUT(manager.transportName(), expected, patience);
    QCOMPARE(answerOf(socket->emitWithAck(u"transport"_s, {}, 30s)), QCborArray{expected});
    QCOMPARE(answerOf(socket->emitWithAck(u"echo"_s, values, 30s)), values);
    if (name == u"small") {
        QCOMPARE(answerOf(socket->emitWithAck(u"echo"_s, {QByteArray(2'001, 'x')}, 30s)),
                 QCborArray{u"message-too-large"_s});
        QCOMPARE(socket->state(), ConnectionState::Online);
    }
}

void tst_client_servers::refusals_data()
{
    QTest::addColumn<QStringList>("transports");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QStringList &transports, const QString &code,
                        const QString &says) {
        QTest::addRow("%s, %s", name, qPrintable(transports.join(u'+'))) << transports << code << says;
    };
    const QString mismatch = u"protocol-mismatch"_s;
    row("version 2", ours, mismatch, u"Socket.IO 2"_s);
    row("version 2", polling, mismatch, u"Socket.IO 2"_s);
    row("version 2", webSocket, mismatch, u"Socket.IO 2"_s);
    row("no Socket.IO", ours, u"parse-error"_s, u"not Engine.IO"_s);
    row("no Socket.IO", polling, u"parse-error"_s, u"not Engine.IO"_s);
    row("no Socket.IO", webSocket, u"http-error"_s, u"HTTP 200"_s);
}

void tst_client_servers::refusals()
{
    QFETCH(QStringList, transports);
    QFETCH(QString, code);
    QFETCH(QString, says);
    NodeServer server(u"option-server.mjs"_s);
    QVERIFY(server.start({QString::fromLatin1(QTest::currentDataTag()).section(u',', 0, 0)}));
    ManagerOptions options;
    options.transports = transports;
    options.reconnection = false;
    Manager manager(server.url(), options);
    Socket *socket = manager.socket();
    QTRY_VERIFY_WITH_TIMEOUT(
        socket->state() == ConnectionState::Closed || socket->state() == ConnectionState::Refused, patience);
    QVERIFY2(socket->lastError().message.contains(says), qPrintable(socket->lastError().message));
    QCOMPARE(socket->lastError().code, code);
}

QTEST_GUILESS_MAIN(tst_client_servers)
#include "tst_client_servers.moc"
