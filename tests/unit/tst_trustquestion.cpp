// SPDX-License-Identifier: MIT
// A server nobody vouches for is asked about before anything is sent to it, and the answer is kept in the
// profile.
#include "app/shell/profiletrust.h"
#include "server-lite/gateway/liteserver.h"
#include "tests/support/apptest.h"
#include "tests/support/testcertificate.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QFileInfo>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslKey>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace Hubbub::App;
using EngineIo::KnownHosts;

namespace
{

constexpr int patience = 30'000; // for a machine that is busy with other things

QByteArray fingerprintOf(const QSslConfiguration &identity)
{
    return identity.localCertificate().digest(QCryptographicHash::Sha256);
}

/// A chat for guests over TLS, which may come back with another certificate.
class SecureChat
{
public:
    SecureChat() { show(first); }

    void show(const QSslConfiguration &identity)
    {
        write(u"cert.pem"_s, identity.localCertificate().toPem());
        write(u"key.pem"_s, identity.privateKey().toPem());
        Hubbub::LiteServerConfig config;
        config.port = m_server ? m_server->port() : 0;
        m_server.reset();
        config.tlsCertificateFile = m_folder.filePath(u"cert.pem"_s);
        config.tlsKeyFile = m_folder.filePath(u"key.pem"_s);
        config.allowGuests = true;
        m_server = std::make_unique<Hubbub::LiteServer>(config);
        if (const auto started = m_server->start(); !started)
            QTest::qFail(qPrintable(started.error().message), __FILE__, __LINE__);
    }
    QString url() const { return u"wss://127.0.0.1:%1"_s.arg(m_server->port()); }
    QString name() const { return u"127.0.0.1:%1"_s.arg(m_server->port()); }
    qsizetype people() const { return m_server->peopleCount(); }

    const QSslConfiguration first = testCertificate(month);
    const QSslConfiguration second = testCertificate(month);

private:
    static constexpr long month = 30 * 86'400; // the server warns of one that ends soon

    void write(const QString &name, const QByteArray &text)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            QTest::qFail("the certificate cannot be written", __FILE__, __LINE__);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Hubbub::LiteServer> m_server;
};

/// Noor's app in a profile that outlives it, looking at one server.
struct Noor {
    Noor(const QTemporaryDir &profile, const QString &url)
        : application(std::make_unique<Application>(profile.path()))
    {
        application->settings()->setName(u"Noor Haddad"_s);
        session = application->servers()->connectTo(url);
    }
    TrustQuestion *question() const { return session->trust(); }
    bool isIn() const { return session->chat()->isOnline(); }

    std::unique_ptr<Application> application;
    ServerSession *session = nullptr;
};

} // namespace

