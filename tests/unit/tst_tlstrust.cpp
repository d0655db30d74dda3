// SPDX-License-Identifier: MIT
// Whom the client takes for the right server over TLS, with both transports, against our server.
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "libclient/transport/knownhosts.h"
#include "tests/support/secureserver.h"
#include "tests/support/testcertificate.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslKey>
#include <QtNetwork/QSslSocket>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using EngineIo::KnownHosts;
using EngineIo::ServerCertificate;
using SocketIo::ConnectionState;
using SocketIo::Manager;
using SocketIo::ManagerOptions;
using SocketIo::Socket;

namespace
{

ManagerOptions over(const QString &transport)
{
    ManagerOptions options;
    options.transports = {transport};
    options.reconnectionDelay = options.reconnectionDelayMax = 20ms;
    return options;
}

} // namespace

class tst_tlstrust : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void certificates_data();
    void certificates();
    void acceptedOnceAndKept_data() { transports(); }
    void acceptedOnceAndKept();
    void anotherCertificateIsNeverTakenSilently_data();
    void anotherCertificateIsNeverTakenSilently();
    void anotherCertificateInTheMiddle_data();
    void anotherCertificateInTheMiddle();
    void onlyWhatWasShownCanBeTrusted();
    void clientCertificates_data();
    void clientCertificates();
    void nothingIsTrustedWithAListNobodyCanRead_data() { transports(); }
    void nothingIsTrustedWithAListNobodyCanRead();
    void leavesAndComesBackUntrusted();

    void knownHostsFile();
    void knownHostsRefuseWhatTheyDoNotUnderstand_data();
    void knownHostsRefuseWhatTheyDoNotUnderstand();

private:
    void transports();
    std::unique_ptr<QTemporaryDir> m_folder;
    QString path() const { return m_folder->filePath(u"sub/known_hosts"_s); }
};

void tst_tlstrust::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_folder = std::make_unique<QTemporaryDir>();
}

void tst_tlstrust::transports()
{
    QTest::addColumn<QString>("transport");
    QTest::newRow("websocket") << u"websocket"_s;
    QTest::newRow("polling") << u"polling"_s;
}

void tst_tlstrust::certificates_data()
{
    QTest::addColumn<QString>("transport");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("ownAuthority"); ///< the client believes the authority of the tests
    QTest::addColumn<bool>("good");
    QTest::addColumn<QString>("problem"); ///< a word of it
    for (const QString &transport : {u"websocket"_s, u"polling"_s}) {
        const auto row = [&](const char *what, const QString &kind, bool own, bool good,
                             const QString &problem) {
            QTest::addRow("%s, %s", what, qPrintable(transport))
                << transport << kind << own << good << problem;
        };
        row("unknown authority", u"issued"_s, false, false, u"issuer"_s);
        row("own authority", u"issued"_s, true, true, {});
        row("self-signed", u"self-signed"_s, true, false, u"self-signed"_s);
        row("expired", u"expired"_s, true, false, u"expired"_s);
        row("another's name", u"another"_s, true, false, u"host name"_s);
        row("verification switched off", u"unverified"_s, false, false, u"self-signed"_s);
    }
}

void tst_tlstrust::certificates()
{
    QFETCH(QString, transport);
    QFETCH(QString, kind);
    QFETCH(bool, ownAuthority);
    QFETCH(bool, good);
    QFETCH(QString, problem);
    const QSslConfiguration authority = testCertificate({.isAuthority = true});
    const bool bySelf = kind == "self-signed"_L1 || kind == "unverified"_L1;
    const QSslConfiguration identity = testCertificate(
        {.validSeconds = kind == "expired"_L1 ? -3600 : 86'400,
         .names = kind == "another"_L1 ? "DNS:elsewhere.example" : "DNS:localhost,IP:127.0.0.1",
         .issuer = bySelf ? nullptr : &authority});
    SecureServer server(identity);
    ManagerOptions options = over(transport);
    options.tls = QSslConfiguration::defaultConfiguration();
    if (ownAuthority)
        options.tls->addCaCertificate(authority.localCertificate());
    if (kind == "unverified"_L1)
        options.tls->setPeerVerifyMode(QSslSocket::VerifyNone);
    Manager manager(server.url(), options);
    QSignalSpy rejected(&manager, &Manager::certificateRejected);
    Socket *socket = manager.socket();
    if (good) {
        QTRY_COMPARE(socket->state(), ConnectionState::Online);
        QVERIFY(!manager.untrustedCertificate());
        return;
    }
    QTRY_COMPARE(socket->state(), ConnectionState::Untrusted);
    QCOMPARE(socket->lastError().code, u"untrusted-certificate"_s);
    QCOMPARE(rejected.size(), 1);
    const auto shown = manager.untrustedCertificate();
    QVERIFY(shown);
    QCOMPARE(shown->server, server.name());
    QCOMPARE(shown->fingerprint, fingerprintOf(identity));
    QVERIFY(shown->known.isEmpty());
    QVERIFY2(shown->problems.join(u'\n').contains(problem, Qt::CaseInsensitive),
             qPrintable(shown->problems.join(u'\n')));
    QVERIFY(socket->lastError().cause.contains(EngineIo::fingerprintText(shown->fingerprint)));
    QCOMPARE(server.connections, 0);
}

