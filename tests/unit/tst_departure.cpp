// SPDX-License-Identifier: MIT
// Quitting: a host is asked first and told how many are there; everybody hears goodbye; nothing said is lost.
#include "app/shell/departure.h"
#include "app/shell/windowcontroller.h"
#include "tests/support/apptest.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace Hubbub::App;
using HubbubTest::HostingApp;
using HubbubTest::OtherPerson;

class TestDeparture : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!hubbub\\.).*"_s)); }

    void whoDoesNotHostIsNotAsked()
    {
        HostingApp app;
        Departure *departure = app.application->departure();
        const QSignalSpy asked(departure, &Departure::asked);
        const QSignalSpy left(departure, &Departure::left);
        app.application->window()->requestQuit();
        QCOMPARE(asked.count(), 0);
        QCOMPARE(left.count(), 1);
        QCOMPARE(departure->state(), Departure::State::Gone);
        departure->leave(); // once is enough
        departure->waitUntilGone();
        QCOMPARE(left.count(), 1);
    }

    void aHostIsAskedAndToldHowManyAreThere()
    {
        HostingApp app;
        QVERIFY(app.start());
        Departure *departure = app.application->departure();
        const QSignalSpy asked(departure, &Departure::asked);
        const QSignalSpy left(departure, &Departure::left);
        const QSignalSpy shown(app.application->window(), &WindowController::showRequested);
        app.application->window()->requestQuit();
        QCOMPARE(asked.count(), 1);
        QCOMPARE(shown.count(), 1); // it may have been asked from the tray
        QVERIFY(departure->isAsking());
        QVERIFY(departure->question().startsWith(u"Nobody else is connected"_s));

        auto mara = std::make_unique<OtherPerson>(app.session()->url(), app.host()->tokenFor(u"u_mara"_s));
        QTRY_VERIFY(departure->question().startsWith(u"1 person is connected"_s));
        app.application->window()->requestQuit(); // again: the question only shows itself
        QCOMPARE(asked.count(), 2);
        departure->cancel();
        QVERIFY(!departure->isAsking());
        QCOMPARE(app.host()->state(), HostController::Running);
        QCOMPARE(left.count(), 0);
    }

    void everybodyHearsGoodbye()
    {
        HostingApp app;
        QVERIFY(app.start());
        OtherPerson mara(app.session()->url(), app.host()->tokenFor(u"u_mara"_s));
        QTRY_VERIFY(mara.joined);
        const QSignalSpy parted(mara.socket, &SocketIo::Socket::disconnected);
        mara.send(u"send-message"_s, {{u"message"_s, u"last words"_s}});
        QTRY_COMPARE(mara.heard, QStringList{u"last words"_s});
        Departure *departure = app.application->departure();
        const QSignalSpy left(departure, &Departure::left);
        departure->request();
        departure->confirm();
        QVERIFY(departure->isLeaving());
        QTRY_COMPARE(left.count(), 1);
        QCOMPARE(app.host()->state(), HostController::Stopped);
        QTRY_COMPARE(parted.count(), 1);
        // As of Socket.IO's own server that closes: whoever was here looks for it again by themselves.
        QCOMPARE(parted.first().first().toString(), u"transport close"_s);
    }

    /// What SIGTERM and the end of a session do.
    void theSystemDoesNotWaitForAnAnswer()
    {
        HostingApp app;
        QVERIFY(app.start());
        Departure *departure = app.application->departure();
        const QSignalSpy asked(departure, &Departure::asked);
        departure->waitUntilGone();
        QCOMPARE(asked.count(), 0);
        QCOMPARE(app.host()->state(), HostController::Stopped);
        QVERIFY(!app.chat()->isOnline());
    }

    void aServerThatIsJustStartingIsWaitedFor()
    {
        HostingApp app;
        app.host()->start(u"Test room"_s);
        QCOMPARE(app.host()->state(), HostController::Starting);
        app.application->departure()->waitUntilGone();
        QCOMPARE(app.host()->state(), HostController::Stopped);
    }

    void stoppedMeanwhileThereIsNothingToAsk()
    {
        HostingApp app;
        QVERIFY(app.start());
        Departure *departure = app.application->departure();
        departure->request();
        QVERIFY(departure->isAsking());
        QVERIFY(app.stop());
        QVERIFY(!departure->isAsking());
        QCOMPARE(departure->state(), Departure::State::Here);
    }

    void someoneElsesServerHearsGoodbyeToo()
    {
        HostingApp host;
        QVERIFY(host.start());
        HostingApp guest;
        ServerSession *session = guest.application->servers()->connectTo(host.session()->urlText());
        QTRY_VERIFY_WITH_TIMEOUT(session->chat()->isOnline(), 10'000);
        QTRY_COMPARE(host.host()->people(), 2);
        guest.application->departure()->waitUntilGone();
        QTRY_COMPARE(host.host()->people(), 1);
    }
};

QTEST_GUILESS_MAIN(TestDeparture)
#include "tst_departure.moc"