class TestTrustQuestion : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!hubbub\\.).*"_s));
        m_profile = std::make_unique<QTemporaryDir>();
    }

    void anUnknownServerIsAskedAboutOnce()
    {
        SecureChat chat;
        {
            Noor noor(*m_profile, chat.url());
            QTRY_COMPARE_WITH_TIMEOUT(noor.question()->situation(), TrustQuestion::FirstSeen, patience);
            QCOMPARE(noor.session->link()->kind(), u"untrusted"_s);
            QCOMPARE(noor.question()->server(), chat.name());
            const QStringList lines = noor.question()->fingerprint();
            QCOMPARE(lines.size(), 4);
            QCOMPARE(lines.first().size(), 8 * 3 - 1);
            QCOMPARE(QByteArray::fromHex(lines.join(u' ').toLatin1()), fingerprintOf(chat.first));
            QVERIFY(noor.question()->knownFingerprint().isEmpty());
            QVERIFY(!noor.question()->why().isEmpty());
            QVERIFY(!noor.question()->isKnown());
            QVERIFY(!QFileInfo::exists(knownHosts()));
            noor.question()->trust();
            QTRY_VERIFY_WITH_TIMEOUT(noor.isIn(), patience); // its guest's token came the same way
            QVERIFY(!noor.question()->isAsking());
            QVERIFY(noor.question()->isKnown());
            QCOMPARE(noor.session->notice(), QString());
            QCOMPARE(QFile::permissions(knownHosts()) & QFileDevice::Permissions(0x0077),
                     QFileDevice::Permissions());
        }
        Noor noor(*m_profile, chat.url()); // after a restart
        QSignalSpy asked(noor.question(), &TrustQuestion::changed);
        QTRY_VERIFY_WITH_TIMEOUT(noor.isIn(), patience);
        QCOMPARE(asked.size(), 0);
    }

    void declinedNothingIsTrusted()
    {
        SecureChat chat;
        Noor noor(*m_profile, chat.url());
        QTRY_VERIFY_WITH_TIMEOUT(noor.question()->isAsking(), patience);
        noor.question()->decline();
        QVERIFY(!noor.question()->isAsking());
        QCOMPARE(noor.session->link()->kind(), u"offline"_s);
        QVERIFY(noor.session->link()->cause().contains("not trusted"_L1));
        QVERIFY(!noor.question()->isKnown());
        QVERIFY(!QFileInfo::exists(knownHosts()));
        QCOMPARE(chat.people(), 0);
        noor.session->link()->activate(); // go online: it asks again
        QTRY_COMPARE_WITH_TIMEOUT(noor.question()->situation(), TrustQuestion::FirstSeen, patience);
    }

    void anotherCertificateShowsBoth()
    {
        SecureChat chat;
        Noor noor(*m_profile, chat.url());
        QTRY_VERIFY_WITH_TIMEOUT(noor.question()->isAsking(), patience);
        noor.question()->trust();
        QTRY_VERIFY_WITH_TIMEOUT(noor.isIn(), patience);
        noor.session->goOffline();
        chat.show(chat.second);
        noor.session->goOnline();
        QTRY_COMPARE_WITH_TIMEOUT(noor.question()->situation(), TrustQuestion::OtherThanKnown, patience);
        QCOMPARE(shown(noor.question()->fingerprint()), fingerprintOf(chat.second));
        QCOMPARE(shown(noor.question()->knownFingerprint()), fingerprintOf(chat.first));
        noor.question()->decline();
        QCOMPARE(**KnownHosts(knownHosts()).fingerprintOf(chat.name()), fingerprintOf(chat.first));
        noor.session->goOnline();
        QTRY_COMPARE_WITH_TIMEOUT(noor.question()->situation(), TrustQuestion::OtherThanKnown, patience);
        noor.question()->trust(); // the answer to another question
        QCOMPARE(noor.question()->situation(), TrustQuestion::OtherThanKnown);
        noor.question()->trustAnew();
        QTRY_VERIFY_WITH_TIMEOUT(noor.isIn(), patience);
        QCOMPARE(**KnownHosts(knownHosts()).fingerprintOf(chat.name()), fingerprintOf(chat.second));
    }

    void whatIsForgottenIsAskedAgain()
    {
        SecureChat chat;
        Noor noor(*m_profile, chat.url());
        QTRY_VERIFY_WITH_TIMEOUT(noor.question()->isAsking(), patience);
        noor.question()->trust();
        QTRY_VERIFY_WITH_TIMEOUT(noor.isIn(), patience);
        noor.question()->forget();
        QVERIFY(!noor.question()->isKnown());
        QCOMPARE(noor.session->link()->kind(), u"offline"_s);
        QVERIFY(!*KnownHosts(knownHosts()).fingerprintOf(chat.name()));
        noor.session->goOnline();
        QTRY_COMPARE_WITH_TIMEOUT(noor.question()->situation(), TrustQuestion::FirstSeen, patience);
    }

    void aServerThatIsRemovedIsForgotten()
    {
        SecureChat chat;
        Noor noor(*m_profile, chat.url());
        QTRY_VERIFY_WITH_TIMEOUT(noor.question()->isAsking(), patience);
        noor.question()->trust();
        QTRY_VERIFY_WITH_TIMEOUT(noor.isIn(), patience);
        noor.application->servers()->remove(noor.session);
        QVERIFY(!*KnownHosts(knownHosts()).fingerprintOf(chat.name()));
    }

    void aFileThatCannotBeWrittenIsTold()
    {
        SecureChat chat;
        Noor noor(*m_profile, chat.url());
        QTRY_VERIFY_WITH_TIMEOUT(noor.question()->isAsking(), patience);
        QVERIFY(QDir().mkpath(knownHosts() + u".lock"_s)); // stands where the lock would be
        noor.question()->trust();
        QTRY_VERIFY_WITH_TIMEOUT(noor.isIn(), patience);
        QVERIFY(noor.question()->isKnown());
        QVERIFY2(noor.session->notice().contains("cannot be changed"_L1), qPrintable(noor.session->notice()));
        QVERIFY(!QFileInfo::exists(knownHosts()));
        noor.question()->forget();
        noor.session->goOnline();
        QTRY_COMPARE_WITH_TIMEOUT(noor.question()->situation(), TrustQuestion::FirstSeen, patience);
    }

    void aFolderThatMayOnlyBeReadTrustsUntilTheEnd()
    {
        SecureChat chat;
        QFile file(m_profile->filePath(u"profile"_s));
        QVERIFY(file.open(QIODevice::WriteOnly)); // where the folder would be
        Application application(file.fileName());
        ServerSession *session = application.servers()->connectTo(chat.url());
        QTRY_VERIFY_WITH_TIMEOUT(session->trust()->isAsking(), patience);
        QVERIFY(!application.settings()->storageError().isEmpty());
        session->trust()->trust();
        QTRY_VERIFY_WITH_TIMEOUT(session->chat()->isOnline(), patience);
    }

    void aDamagedListIsNotPassedOver()
    {
        SecureChat chat;
        QVERIFY(KnownHosts(knownHosts()).trust(chat.name(), fingerprintOf(chat.second)));
        QFile file(knownHosts());
        QVERIFY(file.open(QIODevice::Append));
        file.write("what is this\n");
        file.close();
        Noor noor(*m_profile, chat.url());
        QTRY_COMPARE_WITH_TIMEOUT(noor.question()->situation(), TrustQuestion::ListDamaged, patience);
        QVERIFY2(noor.question()->why().contains("line 3"_L1), qPrintable(noor.question()->why()));
        QVERIFY(noor.question()->fingerprint().isEmpty());
        noor.question()->trust(); // there is nothing to trust
        QCOMPARE(noor.question()->situation(), TrustQuestion::ListDamaged);
        QVERIFY(noor.session->link()->cause().contains("damaged"_L1));
        noor.question()->startOver();
        QTRY_COMPARE_WITH_TIMEOUT(noor.question()->situation(), TrustQuestion::FirstSeen, patience);
        QVERIFY(QFileInfo::exists(knownHosts() + u".damaged-1"_s));
        QVERIFY(!QFileInfo::exists(knownHosts()));
        noor.question()->trust();
        QTRY_VERIFY_WITH_TIMEOUT(noor.isIn(), patience);
    }

    void aListThatWasMendedIsKept_data()
    {
        QTest::addColumn<bool>("removed"); // else mended by hand
        QTest::newRow("mended") << false;
        QTest::newRow("removed") << true;
    }

    void aListThatWasMendedIsKept()
    {
        QFETCH(bool, removed);
        SecureChat chat;
        QVERIFY(QDir().mkpath(knownHosts())); // a folder cannot be read as a list
        Noor noor(*m_profile, chat.url());
        QTRY_COMPARE_WITH_TIMEOUT(noor.question()->situation(), TrustQuestion::ListDamaged, patience);
        QVERIFY(QDir().rmdir(knownHosts()));
        if (!removed)
            QVERIFY(KnownHosts(knownHosts()).trust(chat.name(), fingerprintOf(chat.first)));
        noor.question()->startOver();
        QCOMPARE(noor.question()->problem(), QString());
        QTRY_VERIFY_WITH_TIMEOUT(
            removed ? noor.question()->situation() == TrustQuestion::FirstSeen : noor.isIn(), patience);
        QCOMPARE(noor.question()->isKnown(), !removed);
        QVERIFY(!QFileInfo::exists(knownHosts() + u".damaged-1"_s));
    }

    void aDamagedListThatStaysIsTold()
    {
        SecureChat chat;
        // Nothing there is ever renamed, not even by root, whom a read-only folder does not stop.
        const QString list = u"/proc/self/task"_s;
        const auto store = std::make_shared<ProfileTrust>(list);
        SocketIo::ManagerOptions options;
        options.trustStore = store;
        SocketIo::Manager manager(QUrl(chat.url()), options);
        TrustQuestion question(manager.socket(), chat.name(), store, nullptr);
        QTRY_COMPARE_WITH_TIMEOUT(question.situation(), TrustQuestion::ListDamaged, patience);
        question.startOver();
        QVERIFY2(question.problem().contains("cannot be put aside"_L1), qPrintable(question.problem()));
        QVERIFY(question.isAsking());
        QVERIFY(QFileInfo::exists(list));
    }

private:
    QString knownHosts() const { return m_profile->filePath(u"known_hosts"_s); }
    static QByteArray shown(const QStringList &lines)
    {
        return QByteArray::fromHex(lines.join(u' ').toLatin1());
    }

    std::unique_ptr<QTemporaryDir> m_profile;
};

QTEST_GUILESS_MAIN(TestTrustQuestion)
#include "tst_trustquestion.moc"