void tst_tlstrust::acceptedOnceAndKept()
{
    QFETCH(QString, transport);
    const QSslConfiguration identity = testCertificate();
    SecureServer server(identity);
    ManagerOptions options = over(transport);
    options.trustStore = std::make_shared<KnownHosts>(path());
    {
        Manager manager(server.url(), options);
        Socket *socket = manager.socket();
        QTRY_COMPARE(socket->state(), ConnectionState::Untrusted);
        QVERIFY(manager.trustCertificate(manager.untrustedCertificate()->fingerprint));
        QTRY_COMPARE(socket->state(), ConnectionState::Online);
        QVERIFY(!manager.untrustedCertificate());
    }
    options.trustStore = std::make_shared<KnownHosts>(path()); // the program was started again
    Manager manager(server.url(), options);
    QSignalSpy rejected(&manager, &Manager::certificateRejected);
    QTRY_COMPARE(manager.socket()->state(), ConnectionState::Online);
    QCOMPARE(rejected.size(), 0);
}

void tst_tlstrust::anotherCertificateIsNeverTakenSilently_data()
{
    QTest::addColumn<QString>("transport");
    QTest::addColumn<bool>("vouchedFor"); ///< by an authority that is believed
    for (const char *transport : {"websocket", "polling"}) {
        QTest::addRow("self-signed, %s", transport) << QString::fromLatin1(transport) << false;
        QTest::addRow("valid, %s", transport) << QString::fromLatin1(transport) << true;
    }
}

void tst_tlstrust::anotherCertificateIsNeverTakenSilently()
{
    QFETCH(QString, transport);
    QFETCH(bool, vouchedFor);
    const QSslConfiguration authority = testCertificate({.isAuthority = true});
    const QSslConfiguration first = testCertificate();
    const QSslConfiguration second = testCertificate({.issuer = vouchedFor ? &authority : nullptr});
    SecureServer server(second);
    ManagerOptions options = over(transport);
    options.tls = QSslConfiguration::defaultConfiguration();
    options.tls->addCaCertificate(authority.localCertificate());
    options.trustStore = std::make_shared<KnownHosts>(path());
    QVERIFY(options.trustStore->trust(server.name(), fingerprintOf(first)));

    Manager manager(server.url(), options);
    Socket *socket = manager.socket();
    QTRY_COMPARE(socket->state(), ConnectionState::Untrusted);
    QCOMPARE(socket->lastError().code, u"certificate-changed"_s);
    QVERIFY(socket->lastError().message.contains(server.name()));
    QCOMPARE(manager.untrustedCertificate()->known, fingerprintOf(first));
    QCOMPARE(manager.untrustedCertificate()->fingerprint, fingerprintOf(second));
    QCOMPARE(server.connections, 0);

    server.show(first); // the right one is back
    socket->connectToServer();
    QTRY_COMPARE(socket->state(), ConnectionState::Online);
    socket->disconnectFromServer();
    server.show(second);
    socket->connectToServer();
    QTRY_COMPARE(socket->state(), ConnectionState::Untrusted);
    QVERIFY(manager.trustCertificate(fingerprintOf(second)));
    QTRY_COMPARE(socket->state(), ConnectionState::Online);
    QCOMPARE(**options.trustStore->fingerprintOf(server.name()), fingerprintOf(second));
}

