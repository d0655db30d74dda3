// SPDX-License-Identifier: MIT
// Whatever is done to a connection in whatever state, from outside or in its own handler: nothing crashes,
// acks end, and what is still there can connect again.
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "libclient/outbox/outbox.h"
#include "tests/support/faketransport.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QMetaEnum>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::Arguments;
using SocketIo::ConnectionState;
using SocketIo::Manager;
using SocketIo::Socket;

namespace
{

enum class Action {
    DeleteSocket,
    DeleteManager,
    DisconnectTwice,
    CloseTwice,
    ConnectTwice,
    Reconnect,
    CloseAndOpen,
    ReconnectNow,
    LoseNetwork,
    LoseTransport,
    EmitAndClear,
    AskAndDelete,
    DeleteLater,
};
constexpr int actionCount = int(Action::DeleteLater) + 1;

/// One client whose server is the test, on its way into one state. Thread: the test's.
class World
{
public:
    World()
    {
        auto options = network.options();
        options.autoConnect = false;
        manager = std::make_unique<Manager>(QUrl(u"http://server.example"_s), options);
        socket = manager->socket();
        socket->on(u"x"_s, socket, [] {});
    }

    FakeTransport *peer() const { return network.transport(); }
    void accept() const { peer()->receive(R"(40{"sid":"s"})"); }

    /// All but the last step into the state.
    void prepare(ConnectionState state)
    {
        using S = ConnectionState;
        if (state == S::Connecting)
            return;
        if (state == S::Closed)
            manager->setReconnection(false);
        socket->connectToServer();
        if (state == S::Waiting || state == S::Untrusted || state == S::Closed || state == S::Handshaking)
            return;
        peer()->shakeHands();
        if (state == S::Synchronising) {
            std::ignore = socket->emitEvent(u"early"_s);
            peer()->writable = false;
        }
        if (state != S::Offline && state != S::Degraded)
            return;
        accept();
        if (state == S::Degraded)
            ask();
    }
    void takeLastStep(ConnectionState state)
    {
        switch (state) {
        case ConnectionState::Offline:
            socket->disconnectFromServer();
            break;
        case ConnectionState::Waiting:
        case ConnectionState::Closed:
            peer()->lose(u"transport-error"_s);
            break;
        case ConnectionState::Connecting:
            socket->connectToServer();
            break;
        case ConnectionState::Handshaking:
            peer()->shakeHands();
            break;
        case ConnectionState::Synchronising:
        case ConnectionState::Online:
            accept();
            break;
        case ConnectionState::Degraded:
            peer()->receive("430[]"); // late
            break;
        case ConnectionState::Refused:
            peer()->receive(R"(44{"message":"no"})");
            break;
        case ConnectionState::Untrusted:
            peer()->lose(u"untrusted-certificate"_s);
            break;
        }
    }

    void ask()
    {
        ++m_asked;
        socket->emitWithAck(u"ask"_s, {}, 1min).then([ended = m_ended](const Hubbub::Result<Arguments> &) {
            ++*ended;
        });
    }
    bool haveAllAnswersEnded() const { return *m_ended == m_asked; }

    void act(Action action)
    {
        switch (action) {
        case Action::DeleteSocket:
            delete socket.data();
            break;
        case Action::DeleteManager:
            manager.reset();
            break;
        case Action::DisconnectTwice:
            socket->disconnectFromServer();
            socket->disconnectFromServer();
            break;
        case Action::CloseTwice:
            manager->close();
            manager->close();
            break;
        case Action::ConnectTwice:
            socket->connectToServer();
            socket->connectToServer();
            break;
        case Action::Reconnect:
            socket->disconnectFromServer();
            socket->connectToServer();
            break;
        case Action::CloseAndOpen:
            manager->close();
            manager->open();
            break;
        case Action::ReconnectNow:
            manager->reconnectNow();
            manager->reconnectNow();
            break;
        case Action::LoseNetwork:
            manager->setReachable(false);
            manager->setReachable(true);
            break;
        case Action::LoseTransport:
            if (peer())
                peer()->lose(u"transport-close"_s);
            break;
        case Action::EmitAndClear:
            std::ignore = socket->emitEvent(u"event"_s, 1);
            socket->emitVolatile(u"event"_s, {});
            socket->clearBuffer();
            break;
        case Action::AskAndDelete:
            ask();
            delete socket.data();
            break;
        case Action::DeleteLater:
            ask();
            manager->close();
            manager.release()->deleteLater();
            break;
        }
    }

    /// What a server may still say to a client that thinks otherwise by now.
    void goOnTalking() const
    {
        for (const char *text : {"2", "42[\"x\"]", "430[]", "41", "1"}) {
            if (peer() && !peer()->aborted)
                peer()->receive(text);
        }
        if (peer() && !peer()->aborted)
            peer()->drain();
    }

