// SPDX-License-Identifier: MIT
// Where no keychain answers, a token is good until the app is closed, and the app says so.
#include "tests/support/apptest.h"

#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace Hubbub::App;
using HubbubTest::HostingApp;

class TestNoKeychain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        // GLib says that there is no bus; that is what this is about.
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    }

    void theTokenIsForThisSessionAndTheAppSaysSo()
    {
        HostingApp host;
        QVERIFY(host.start());
        const QTemporaryDir profile;
        {
            Application app(profile.path());
            ServerSession *session =
                app.servers()->connectTo(host.session()->urlText(), host.host()->tokenFor(u"u_mara"_s));
            QTRY_COMPARE_WITH_TIMEOUT(session->chat()->userId(), u"u_mara"_s, 10'000);
            QTRY_COMPARE_WITH_TIMEOUT(
                session->notice(),
                u"No keychain answers on this computer. Hubbub forgets your sign-in here "
                "when it is closed."_s,
                10'000);
            QVERIFY(!session->isTokenKept());
            session->dismissNotice();
            QCOMPARE(session->notice(), QString());
        }
        Application app(profile.path());
        app.servers()->restore();
        ServerSession *session = app.servers()->current();
        QVERIFY(session && !session->isGuest());
        QTRY_COMPARE_WITH_TIMEOUT(session->link()->cause(),
                                  u"No keychain answers on this computer. Sign in again to go on."_s, 10'000);
        QCOMPARE(session->link()->action(), u"Sign in"_s);
        QVERIFY(!session->chat()->isOnline()); // and never came in as a guest instead
        app.servers()->connectTo(host.session()->urlText(), host.host()->tokenFor(u"u_mara"_s));
        QTRY_COMPARE_WITH_TIMEOUT(session->chat()->userId(), u"u_mara"_s, 10'000);
    }
};

QTEST_GUILESS_MAIN(TestNoKeychain)
#include "tst_nokeychain.moc"
