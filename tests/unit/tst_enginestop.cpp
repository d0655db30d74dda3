// SPDX-License-Identifier: MIT
#include "server-lite/transport/engineserver.h"

#include <QtCore/QDir>
#include <QtCore/QRegularExpression>
#include <QtTest/QTest>

#include <thread>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using EngineIo::ServerOptions;

namespace
{

/// Comes and goes at once. False if nobody listens.
bool knock(quint16 port)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool entered =
        ::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) == 0;
    const linger atOnce{1, 0}; // no port of ours is kept waiting
    ::setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &atOnce, sizeof(atOnce));
    ::close(descriptor);
    return entered;
}

} // namespace

/// The end of a server whose threads are all at work; the sanitizers watch.
class TestEngineStop : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void destructionWhilePeersCome();
};

/// The worker that accepts gives connections to others, some of which have stopped by then.
void TestEngineStop::destructionWhilePeersCome()
{
    const auto round = [] {
        ServerOptions options;
        options.workers = 4;
        auto server = std::make_unique<EngineIo::Server>(options);
        QVERIFY(server->listen(QHostAddress::LocalHost, 0));
        const std::jthread crowd([port = server->port()](const std::stop_token &enough) {
            while (!enough.stop_requested() && knock(port)) { }
        });
        QTRY_VERIFY(server->counters().connectionsOpened >= 40);
        server.reset();
    };
    const auto openFiles = [] { return QDir(u"/proc/self/fd"_s).count(); };
    round();
    const auto before = openFiles();
    for (int i = 0; i < 20 && !QTest::currentTestFailed(); ++i)
        round();
    QCOMPARE(openFiles(), before);
}

QTEST_GUILESS_MAIN(TestEngineStop)
#include "tst_enginestop.moc"
