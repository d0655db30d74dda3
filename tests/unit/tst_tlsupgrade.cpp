// SPDX-License-Identifier: MIT
// A connection that long-polling has made to the right server is not handed over to another one: what the
// upgrade meets has to show a certificate that is trusted, too.
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "libclient/transport/pollingclienttransport.h"
#include "libclient/transport/truststore.h"
#include "libclient/transport/websocketclienttransport.h"
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

QTEST_GUILESS_MAIN(tst_tlsupgrade)
#include "tst_tlsupgrade.moc"
