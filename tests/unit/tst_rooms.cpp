// SPDX-License-Identifier: MIT
// Coming into a room whose server is busy, and leaving one.
#include "server-lite/core/namespace.h"
#include "server-lite/core/server.h"
#include "server-lite/core/serversocket.h"
#include "tests/support/apptest.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace Hubbub::App;
using HubbubTest::HostingApp;
using HubbubTest::OtherPerson;

namespace
{

/// A gateway somebody else wrote: no extensions, and not always in the mood to let people in.
class MoodyGateway : public QObject
{
public:
    QList<QCborMap> moods; ///< answers to the next joins; success after the last
    QString busy; ///< a room that lets nobody in for now
    int joins = 0;
    QStringList messages;

    MoodyGateway()
    {
        connect(server.of(u"/chat"_s), &SocketIo::Namespace::connection, this,
                [this](SocketIo::ServerSocket *socket) { welcome(socket); });
        server.listen(QHostAddress::LocalHost, 0);
    }
    QString url() const { return server.url().toString(); }
    static QCborMap refusal(const QString &code, const QString &message)
    {
        return {{u"success"_s, false}, {u"error"_s, QCborMap{{u"code"_s, code}, {u"message"_s, message}}}};
    }

private:
    void welcome(SocketIo::ServerSocket *socket)
    {
        socket->on(u"join-room"_s, this, [this](const QCborMap &wish, SocketIo::Ack ack) {
            joins += 1;
            if (!busy.isEmpty() && wish["roomId"_L1].toString() == busy)
                return ack({refusal(u"busy"_s, u"The disk cannot keep up."_s)});
            ack({moods.isEmpty() ? QCborMap{{u"success"_s, true}, {u"roomId"_s, wish["roomId"_L1]}}
                                 : moods.takeFirst()});
        });
        socket->on(u"send-message"_s, this, [this](const QCborMap &message, SocketIo::Ack ack) {
            messages.append(message["message"_L1].toString());
            ack({QCborMap{{u"success"_s, true}, {u"messageId"_s, QString::number(messages.size())}}});
        });
        socket->emitEvent(u"authenticated"_s, QCborMap{{u"userId"_s, u"u1"_s}, {u"username"_s, u"Noor"_s}});
    }

    SocketIo::Server server;
};

} // namespace

