// SPDX-License-Identifier: MIT
// Plain requests to a server that is known by its certificate: each of them is held to it, and none is
// refused that meets it.
#include "app/shell/servernetwork.h"
#include "libclient/transport/knownhosts.h"
#include "tests/support/secureserver.h"
#include "tests/support/testcertificate.h"

#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QNetworkReply>
#include <QtNetwork/QSslKey>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace Hubbub::App;

namespace
{

constexpr int patience = 30'000; // for a machine that is busy with other things

/// A web server that resumes sessions of TLS 1.2, one connection for each page: OpenSSL's own.
class ResumingServer
{
public:
    bool start(const QSslConfiguration &identity)
    {
        write(u"identity.pem"_s, identity.localCertificate().toPem() + identity.privateKey().toPem());
        write(u"page"_s, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
        m_process.setWorkingDirectory(m_folder.path());
        m_process.start(u"openssl"_s,
                        {u"s_server"_s, u"-accept"_s, u"127.0.0.1:0"_s, u"-cert"_s, u"identity.pem"_s,
                         u"-key"_s, u"identity.pem"_s, u"-tls1_2"_s, u"-HTTP"_s});
        return QTest::qWaitFor([this] { return port() != 0; }, patience);
    }
    ~ResumingServer()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    QUrl url() const { return QUrl(u"https://127.0.0.1:%1/page"_s.arg(m_port)); }
    QString name() const { return u"127.0.0.1:%1"_s.arg(m_port); }

private:
    void write(const QString &name, const QByteArray &text)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            QTest::qFail("a file of the server cannot be written", __FILE__, __LINE__);
    }
    int port()
    {
        m_said += m_process.readAllStandardOutput();
        static const QRegularExpression pattern(u"ACCEPT .*:(\\d+)\\s"_s);
        m_port = pattern.match(QString::fromLatin1(m_said)).captured(1).toInt();
        return m_port;
    }

    QTemporaryDir m_folder;
    QProcess m_process;
    QByteArray m_said;
    int m_port = 0;
};

} // namespace

class TestServerNetwork : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aServerThatResumesSessionsIsStillHeldToItsCertificate()
    {
        if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty())
            QSKIP("openssl, which is the server here, is not installed");
        const QSslConfiguration identity = testCertificate();
        ResumingServer server;
        QVERIFY(server.start(identity));
        const QTemporaryDir profile;
        const auto trust = std::make_shared<ProfileTrust>(profile.filePath(u"known_hosts"_s));
        QVERIFY(trust->trust(server.name(), fingerprintOf(identity)));
        ServerNetwork network(trust, nullptr);
        for (int i = 0; i < 3; ++i) {
            const std::unique_ptr<QNetworkReply> reply(network.get(QNetworkRequest(server.url())));
            QSignalSpy encrypted(reply.get(), &QNetworkReply::encrypted);
            QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), patience);
            QCOMPARE(reply->error(), QNetworkReply::NoError);
            QCOMPARE(encrypted.size(), 1); // a connection of its own
            QCOMPARE(reply->readAll(), "hello");
        }
    }
};

QTEST_GUILESS_MAIN(TestServerNetwork)
#include "tst_servernetwork.moc"
