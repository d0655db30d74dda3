// SPDX-License-Identifier: MIT
// A connection that long-polling has made to the right server is not handed over to another one: what the
// upgrade meets has to show a certificate that is trusted, too.
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "libclient/transport/pollingclienttransport.h"
#include "libclient/transport/truststore.h"
#include "libclient/transport/websocketclienttransport.h"
#include "tests/support/gate.h"
#include "tests/support/secureserver.h"
#include "tests/support/testcertificate.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using EngineIo::ClientTransport;
using EngineIo::ServerCertificate;
using SocketIo::ConnectionState;
using SocketIo::Manager;
using SocketIo::ManagerOptions;
using SocketIo::Socket;

namespace
{

constexpr int patience = 30'000; // for a machine that is busy with other things

/// A transport that opens when the test says so.
class HeldTransport final : public ClientTransport
{
public:
    explicit HeldTransport(std::unique_ptr<ClientTransport> transport)
        : m_transport(std::move(transport))
    {
        connect(m_transport.get(), &ClientTransport::opened, this, &ClientTransport::opened);
        connect(m_transport.get(), &ClientTransport::packetReceived, this, &ClientTransport::packetReceived);
        connect(m_transport.get(), &ClientTransport::bytesWritten, this, &ClientTransport::bytesWritten);
        connect(m_transport.get(), &ClientTransport::closed, this, &ClientTransport::closed);
    }

    QString name() const override { return m_transport->name(); }
    void open(const QNetworkRequest &request) override { m_request = request; }
    void release() { m_transport->open(m_request); }
    void joinSession(const EngineIo::Handshake &handshake) override { m_transport->joinSession(handshake); }
    void send(const EngineIo::Packet &packet) override { m_transport->send(packet); }
    bool isWritable() const override { return m_transport->isWritable(); }
    qint64 bytesToWrite() const override { return m_transport->bytesToWrite(); }
    void close() override { m_transport->close(); }
    void abort() override { m_transport->abort(); }

private:
    std::unique_ptr<ClientTransport> m_transport;
    QNetworkRequest m_request;
};

} // namespace

class tst_tlsupgrade : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void theCandidatesCertificateCounts_data();
    void theCandidatesCertificateCounts();
    void whatAnUpgradeMetIsShown_data();
    void whatAnUpgradeMetIsShown();
    void itIsForgottenWithTheSession_data();
    void itIsForgottenWithTheSession();
};

void tst_tlsupgrade::theCandidatesCertificateCounts_data()
{
    QTest::addColumn<bool>("pinned"); ///< else an authority vouches for the server
    QTest::addColumn<bool>("another"); ///< certificate is what the candidate meets
    QTest::addColumn<bool>("vouchedFor"); ///< is that one
    QTest::addColumn<QString>("code"); ///< of the failure; empty if there is none
    QTest::newRow("pinned, the same") << true << false << true << QString();
    QTest::newRow("pinned, a self-signed one") << true << true << false << u"certificate-changed"_s;
    QTest::newRow("pinned, a valid one") << true << true << true << u"certificate-changed"_s;
    QTest::newRow("by authority, the same") << false << false << true << QString();
    QTest::newRow("by authority, a self-signed one") << false << true << false << u"untrusted-certificate"_s;
    QTest::newRow("by authority, another valid one") << false << true << true << QString();
}