void tst_tlstrust::anotherCertificateInTheMiddle_data()
{
    QTest::addColumn<QStringList>("transports");
    QTest::newRow("polling") << QStringList{u"polling"_s};
    QTest::newRow("polling, about to upgrade") << QStringList{u"polling"_s, u"websocket"_s};
}

/// Long-polling makes a second connection when it first sends, and an upgrade makes one as well.
void tst_tlstrust::anotherCertificateInTheMiddle()
{
    QFETCH(QStringList, transports);
    const QSslConfiguration first = testCertificate();
    SecureServer server(first);
    ManagerOptions options = over({});
    options.transports = transports;
    options.trustStore = std::make_shared<EngineIo::MemoryTrustStore>();
    QVERIFY(options.trustStore->trust(server.name(), fingerprintOf(first)));
    Manager manager(server.url(), options);
    QSignalSpy upgraded(&manager, &Manager::upgraded);
    connect(&manager, &Manager::opened, this, [&] { server.show(testCertificate()); });
    QTRY_COMPARE(manager.socket()->state(), ConnectionState::Untrusted);
    QCOMPARE(manager.socket()->lastError().code, u"certificate-changed"_s);
    QCOMPARE(upgraded.size(), 0);
}

void tst_tlstrust::onlyWhatWasShownCanBeTrusted()
{
    const QSslConfiguration identity = testCertificate();
    SecureServer server(identity);
    Manager manager(server.url(), over(u"websocket"_s));
    QCOMPARE(manager.trustCertificate(fingerprintOf(identity)).error().code, u"fingerprint-mismatch"_s);
    Socket *socket = manager.socket();
    QTRY_COMPARE(socket->state(), ConnectionState::Untrusted);
    QCOMPARE(manager.trustCertificate(QByteArray(32, 'x')).error().code, u"fingerprint-mismatch"_s);
    QCOMPARE(manager.trustCertificate({}).error().code, u"fingerprint-mismatch"_s);
    QCOMPARE(socket->state(), ConnectionState::Untrusted);
    QVERIFY(manager.trustCertificate(fingerprintOf(identity)));
    QTRY_COMPARE(socket->state(), ConnectionState::Online);
}

void tst_tlstrust::clientCertificates_data()
{
    QTest::addColumn<QString>("transport");
    QTest::addColumn<bool>("given");
    for (const char *transport : {"websocket", "polling"}) {
        QTest::addRow("missing, %s", transport) << QString::fromLatin1(transport) << false;
        QTest::addRow("given, %s", transport) << QString::fromLatin1(transport) << true;
    }
}

void tst_tlstrust::clientCertificates()
{
    QFETCH(QString, transport);
    QFETCH(bool, given);
    const QSslConfiguration authority = testCertificate({.isAuthority = true});
    QSslConfiguration demanding = testCertificate({.issuer = &authority});
    demanding.setPeerVerifyMode(QSslSocket::VerifyPeer);
    demanding.setCaCertificates({authority.localCertificate()});
    SecureServer server(demanding);
    const QSslConfiguration person = testCertificate({.names = "DNS:person", .issuer = &authority});
    ManagerOptions options = over(transport);
    options.reconnection = false;
    options.tls = QSslConfiguration::defaultConfiguration();
    options.tls->addCaCertificate(authority.localCertificate());
    if (given) {
        options.tls->setLocalCertificate(person.localCertificate());
        options.tls->setPrivateKey(person.privateKey());
    }
    Manager manager(server.url(), options);
    if (given) {
        QTRY_COMPARE(manager.socket()->state(), ConnectionState::Online);
        return;
    }
    QTRY_COMPARE(manager.socket()->state(), ConnectionState::Closed);
    // Our server, as Node's, hangs up without an alert.
    QCOMPARE(manager.socket()->lastError().code, u"transport-error"_s);
    QVERIFY(manager.socket()->lastError().message.contains("client certificate"_L1));
    QCOMPARE(server.connections, 0);
}

