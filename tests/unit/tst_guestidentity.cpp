// SPDX-License-Identifier: MIT
// A guest stays the same person after the app was started again, and what was stored is not stored twice.
#include "app/shell/guestpasses.h"
#include "server-lite/auth/guesttokens.h"
#include "tests/chaos/chaosproxy.h"
#include "tests/support/apptest.h"

#include <QtCore/QFileInfo>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace Hubbub::App;
using HubbubTest::ChaosProxy;
using HubbubTest::HostingApp;
using HubbubTest::OtherPerson;

namespace
{

/// Noor's app, in a profile that outlives it.
struct Noor {
    explicit Noor(const QTemporaryDir &profile, const QString &name = u"Noor Haddad"_s)
        : application(std::make_unique<Application>(profile.path()))
    {
        application->settings()->setName(name);
    }
    bool enter(const QUrl &url)
    {
        session = application->servers()->connectTo(url.toString());
        return session && QTest::qWaitFor([this] { return session->chat()->isOnline(); }, 10'000)
               && session->chat()->openRoom(u"lobby"_s)
               && QTest::qWaitFor([this] { return session->chat()->currentRoom()->isJoined(); }, 10'000);
    }
    Room *room() const { return session->chat()->currentRoom(); }

    std::unique_ptr<Application> application;
    ServerSession *session = nullptr;
};

int rowsOf(const Room *room, const QString &text)
{
    int rows = 0;
    for (int i = 0; i < room->timeline()->count(); ++i)
        rows += room->timeline()->row(i).text == text ? 1 : 0;
    return rows;
}

} // namespace

class TestGuestIdentity : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!hubbub\\.).*"_s)); }

    void ownHistoryIsOwnAfterARestart()
    {
        HostingApp host;
        QVERIFY(host.start());
        const QTemporaryDir profile;
        QString id;
        {
            Noor noor(profile);
            QVERIFY(noor.enter(host.session()->url()));
            id = noor.session->chat()->userId();
            QVERIFY(id.startsWith(u"guest-"_s));
            QVERIFY(noor.room()->send(u"mine"_s));
            QTRY_COMPARE(noor.room()->waiting(), 0);
        }
        Noor noor(profile, u"Noor H"_s); // she may even have changed her name
        QVERIFY(noor.enter(host.session()->url()));
        QCOMPARE(noor.session->chat()->userId(), id);
        QCOMPARE(noor.session->chat()->username(), u"Noor H"_s);
        QTRY_COMPARE(rowsOf(noor.room(), u"mine"_s), 1);
        QVERIFY(noor.room()->timeline()->index(0).data(TimelineModel::OwnRole).toBool());
    }

    void sheIsKnownBeforeTheServerAnswers()
    {
        HostingApp host;
        QVERIFY(host.start());
        const QTemporaryDir profile;
        const QUrl url = host.session()->url();
        QString id;
        {
            Noor noor(profile);
            QVERIFY(noor.enter(url));
            id = noor.session->chat()->userId();
        }
        QVERIFY(host.stop());
        Noor noor(profile);
        QCOMPARE(noor.application->servers()->connectTo(url.toString())->chat()->userId(), id);
    }

    void whatWasStoredButNotConfirmedIsNotStoredTwice()
    {
        HostingApp host;
        QVERIFY(host.start());
        ChaosProxy network(quint16(host.host()->port()));
        OtherPerson mara(host.session()->url(), host.host()->tokenFor(u"u_mara"_s));
        QTRY_VERIFY(mara.joined);
        const QTemporaryDir profile;
        {
            Noor noor(profile);
            QVERIFY(noor.enter(network.url()));
            network.setSilent(HubbubTest::Way::Down, true);
            QVERIFY(noor.room()->send(u"once"_s));
            QTRY_COMPARE(mara.heard, QStringList{u"once"_s}); // stored, and told to the room
            QTRY_VERIFY(network.swallowed(HubbubTest::Way::Down) > 0);
            QCOMPARE(noor.room()->waiting(), 1);
        }
        network.setSilent(HubbubTest::Way::Down, false);
        Noor noor(profile);
        QVERIFY(noor.enter(network.url()));
        QTRY_COMPARE(noor.room()->waiting(), 0);
        QCOMPARE(noor.session->chat()->failedCount(), 0);
        QTRY_COMPARE(rowsOf(noor.room(), u"once"_s), 1);
        QVERIFY(noor.room()->send(u"after"_s));
        QTRY_COMPARE(mara.heard, (QStringList{u"once"_s, u"after"_s}));
    }

    void aServerThatForgotHerLetsHerInAsSomebodyNew()
    {
        const QTemporaryDir profile;
        HostingApp host;
        QVERIFY(host.start());
        const Hubbub::GuestTokens others(Hubbub::JwtKey::randomHs256());
        const auto foreign = others.issue(u"Noor"_s);
        GuestPasses(profile.filePath(u"guests.json"_s))
            .keep(host.session()->url(),
                  {QString::fromLatin1(foreign->token), foreign->userId, foreign->username});
        Noor noor(profile);
        QVERIFY(noor.enter(host.session()->url()));
        QVERIFY(noor.session->chat()->userId() != foreign->userId);
    }

    void onlyTheOwnerMayReadThePasses()
    {
        const QTemporaryDir profile;
        const QString file = profile.filePath(u"guests.json"_s);
        GuestPasses passes(file);
        const QUrl here(u"http://h:1"_s);
        QVERIFY(passes.find(here).token.isEmpty());
        passes.keep(here, {u"a.b.c"_s, u"guest-1"_s, u"Noor"_s});
        QCOMPARE(passes.find(here).userId, u"guest-1"_s);
        QVERIFY(passes.find(QUrl(u"http://h:2"_s)).token.isEmpty());
        QVERIFY(passes.find(here).expiresAt().isNull());
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(!(QFileInfo(file).permissions() & others));
    }

    void aTokenTellsWhenItEnds()
    {
        const Hubbub::GuestTokens tokens(Hubbub::JwtKey::randomHs256(), std::chrono::hours(24));
        const auto now = QDateTime::fromSecsSinceEpoch(2'000'000'000, Qt::UTC);
        const GuestPass pass{QString::fromLatin1(tokens.issue(u"Noor"_s, now)->token), {}, {}};
        QCOMPARE(pass.expiresAt(), now.addDays(1));
    }
};

QTEST_GUILESS_MAIN(TestGuestIdentity)
#include "tst_guestidentity.moc"
