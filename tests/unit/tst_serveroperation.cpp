// SPDX-License-Identifier: MIT
// What whoever runs hubbub-server relies on: certificates, limits, the log, systemd, and how it stops.
#include "tests/support/httppeer.h"
#include "tests/support/testcertificate.h"
#include "tests/unit/gatewaypeer.h"
#include "tests/unit/serverprogram.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslKey>
#include <QtNetwork/QSslSocket>
#include <QtTest/QTest>

#include <cstddef>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

using namespace Qt::StringLiterals;

namespace
{

constexpr auto handshake = "/socket.io/?EIO=4&transport=polling";

/// A certificate and its key as files. Replaced as programs for certificates do it: written beside, renamed.
class CertificateFiles
{
public:
    explicit CertificateFiles(const QSslConfiguration &shown = testCertificate()) { put(shown); }

    void put(const QSslConfiguration &shown)
    {
        m_certificate = shown.localCertificate();
        replace(certificate(), m_certificate.toPem());
        replace(key(), shown.privateKey().toPem());
    }
    void replace(const QString &path, const QByteArray &content)
    {
        const auto beside = write(m_dir, u"beside"_s, content);
        if (std::rename(QFile::encodeName(beside).constData(), QFile::encodeName(path).constData()) != 0)
            qFatal("cannot replace a file");
    }
    QString certificate() const { return m_dir.filePath(u"certificate.pem"_s); }
    QString key() const { return m_dir.filePath(u"key.pem"_s); }
    QStringList options() const
    {
        return {u"--port"_s, u"0"_s, u"--tls-certificate"_s, certificate(), u"--tls-key"_s, key()};
    }
    const QSslCertificate &current() const { return m_certificate; }

private:
    QTemporaryDir m_dir;
    QSslCertificate m_certificate;
};

QSslCertificate shownBy(HttpPeer &peer)
{
    const auto *secure = qobject_cast<QSslSocket *>(&peer.socket());
    return secure ? secure->peerCertificate() : QSslCertificate();
}

/// The certificate a new connection gets, which also has to work; null if it does not.
QSslCertificate shownAt(quint16 port)
{
    HttpPeer peer(port, true);
    return peer.get("/healthz").status == 200 ? shownBy(peer) : QSslCertificate();
}

/// Where systemd would listen.
class NotifySocket
{
public:
    explicit NotifySocket(bool isAbstract)
        : m_socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0))
        , m_name(isAbstract ? "@hubbub-test-" + QByteArray::number(getpid())
                            : QFile::encodeName(m_dir.filePath(u"notify"_s)))
    {
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, m_name.constData(), size_t(m_name.size()));
        if (isAbstract)
            address.sun_path[0] = '\0';
        const auto size = socklen_t(offsetof(sockaddr_un, sun_path) + size_t(m_name.size()));
        if (::bind(m_socket, reinterpret_cast<sockaddr *>(&address), size) != 0)
            qFatal("cannot bind the socket of the test");
    }
    ~NotifySocket() { ::close(m_socket); }

    QString name() const { return QFile::decodeName(m_name); }

    /// The next datagram with that text, waited for; empty if none comes.
    QByteArray next(const QByteArray &text)
    {
        pollfd ready{m_socket, POLLIN, 0};
        char buffer[4096];
        while (::poll(&ready, 1, 10'000) == 1) {
            const auto size = ::recv(m_socket, buffer, sizeof buffer, 0);
            if (const QByteArray said(buffer, qsizetype(size)); said.contains(text))
                return said;
        }
        return {};
    }

private:
    QTemporaryDir m_dir;
    int m_socket;
    QByteArray m_name;
};

QByteArray sidOf(const HttpPeer::Reply &reply)
{
    return QJsonDocument::fromJson(reply.body.mid(1)).object()["sid"_L1].toString().toLatin1();
}

} // namespace