void tst_tlsupgrade::theCandidatesCertificateCounts()
{
    QFETCH(bool, pinned);
    QFETCH(bool, another);
    QFETCH(bool, vouchedFor);
    QFETCH(QString, code);
    const QSslConfiguration authority = testCertificate({.isAuthority = true});
    const QSslConfiguration first = testCertificate({.issuer = &authority});
    const QSslConfiguration met =
        another ? testCertificate({.issuer = vouchedFor ? &authority : nullptr}) : first;
    SecureServer server(first);

    std::optional<ServerCertificate> rejected;
    EngineIo::TransportOptions transport;
    transport.trustStore = std::make_shared<EngineIo::MemoryTrustStore>();
    transport.certificateRejected = [&](const ServerCertificate &certificate) { rejected = certificate; };
    if (pinned)
        QVERIFY(transport.trustStore->trust(server.name(), fingerprintOf(first)));
    QPointer<HeldTransport> candidate;
    ManagerOptions options;
    options.transports = {u"polling"_s, u"websocket"_s};
    options.tls = QSslConfiguration::defaultConfiguration();
    options.tls->addCaCertificate(authority.localCertificate());
    options.transportFactory = [&](const QString &name) -> std::unique_ptr<ClientTransport> {
        if (name == "polling"_L1)
            return std::make_unique<EngineIo::PollingClientTransport>(transport);
        auto held =
            std::make_unique<HeldTransport>(std::make_unique<EngineIo::WebSocketClientTransport>(transport));
        candidate = held.get();
        return held;
    };
    Manager manager(server.url(), options);
    QSignalSpy upgraded(&manager, &Manager::upgraded);
    QSignalSpy failed(&manager, &Manager::upgradeFailed);
    Socket *socket = manager.socket();
    QTRY_COMPARE_WITH_TIMEOUT(socket->state(), ConnectionState::Online,
                              patience); // so long-polling has both of its connections
    QVERIFY(candidate);

    server.show(met);
    candidate->release();
    QTRY_COMPARE_WITH_TIMEOUT(upgraded.size() + failed.size(), 1, patience);
    QCOMPARE(failed.isEmpty() ? QString() : failed[0][0].value<Hubbub::Error>().code, code);
    QCOMPARE(rejected.has_value(), !code.isEmpty());
    if (rejected)
        QCOMPARE(rejected->fingerprint, fingerprintOf(met));

    // Either way the session goes on, over the one or the other.
    const auto answer = socket->emitWithAck(u"echo"_s, {1});
    QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), patience);
    QVERIFY(answer.result());
    QCOMPARE(answer.result()->toArray(), QCborArray{1});
    QCOMPARE(socket->state(), ConnectionState::Online);
    QCOMPARE(server.connections, 1);
}

void tst_tlsupgrade::whatAnUpgradeMetIsShown_data()
{
    QTest::addColumn<bool>("pinned"); ///< else an authority vouches for the server
    QTest::addColumn<bool>("vouchedFor"); ///< is what the upgrade meets
    QTest::addColumn<QString>("code");
    QTest::newRow("pinned, a self-signed one") << true << false << u"certificate-changed"_s;
    QTest::newRow("pinned, a valid one") << true << true << u"certificate-changed"_s;
    QTest::newRow("by authority, a self-signed one") << false << false << u"untrusted-certificate"_s;
}