void tst_tlstrust::nothingIsTrustedWithAListNobodyCanRead()
{
    QFETCH(QString, transport);
    const QSslConfiguration authority = testCertificate({.isAuthority = true});
    SecureServer server(testCertificate({.issuer = &authority}));
    QVERIFY(KnownHosts(path()).trust(u"other:443"_s, QByteArray(32, 'x')));
    QFile file(path());
    QVERIFY(file.open(QIODevice::Append));
    file.write(server.name().toUtf8() + " SHA256:what\n");
    file.close();
    ManagerOptions options = over(transport);
    options.tls = QSslConfiguration::defaultConfiguration();
    options.tls->addCaCertificate(authority.localCertificate());
    options.trustStore = std::make_shared<KnownHosts>(path());
    Manager manager(server.url(), options);
    QTRY_COMPARE(manager.socket()->state(), ConnectionState::Untrusted);
    QCOMPARE(manager.socket()->lastError().code, u"trust-store-unreadable"_s);
    QVERIFY(manager.socket()->lastError().cause.contains("line 3"_L1));
    QVERIFY(!manager.untrustedCertificate());
    QCOMPARE(server.connections, 0);
}

void tst_tlstrust::leavesAndComesBackUntrusted()
{
    SecureServer server(testCertificate());
    Manager manager(server.url(), over(u"websocket"_s));
    Socket *socket = manager.socket();
    QTRY_COMPARE(socket->state(), ConnectionState::Untrusted);
    socket->disconnectFromServer();
    QCOMPARE(socket->state(), ConnectionState::Offline);
    socket->connectToServer();
    QTRY_COMPARE(socket->state(), ConnectionState::Untrusted);
}

void tst_tlstrust::knownHostsFile()
{
    const QByteArray one(32, '\x01');
    const QByteArray two(32, '\xab');
    KnownHosts store(path());
    QVERIFY(!*store.fingerprintOf(u"a:443"_s));
    QVERIFY(store.trust(u"a:443"_s, one));
    QVERIFY(KnownHosts(path()).trust(u"[::1]:8443"_s, two)); // another process
    QCOMPARE(**store.fingerprintOf(u"a:443"_s), one);
    QCOMPARE(**store.fingerprintOf(u"[::1]:8443"_s), two);
    QCOMPARE(QFile::permissions(path()) & QFileDevice::Permissions(0x0077), QFileDevice::Permissions());
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("\n[::1]:8443 SHA256:AB:AB:"));
    QVERIFY(store.forget(u"a:443"_s));
    QVERIFY(!*KnownHosts(path()).fingerprintOf(u"a:443"_s));
    QVERIFY(*store.fingerprintOf(u"[::1]:8443"_s));
    const auto refused = KnownHosts(path() + u"/below"_s).trust(u"a:443"_s, one);
    QCOMPARE(refused.error().code, u"trust-store-unwritable"_s);
}

void tst_tlstrust::knownHostsRefuseWhatTheyDoNotUnderstand_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("readable");
    const QByteArray good = "a:443 SHA256:" + QByteArray(32, '\x01').toHex(':');
    QTest::newRow("nothing") << QByteArray() << true;
    QTest::newRow("comments") << QByteArray("# a\n\n  # b\n") << true;
    QTest::newRow("a good one") << good + "\r\n" << true;
    QTest::newRow("no fingerprint") << QByteArray("a:443\n") << false;
    QTest::newRow("too short") << QByteArray("a:443 SHA256:01\n") << false;
    QTest::newRow("another digest") << QByteArray(good).replace("SHA256", "MD5") << false;
    QTest::newRow("not hexadecimal") << QByteArray(good).replace("01:01", "01:zz") << false;
    QTest::newRow("twice") << good + "\n" + good << false;
    QTest::newRow("no server") << good.mid(5) << false;
    QTest::newRow("something else") << QByteArray(200, '\0') << false;
}

void tst_tlstrust::knownHostsRefuseWhatTheyDoNotUnderstand()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, readable);
    const QString file = m_folder->filePath(u"known_hosts"_s);
    QFile written(file);
    QVERIFY(written.open(QIODevice::WriteOnly));
    written.write(text);
    written.close();
    KnownHosts store(file);
    const auto found = store.fingerprintOf(u"a:443"_s);
    QCOMPARE(found.has_value(), readable);
    QCOMPARE(store.trust(u"b:443"_s, QByteArray(32, 'x')).has_value(), readable);
    if (!readable)
        QCOMPARE(found.error().code, u"trust-store-unreadable"_s);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QVERIFY(written.readAll().startsWith(readable ? QByteArray("# Servers") : text)); // not made worse
}

QTEST_GUILESS_MAIN(tst_tlstrust)
#include "tst_tlstrust.moc"
