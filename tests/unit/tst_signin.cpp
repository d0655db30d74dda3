// SPDX-License-Identifier: MIT
// A pasted token outlives the app in the keychain of the system, and is never in a file of the profile.
#include "app/shell/secretstore.h"
#include "tests/support/apptest.h"
#include "tests/support/keyring.h"

#include <QtCore/QDirIterator>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace Hubbub::App;
using HubbubTest::HostingApp;

class TestSignIn : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(m_keyring.start()); }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!hubbub\\.).*"_s)); }

    void aTokenThatIsRefusedIsNotKept()
    {
        HostingApp host;
        QVERIFY(host.start());
        const QTemporaryDir profile;
        Application app(profile.path());
        ServerSession *session = app.servers()->connectTo(host.session()->urlText(), u"not.a.token"_s);
        QTRY_COMPARE_WITH_TIMEOUT(session->link()->kind(), u"refused"_s, 10'000);
        const QString key = u"%1 %2"_s.arg(app.settings()->userId(), session->urlText());
        QCOMPARE(lookUp(key), u"no-secret"_s);
        QVERIFY(!session->isTokenKept());
        QSignalSpy asked(app.servers(), &Servers::signInUrlChanged);
        session->link()->activate();
        QCOMPARE(asked.count(), 1);
        QCOMPARE(app.servers()->signInUrl(), session->urlText());
        app.servers()->connectTo(session->urlText(), host.host()->tokenFor(u"u_mara"_s));
        QTRY_VERIFY_WITH_TIMEOUT(session->isTokenKept(), 10'000);
        QCOMPARE(lookUp(key), QString());
    }

    void aTokenIsThereAfterARestart()
    {
        HostingApp host;
        QVERIFY(host.start());
        const QString url = host.session()->urlText();
        const QString token = host.host()->tokenFor(u"u_mara"_s);
        const QTemporaryDir profile;
        {
            Application app(profile.path());
            ServerSession *session = app.servers()->connectTo(url, token);
            QTRY_COMPARE_WITH_TIMEOUT(session->chat()->userId(), u"u_mara"_s, 10'000);
            QTRY_VERIFY(session->isTokenKept());
            QCOMPARE(session->notice(), QString());
        }
        QVERIFY2(!isInAFile(profile.path(), token), "the token is in a file");
        Application app(profile.path());
        app.servers()->restore();
        ServerSession *session = app.servers()->current();
        QVERIFY(session && !session->isGuest());
        QTRY_VERIFY_WITH_TIMEOUT(session->chat()->isOnline(), 10'000);
        QCOMPARE(session->chat()->userId(), u"u_mara"_s);
    }

    void aRemovedServerTakesItsTokenAlong()
    {
        HostingApp host;
        QVERIFY(host.start());
        const QString url = host.session()->urlText();
        const QTemporaryDir profile;
        Application app(profile.path());
        ServerSession *session = app.servers()->connectTo(url, host.host()->tokenFor(u"u_mara"_s));
        QTRY_VERIFY_WITH_TIMEOUT(session->isTokenKept(), 10'000);
        const QString key = u"%1 %2"_s.arg(app.settings()->userId(), session->urlText());
        QCOMPARE(lookUp(key), QString());
        app.servers()->remove(session);
        QTRY_COMPARE_WITH_TIMEOUT(lookUp(key), u"no-secret"_s, 10'000);
    }

    void aTokenThatIsNotThereIsAskedFor()
    {
        const QTemporaryDir profile;
        {
            QSettings file(profile.filePath(u"servers.ini"_s), QSettings::IniFormat);
            file.beginWriteArray(u"servers"_s);
            file.setArrayIndex(0);
            file.setValue(u"url"_s, u"http://127.0.0.1:9"_s);
            file.setValue(u"account"_s, true);
            file.endArray();
        }
        Application app(profile.path());
        app.servers()->restore();
        LinkStatus *link = app.servers()->current()->link();
        QTRY_COMPARE_WITH_TIMEOUT(link->cause(), u"Your sign-in here was not kept. Sign in again to go on."_s,
                                  10'000);
        QCOMPARE(link->text(), u"Sign-in needed"_s);
        QCOMPARE(link->action(), u"Sign in"_s);
        link->activate();
        QCOMPARE(app.servers()->signInUrl(), u"http://127.0.0.1:9"_s); // the way in opens, filled in
    }

private:
    static bool isInAFile(const QString &folder, const QString &token)
    {
        QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(token.toLatin1()))
                return true;
        }
        return false;
    }
    /// The error's code; empty if the keychain has it.
    QString lookUp(const QString &key)
    {
        SecretStore store;
        std::optional<QString> code;
        store.read(key, this, [&](const auto &secret) { code = secret ? QString() : secret.error().code; });
        std::ignore = QTest::qWaitFor([&] { return code.has_value(); }, 10'000);
        return code.value_or(u"no answer"_s);
    }

    HubbubTest::Keyring m_keyring;
};

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_signin.moc"