/// The transports are the manager's own, and the server has a new certificate from one connection to the
/// next.
void tst_tlsupgrade::whatAnUpgradeMetIsShown()
{
    QFETCH(bool, pinned);
    QFETCH(bool, vouchedFor);
    QFETCH(QString, code);
    const QSslConfiguration authority = testCertificate({.isAuthority = true});
    const QSslConfiguration first = testCertificate({.issuer = &authority});
    const QSslConfiguration met = testCertificate({.issuer = vouchedFor ? &authority : nullptr});
    SecureServer server(first);
    Gate gate(quint16(server.url().port()));
    ManagerOptions options;
    options.transports = {u"polling"_s, u"websocket"_s};
    options.tls = QSslConfiguration::defaultConfiguration();
    options.tls->addCaCertificate(authority.localCertificate());
    options.trustStore = std::make_shared<EngineIo::MemoryTrustStore>();
    if (pinned)
        QVERIFY(options.trustStore->trust(gate.name(), fingerprintOf(first)));
    Manager manager(gate.url(), options);
    QStringList told;
    connect(&manager, &Manager::upgraded, this, [&](const QString &name) { told += name; });
    connect(&manager, &Manager::upgradeFailed, this, [&](const Hubbub::Error &why) { told += why.code; });
    connect(&manager, &Manager::closed, this, [&] { told += u"closed"_s; });
    connect(&manager, &Manager::certificateRejected, this, [&](const ServerCertificate &shown) {
        told += EngineIo::fingerprintText(shown.fingerprint);
        QVERIFY(manager.untrustedCertificate());
    });
    Socket *socket = manager.socket();
    QTRY_COMPARE_WITH_TIMEOUT(socket->state(), ConnectionState::Online, patience);
    QTRY_COMPARE_WITH_TIMEOUT(gate.held(), 1, patience); // the candidate
    QVERIFY(!manager.untrustedCertificate());

    server.show(met);
    gate.open();
    const QStringList refused{code, EngineIo::fingerprintText(fingerprintOf(met))};
    QTRY_COMPARE_WITH_TIMEOUT(told, refused, patience);
    const auto shown = manager.untrustedCertificate();
    QVERIFY(shown);
    QCOMPARE(shown->server, gate.name());
    QCOMPARE(shown->fingerprint, fingerprintOf(met));
    QCOMPARE(shown->known, pinned ? fingerprintOf(first) : QByteArray());
    QVERIFY(!shown->problems.isEmpty());
    QCOMPARE(socket->state(), ConnectionState::Online);
    QCOMPARE(manager.transportName(), u"polling"_s);

    // Once it is trusted, the same session goes on over WebSocket.
    QCOMPARE(manager.trustCertificate(fingerprintOf(first)).error().code, u"fingerprint-mismatch"_s);
    QVERIFY(manager.trustCertificate(fingerprintOf(met)));
    QVERIFY(!manager.untrustedCertificate());
    QTRY_COMPARE_WITH_TIMEOUT(told, refused + QStringList{u"websocket"_s}, patience);
    const auto answer = socket->emitWithAck(u"echo"_s, {1});
    QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), patience);
    QVERIFY(answer.result());
    QCOMPARE(socket->state(), ConnectionState::Online);
    QCOMPARE(server.connections, 1);
}

void tst_tlsupgrade::itIsForgottenWithTheSession_data()
{
    QTest::addColumn<bool>("lost"); ///< else it is left
    QTest::newRow("left") << false;
    QTest::newRow("lost") << true;
}

void tst_tlsupgrade::itIsForgottenWithTheSession()
{
    QFETCH(bool, lost);
    const QSslConfiguration first = testCertificate();
    SecureServer server(first);
    Gate gate(quint16(server.url().port()));
    ManagerOptions options;
    options.transports = {u"polling"_s, u"websocket"_s};
    options.reconnectionDelay = options.reconnectionDelayMax = 1min;
    options.trustStore = std::make_shared<EngineIo::MemoryTrustStore>();
    QVERIFY(options.trustStore->trust(gate.name(), fingerprintOf(first)));
    Manager manager(gate.url(), options);
    QSignalSpy rejected(&manager, &Manager::certificateRejected);
    Socket *socket = manager.socket();
    QTRY_COMPARE_WITH_TIMEOUT(gate.held(), 1, patience);
    QTRY_COMPARE_WITH_TIMEOUT(socket->state(), ConnectionState::Online, patience);
    server.show(testCertificate());
    gate.open();
    QTRY_COMPARE_WITH_TIMEOUT(rejected.size(), 1, patience);
    QVERIFY(manager.untrustedCertificate());
    if (lost)
        gate.cut();
    else
        socket->disconnectFromServer();
    QTRY_COMPARE_WITH_TIMEOUT(socket->state(), lost ? ConnectionState::Waiting : ConnectionState::Offline,
                              patience);
    QVERIFY(!manager.untrustedCertificate());
    QCOMPARE(rejected.size(), 1);
}

QTEST_GUILESS_MAIN(tst_tlsupgrade)
#include "tst_tlsupgrade.moc"
