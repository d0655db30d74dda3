// SPDX-License-Identifier: MIT
#include "app/shell/linkstatus.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Hubbub::App;
using Hubbub::Error;
using SocketIo::ConnectionState;

class TestLinkView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void saysEveryState_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("action");
        QTest::addColumn<bool>("online");
        QTest::addColumn<bool>("assertive");
        const auto row = [](const char *name, ConnectionState state, const QString &text,
                            const QString &action, bool online, bool assertive) {
            QTest::newRow(name) << int(state) << QString::fromLatin1(name) << text << action << online
                                << assertive;
        };
        row("offline", ConnectionState::Offline, u"Offline"_s, u"Go online"_s, false, false);
        row("waiting", ConnectionState::Waiting, u"Reconnecting in 4 s"_s, u"Retry now"_s, false, false);
        row("connecting", ConnectionState::Connecting, u"Connecting…"_s, {}, false, false);
        row("handshaking", ConnectionState::Handshaking, u"Connecting…"_s, {}, false, false);
        row("synchronising", ConnectionState::Synchronising, u"Catching up…"_s, {}, true, false);
        row("online", ConnectionState::Online, u"Online · 12 ms"_s, {}, true, false);
        row("degraded", ConnectionState::Degraded, u"Slow connection"_s, {}, true, false);
        row("refused", ConnectionState::Refused, u"Sign-in expired"_s, u"Sign in"_s, false, true);
        row("untrusted", ConnectionState::Untrusted, u"This host’s identity changed"_s, {}, false, true);
        row("closed", ConnectionState::Closed, u"Not connected"_s, u"Retry now"_s, false, false);
    }
    void saysEveryState()
    {
        QFETCH(int, state);
        LinkFacts facts;
        facts.state = ConnectionState(state);
        facts.retryIn = 4s;
        facts.roundTrip = 12ms;
        facts.error = {u"refused"_s, u"Invalid token"_s, {}};
        const LinkView view = describe(facts);
        QTEST(view.kind, "kind");
        QTEST(view.text, "text");
        QTEST(actionText(view.action), "action");
        QTEST(view.online, "online");
        QTEST(view.assertive, "assertive");
    }

    void aServerThatIsNotKnownHasNotChanged()
    {
        LinkFacts facts;
        facts.state = ConnectionState::Untrusted;
        facts.error = {u"untrusted-certificate"_s, u"x"_s, {}};
        QCOMPARE(describe(facts).text, u"Not trusted"_s);
        QVERIFY(describe(facts).cause.startsWith("This host could not prove who it is."_L1));
        QCOMPARE(describe(facts).spoken, describe(facts).cause);
        QVERIFY(describe(facts).assertive);
        facts.error.code = u"certificate-changed"_s;
        QCOMPARE(describe(facts).text, u"This host’s identity changed"_s);
        facts.error.code = u"trust-store-unreadable"_s;
        QCOMPARE(describe(facts).text, u"Not trusted"_s);
        QVERIFY(describe(facts).cause.contains("damaged"_L1));
    }

    void asksForASignInThatIsMissing()
    {
        LinkFacts facts;
        facts.offlineReason = u"Your sign-in here was not kept."_s;
        facts.signInNeeded = true;
        const LinkView view = describe(facts);
        QCOMPARE(view.text, u"Sign-in needed"_s);
        QCOMPARE(view.cause, facts.offlineReason);
        QCOMPARE(actionText(view.action), u"Sign in"_s);
    }

    void theCauseStaysWhileItTriesAgain()
    {
        LinkFacts facts;
        facts.state = ConnectionState::Connecting;
        QCOMPARE(describe(facts).cause, QString()); // the first time there is none
        facts.error = {u"connection-refused"_s, u"x"_s, {}};
        const QString cause = describe(facts).cause;
        QVERIFY(!cause.isEmpty());
        facts.state = ConnectionState::Waiting;
        QCOMPARE(describe(facts).cause, cause);
    }

    void explainsCauses_data()
    {
        QTest::addColumn<Error>("error");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *name, const Error &error, const QString &part) {
            QTest::newRow(name) << error << part;
        };
        row("DNS", {u"host-not-found"_s, u"x"_s, {}}, u"no server named chat.example"_s);
        row("refused", {u"connection-refused"_s, u"x"_s, {}}, u"Can’t reach chat.example"_s);
        row("TLS", {u"tls-error"_s, u"x"_s, {}}, u"could not prove who it is"_s);
        row("timeout", {u"timeout"_s, u"x"_s, {}}, u"did not answer in time"_s);
        row("silence", {u"ping-timeout"_s, u"x"_s, {}}, u"gone silent"_s);
        row("silence by words", {u"closed"_s, u"ping timeout"_s, {}}, u"gone silent"_s);
        row("not Socket.IO", {u"http-error"_s, u"x"_s, {}}, u"not as a Socket.IO server"_s);
        row("nonsense", {u"parse-error"_s, u"x"_s, {}}, u"does not understand"_s);
        row("too large", {u"message-too-large"_s, u"x"_s, {}}, u"too large"_s);
        row("no namespace", {u"refused"_s, u"Invalid namespace"_s, {}}, u"does not offer this"_s);
        row("no token", {u"refused"_s, u"Authentication required"_s, {}}, u"who you are"_s);
        row("bad token", {u"refused"_s, u"Invalid token"_s, {}}, u"no longer accepts"_s);
        row("bad password", {u"refused"_s, u"invalid credentials"_s, {}}, u"password is not right"_s);
        row("kicked", {u"server-disconnect"_s, u"io server disconnect"_s, {}}, u"ended the connection"_s);
        row("broken", {u"transport-close"_s, u"x"_s, {}}, u"broke"_s);
        row("unknown", {u"odd"_s, u"The moon is in the way."_s, {}}, u"The moon is in the way."_s);
    }
    void explainsCauses()
    {
        QFETCH(Error, error);
        QFETCH(QString, sentence);
        const QString said = explain(error, u"chat.example"_s);
        QVERIFY2(said.contains(sentence), qPrintable(said));
        QVERIFY(!said.contains(u"%1"_s));
    }

    void aBlipShowsNoStrip()
    {
        LinkStatus status;
        QSignalSpy spoken(&status, &LinkStatus::spokenChanged);
        LinkFacts facts;
        facts.state = ConnectionState::Online;
        status.setFacts(facts);
        facts.state = ConnectionState::Waiting;
        status.setFacts(facts);
        QVERIFY(!status.showOfflineStrip());
        facts.state = ConnectionState::Online;
        status.setFacts(facts);
        QVERIFY(!status.showOfflineStrip());
        QCOMPARE(spoken.count(), 0);
    }

    void anOutageIsShownAndSpokenOnce()
    {
        LinkStatus status;
        QSignalSpy spoken(&status, &LinkStatus::spokenChanged);
        LinkFacts facts;
        facts.state = ConnectionState::Online;
        status.setFacts(facts);
        facts.state = ConnectionState::Waiting;
        status.setFacts(facts);
        QTRY_VERIFY_WITH_TIMEOUT(status.showOfflineStrip(), 5000);
        QCOMPARE(spoken.count(), 1);
        facts.state = ConnectionState::Connecting;
        status.setFacts(facts);
        facts.state = ConnectionState::Waiting;
        status.setFacts(facts);
        QCOMPARE(spoken.count(), 1);
        facts.state = ConnectionState::Online;
        status.setFacts(facts);
        QVERIFY(!status.showOfflineStrip());
        QCOMPARE(spoken.count(), 2);
    }

    void theChipDoesWhatItSays()
    {
        LinkStatus status;
        QSignalSpy online(&status, &LinkStatus::goOnlineRequested);
        QSignalSpy signIn(&status, &LinkStatus::signInRequested);
        status.activate();
        QCOMPARE(online.count(), 1);
        LinkFacts facts;
        facts.state = ConnectionState::Refused;
        facts.error = {u"refused"_s, u"Authentication required"_s, {}};
        status.setFacts(facts);
        status.activate();
        QCOMPARE(signIn.count(), 1);
    }
};

QTEST_GUILESS_MAIN(TestLinkView)
#include "tst_linkview.moc"