class TestRooms : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!hubbub\\.).*"_s)); }

    void aBusyServerIsAskedAgainWhileTheRoomSaysWhy()
    {
        MoodyGateway gateway;
        gateway.moods = {MoodyGateway::refusal(u"busy"_s, u"The disk cannot keep up."_s),
                         MoodyGateway::refusal(u"busy"_s, u"The disk cannot keep up."_s)};
        HostingApp app;
        ServerSession *session = app.application->servers()->connectTo(gateway.url(), u"any.token.will"_s);
        Room *room = session->chat()->openRoom(u"harbour"_s);
        QVERIFY(room->send(u"kept until I am in"_s));
        QTRY_COMPARE_WITH_TIMEOUT(room->statusLine(),
                                  u"Not in the room yet. The disk cannot keep up. Hubbub keeps trying."_s,
                                  10'000);
        QVERIFY(!room->isJoined());
        QCOMPARE(gateway.messages, QStringList());
        QTRY_VERIFY_WITH_TIMEOUT(room->isJoined(), 15'000);
        QCOMPARE(gateway.joins, 3);
        QCOMPARE(room->statusLine(), QString());
        QTRY_COMPARE(gateway.messages, QStringList{u"kept until I am in"_s});
        QCOMPARE(session->chat()->failedCount(), 0);
        QCOMPARE(session->chat()->error(), QString());
    }

    void aBusyRoomHoldsOnlyItsOwnMessages()
    {
        MoodyGateway gateway;
        gateway.busy = u"harbour"_s;
        HostingApp app;
        ServerSession *session = app.application->servers()->connectTo(gateway.url(), u"any.token.will"_s);
        Room *harbour = session->chat()->openRoom(u"harbour"_s);
        Room *quay = session->chat()->openRoom(u"quay"_s);
        QTRY_VERIFY_WITH_TIMEOUT(harbour->statusLine().startsWith(u"Not in the room yet"_s), 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(quay->isJoined(), 10'000);
        QVERIFY(harbour->send(u"first of the harbour"_s));
        QVERIFY(harbour->send(u"second of the harbour"_s));
        QTRY_COMPARE(harbour->waiting(), 2);
        QVERIFY(quay->send(u"of the quay"_s));
        QTRY_COMPARE(gateway.messages, QStringList{u"of the quay"_s});
        QVERIFY(!harbour->isJoined());

        session->goOffline(); // what was held is offered again, once
        QTRY_VERIFY(!session->chat()->isOnline());
        session->goOnline();
        QTRY_VERIFY_WITH_TIMEOUT(harbour->statusLine().startsWith(u"Not in the room yet"_s), 10'000);
        gateway.busy.clear();
        QTRY_VERIFY_WITH_TIMEOUT(harbour->isJoined(), 15'000);
        QTRY_COMPARE(gateway.messages,
                     (QStringList{u"of the quay"_s, u"first of the harbour"_s, u"second of the harbour"_s}));
        QTRY_COMPARE(harbour->waiting(), 0);
        QCOMPARE(session->chat()->failedCount(), 0);
    }

    void whoIsOnlineIsToldOnlyWhileConnected()
    {
        HostingApp app;
        QVERIFY(app.start());
        OtherPerson mara(app.session()->url(), app.host()->tokenFor(u"u_mara"_s));
        QTRY_VERIFY(mara.joined);
        Room *room = app.chat()->currentRoom();
        QTRY_COMPARE(room->subtitle(), u"2 people · 2 online"_s);
        QVERIFY(app.stop());
        QTRY_COMPARE(room->subtitle(), u"2 people"_s);
    }

    void aRefusalIsForGood()
    {
        MoodyGateway gateway;
        gateway.moods = {MoodyGateway::refusal(u"forbidden"_s, u"Members only."_s)};
        HostingApp app;
        ServerSession *session = app.application->servers()->connectTo(gateway.url(), u"any.token.will"_s);
        Room *room = session->chat()->openRoom(u"harbour"_s);
        QTRY_COMPARE_WITH_TIMEOUT(session->chat()->error(), u"Can’t join harbour. Members only."_s, 10'000);
        QVERIFY(!room->isJoined());
        QCOMPARE(gateway.joins, 1);
    }

    void goingOfflineEndsTheAsking()
    {
        MoodyGateway gateway;
        gateway.moods = {MoodyGateway::refusal(u"busy"_s, u"The disk cannot keep up."_s)};
        HostingApp app;
        ServerSession *session = app.application->servers()->connectTo(gateway.url(), u"any.token.will"_s);
        Room *room = session->chat()->openRoom(u"harbour"_s);
        QTRY_VERIFY_WITH_TIMEOUT(room->statusLine().startsWith(u"Not in the room yet"_s), 10'000);
        session->goOffline();
        QTRY_VERIFY(room->statusLine().startsWith(u"You’re offline"_s));
        session->goOnline();
        QTRY_VERIFY_WITH_TIMEOUT(room->isJoined(), 10'000);
        QCOMPARE(gateway.joins, 2);
    }

    void aRoomIsLeftAndOpenedAgain()
    {
        HostingApp app;
        QVERIFY(app.start());
        const QAbstractItemModelTester tester(app.chat()->rooms(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        OtherPerson mara(app.session()->url(), app.host()->tokenFor(u"u_mara"_s));
        QTRY_VERIFY(mara.joined);
        Room *lobby = app.chat()->currentRoom();
        Room *quay = app.chat()->createRoom(u"Quay"_s);
        QTRY_VERIFY(quay->isJoined());
        QCOMPARE(app.chat()->openRoom(u"lobby"_s), lobby);

        const QSignalSpy left(app.chat(), &ChatSession::roomLeft);
        QVERIFY(app.chat()->leaveRoom(u"lobby"_s));
        QCOMPARE(left.count(), 1);
        QVERIFY(lobby->isLeft() && !lobby->isJoined());
        QCOMPARE(app.chat()->currentRoom(), quay);
        QVERIFY(!app.chat()->leaveRoom(u"lobby"_s)); // once is enough
        QTRY_COMPARE(app.host()->people(), 2); // still on the server
        mara.send(u"send-message"_s, {{u"message"_s, u"is she gone?"_s}});
        QTRY_COMPARE(mara.heard, QStringList{u"is she gone?"_s});
        QVERIFY(quay->send(u"here"_s)); // an answer that comes later than the other room's news would
        QTRY_COMPARE(quay->waiting(), 0);
        QCOMPARE(lobby->unread(), 0);
        QCOMPARE(app.chat()->unread(), 0);

        QCOMPARE(app.chat()->createRoom(u"lobby"_s), lobby); // undo, or found by its name
        QTRY_VERIFY(lobby->isJoined());
        QVERIFY(!lobby->isLeft());
        QTRY_COMPARE(lobby->timeline()->row(0).text, u"is she gone?"_s);
    }

    void whatWasLeftStaysLeftAfterARestart()
    {
        HostingApp app;
        QVERIFY(app.start());
        QVERIFY(app.chat()->createRoom(u"Quay"_s));
        QTRY_VERIFY(app.chat()->currentRoom()->isJoined());
        QVERIFY(app.chat()->leaveRoom(u"Quay"_s));
        QVERIFY(app.chat()->leaveRoom(u"lobby"_s));
        QCOMPARE(app.chat()->currentRoom(), nullptr);
        const HostController::Plan plan = app.plan;
        app.application.reset();
        app.application = std::make_unique<Application>(app.dir.path());
        app.host()->setPlan(plan);
        app.host()->start(u"Test room"_s);
        QTRY_VERIFY_WITH_TIMEOUT(app.session() && app.chat()->isOnline(), 10'000);
        QTRY_VERIFY(app.chat()->rooms()->find(u"lobby"_s)); // the server tells of it
        QVERIFY(app.chat()->rooms()->find(u"lobby"_s)->isLeft());
        QCOMPARE(app.chat()->currentRoom(), nullptr);
    }

    void aRoomIsNotLeftWhileMessagesWaitInIt()
    {
        HostingApp app;
        QVERIFY(app.start());
        QVERIFY(app.stop());
        Room *room = app.chat()->currentRoom();
        QVERIFY(room->send(u"waits"_s));
        QTRY_COMPARE(room->waiting(), 1);
        QVERIFY(!app.chat()->leaveRoom(room->roomId()));
        QVERIFY(app.chat()->error().contains(u"Messages wait to be sent"_s));
        QVERIFY(!room->isLeft());
    }
};

QTEST_GUILESS_MAIN(TestRooms)
#include "tst_rooms.moc"
