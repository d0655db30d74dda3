// SPDX-License-Identifier: MIT
// The app against a real server: hosting, chat, the outbox across a stop, the console.
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

QStringList texts(const Room *room) // oldest first
{
    QStringList texts;
    for (int i = room->timeline()->count() - 1; i >= 0; --i)
        texts.append(room->timeline()->row(i).text);
    return texts;
}

using Tester = QAbstractItemModelTester;
constexpr auto strict = Tester::FailureReportingMode::QtTest;

QStringList guests(const Room *room)
{
    QStringList names;
    for (int i = 0; i < room->people()->count(); ++i) {
        const QModelIndex person = room->people()->index(i);
        if (person.data(PeopleModel::GuestRole).toBool())
            names.append(person.data(PeopleModel::NameRole).toString());
    }
    return names;
}

} // namespace

class TestHostedChat : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void whatIsWrittenWhileStoppedArrivesOnceInOrder()
    {
        HostingApp app;
        const Tester servers(app.application->servers(), strict);
        const Tester log(app.host()->log(), strict);
        const Tester people(app.host()->peopleModel(), strict);
        QVERIFY(app.start());
        const quint16 port = quint16(app.host()->port());
        Room *room = app.chat()->currentRoom();
        const Tester timeline(room->timeline(), strict);
        const Tester roomPeople(room->people(), strict);
        const Tester rooms(app.chat()->rooms(), strict);
        QVERIFY(room->send(u"before"_s));
        QTRY_COMPARE(room->waiting(), 0);
        QTRY_COMPARE(texts(room), QStringList{u"before"_s});
        QTRY_COMPARE(room->timeline()->index(0).data(TimelineModel::StatusRole).toString(), u"sent"_s);

        QVERIFY(app.stop());
        QTRY_COMPARE(app.session()->link()->kind(), u"offline"_s);
        QVERIFY(app.session()->link()->cause().contains(u"Hosting is stopped"_s));
        for (int i = 1; i <= 5; ++i)
            QVERIFY(room->send(u"message %1"_s.arg(i)));
        QTRY_COMPARE(app.chat()->queuedCount(), 5);
        QTRY_COMPARE(room->waiting(), 5);
        QCOMPARE(room->timeline()->index(0).data(TimelineModel::StatusRole).toString(), u"queued"_s);
        QCOMPARE(room->statusLine(), u"You’re offline. Messages wait here and go out in order."_s);

        QVERIFY(app.start());
        QCOMPARE(app.host()->port(), int(port));
        QTRY_COMPARE_WITH_TIMEOUT(app.chat()->queuedCount(), 0, 15'000);
        const QStringList all{u"before"_s,    u"message 1"_s, u"message 2"_s,
                              u"message 3"_s, u"message 4"_s, u"message 5"_s};
        QTRY_COMPARE(texts(room), all);
        QCOMPARE(app.chat()->failedCount(), 0);
        for (int i = 0; i < room->timeline()->count(); ++i)
            QCOMPARE(room->timeline()->index(i).data(TimelineModel::StatusRole).toString(), u"sent"_s);
    }

    void whatWaitsSurvivesTheProgram()
    {
        HostingApp app;
        QVERIFY(app.start());
        QVERIFY(app.stop());
        QVERIFY(app.chat()->currentRoom()->send(u"kept"_s));
        app.chat()->currentRoom()->setDraft(u"half a thou"_s);
        QTRY_COMPARE(app.chat()->queuedCount(), 1);
        const HostController::Plan plan = app.plan;
        app.application.reset();
        app.application = std::make_unique<Application>(app.dir.path());
        app.host()->setPlan(plan);
        QVERIFY(app.start());
        QCOMPARE(app.chat()->currentRoom()->draft(), u"half a thou"_s);
        QTRY_COMPARE(texts(app.chat()->currentRoom()), QStringList{u"kept"_s});
        QTRY_COMPARE(app.chat()->queuedCount(), 0);
    }

    void othersTalkTypeAndLeave()
    {
        HostingApp app;
        QVERIFY(app.start());
        Room *room = app.chat()->currentRoom();
        QTRY_COMPARE(room->people()->count(), 1);
        auto mara = std::make_unique<OtherPerson>(app.session()->url(), app.host()->tokenFor(u"u_mara"_s));
        QTRY_VERIFY(mara->joined);
        QTRY_COMPARE(room->people()->count(), 2);
        QTRY_COMPARE(app.host()->people(), 2);

        mara->send(u"start-typing"_s, {});
        QTRY_COMPARE(room->typingText(), u"Mara is typing…"_s);
        QTRY_COMPARE(room->statusLine(), room->typingText());
        mara->send(u"send-message"_s, {{u"message"_s, u"Hello"_s}});
        QTRY_COMPARE(texts(room), QStringList{u"Hello"_s});
        QCOMPARE(room->typingText(), QString());
        QCOMPARE(room->unread(), 0); // it was seen

        app.application->servers()->setAttentive(false);
        mara->send(u"send-message"_s, {{u"message"_s, u"@lena are you there?"_s}});
        QTRY_COMPARE(room->unread(), 1);
        QCOMPARE(room->mentions(), 1);
        QCOMPARE(app.application->servers()->mentions(), 1);
        QVERIFY(room->timeline()->index(0).data(TimelineModel::UnreadLineRole).toBool());
        room->markRead();
        QCOMPARE(app.application->servers()->unread(), 0);

        QVERIFY(room->send(u"Yes"_s));
        QTRY_VERIFY(mara->heard.contains(u"Yes"_s));
        mara.reset();
        QTRY_COMPARE(room->people()->onlineCount(), 1);
        QTRY_COMPARE(app.host()->people(), 1);
        QCOMPARE(room->people()->count(), 2); // away is not gone
    }

    void theConsoleShowsWhoIsThere()
    {
        HostingApp app;
        QVERIFY(app.start());
        ConsoleSession *console = app.session()->console();
        const Tester connections(console->connections(), strict);
        const Tester rooms(console->rooms(), strict);
        const Tester namespaces(console->namespaces(), strict);
        const Tester nodes(console->nodes(), strict);
        const Tester events(console->details()->lastEvents(), strict);
        console->setActive(true);
        QTRY_VERIFY_WITH_TIMEOUT(console->isAvailable(), 10'000);
        QVERIFY(!console->needsLogin());
        QTRY_COMPARE(console->connectionTotal(), 2); // the chat, and the operator
        QTRY_COMPARE(console->namespaces()->count(), 2);
        QTRY_COMPARE_WITH_TIMEOUT(console->nodes()->count(), 1, 5'000);

        auto mara = std::make_unique<OtherPerson>(app.session()->url(), app.host()->tokenFor(u"u_mara"_s));
        QTRY_COMPARE(console->connectionTotal(), 3);
        console->connections()->setFilter(u"mara"_s);
        QTRY_COMPARE(console->connectionCount(), 1);
        const QModelIndex row = console->connections()->index(0);
        QTRY_COMPARE(row.data(ConnectionsModel::UserRole).toString(), u"Mara Lindqvist"_s);
        console->setSelectedKey(row.data(ConnectionsModel::KeyRole).toString());
        QCOMPARE(console->details()->title(), u"Mara Lindqvist"_s);
        QVERIFY(console->details()->dataText().contains(u"u_mara"_s));
        QTRY_VERIFY(mara->joined);
        mara->send(u"send-message"_s, {{u"message"_s, u"Hello"_s}});
        QTRY_VERIFY(console->details()->lastEvents()->count() >= 3);
        QTRY_VERIFY(console->rooms()->count() >= 1);
        QTRY_VERIFY(console->overview()->eventsInSeries().last() >= 0);
        QTRY_COMPARE_WITH_TIMEOUT(console->quality(), u"Complete"_s, 5'000);
        mara.reset();
        QTRY_COMPARE(console->connectionTotal(), 2);
        QVERIFY(console->details()->hasEnded()
                || QTest::qWaitFor([&] { return console->details()->hasEnded(); }));
        console->setActive(false);
        QVERIFY(!console->isAvailable());
        QTRY_COMPARE(console->link()->kind(), u"offline"_s);
    }

    void aTakenPortIsSaidInWords()
    {
        HostingApp first;
        QVERIFY(first.start());
        HostingApp second;
        second.host()->start(u"Other"_s, first.host()->port());
        QTRY_COMPARE(second.host()->state(), HostController::Failed);
        QVERIFY(second.host()->error().contains(u"in use"_s));
        QVERIFY(second.start()); // and another one is found
        QVERIFY(second.host()->port() != first.host()->port());
    }

    void aFolderThatCannotBeWrittenIsSaidInWords()
    {
        HostingApp app;
        QFile inTheWay(app.dir.filePath(u"host"_s));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        app.host()->start(u"Test room"_s);
        QTRY_COMPARE(app.host()->state(), HostController::Failed);
        QVERIFY2(app.host()->error().contains(QDir::toNativeSeparators(inTheWay.fileName())),
                 qPrintable(app.host()->error()));
        QVERIFY(app.host()->error().endsWith(u'.'));
        QVERIFY(inTheWay.remove());
        QVERIFY(app.start()); // and once it is out of the way all is well
    }

    void aGuestComesInByName()
    {
        HostingApp host;
        QVERIFY(host.start());
        HostingApp guest;
        guest.application->settings()->setName(u"Noor Haddad"_s);
        QVERIFY(!guest.application->servers()->connectTo(u"not a url"_s));
        QVERIFY(guest.application->servers()->lastError().contains(u"address"_s));
        ServerSession *session = guest.application->servers()->connectTo(host.session()->urlText());
        QVERIFY(session);
        QTRY_VERIFY_WITH_TIMEOUT(session->chat()->isOnline(), 10'000);
        QCOMPARE(session->chat()->username(), u"Noor Haddad"_s);
        QVERIFY(session->chat()->userId().startsWith(u"guest-"_s));
        QTRY_VERIFY(session->chat()->currentRoom() && session->chat()->currentRoom()->isJoined());
        QVERIFY(session->chat()->currentRoom()->send(u"Hi"_s));
        QTRY_COMPARE(texts(host.chat()->currentRoom()), QStringList{u"Hi"_s});
        QTRY_COMPARE(guests(host.chat()->currentRoom()), QStringList{u"Noor Haddad"_s});
        QTRY_COMPARE(guests(session->chat()->currentRoom()), QStringList{u"Noor Haddad"_s});
        guest.application->servers()->remove(session);
        QCOMPARE(guest.application->servers()->count(), 0);
    }
};

QTEST_GUILESS_MAIN(TestHostedChat)
#include "tst_hostedchat.moc"
