// SPDX-License-Identifier: MIT
// An outbox and a socket, over the network.
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "libclient/outbox/outboxanswer.h"
#include "libclient/outbox/outboxcourier.h"
#include "server-lite/core/namespace.h"
#include "server-lite/core/server.h"
#include "server-lite/core/serversocket.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Hubbub::Outbox;
using Hubbub::OutboxCourier;
using Hubbub::OutboxState;
using SocketIo::Ack;
using SocketIo::Arguments;
using SocketIo::Manager;
using SocketIo::ManagerOptions;

namespace
{

void reply(const Ack &ack, const QCborMap &answer)
{
    ack(Arguments{QCborValue(answer)});
}

} // namespace

class tst_outboxcourier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void deliversAndTells();
    void refusalsAreDeadLetters_data();
    void refusalsAreDeadLetters();
    void triesAgainWhatIsTemporary();
    void waitsUntilReady();
    void sendsAgainOverTheNextConnection_data();
    void sendsAgainOverTheNextConnection();
    void tooLargeIsADeadLetter();
    void outlivesItsSocket();
    void outlivesItsOutbox();
    void mayBeDestroyedWhenItDelivers();
    void answers_data();
    void answers();

private:
    static ManagerOptions quick();
    void endTheConnection(); ///< from the server; the client comes back when told to

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SocketIo::Server> m_server;
    std::unique_ptr<Outbox> m_outbox;
    std::unique_ptr<Manager> m_manager;
    SocketIo::Socket *m_socket = nullptr;
    std::function<void(const QCborMap &payload, Ack ack)> m_onSend; ///< what the server does
};

ManagerOptions tst_outboxcourier::quick()
{
    ManagerOptions options;
    options.reconnectionDelay = options.reconnectionDelayMax = 1ms;
    return options;
}

void tst_outboxcourier::endTheConnection()
{
    connect(m_socket, &SocketIo::Socket::disconnected, m_socket, &SocketIo::Socket::connectToServer,
            Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
    m_server->sockets()->disconnectSockets(true);
}

void tst_outboxcourier::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<SocketIo::Server>();
    connect(m_server->sockets(), &SocketIo::Namespace::connection, this,
            [this](SocketIo::ServerSocket *peer) {
                peer->on(u"send"_s, this,
                         [this](const QCborMap &payload, const Ack &ack) { m_onSend(payload, ack); });
            });
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
    m_outbox = std::make_unique<Outbox>(
        m_folder->filePath(u"outbox.sqlite"_s),
        Hubbub::OutboxOptions{.retryDelay = 1ms, .retryDelayMax = 5ms, .maxTries = 100});
    QVERIFY(m_outbox->open());
    m_manager = std::make_unique<Manager>(QUrl(u"http://127.0.0.1:%1"_s.arg(m_server->port())), quick());
    m_socket = m_manager->socket();
    m_onSend = [](const QCborMap &, const Ack &ack) { reply(ack, QCborMap{{u"success"_s, true}}); };
}

void tst_outboxcourier::cleanup()
{
    m_manager.reset();
    m_outbox.reset();
    m_server.reset();
}

void tst_outboxcourier::deliversAndTells()
{
    QList<QCborMap> seen;
    m_onSend = [&](const QCborMap &payload, const Ack &ack) {
        seen.append(payload);
        reply(ack, QCborMap{{u"success"_s, true}, {u"messageId"_s, seen.size()}});
    };
    const OutboxCourier courier(m_outbox.get(), m_socket);
    QSignalSpy delivered(&courier, &OutboxCourier::delivered);
    QStringList ids;
    for (int i = 0; i < 20; ++i)
        ids.append(m_outbox->enqueue(u"room"_s, u"send"_s, {{u"n"_s, i}}));
    QTRY_COMPARE(delivered.size(), 20);
    for (int i = 0; i < 20; ++i) {
        QCOMPARE(delivered.at(i).at(0).toString(), ids.at(i));
        QCOMPARE(delivered.at(i).at(1).value<QCborMap>().value(u"messageId"_s).toInteger(), i + 1);
        QCOMPARE(seen.at(i), (QCborMap{{u"n"_s, i}, {u"clientMessageId"_s, ids.at(i)}}));
    }
    QCOMPARE(m_outbox->count(), 0);
}

