// SPDX-License-Identifier: MIT
#include <libclient/client/manager.h>
#include <libclient/client/socket.h>
#include <server-lite/core/remotesocket.h>
#include <server-lite/core/server.h>
#include <server-lite/core/serversocket.h>

#include <QtTest>

class TestEcho : public QObject
{
    Q_OBJECT

private slots:
    void aServerInThreeLines()
    {
        SocketIo::Server server;
        connect(server.sockets(), &SocketIo::Namespace::connection, this, [](SocketIo::ServerSocket *socket) {
            socket->on("echo", socket, [](const QString &text, SocketIo::Ack ack) { ack({text}); });
        });
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));

        SocketIo::Manager manager(server.url());
        auto answer = manager.socket()->emitWithAck("echo", {"hello"});
        QTRY_VERIFY(answer.isFinished());
        const auto result = answer.result();
        QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
        QCOMPARE(result->at(0).toString(), "hello");
        QCOMPARE(server.fetchSockets().result().size(), 1);
    }

    void bothSpeakMessagePack()
    {
        SocketIo::ServerOptions options;
        options.parser = SocketIo::msgpackParser();
        SocketIo::Server server(options);
        connect(server.sockets(), &SocketIo::Namespace::connection, this,
                [](SocketIo::ServerSocket *socket) { socket->emitEvent("bytes", QByteArray("\1\2")); });
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));

        SocketIo::ManagerOptions clientOptions;
        clientOptions.parser = SocketIo::msgpackParser();
        SocketIo::Manager manager(server.url(), clientOptions);
        QByteArray got;
        manager.socket()->on("bytes", this, [&](const QByteArray &bytes) { got = bytes; });
        QTRY_COMPARE(got, QByteArray("\1\2"));
    }
};

QTEST_GUILESS_MAIN(TestEcho)
#include "tst_echo.moc"
