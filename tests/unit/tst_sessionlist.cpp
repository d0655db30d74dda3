// SPDX-License-Identifier: MIT
// Servers that share a host: each has its own certificate to be trusted, or none, and a name of its own.
#include "app/shell/sessionlist.h"
#include "libclient/transport/knownhosts.h"
#include "tests/support/apptest.h"

#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace Hubbub::App;
using EngineIo::KnownHosts;

class TestSessionList : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!hubbub\\.).*"_s));
        m_profile = std::make_unique<QTemporaryDir>();
        m_application = std::make_unique<Application>(m_profile->path());
    }
    void cleanup() { m_application.reset(); }

    void whatIsPinnedIsNotOfThePlainServer()
    {
        pin(u"127.0.0.1:9"_s);
        ServerSession *plain = add(u"http://127.0.0.1:9"_s);
        ServerSession *secure = add(u"https://127.0.0.1:9"_s);
        QVERIFY(!plain->trust()->isKnown());
        QCOMPARE(plain->trust()->server(), QString());
        QVERIFY(secure->trust()->isKnown());
        plain->trust()->forget();
        m_application->servers()->remove(plain);
        QVERIFY(isPinned(u"127.0.0.1:9"_s));
        m_application->servers()->remove(secure);
        QVERIFY(!isPinned(u"127.0.0.1:9"_s));
    }

    void whatTwoServersShareIsForgottenWithTheLast()
    {
        ServerSession *brief = add(u"https://127.0.0.1"_s);
        ServerSession *written = add(u"https://127.0.0.1:443"_s);
        QVERIFY(brief != written);
        pin(u"127.0.0.1:443"_s); // behind the back of both, as one does to the other
        m_application->servers()->remove(brief);
        QVERIFY(isPinned(u"127.0.0.1:443"_s));
        m_application->servers()->remove(written);
        QVERIFY(!isPinned(u"127.0.0.1:443"_s));
    }

    void aNameThatIsTakenStandsWithItsHost_data()
    {
        QTest::addColumn<QString>("told");
        QTest::addColumn<QString>("title");
        QTest::newRow("free") << u"Harbour"_s << u"Harbour"_s;
        QTest::newRow("taken") << u"Northlight"_s << u"Northlight · 127.0.0.1:9"_s;
        QTest::newRow("reads the same") << u"NORTHLIGHT"_s << u"NORTHLIGHT · 127.0.0.1:9"_s;
        QTest::newRow("the address of another") << u"127.0.0.2:9"_s << u"127.0.0.2:9 · 127.0.0.1:9"_s;
        QTest::newRow("its own address") << u"127.0.0.1:9"_s << u"127.0.0.1:9"_s;
    }

    void aNameThatIsTakenStandsWithItsHost()
    {
        QFETCH(QString, told);
        QFETCH(QString, title);
        ServerSession *first = add(u"http://127.0.0.2:9"_s);
        ServerSession *second = add(u"http://127.0.0.1:9"_s);
        Q_EMIT first->titleTold(u"Northlight"_s);
        Q_EMIT second->titleTold(told);
        QCOMPARE(first->title(), u"Northlight"_s);
        QCOMPARE(second->title(), title);
        Q_EMIT first->titleTold(u"Northlight"_s); // at the next connect
        QCOMPARE(first->title(), u"Northlight"_s);
    }

private:
    /// Nobody answers there, and nobody has to.
    ServerSession *add(const QString &url)
    {
        ServerSession *session = m_application->servers()->connectTo(url);
        session->goOffline();
        return session;
    }
    KnownHosts known() const { return KnownHosts(m_profile->filePath(u"known_hosts"_s)); }
    void pin(const QString &server) { QVERIFY(known().trust(server, QByteArray(32, 'x'))); }
    bool isPinned(const QString &server) const { return known().fingerprintOf(server)->has_value(); }

    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<Application> m_application;
};

QTEST_GUILESS_MAIN(TestSessionList)
#include "tst_sessionlist.moc"