void tst_outboxcourier::refusalsAreDeadLetters_data()
{
    QTest::addColumn<QCborMap>("answer");
    QTest::addColumn<QString>("code");
    QTest::newRow("with a code") << QCborMap{{u"success"_s, false},
                                             {u"error"_s, QCborMap{{u"code"_s, u"not-in-room"_s},
                                                                   {u"message"_s, u"Join first."_s}}}}
                                 << u"not-in-room"_s;
    QTest::newRow("with words") << QCborMap{{u"success"_s, false}, {u"error"_s, u"No."_s}} << u"refused"_s;
    QTest::newRow("without") << QCborMap{{u"success"_s, false}} << u"refused"_s;
}

void tst_outboxcourier::refusalsAreDeadLetters()
{
    QFETCH(QCborMap, answer);
    QFETCH(QString, code);
    m_onSend = [&](const QCborMap &payload, const Ack &ack) {
        reply(ack, payload.value(u"n"_s) == 1 ? answer : QCborMap{{u"success"_s, true}});
    };
    const OutboxCourier courier(m_outbox.get(), m_socket);
    QSignalSpy removed(m_outbox.get(), &Outbox::removed);
    m_outbox->enqueue(u"room"_s, u"send"_s, {{u"n"_s, 1}});
    m_outbox->enqueue(u"room"_s, u"send"_s, {{u"n"_s, 2}});
    QTRY_COMPARE(removed.size(), 1); // the second: a dead letter does not hold up others
    QCOMPARE(m_outbox->count(), 1);
    QCOMPARE(m_outbox->entries().at(0).state, OutboxState::Failed);
    QCOMPARE(m_outbox->entries().at(0).error.code, code);
    QVERIFY(!m_outbox->entries().at(0).error.message.isEmpty());
}

void tst_outboxcourier::triesAgainWhatIsTemporary()
{
    QList<qint64> seen;
    m_onSend = [&](const QCborMap &payload, const Ack &ack) {
        seen.append(payload.value(u"n"_s).toInteger());
        if (seen.size() == 1)
            reply(ack, QCborMap{{u"success"_s, false}, {u"error"_s, QCborMap{{u"code"_s, u"busy"_s}}}});
        else if (seen.size() > 2) // the second try gets no answer
            reply(ack, QCborMap{});
    };
    const OutboxCourier courier(m_outbox.get(), m_socket, {.ackTimeout = 200ms});
    QSignalSpy removed(m_outbox.get(), &Outbox::removed);
    m_outbox->enqueue(u"room"_s, u"send"_s, {{u"n"_s, 1}});
    m_outbox->enqueue(u"room"_s, u"send"_s, {{u"n"_s, 2}});
    QTRY_COMPARE(removed.size(), 2);
    QCOMPARE(seen.first(3), (QList<qint64>{1, 1, 1}));
    QCOMPARE(seen.last(), 2);
}

void tst_outboxcourier::waitsUntilReady()
{
    int seen = 0;
    m_onSend = [&](const QCborMap &, const Ack &ack) {
        ++seen;
        reply(ack, QCborMap{});
    };
    OutboxCourier courier(m_outbox.get(), m_socket, {.waitsForReady = true});
    courier.setReady(true); // not connected yet: says nothing about the connection to come
    QSignalSpy connected(m_socket, &SocketIo::Socket::connected);
    m_outbox->enqueue(u"room"_s, u"send"_s, {});
    QTRY_COMPARE(m_outbox->count(), 1);
    QTRY_COMPARE(connected.size(), 1);
    QCOMPARE(m_outbox->entries().at(0).state, OutboxState::Queued);
    courier.setReady(true);
    QTRY_COMPARE(m_outbox->count(), 0);
    endTheConnection();
    QTRY_COMPARE(connected.size(), 2);
    m_outbox->enqueue(u"room"_s, u"send"_s, {});
    QTRY_COMPARE(m_outbox->count(), 1);
    QCOMPARE(m_outbox->entries().at(0).state, OutboxState::Queued); // that was another connection
    courier.setReady(true);
    QTRY_COMPARE(seen, 2);
}

void tst_outboxcourier::sendsAgainOverTheNextConnection_data()
{
    QTest::addColumn<bool>("slow");
    QTest::newRow("at once") << false;
    QTest::newRow("a program so slow that the next try is due before the end is told") << true;
}

