// SPDX-License-Identifier: MIT
// A server is called what it calls itself, and by its address while nobody knows.
#include "app/shell/servertitle.h"
#include "tests/support/apptest.h"

#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace Hubbub::App;
using HubbubTest::HostingApp;

namespace
{

constexpr int patience = 30'000; // for a machine that is busy with other things

/// Answers whatever is asked with the same bytes, and closes or leaves the rest to be waited for.
class RawServer : public QTcpServer
{
public:
    explicit RawServer(const QByteArray &answer, bool closes = true)
    {
        connect(this, &QTcpServer::newConnection, this, [this, answer, closes] {
            QTcpSocket *peer = nextPendingConnection();
            connect(peer, &QTcpSocket::readyRead, peer, [peer, answer, closes] {
                if (!peer->readAll().contains("\r\n\r\n"))
                    return;
                peer->write(answer);
                if (closes)
                    peer->disconnectFromHost();
            });
        });
        listen(QHostAddress::LocalHost);
    }
    QUrl url() const { return QUrl(u"http://127.0.0.1:%1"_s.arg(serverPort())); }
};

/// Waits without an end: what ends is ended by a bound, not by a deadline.
class PatientNetwork : public QNetworkAccessManager
{
protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request,
                                 QIODevice *body) override
    {
        QNetworkRequest patient = request;
        patient.setTransferTimeout(0);
        return QNetworkAccessManager::createRequest(operation, patient, body);
    }
};

QByteArray json(const QByteArray &body)
{
    return "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

class TestServerTitle : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!hubbub\\.).*"_s)); }

    void aHostedRoomGivesItsNameAndItIsKept()
    {
        HostingApp host;
        QVERIFY(host.start());
        const QUrl url = host.session()->url();
        const QTemporaryDir profile;
        {
            Application guest(profile.path());
            ServerSession *session = guest.servers()->connectTo(url.toString());
            QCOMPARE(session->title(), url.authority());
            QTRY_COMPARE_WITH_TIMEOUT(session->title(), u"Test room"_s, patience);
            QCOMPARE(session->initialsText(), u"TR"_s);
        }
        QVERIFY(host.stop());
        Application again(profile.path());
        again.servers()->restore();
        QCOMPARE(again.servers()->current()->title(), u"Test room"_s);
    }

    void whatIsTakenForAName_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("title"); // empty: none
        QTest::newRow("plain") << json(R"({"title":"Northlight Transit"})") << u"Northlight Transit"_s;
        QTest::newRow("lines become one") << json(R"({"title":" North\n\tlight "})") << u"North light"_s;
        QTest::newRow("cut") << json(R"({"title":")" + QByteArray(100, 'x') + R"("})") << QString(64, u'x');
        QTest::newRow("cut between characters, not in one")
            << json(R"({"title":")" + QByteArray(63, 'x') + R"(\ud83d\ude8b tram"})") << QString(63, u'x');
        QTest::newRow("a whole one fits")
            << json(R"({"title":")" + QByteArray(62, 'x') + R"(\ud83d\ude8b tram"})")
            << QString(62, u'x') + u"\U0001F68B"_s;
        QTest::newRow("without what turns or hides")
            << json(R"({"title":"\u202eNorth\u200b\u0007light\u2066"})") << u"Northlight"_s;
        QTest::newRow("nothing to be seen") << json(R"({"title":"\u200b\u202e"})") << QString();
        QTest::newRow("no title") << json(R"({"name":"x"})") << QString();
        QTest::newRow("blank") << json(R"({"title":"   "})") << QString();
        QTest::newRow("a number") << json(R"({"title":7})") << QString();
        QTest::newRow("a page") << json("<!doctype html><title>Other</title>") << QString();
        QTest::newRow("too much") << json(R"({"pad":")" + QByteArray(5000, 'x') + R"(","title":"x"})")
                                  << QString();
        QTest::newRow("none") << QByteArray(
            "HTTP/1.1 404 Not Found\r\nContent-Length: 13\r\n\r\n{\"title\":\"x\"}")
                              << QString();
        QTest::newRow("no HTTP") << QByteArray("what?\r\n\r\n") << QString();
    }

    void whatIsTakenForAName()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, title);
        const RawServer server(answer);
        PatientNetwork network;
        QSignalSpy ended(&network, &QNetworkAccessManager::finished);
        QString told;
        requestServerTitle(&network, server.url(), this, [&told](const QString &name) { told = name; });
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, patience);
        QCOMPARE(told, title);
    }

    void anAnswerThatIsTooLongIsNotWaitedFor()
    {
        const RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + QByteArray(5000, ' '),
                               false);
        PatientNetwork network;
        QSignalSpy ended(&network, &QNetworkAccessManager::finished);
        QString told;
        requestServerTitle(&network, server.url(), this, [&told](const QString &name) { told = name; });
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, patience);
        QCOMPARE(told, QString());
    }
};

QTEST_GUILESS_MAIN(TestServerTitle)
#include "tst_servertitle.moc"
