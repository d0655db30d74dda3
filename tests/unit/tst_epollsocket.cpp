// SPDX-License-Identifier: MIT
#include "server-lite/net/epollsocket.h"
#include "tests/support/place.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QThread>
#include <QtTest/QTest>

#include <future>

#include <sys/socket.h>
#include <unistd.h>

using namespace std::chrono_literals;

namespace
{

constexpr auto patience = 30s;

/// A thread with our dispatcher, and a place on it.
class Loop
{
public:
    Loop()
    {
        m_thread.setEventDispatcher(new Hubbub::EpollDispatcher);
        m_place.moveToThread(&m_thread);
        m_thread.start();
    }
    ~Loop()
    {
        m_thread.quit();
        m_thread.wait();
    }
    void post(std::function<void()> work) { m_place.post(std::move(work)); }
    void run(const std::function<void()> &work)
    {
        std::promise<void> done;
        post([&] {
            work();
            done.set_value();
        });
        done.get_future().wait();
    }
    QThread *thread() { return &m_thread; }

private:
    QThread m_thread;
    Place m_place;
};

/// Keeps the promise with the first bytes it hears.
class Listener final : public Hubbub::StreamListener
{
public:
    std::promise<QByteArray> heard;

private:
    void bytesReceived(std::span<char> bytes) override
    {
        heard.set_value(QByteArray(bytes.data(), qsizetype(bytes.size())));
    }
    void streamEnded(int) override { }
};

} // namespace

/// A socket that changes its thread.
class TestEpollSocket : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void takenBeforeItJoinedTheLoopItIsHeard();
};

/// A worker that has more than one thing to do in a turn gets a moved socket before the socket's own event.
void TestEpollSocket::takenBeforeItJoinedTheLoopItIsHeard()
{
    int ends[2];
    QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
    Loop from;
    Loop to;
    std::unique_ptr<Hubbub::EpollSocket> socket;
    std::optional<Hubbub::EpollStream> stream;
    Listener listener;
    auto heard = listener.heard.get_future();
    std::promise<void> moved;
    std::promise<bool> taken;
    to.post([&] {
        moved.get_future().wait(); // whatever is told to the socket comes after this
        QByteArray unread;
        if (auto given = socket->takeStream(unread))
            stream.emplace(std::move(*given)).setListener(&listener);
        taken.set_value(stream.has_value());
    });
    from.run([&] {
        socket = Hubbub::EpollSocket::create(std::make_shared<std::atomic<int>>(1));
        socket->setSocketDescriptor(ends[0]);
        socket->moveToThread(to.thread());
    });
    moved.set_value();
    QVERIFY(taken.get_future().get());
    QCOMPARE(::write(ends[1], "hello", 5), 5);
    const bool came = heard.wait_for(patience) == std::future_status::ready;
    to.run([&] {
        stream.reset();
        socket.reset();
    });
    ::close(ends[1]);
    QVERIFY(came);
    QCOMPARE(heard.get(), QByteArrayLiteral("hello"));
}

QTEST_GUILESS_MAIN(TestEpollSocket)
#include "tst_epollsocket.moc"
