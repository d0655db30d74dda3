// SPDX-License-Identifier: MIT
// The chat's type for QML, on the chat gateway. docs/qml.md's example of it is in tst_qmlexamples.
#include "libclient/qml/qmlchatsocket.h"
#include "tests/chaos/chaosproxy.h"
#include "tests/unit/chattest.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using SocketIo::QmlChatMessages;
using SocketIo::QmlChatSocket;
using SocketIo::QmlConnectionState;

class tst_qmlchatsocket
    : public QObject
    , private ChatTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void waitsAndSendsInOrder();
    void sendsOnceOverALostConnection();
    void asksAgainForAnAnswerThatWasLost();
    void givesUpOnAnAnswerThatNeverComes();
    void saysWhyItIsNotLetIn();
    void whatWillNotBeSentIsTold();
    void leavesAndJoinsAnother();
    void knowsWhoTypes();
    void endsWithItsObject();

private:
    QStringList texts() const
    {
        QStringList all;
        for (int row = 0; row < m_chat->messages()->count(); ++row)
            all += m_chat->messages()->index(row).data(QmlChatMessages::ContentRole).toString();
        return all;
    }
    QUrl url() const { return QUrl(u"http://127.0.0.1:%1"_s.arg(server->port())); }
    void start(const QUrl &at)
    {
        m_chat->setUrl(at);
        m_chat->setToken(token(u"u_mara"_s, u"Mara"_s));
        m_chat->componentComplete();
    }
    bool enterLobby(const QUrl &at)
    {
        m_chat->joinRoom(u"lobby"_s);
        start(at);
        return QTest::qWaitFor([this] { return m_chat->currentRoom() == "lobby"_L1; }, 10'000);
    }
    std::unique_ptr<QmlChatSocket> m_chat;
};

void tst_qmlchatsocket::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    open();
    m_chat = std::make_unique<QmlChatSocket>();
    new QAbstractItemModelTester(m_chat->messages(), QAbstractItemModelTester::FailureReportingMode::Warning,
                                 m_chat.get());
}

void tst_qmlchatsocket::cleanup()
{
    m_chat.reset();
    close();
}

void tst_qmlchatsocket::waitsAndSendsInOrder()
{
    m_chat->joinRoom(u"lobby"_s);
    for (const QString &text : {u"one"_s, u"two"_s, u"three"_s})
        m_chat->sendMessage(text);
    QCOMPARE(m_chat->pendingCount(), 3);
    QSignalSpy received(m_chat.get(), &QmlChatSocket::messageReceived);
    start(url());
    QTRY_COMPARE(m_chat->pendingCount(), 0);
    QTRY_COMPARE(texts(), (QStringList{u"one"_s, u"two"_s, u"three"_s}));
    QCOMPARE(received.size(), 3);
    QVERIFY(m_chat->features().contains(u"rooms"_s) || !m_chat->features().isEmpty());
    QCOMPARE(m_chat->messages()->get(0).value(u"userId"_s).toString(), u"u_mara"_s);
    QVERIFY(m_chat->messages()->get(7).isEmpty());
}

/// The answer is lost, and so nobody here knows that the server has the message.
void tst_qmlchatsocket::sendsOnceOverALostConnection()
{
    HubbubTest::ChaosProxy network(server->port());
    QVERIFY(enterLobby(network.url()));
    auto [guest, name] = this->guest(u"g1"_s, u"Tim"_s);
    QVERIFY(guest);
    network.setSilent(HubbubTest::Way::Down, true);
    m_chat->sendMessage(u"only once"_s);
    QCOMPARE(guest->payload(u"new-message"_s)["content"_L1].toString(), u"only once"_s);
    QTRY_VERIFY(network.swallowed(HubbubTest::Way::Down) > 0);
    network.setSilent(HubbubTest::Way::Down, false);
    network.endAll(HubbubTest::Fault::Cut);
    QTRY_VERIFY(!m_chat->isAuthenticated());
    QCOMPARE(m_chat->currentRoom(), QString());
    m_chat->sendMessage(u"and then"_s);
    m_chat->reconnectNow();
    QTRY_COMPARE_WITH_TIMEOUT(m_chat->pendingCount(), 0, 15'000);
    QTRY_COMPARE(texts(), (QStringList{u"only once"_s, u"and then"_s}));
    QCOMPARE(m_chat->currentRoom(), u"lobby"_s);
}

void tst_qmlchatsocket::asksAgainForAnAnswerThatWasLost()
{
    HubbubTest::ChaosProxy network(server->port());
    QSignalSpy failed(m_chat.get(), &QmlChatSocket::messageFailed);
    QVERIFY(enterLobby(network.url()));
    auto [guest, name] = this->guest(u"g1"_s, u"Tim"_s);
    QVERIFY(guest);
    m_chat->setAckTimeout(200);
    network.setSilent(HubbubTest::Way::Down, true);
    m_chat->sendMessage(u"only once"_s);
    QCOMPARE(guest->payload(u"new-message"_s)["content"_L1].toString(), u"only once"_s);
    QTRY_VERIFY(network.swallowed(HubbubTest::Way::Down) > 0);
    network.setSilent(HubbubTest::Way::Down, false);
    QTRY_COMPARE(m_chat->pendingCount(), 0);
    QVERIFY(m_chat->isAuthenticated()); // on the connection it had
    QCOMPARE(failed.size(), 0);
    m_chat->sendMessage(u"and then"_s);
    QTRY_VERIFY(texts().contains(u"and then"_s));
    QCOMPARE(guest->payload(u"new-message"_s)["content"_L1].toString(),
             u"and then"_s); // next, after the first
}

void tst_qmlchatsocket::givesUpOnAnAnswerThatNeverComes()
{
    HubbubTest::ChaosProxy network(server->port());
    QSignalSpy failed(m_chat.get(), &QmlChatSocket::messageFailed);
    QVERIFY(enterLobby(network.url()));
    auto [guest, name] = this->guest(u"g1"_s, u"Tim"_s);
    QVERIFY(guest);
    m_chat->setAckTimeout(50);
    network.setSilent(HubbubTest::Way::Down, true);
    m_chat->sendMessage(u"only once"_s);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(1).toString(), u"ack-timeout"_s);
    QCOMPARE(m_chat->pendingCount(), 0);
    QCOMPARE(guest->payload(u"new-message"_s)["content"_L1].toString(), u"only once"_s);
}