void tst_outboxcourier::sendsAgainOverTheNextConnection()
{
    QFETCH(bool, slow);
    if (slow) {
        connect(m_outbox.get(), &Outbox::changed, this, [] {
            const QDeadlineTimer work(20ms);
            while (!work.hasExpired()) { }
        });
    }
    QStringList seen;
    m_onSend = [&](const QCborMap &payload, const Ack &ack) {
        seen.append(payload.value(u"clientMessageId"_s).toString());
        if (seen.size() == 1)
            endTheConnection();
        else
            reply(ack, QCborMap{});
    };
    const OutboxCourier courier(m_outbox.get(), m_socket);
    const QString id = m_outbox->enqueue(u"room"_s, u"send"_s, {});
    QTRY_VERIFY(seen.size() >= 2);
    QTRY_COMPARE(m_outbox->count(), 0);
    QCOMPARE(seen, (QStringList{id, id}));
}

void tst_outboxcourier::tooLargeIsADeadLetter()
{
    const OutboxCourier courier(m_outbox.get(), m_socket);
    m_outbox->enqueue(u"room"_s, u"send"_s, {{u"text"_s, u"x"_s.repeated(2'000'000)}});
    QTRY_COMPARE(m_outbox->count(), 1);
    QTRY_COMPARE(m_outbox->entries().at(0).state, OutboxState::Failed);
    QCOMPARE(m_outbox->entries().at(0).error.code, u"message-too-large"_s);
    QVERIFY(m_socket->isConnected());
}

void tst_outboxcourier::outlivesItsSocket()
{
    m_onSend = [](const QCborMap &, const Ack &) {};
    const OutboxCourier courier(m_outbox.get(), m_socket);
    m_outbox->enqueue(u"room"_s, u"send"_s, {});
    QTRY_COMPARE(m_outbox->count(), 1);
    QTRY_COMPARE(m_outbox->entries().at(0).state, OutboxState::Sending);
    delete m_socket;
    QCOMPARE(m_outbox->entries().at(0).state, OutboxState::Queued);
    m_outbox->enqueue(u"room"_s, u"send"_s, {});
    QTRY_COMPARE(m_outbox->count(), 2);
}

void tst_outboxcourier::outlivesItsOutbox()
{
    int seen = 0;
    m_onSend = [&](const QCborMap &, const Ack &ack) {
        ++seen;
        m_outbox.reset();
        reply(ack, {});
    };
    OutboxCourier courier(m_outbox.get(), m_socket);
    QSignalSpy delivered(&courier, &OutboxCourier::delivered);
    m_outbox->enqueue(u"room"_s, u"send"_s, {});
    QTRY_COMPARE(seen, 1);
    QCOMPARE(m_socket->request<QCborMap>(u"send"_s, QCborMap()).isFinished(), false);
    QTRY_COMPARE(seen, 2); // so the first answer is here
    courier.setReady(true);
    QCOMPARE(delivered.size(), 0);
}

void tst_outboxcourier::mayBeDestroyedWhenItDelivers()
{
    auto courier = std::make_unique<OutboxCourier>(m_outbox.get(), m_socket);
    connect(courier.get(), &OutboxCourier::delivered, this, [&] { courier.reset(); });
    m_outbox->enqueue(u"room"_s, u"send"_s, {});
    QTRY_VERIFY(!courier);
    QCOMPARE(m_outbox->count(), 1); // nobody took it out: it is sent again, and told apart by its id
    QCOMPARE(m_outbox->entries().at(0).state, OutboxState::Queued);
}

void tst_outboxcourier::answers_data()
{
    QTest::addColumn<QCborArray>("answer");
    QTest::addColumn<QString>("code"); ///< empty: a success
    QTest::newRow("nothing") << QCborArray{} << QString();
    QTest::newRow("an object") << QCborArray{QCborMap{{u"id"_s, 1}}} << QString();
    QTest::newRow("a word") << QCborArray{u"ok"_s} << QString();
    QTest::newRow("a number as a code")
        << QCborArray{QCborMap{{u"success"_s, false}, {u"error"_s, QCborMap{{u"code"_s, 429}}}}} << u"429"_s;
    QTest::newRow("success is null") << QCborArray{QCborMap{{u"success"_s, QCborValue(nullptr)}}}
                                     << u"refused"_s;
}

void tst_outboxcourier::answers()
{
    QFETCH(QCborArray, answer);
    QFETCH(QString, code);
    const auto read = Hubbub::readAnswer(Arguments(answer));
    QCOMPARE(read ? QString() : read.error().code, code);
}

QTEST_GUILESS_MAIN(tst_outboxcourier)
#include "tst_outboxcourier.moc"