    /// Does what a program and a server do until a connection stands; false if it does not come to that.
    bool bringOnline() const
    {
        Socket *here = manager->socket();
        manager->setReconnection(true);
        for (int i = 0; i < 50; ++i) {
            switch (here->state()) {
            case ConnectionState::Online:
            case ConnectionState::Degraded:
                return true;
            case ConnectionState::Offline:
            case ConnectionState::Refused:
            case ConnectionState::Untrusted:
            case ConnectionState::Closed:
                here->connectToServer();
                break;
            case ConnectionState::Waiting:
                manager->reconnectNow();
                break;
            case ConnectionState::Connecting:
                peer()->shakeHands();
                break;
            case ConnectionState::Handshaking:
                accept();
                break;
            case ConnectionState::Synchronising:
                peer()->drain();
                break;
            }
            QCoreApplication::processEvents();
        }
        return false;
    }

    FakeNetwork network;
    std::unique_ptr<Manager> manager;
    QPointer<Socket> socket;
    bool hasActed = false;

private:
    int m_asked = 0;
    std::shared_ptr<int> m_ended = std::make_shared<int>(0);
};

} // namespace

class tst_lifecycle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void everyActionInEveryState_data();
    void everyActionInEveryState();
    void outboxDestroyedInItsSignals_data();
    void outboxDestroyedInItsSignals();
};

void tst_lifecycle::everyActionInEveryState_data()
{
    QTest::addColumn<ConnectionState>("state");
    QTest::addColumn<bool>("inHandler");
    const auto states = QMetaEnum::fromType<ConnectionState>();
    for (int i = 0; i < states.keyCount(); ++i) {
        for (const bool inHandler : {false, true})
            QTest::addRow("%s, %s", states.key(i), inHandler ? "in its handler" : "from outside")
                << ConnectionState(states.value(i)) << inHandler;
    }
}

void tst_lifecycle::everyActionInEveryState()
{
    QFETCH(ConnectionState, state);
    QFETCH(bool, inHandler);
    std::array<World, actionCount> worlds;
    for (World &world : worlds)
        world.prepare(state);
    if (state == ConnectionState::Degraded) { // a round trip of more than a second
        QElapsedTimer slow;
        slow.start();
        QTRY_VERIFY(slow.elapsed() > 1'100);
    }
    for (int i = 0; i < actionCount; ++i) {
        World &world = worlds.at(std::size_t(i));
        const auto action = Action(i);
        const auto what = QByteArray::number(i);
        const QPointer<Socket> before = world.socket;
        if (inHandler) {
            connect(world.socket, &Socket::stateChanged, this, [&world, state, action](ConnectionState now) {
                if (now == state && !std::exchange(world.hasActed, true))
                    world.act(action);
            });
        }
        world.takeLastStep(state);
        if (!inHandler) {
            QCOMPARE(world.socket->state(), state);
            world.act(action);
        }
        QVERIFY2(inHandler == world.hasActed, what.constData());
        world.goOnTalking();
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        world.goOnTalking();
        QCoreApplication::processEvents();
        const bool isGone = action == Action::DeleteManager || action == Action::DeleteLater;
        QCOMPARE(before.isNull(), isGone || action == Action::DeleteSocket || action == Action::AskAndDelete);
        if (before.isNull()) {
            QTRY_VERIFY2(world.haveAllAnswersEnded(), what.constData());
        }
        if (!isGone)
            QVERIFY2(world.bringOnline(), what.constData());
    }
}

void tst_lifecycle::outboxDestroyedInItsSignals_data()
{
    QTest::addColumn<QString>("signal");
    for (const char *signal : {"opened", "added", "changed", "removed", "notKept", "errorOccurred", "sender"})
        QTest::addRow("%s", signal) << QString::fromLatin1(signal);
}

void tst_lifecycle::outboxDestroyedInItsSignals()
{
    QFETCH(QString, signal);
    using Hubbub::Outbox;
    const QTemporaryDir folder;
    auto outbox =
        std::make_unique<Outbox>(folder.filePath(u"outbox.sqlite"_s), Hubbub::OutboxOptions{.maxEntries = 2});
    const auto destroyAt = [&](const char *where) {
        if (signal == QLatin1StringView(where))
            outbox.reset();
    };
    connect(outbox.get(), &Outbox::opened, this, [&] { destroyAt("opened"); });
    connect(outbox.get(), &Outbox::added, this, [&] { destroyAt("added"); });
    connect(outbox.get(), &Outbox::changed, this, [&] { destroyAt("changed"); });
    connect(outbox.get(), &Outbox::removed, this, [&] { destroyAt("removed"); });
    connect(outbox.get(), &Outbox::notKept, this, [&] { destroyAt("notKept"); });
    connect(outbox.get(), &Outbox::errorOccurred, this, [&] { destroyAt("errorOccurred"); });
    int turn = 0;
    outbox->setSender([&](const Hubbub::OutboxEntry &entry) {
        destroyAt("sender");
        if (!outbox)
            return;
        if (++turn == 1)
            outbox->refused(entry.id, {u"no"_s, u"No."_s, {}});
        else
            outbox->acknowledged(entry.id);
    });
    QVERIFY(outbox->open());
    if (outbox) {
        QVERIFY(outbox->open()); // twice
        outbox->setOnline(true);
        outbox->setOnline(true);
        for (int i = 0; i < 3; ++i) // one too many
            outbox->enqueue(u"a"_s, u"send"_s, {});
    }
    QTRY_VERIFY(!outbox);
}

QTEST_GUILESS_MAIN(tst_lifecycle)
#include "tst_lifecycle.moc"