void tst_qmlchatsocket::saysWhyItIsNotLetIn()
{
    start(url());
    m_chat->setToken(u"nonsense"_s);
    QTRY_COMPARE(m_chat->error(), u"Invalid token"_s);
    QTRY_COMPARE(m_chat->state(), QmlConnectionState::Refused);
    QVERIFY(!m_chat->isAuthenticated());
    m_chat->setToken(token(u"u_mara"_s, u"Mara"_s));
    m_chat->connectToServer();
    QTRY_VERIFY(m_chat->isAuthenticated());
    QCOMPARE(m_chat->error(), QString());
}

void tst_qmlchatsocket::whatWillNotBeSentIsTold()
{
    QSignalSpy failed(m_chat.get(), &QmlChatSocket::messageFailed);
    m_chat->sendMessage(u"nowhere"_s);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(1).toString(), u"no-room"_s);
    m_chat->joinRoom(u"lobby"_s);
    m_chat->sendMessage(u"too late"_s);
    m_chat->leaveRoom();
    QCOMPARE(failed.size(), 2);
    QCOMPARE(failed.at(1).at(1).toString(), u"left"_s);
    m_chat->joinRoom(u"lobby"_s);
    for (qsizetype i = 0; i <= QmlChatSocket::maxPending; ++i)
        m_chat->sendMessage(u"flood"_s);
    QCOMPARE(failed.size(), 3);
    QCOMPARE(failed.at(2).at(1).toString(), u"buffer-full"_s);
    m_chat->leaveRoom();
    failed.clear();
    m_chat->joinRoom(u"lobby"_s);
    start(url());
    m_chat->sendMessage(QString(100'000, u'x'));
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(!failed.at(0).at(2).toString().isEmpty());
    QCOMPARE(m_chat->pendingCount(), 0);
    m_chat->sendMessage(QString(1'100'000, u'x')); // more than the server takes is refused at once
    QCOMPARE(failed.size(), 2);
    QCOMPARE(failed.at(1).at(1).toString(), u"message-too-large"_s);
    QCOMPARE(m_chat->pendingCount(), 0);
}

void tst_qmlchatsocket::leavesAndJoinsAnother()
{
    m_chat->joinRoom(u"lobby"_s);
    start(url());
    QTRY_COMPARE(m_chat->currentRoom(), u"lobby"_s);
    auto [guest, name] = this->guest(u"g1"_s, u"Tim"_s);
    QVERIFY(guest);
    QSignalSpy came(m_chat.get(), &QmlChatSocket::userJoined);
    QCOMPARE(codeOf(guest->call(u"send-message"_s, message(u"hi"_s))), u"success"_s);
    QTRY_COMPARE(texts(), QStringList{u"hi"_s});
    m_chat->leaveRoom();
    QCOMPARE(m_chat->currentRoom(), QString());
    QCOMPARE(m_chat->messages()->count(), 0);
    QCOMPARE(guest->payload(u"user-left"_s)["userId"_L1].toString(), u"u_mara"_s);
    m_chat->joinRoom(u"lobby"_s);
    QTRY_COMPARE(texts(), QStringList{u"hi"_s}); // from the history
}

void tst_qmlchatsocket::knowsWhoTypes()
{
    m_chat->joinRoom(u"lobby"_s);
    start(url());
    QTRY_COMPARE(m_chat->currentRoom(), u"lobby"_s);
    auto [guest, name] = this->guest(u"g1"_s, u"Tim"_s);
    QVERIFY(guest);
    guest->emitEvent(u"start-typing"_s, lobby);
    QTRY_COMPARE(m_chat->typingUsers().size(), 1);
    QCOMPARE(m_chat->typingUsers().at(0).toMap().value(u"username"_s).toString(), name);
    guest->emitEvent(u"stop-typing"_s, lobby);
    QTRY_COMPARE(m_chat->typingUsers().size(), 0);
    m_chat->startTyping();
    QCOMPARE(guest->payload(u"user-typing"_s)["userId"_L1].toString(), u"u_mara"_s);
    m_chat->stopTyping();
    QCOMPARE(guest->payload(u"user-stop-typing"_s)["userId"_L1].toString(), u"u_mara"_s);
}

void tst_qmlchatsocket::endsWithItsObject()
{
    m_chat->joinRoom(u"lobby"_s);
    start(url());
    QTRY_COMPARE(m_chat->currentRoom(), u"lobby"_s);
    QCOMPARE(gateway->peopleCount(), 1);
    m_chat->sendMessage(u"still on its way"_s);
    m_chat.reset();
    QTRY_COMPARE(gateway->peopleCount(), 0);
}

QTEST_GUILESS_MAIN(tst_qmlchatsocket)
#include "tst_qmlchatsocket.moc"