class TestServerOperation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void a_new_certificate_counts_for_new_connections_data()
    {
        QTest::addColumn<QString>("workers");
        QTest::newRow("one thread") << u"1"_s;
        QTest::newRow("two threads") << u"2"_s;
    }

    void a_new_certificate_counts_for_new_connections()
    {
        QFETCH(QString, workers);
        CertificateFiles files;
        Program program(files.options() + QStringList{u"--workers"_s, workers});
        const auto port = program.port();
        QVERIFY2(port > 0, qPrintable(program.complaint()));
        QCOMPARE(program.line(), u"listening on https://127.0.0.1:%1"_s.arg(port));
        const auto first = files.current();
        HttpPeer stays(port, true);
        QCOMPARE(stays.get("/healthz").status, 200);
        QCOMPARE(shownBy(stays), first);

        files.put(testCertificate());
        QVERIFY(files.current() != first);
        QVERIFY(!program.logLine(u"New connections get the certificate"_s).isEmpty());
        for (int i = 0; i < 4; ++i) // on each worker
            QCOMPARE(shownAt(port), files.current());
        QCOMPARE(stays.get("/healthz").status, 200);

        files.replace(files.certificate(), "nonsense\n");
        const auto said = program.logLine(u"The certificate in use stays"_s);
        QVERIFY2(said.contains(u"holds no certificate as PEM."_s), qPrintable(said));
        QCOMPARE(shownAt(port), files.current());

        files.replace(files.certificate(), files.current().toPem());
        QVERIFY(!program.logLine(u"New connections get the certificate"_s).isEmpty());
        program.signal(SIGHUP);
        QVERIFY(!program.logLine(u"New connections get the certificate"_s).isEmpty());
        QCOMPARE(shownAt(port), files.current());
        program.terminate();
        QCOMPARE(program.exitCode(), 0);
    }

    void a_certificate_that_cannot_be_used_is_said_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("complaint");
        QTest::newRow("no certificate") << u"certificate"_s << u"%1 holds no certificate as PEM."_s;
        QTest::newRow("no key") << u"key"_s
                                << u"%2 holds no private key as PEM, or one that needs a passphrase."_s;
        QTest::newRow("another's key")
            << u"mismatch"_s << u"The key in %2 is not that of the certificate in %1."_s;
        QTest::newRow("file missing")
            << u"missing"_s << u"Cannot read %1. Check that the file is there and may be read."_s;
    }

    void a_certificate_that_cannot_be_used_is_said()
    {
        QFETCH(QString, what);
        QFETCH(QString, complaint);
        CertificateFiles files;
        if (what == u"certificate"_s)
            files.replace(files.certificate(), "nonsense\n");
        else if (what == u"key"_s)
            files.replace(files.key(), "nonsense\n");
        else if (what == u"mismatch"_s)
            files.replace(files.key(), testCertificate().privateKey().toPem());
        else
            QVERIFY(QFile::remove(files.certificate()));
        Program program(files.options());
        QCOMPARE(program.exitCode(), 3);
        QCOMPARE(program.complaint(),
                 u"hubbub-server: "_s
                     + complaint.replace(u"%1"_s, files.certificate()).replace(u"%2"_s, files.key()) + u'\n');
    }

    void half_of_tls_is_refused()
    {
        Program program({u"--tls-key"_s, u"/nowhere"_s});
        QCOMPARE(program.exitCode(), 1);
        QCOMPARE(program.complaint(), u"hubbub-server: TLS needs both --tls-certificate and --tls-key.\n"_s);
    }

    void an_expired_certificate_is_said_and_used()
    {
        CertificateFiles files(testCertificate(-3600));
        Program program(files.options());
        const auto port = program.port();
        QVERIFY(port > 0);
        QVERIFY(!program.logLine(u"expired on"_s).isEmpty());
        QCOMPARE(shownAt(port), files.current());
    }

    void one_address_holds_so_many_clients_and_no_more()
    {
        Program program({u"--port"_s, u"0"_s, u"--max-connections-per-address"_s, u"2"_s});
        const auto port = program.port();
        QVERIFY(port > 0);
        HttpPeer peer(port);
        const auto first = peer.get(handshake);
        QCOMPARE(first.status, 200);
        GatewayPeer second(port, "/chat");
        QVERIFY(second.join({})); // by WebSocket
        const auto refused = peer.get(handshake);
        QCOMPARE(refused.status, 429);
        QCOMPARE(refused.header("Retry-After"), "5");
        HttpPeer forger(port); // nobody said that it may speak for others
        QCOMPARE(forger.get(handshake, "X-Forwarded-For: 192.0.2.7\r\n").status, 429);
        HttpPeer other(port);
        QVERIFY(other.get("/metrics").body.contains("\nhubbub_requests_refused_total{status=\"429\"} 2\n"));
        QCOMPARE(other.post(handshake + QByteArray("&sid=") + sidOf(first), "1").status, 200); // leaves
        QCOMPARE(other.get(handshake).status, 200);
    }

    void who_sends_too_much_is_refused_then_blocked_and_seen()
    {
        Program program({u"--port"_s, u"0"_s, u"--events-per-connection"_s, u"1"_s, u"--guests"_s});
        const auto port = program.port();
        QVERIFY(port > 0);
        const auto body =
            HttpPeer(port)
                .ask("POST", "/guest/token", R"({"name":"Noor"})", "Content-Type: application/json\r\n")
                .body;
        const auto token = QJsonDocument::fromJson(body).object()["token"_L1].toString();
        QVERIFY2(!token.isEmpty(), body.constData());
        GatewayPeer flooder(port, "/chat");
        QVERIFY(flooder.join({{u"token"_s, token}}));
        GatewayPeer other(port, "/chat");
        QVERIFY(other.join({{u"token"_s, token}}));
        QHash<QString, int> outcomes;
        for (int i = 0; i < 130; ++i) {
            const auto answer = flooder.call(u"list-rooms"_s, QJsonObject());
            const auto error = answer["error"_L1].toObject();
            ++outcomes[answer["success"_L1].toBool() ? u"success"_s : error["code"_L1].toString()];
            if (!error.isEmpty())
                QVERIFY(error["retryAfter"_L1].toInt() > 0 && !error["message"_L1].toString().isEmpty());
        }
        QVERIFY(outcomes.value(u"rate-limited"_s) >= 100);
        QCOMPARE(outcomes.value(u"success"_s) + outcomes.value(u"rate-limited"_s), 130);
        QVERIFY(other.call(u"list-rooms"_s, QJsonObject())["success"_L1].toBool()); // nobody else is affected
        const auto figures = HttpPeer(port).get("/metrics").body;
        QVERIFY(figures.contains("\nhubbub_rate_blocks_total{scope=\"connection\"} 1\n"));
        QVERIFY(figures.contains("\nhubbub_rate_blocked{scope=\"connection\"} 1\n"));
        QVERIFY(figures.contains("\nhubbub_rate_refused_total{scope=\"user\",outcome=\"limited\"} 0\n"));
    }

    void behind_a_trusted_proxy_its_clients_count()
    {
        Program program({u"--port"_s, u"0"_s, u"--max-connections-per-address"_s, u"1"_s,
                         u"--trusted-proxy"_s, u"127.0.0.0/8"_s, u"--trusted-proxy"_s, u"10.1.2.3"_s});
        const auto port = program.port();
        QVERIFY(port > 0);
        const auto from = [port](const QByteArray &forwarded) {
            HttpPeer peer(port);
            return peer.get(handshake, "X-Forwarded-For: " + forwarded + "\r\n").status;
        };
        QCOMPARE(from("192.0.2.1"), 200);
        QCOMPARE(from("192.0.2.1"), 429);
        QCOMPARE(from("192.0.2.2"), 200);
        QCOMPARE(from("192.0.2.2, 10.1.2.3"), 429); // by two proxies
        QCOMPARE(from("192.0.2.3, 192.0.2.2"), 429); // what a client writes itself stands further left
        QCOMPARE(from("192.0.2.3:5000"), 200);
        QCOMPARE(from("2001:db8::1"), 200);
        QCOMPARE(from("[2001:db8::2]:80"), 429); // the same home
        QCOMPARE(from("2001:db8:0:1::1"), 200);
        QCOMPARE(from("nonsense"), 200); // then it is the proxy itself
        QCOMPARE(from("nonsense"), 429);
    }

    void too_many_connections_are_refused_and_counted()
    {
        Program program({u"--port"_s, u"0"_s, u"--max-connections"_s, u"2"_s});
        const auto port = program.port();
        QVERIFY(port > 0);
        HttpPeer first(port);
        HttpPeer second(port);
        QCOMPARE(first.get("/healthz").status, 200);
        QCOMPARE(second.get("/healthz").status, 200);
        HttpPeer third(port);
        const auto refused = third.get("/healthz");
        QCOMPARE(refused.status, 503);
        QVERIFY(first.get("/metrics").body.contains("\nhubbub_connections_refused_total 1\n"));
    }

    void sizes_have_their_limits()
    {
        Program program(
            {u"--port"_s, u"0"_s, u"--max-header-bytes"_s, u"2000"_s, u"--max-payload-bytes"_s, u"3000"_s});
        const auto port = program.port();
        QVERIFY(port > 0);
        HttpPeer peer(port);
        QCOMPARE(peer.get("/healthz", "X-Long: " + QByteArray(1500, 'x') + "\r\n").status, 200);
        QCOMPARE(peer.get("/healthz", "X-Long: " + QByteArray(2500, 'x') + "\r\n").status, 431);
        HttpPeer sender(port);
        const auto opened = sender.get(handshake);
        QCOMPARE(QJsonDocument::fromJson(opened.body.mid(1)).object()["maxPayload"_L1].toInt(), 3000);
        const auto target = handshake + QByteArray("&sid=") + sidOf(opened);
        QCOMPARE(sender.post(target, '4' + QByteArray(3500, 'x')).status, 413);
    }

    void what_no_option_may_be_is_said_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("complaint");
        QTest::newRow("proxy") << QStringList{u"--trusted-proxy"_s, u"everybody"_s}
                               << u"--trusted-proxy must be an address or a network such as 10.0.0.0/8, not "
                                  "\"everybody\"."_s;
        QTest::newRow("format") << QStringList{u"--log-format"_s, u"xml"_s}
                                << u"--log-format must be one of text, json, not \"xml\"."_s;
        QTest::newRow("level") << QStringList{u"--log-level"_s, u"loud"_s}
                               << u"--log-level must be one of error, warning, notice, info, debug, not "
                                  "\"loud\"."_s;
        QTest::newRow("drain") << QStringList{u"--drain-seconds"_s, u"-1"_s}
                               << u"--drain-seconds must be a number from 0 to 3600, not \"-1\"."_s;
    }

    void what_no_option_may_be_is_said()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, complaint);
        Program program(arguments);
        QCOMPARE(program.exitCode(), 1);
        QCOMPARE(program.complaint(), u"hubbub-server: "_s + complaint + u'\n');
    }

    void the_log_as_json_tells_who_comes_and_goes_without_secrets()
    {
        Program program({u"--port"_s, u"0"_s, u"--workers"_s, u"2"_s, u"--guests"_s, u"--log-format"_s,
                         u"json"_s, u"--log-level"_s, u"debug"_s});
        const auto port = program.port();
        QVERIFY(port > 0);
        HttpPeer peer(port);
        const auto answer =
            peer.ask("POST", "/guest/token", R"({"name":"Noor"})", "Content-Type: application/json\r\n");
        const auto token = QJsonDocument::fromJson(answer.body).object()["token"_L1].toString();
        QVERIFY(!token.isEmpty());
        {
            GatewayPeer noor(port, "/chat");
            QVERIFY(noor.join({{u"token"_s, token}}));
            noor.emitEvent(u"send-message"_s, QJsonObject{{u"message"_s, u"between us"_s}});
            GatewayPeer stranger(port, "/chat");
            QVERIFY(stranger.join({{u"token"_s, token.chopped(4) + u"AAAA"_s}}));
        }
        const auto opened = peer.get(handshake);
        QCOMPARE(peer.get(handshake + QByteArray("&sid=nobody")).status, 400);
        program.terminate();
        QCOMPARE(program.exitCode(), 0);
        const auto log = program.complaint();
        QStringList said;
        for (const auto &line : log.split(u'\n', Qt::SkipEmptyParts)) {
            const auto entry = QJsonDocument::fromJson(line.toUtf8()).object();
            QCOMPARE(entry.keys(), (QStringList{u"category"_s, u"level"_s, u"message"_s, u"time"_s}));
            QVERIFY2(QDateTime::fromString(entry["time"_L1].toString(), Qt::ISODateWithMs).isValid(),
                     qPrintable(line));
            QVERIFY(entry["category"_L1].toString().startsWith(u"hubbub."_s));
            said += entry["level"_L1].toString() + u' ' + entry["message"_L1].toString();
        }
        QCOMPARE(
            said.filter(QRegularExpression(u"^info session \\d+ opened from 127\\.0\\.0\\.1 by websocket$"_s))
                .size(),
            2);
        QCOMPARE(said.filter(QRegularExpression(u"^info session \\d+ closed: transport close$"_s)).size(), 2);
        QCOMPARE(
            said.filter(QRegularExpression(u"^info session \\d+ closed: server shutting down$"_s)).size(), 1);
        QCOMPARE(said.filter(u"info request from 127.0.0.1 refused: 400"_s).size(), 1);
        for (const auto &secret :
             {token, token.section(u'.', 2), QString::fromLatin1(sidOf(opened)), u"between us"_s})
            QVERIFY2(!log.contains(secret), qPrintable(secret));
    }

    void systemd_hears_how_it_does_data()
    {
        QTest::addColumn<bool>("isAbstract");
        QTest::newRow("socket in the file system") << false;
        QTest::newRow("abstract socket") << true;
    }

    void systemd_hears_how_it_does()
    {
        QFETCH(bool, isAbstract);
        NotifySocket systemd(isAbstract);
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"NOTIFY_SOCKET"_s, systemd.name());
        environment.insert(u"WATCHDOG_USEC"_s, u"100000"_s);
        Program program({u"--port"_s, u"0"_s, u"--drain-seconds"_s, u"5"_s}, Power::AsWeAre, environment);
        const auto port = program.port();
        QVERIFY(port > 0);
        QCOMPARE(systemd.next("READY=1"),
                 "READY=1\nSTATUS=listening on http://127.0.0.1:" + QByteArray::number(port));
        QCOMPARE(systemd.next("WATCHDOG=1"), "WATCHDOG=1");
        QCOMPARE(systemd.next("WATCHDOG=1"), "WATCHDOG=1");
        program.signal(SIGHUP); // a reload without anything to read changes nothing
        program.terminate();
        QCOMPARE(systemd.next("STOPPING=1"),
                 "STOPPING=1\nSTATUS=Saying goodbye to 0 people\nEXTEND_TIMEOUT_USEC=45000000");
        QCOMPARE(program.exitCode(), 0);
    }

    void while_it_drains_clients_leave_by_themselves()
    {
        Program program({u"--port"_s, u"0"_s, u"--drain-seconds"_s, u"600"_s});
        const auto port = program.port();
        QVERIFY(port > 0);
        HttpPeer probe(port);
        QCOMPARE(probe.get("/readyz").status, 200);
        const auto opened = probe.get(handshake);
        program.terminate();
        QTRY_COMPARE(probe.get("/readyz").status, 503);
        QCOMPARE(probe.get("/healthz").status, 200);
        QCOMPARE(probe.post(handshake + QByteArray("&sid=") + sidOf(opened), "1").status, 200);
        QCOMPARE(program.exitCode(), 0); // long before the ten minutes
    }

    void draining_ends_after_its_time()
    {
        Program program({u"--port"_s, u"0"_s, u"--drain-seconds"_s, u"1"_s});
        const auto port = program.port();
        QVERIFY(port > 0);
        GatewayPeer stays(port, "/chat");
        QVERIFY(stays.join({}));
        program.terminate();
        QCOMPARE(program.exitCode(), 0);
    }

    void a_second_signal_ends_it_at_once()
    {
        Program program({u"--port"_s, u"0"_s, u"--drain-seconds"_s, u"600"_s});
        const auto port = program.port();
        QVERIFY(port > 0);
        HttpPeer probe(port);
        QCOMPARE(probe.get(handshake).status, 200);
        program.signal(SIGINT);
        QTRY_COMPARE(probe.get("/readyz").status, 503);
        program.terminate();
        QCOMPARE(program.exitCode(), -2);
    }
};

QTEST_GUILESS_MAIN(TestServerOperation)
#include "tst_serveroperation.moc"
