// SPDX-License-Identifier: MIT
#include "server-lite/auth/passwordhash.h"
#include "server-lite/gateway/liteserver.h"
#include "tests/support/httppeer.h"
#include "tests/unit/gatewaypeer.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtCore/QThread>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkReply>
#include <QtNetwork/QTcpServer>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Hubbub;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace
{

struct Answer {
    int status = 0;
    QByteArray body;
    QJsonObject json;
    QHash<QByteArray, QByteArray> headers;
};

} // namespace

class TestLiteServer : public QObject
{
    Q_OBJECT

    QNetworkAccessManager network;

    Answer fetch(const LiteServer &server, const QByteArray &method, const QString &path,
                 const QByteArray &body = {}, const QList<std::pair<QByteArray, QByteArray>> &headers = {})
    {
        QNetworkRequest request(server.url().resolved(QUrl(path)));
        for (const auto &[name, value] : headers)
            request.setRawHeader(name, value);
        std::unique_ptr<QNetworkReply> reply(
            method == "HEAD" ? network.head(request) : network.sendCustomRequest(request, method, body));
        if (!QTest::qWaitFor([&] { return reply->isFinished(); }, 10'000))
            return {};
        Answer answer;
        answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        answer.body = reply->readAll();
        answer.json = QJsonDocument::fromJson(answer.body).object();
        for (const auto &[name, value] : reply->rawHeaderPairs())
            answer.headers.insert(name.toLower(), value);
        return answer;
    }

    Answer askForToken(const LiteServer &server, const QByteArray &body,
                       const QByteArray &type = "application/json", const QByteArray &origin = {})
    {
        QList<std::pair<QByteArray, QByteArray>> headers{{"Content-Type", type}};
        if (!origin.isEmpty())
            headers.append({"Origin", origin});
        return fetch(server, "POST", u"/guest/token"_s, body, headers);
    }

    static LiteServerConfig withGuests()
    {
        LiteServerConfig config;
        config.allowGuests = true;
        config.title = u"Lena's room"_s;
        return config;
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void it_starts_where_the_system_likes_and_stops()
    {
        LiteServer server({});
        QVERIFY(!server.isRunning());
        QCOMPARE(server.port(), 0);
        QVERIFY(server.url().isEmpty());
        QVERIFY(server.issueToken(u"u1"_s, u"Noor"_s).isEmpty());
        const auto started = server.start();
        QVERIFY2(started, started ? "" : qPrintable(started.error().message));
        QVERIFY(server.isRunning());
        QVERIFY(server.port() > 0);
        QCOMPARE(server.url(), QUrl(u"http://127.0.0.1:%1"_s.arg(server.port())));
        GatewayPeer owner(server.port(), "/chat");
        QVERIFY(owner.join({{u"token"_s, QString::fromLatin1(server.issueToken(u"u1"_s, u"Noor"_s))}}));
        QCOMPARE(owner.payload(u"authenticated"_s)["username"_L1].toString(), u"Noor"_s);
        QCOMPARE(server.peopleCount(), 1);
        QSignalSpy left(&server, &LiteServer::personLeft);
        QSignalSpy stopped(&server, &LiteServer::stopped);
        server.stop();
        server.stop(); // once is enough
        QVERIFY(stopped.wait());
        QCOMPARE(stopped.count(), 1);
        QVERIFY(!server.isRunning());
        QCOMPARE(left.count(), 1);
        QTcpServer probe; // the port is free again
        QVERIFY(probe.listen(QHostAddress::LocalHost, server.port()) || server.port() == 0);
    }

    void without_operators_there_is_no_admin()
    {
        LiteServer server({});
        QVERIFY(server.start());
        GatewayPeer op(server.port(), "/admin");
        QVERIFY(!op.join({}));
        QCOMPARE(op.refusal(), u"Invalid namespace"_s);
    }

    void with_operators_they_see_the_chat()
    {
        auto config = withGuests();
        config.adminUsername = u"op"_s;
        config.adminPasswordHash = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
        LiteServer server(config);
        QVERIFY(server.start());
        GatewayPeer op(server.port(), "/admin");
        QVERIFY(op.join({{u"username"_s, u"op"_s}, {u"password"_s, u"U*U"_s}}));
        QVERIFY(op.next(u"all_sockets"_s));
        std::ignore = op.unread();
        GatewayPeer noor(server.port(), "/chat");
        const auto token = QString::fromLatin1(server.issueToken(u"u1"_s, u"Noor"_s));
        QVERIFY(noor.join({{u"token"_s, token}}));
        QVERIFY(op.next(u"socket_connected"_s));
        QCOMPARE(op.payload(u"socket_updated"_s)["data"_L1]["username"_L1].toString(), u"Noor"_s);
        server.stop();
        QSignalSpy stopped(&server, &LiteServer::stopped);
        QVERIFY(stopped.wait()); // with an operator watching it go
    }

    void what_cannot_start_says_why_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("code");
        QTest::newRow("port taken") << u"port"_s << u"address-in-use"_s;
        QTest::newRow("address of another machine") << u"address"_s << u"address-not-available"_s;
        QTest::newRow("short secret") << u"secret"_s << u"weak-secret"_s;
        QTest::newRow("folder is a file") << u"folder"_s << u"history-not-writable"_s;
        QTest::newRow("password in place of a hash") << u"hash"_s << u"invalid-hash"_s;
    }

    void what_cannot_start_says_why()
    {
        QFETCH(QString, what);
        QFETCH(QString, code);
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        QTemporaryDir dir;
        QFile file(dir.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        LiteServerConfig config;
        if (what == u"port"_s)
            config.port = other.serverPort();
        else if (what == u"address"_s)
            config.host = QHostAddress(u"192.0.2.1"_s); // kept for documentation, so nobody's
        else if (what == u"secret"_s)
            config.jwtSecret = "short";
        else if (what == u"folder"_s)
            config.dataDir = file.fileName() + u"/data"_s;
        else
            config.adminUsername = u"op"_s, config.adminPasswordHash = "plain";
        LiteServer server(config);
        const auto started = server.start();
        QVERIFY(!started);
        QCOMPARE(started.error().code, code);
        QVERIFY(started.error().message.endsWith(u'.'));
        QVERIFY(!server.isRunning());
        QCOMPARE(server.port(), 0);
    }

    void a_restart_keeps_secret_and_history()
    {
        QTemporaryDir dir;
        LiteServerConfig config;
        config.dataDir = dir.filePath(u"data"_s);
        QString token;
        {
            LiteServer server(config);
            QVERIFY(server.start());
            token = QString::fromLatin1(server.issueToken(u"u1"_s, u"Noor"_s));
            GatewayPeer noor(server.port(), "/chat");
            QVERIFY(noor.join({{u"token"_s, token}}));
            QVERIFY(noor.call(u"join-room"_s, QJsonObject{{u"roomId"_s, u"lobby"_s}})["success"_L1].toBool());
            QVERIFY(noor.call(u"send-message"_s,
                              QJsonObject{{u"roomId"_s, u"lobby"_s}, {u"message"_s, u"kept"_s}})["success"_L1]
                        .toBool());
        }
        const auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther;
        QVERIFY(!(QFile::permissions(config.dataDir) & others));
        LiteServer server(config);
        QVERIFY(server.start());
        GatewayPeer noor(server.port(), "/chat");
        QVERIFY(noor.join({{u"token"_s, token}}));
        noor.emitEvent(u"join-room"_s, QJsonObject{{u"roomId"_s, u"lobby"_s}});
        const auto history = noor.payload(u"room-history"_s)["messages"_L1].toArray();
        QCOMPARE(history.size(), 1);
        QCOMPARE(history[0]["content"_L1].toString(), u"kept"_s);
    }

    void it_lives_on_a_thread_of_its_own()
    {
        QThread thread;
        auto *server = new LiteServer(withGuests());
        server->moveToThread(&thread);
        connect(&thread, &QThread::finished, server, &QObject::deleteLater);
        thread.start();
        bool isStarted = false;
        quint16 port = 0;
        QMetaObject::invokeMethod(
            server,
            [&] {
                isStarted = server->start().has_value();
                port = server->port();
            },
            Qt::BlockingQueuedConnection);
        QVERIFY(isStarted);
        GatewayPeer guest(port, "/chat");
        QVERIFY(guest.join({}));
        QCOMPARE(guest.payload(u"error"_s)["message"_L1].toString(), u"Authentication required"_s);
        QSignalSpy stopped(server, &LiteServer::stopped);
        QMetaObject::invokeMethod(server, &LiteServer::stop, Qt::QueuedConnection);
        QVERIFY(stopped.count() == 1 || stopped.wait());
        thread.quit();
        QVERIFY(thread.wait(10'000));
    }

    void the_page_is_served_with_a_strict_policy_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("type");
        QTest::newRow("page") << u"/"_s << QByteArray("text/html; charset=utf-8");
        QTest::newRow("style") << u"/guest.css"_s << QByteArray("text/css; charset=utf-8");
        QTest::newRow("script") << u"/guest.js"_s << QByteArray("text/javascript; charset=utf-8");
        QTest::newRow("second script") << u"/timeline.js"_s << QByteArray("text/javascript; charset=utf-8");
        QTest::newRow("icon") << u"/icon.svg"_s << QByteArray("image/svg+xml");
    }

    void the_page_is_served_with_a_strict_policy()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, type);
        LiteServer server(withGuests());
        QVERIFY(server.start());
        const auto answer = fetch(server, "GET", path);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.headers["content-type"], type);
        QVERIFY(
            answer.headers["content-security-policy"].startsWith("default-src 'none'; script-src 'self';"));
        QCOMPARE(answer.headers["x-content-type-options"], "nosniff");
        QVERIFY(!answer.body.isEmpty() && answer.body.size() < 150'000);
        // Nothing is fetched from elsewhere, nothing inline needs the policy to be softer.
        auto text = QString::fromUtf8(answer.body).remove(u"http://www.w3.org/2000/svg"_s);
        QVERIFY(!text.contains(QRegularExpression(u"https?://|//cdn|<script>|\\bon[a-z]+=\"|innerHTML"_s)));
        const auto tag = answer.headers["etag"];
        const auto again = fetch(server, "GET", path, {}, {{"If-None-Match", tag}});
        QCOMPARE(again.status, 304);
        const auto head = fetch(server, "HEAD", path);
        QCOMPARE(head.status, 200);
        QCOMPARE(head.headers["content-length"], QByteArray::number(answer.body.size()));
        QVERIFY(head.body.isEmpty());
    }

    void browsers_get_the_client_library_data()
    {
        QTest::addColumn<QString>("name");
        for (const auto *name : {"socket.io.js", "socket.io.min.js", "socket.io.esm.min.js",
                                 "socket.io.msgpack.min.js", "socket.io.js.map", "socket.io.min.js.map",
                                 "socket.io.esm.min.js.map", "socket.io.msgpack.min.js.map"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void browsers_get_the_client_library()
    {
        QFETCH(QString, name);
        LiteServer server(withGuests());
        QVERIFY(server.start());
        const auto path = u"/socket.io/"_s + name;
        const auto answer = fetch(server, "GET", path);
        QFile original(QStringLiteral(HUBBUB_CLIENT_PACKAGE "/dist/") + name);
        if (!original.open(QIODevice::ReadOnly)) {
            QCOMPARE(answer.status, 404);
            QCOMPARE(answer.body, "This server was built without the client library for browsers.\n");
            return;
        }
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.body == original.readAll());
        const bool isMap = name.endsWith(u".map"_s);
        QCOMPARE(answer.headers["content-type"],
                 isMap ? "application/json; charset=utf-8" : "application/javascript; charset=utf-8");
        QCOMPARE(answer.headers["cache-control"], "public, max-age=0");
        QFile manifest(QStringLiteral(HUBBUB_CLIENT_PACKAGE "/package.json"));
        QVERIFY(manifest.open(QIODevice::ReadOnly));
        const auto version = QJsonDocument::fromJson(manifest.readAll()).object()["version"_L1].toString();
        const auto tag = '"' + version.toLatin1() + '"';
        QCOMPARE(answer.headers["etag"], tag);
        for (const auto &known : {tag, "W/" + tag, "\"1.0.0\", " + tag}) {
            const auto again = fetch(server, "GET", path, {}, {{"If-None-Match", known}});
            QCOMPARE(again.status, 304);
            QCOMPARE(again.body, QByteArray());
        }
        QCOMPARE(fetch(server, "GET", path, {}, {{"If-None-Match", "\"1.0.0\""}}).status, 200);
    }

    void other_addresses_and_methods_are_refused_in_words_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("status");
        QTest::newRow("unknown") << QByteArray("GET") << u"/nothing"_s << 404;
        QTest::newRow("up and away") << QByteArray("GET") << u"/guest/%2e%2e/%2e%2e/etc/passwd"_s << 404;
        QTest::newRow("token by GET") << QByteArray("GET") << u"/guest/token"_s << 405;
        QTest::newRow("page by POST") << QByteArray("POST") << u"/"_s << 405;
        QTest::newRow("page by DELETE") << QByteArray("DELETE") << u"/"_s << 405;
    }

    void other_addresses_and_methods_are_refused_in_words()
    {
        QFETCH(QByteArray, method);
        QFETCH(QString, path);
        QFETCH(int, status);
        LiteServer server(withGuests());
        QVERIFY(server.start());
        const auto answer = fetch(server, method, path);
        QCOMPARE(answer.status, status);
        QVERIFY(answer.body.endsWith(".\n"));
        QCOMPARE(answer.headers.contains("allow"), status == 405);
    }

    void a_guest_who_shows_a_token_keeps_the_id()
    {
        LiteServer server(withGuests());
        QVERIFY(server.start());
        const auto first = askForToken(server, R"({"name":"Noor"})").json;
        const auto ask = [&](const QString &token) {
            const QJsonObject body{{u"name"_s, u"Noor H"_s}, {u"token"_s, token}};
            return askForToken(server, QJsonDocument(body).toJson()).json;
        };
        const auto again = ask(first["token"_L1].toString());
        QCOMPARE(again["userId"_L1], first["userId"_L1]);
        QCOMPARE(again["username"_L1].toString(), u"Noor H"_s);
        const auto stranger = ask(u"no.token.ofours"_s); // comes in all the same, as somebody new
        QVERIFY(stranger["userId"_L1].toString().startsWith(u"guest-"_s));
        QVERIFY(stranger["userId"_L1] != first["userId"_L1]);
    }

    void a_guest_gets_a_token_and_comes_in()
    {
        LiteServer server(withGuests());
        QVERIFY(server.start());
        QCOMPARE(
            fetch(server, "GET", u"/guest/info"_s).json,
            (QJsonObject{{u"title"_s, u"Lena's room"_s}, {u"roomId"_s, u"lobby"_s}, {u"guests"_s, true}}));
        QSignalSpy joined(&server, &LiteServer::personJoined);
        const auto answer = askForToken(server, R"({"name":" Noor "})");
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.headers["cache-control"], "no-store");
        QCOMPARE(answer.json.keys(), (QStringList{u"token"_s, u"userId"_s, u"username"_s}));
        GatewayPeer guest(server.port(), "/chat");
        QVERIFY(guest.join({{u"token"_s, answer.json["token"_L1]}}));
        const auto welcome = guest.payload(u"authenticated"_s);
        QCOMPARE(welcome["userId"_L1], answer.json["userId"_L1]);
        QCOMPARE(welcome["username"_L1].toString(), u"Noor"_s);
        QCOMPARE(joined.count(), 1);
        QCOMPARE(joined[0][1].toString(), u"127.0.0.1"_s);
    }

    void not_every_guest_is_let_in_data()
    {
        QTest::addColumn<bool>("allowed");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        const QByteArray json = "application/json";
        const QByteArray good = "{\"name\":\"Noor\"}";
        QTest::newRow("guests not wanted")
            << false << good << json << QByteArray() << 403 << u"guests-not-allowed"_s;
        QTest::newRow("foreign page")
            << true << good << json << QByteArray("http://evil.example") << 403 << u"foreign-origin"_s;
        QTest::newRow("no page's origin")
            << true << good << json << QByteArray("null") << 403 << u"foreign-origin"_s;
        QTest::newRow("a form's type")
            << true << good << QByteArray("text/plain") << QByteArray() << 400 << u"invalid-request"_s;
        QTest::newRow("not JSON") << true << QByteArray("name=Noor") << json << QByteArray() << 400
                                  << u"invalid-request"_s;
        QTest::newRow("empty") << true << QByteArray("") << json << QByteArray() << 400
                               << u"invalid-request"_s;
        QTest::newRow("no name") << true << QByteArray("{}") << json << QByteArray() << 400
                                 << u"invalid-request"_s;
        QTest::newRow("name a number")
            << true << QByteArray("{\"name\":7}") << json << QByteArray() << 400 << u"invalid-request"_s;
        QTest::newRow("name empty") << true << QByteArray("{\"name\":\"  \"}") << json << QByteArray() << 400
                                    << u"invalid-name"_s;
        QTest::newRow("name of 41") << true << QByteArray("{\"name\":\"" + QByteArray(41, 'n') + "\"}")
                                    << json << QByteArray() << 400 << u"invalid-name"_s;
    }

    void not_every_guest_is_let_in()
    {
        QFETCH(bool, allowed);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, origin);
        QFETCH(int, status);
        QFETCH(QString, code);
        auto config = withGuests();
        config.allowGuests = allowed;
        LiteServer server(config);
        QVERIFY(server.start());
        const auto answer = askForToken(server, body, type, origin);
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.json["error"_L1]["code"_L1].toString(), code);
        QVERIFY(!answer.json["error"_L1]["message"_L1].toString().isEmpty());
    }

    void the_own_page_and_listed_ones_may_ask()
    {
        auto config = withGuests();
        config.allowedOrigins = {u"https://chat.example"_s};
        LiteServer server(config);
        QVERIFY(server.start());
        const auto own = "http://127.0.0.1:" + QByteArray::number(server.port());
        QCOMPARE(askForToken(server, R"({"name":"N"})", "application/json; charset=utf-8", own).status, 200);
        QCOMPARE(askForToken(server, R"({"name":"N"})", "application/json", "https://chat.example").status,
                 200);
    }

    void a_flood_of_guests_is_slowed_down()
    {
        LiteServer server(withGuests());
        QVERIFY(server.start());
        Answer answer;
        int given = 0;
        for (; given < 25; ++given) {
            answer = askForToken(server, R"({"name":"N"})");
            if (answer.status != 200)
                break;
        }
        QVERIFY(given >= 20 && given < 25); // 20 at once; time goes on meanwhile
        QCOMPARE(answer.status, 429);
        QVERIFY(answer.headers["retry-after"].toInt() > 0);
    }

    void every_metric_is_documented_and_every_documented_one_is_there()
    {
        LiteServer server({});
        QVERIFY(server.start());
        GatewayPeer noor(server.port(), "/chat");
        QVERIFY(noor.join({{u"token"_s, QString::fromLatin1(server.issueToken(u"u1"_s, u"Noor"_s))}}));
        std::ignore = noor.call(u"send-message"_s, QJsonObject()); // the first failure
        QStringList given;
        for (const auto &line : fetch(server, "GET", u"/metrics"_s).body.split('\n')) {
            if (line.startsWith("# TYPE "))
                given += QString::fromUtf8(line.mid(7)); // "name type"
        }
        QFile page(QStringLiteral(HUBBUB_OPERATIONS_PAGE));
        QVERIFY(page.open(QIODevice::ReadOnly));
        static const QRegularExpression row(u"^\\| `(\\w+)` \\| (gauge|counter|histogram) \\|"_s,
                                            QRegularExpression::MultilineOption);
        QStringList documented;
        for (auto found = row.globalMatch(QString::fromUtf8(page.readAll())); found.hasNext();) {
            const auto match = found.next();
            documented += match.captured(1) + u' ' + match.captured(2);
        }
        QCOMPARE(given, documented); // in one order
    }

    void who_is_cut_before_all_was_taken_is_counted_and_said()
    {
        LiteServerConfig config;
        config.closeTimeout = 100ms;
        LiteServer server(config);
        QVERIFY(server.start());
        const auto namespaceAnswerIsLeft = [&server](const QByteArray &packets) {
            const QByteArray polling = "/socket.io/?EIO=4&transport=polling";
            HttpPeer peer(server.port());
            const QByteArray handshake = peer.get(polling).body;
            const QByteArray sid = handshake.mid(handshake.indexOf("\"sid\":\"") + 7, 20);
            return peer.post(polling + "&sid=" + sid, packets).status == 200;
        };
        QVERIFY(namespaceAnswerIsLeft("40\x1e"
                                      "4nonsense")); // for which it is put out
        QTRY_VERIFY(fetch(server, "GET", u"/metrics"_s).body.contains("\nhubbub_unsent_cut_total 1\n"));
        QVERIFY(fetch(server, "GET", u"/metrics"_s).body.contains("\nhubbub_lost_cut_total 0\n"));
        QVERIFY(namespaceAnswerIsLeft("40"));
        QTest::ignoreMessage(QtWarningMsg, "1 clients did not take the goodbye in time and were cut");
        QSignalSpy stopped(&server, &LiteServer::stopped);
        server.stop();
        QVERIFY(stopped.wait());
    }

    void machines_can_look_after_it()
    {
        LiteServer server({});
        QVERIFY(server.start());
        QCOMPARE(fetch(server, "GET", u"/healthz"_s).body, "alive\n");
        QCOMPARE(fetch(server, "GET", u"/readyz"_s).body, "ready\n");
        GatewayPeer noor(server.port(), "/chat");
        QVERIFY(noor.join({{u"token"_s, QString::fromLatin1(server.issueToken(u"u1"_s, u"Noor"_s))}}));
        std::ignore = noor.call(u"send-message"_s, QJsonObject());
        const auto metrics = fetch(server, "GET", u"/metrics"_s);
        QCOMPARE(metrics.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8");
        const auto lines = metrics.body.split('\n');
        QVERIFY(lines.contains("hubbub_sessions 1"));
        QVERIFY(lines.contains("hubbub_chat_people 1"));
        QVERIFY(lines.contains("hubbub_chat_errors_total{code=\"invalid-payload\"} 1"));
        QVERIFY(lines.contains("hubbub_namespace_sockets{namespace=\"/chat\"} 1"));
        QVERIFY(lines.contains("hubbub_sessions_peak 1"));
        std::ignore = noor.call(u"join-room"_s, QJsonObject{{u"roomId"_s, u"lobby"_s}});
        QVERIFY(noor.call(u"send-message"_s,
                          QJsonObject{{u"roomId"_s, u"lobby"_s}, {u"message"_s, u"hello"_s}})["success"_L1]
                    .toBool());
        const auto later = fetch(server, "GET", u"/metrics"_s).body.split('\n');
        QVERIFY(later.contains("hubbub_chat_ack_seconds_count 1"));
        QVERIFY(later.contains("hubbub_handler_seconds_count 4")); // CONNECT and three commands
        QTRY_VERIFY(
            !fetch(server, "GET", u"/metrics"_s).body.contains("hubbub_event_loop_lag_seconds_count 0\n"));
        noor.leave();
        QTRY_VERIFY(fetch(server, "GET", u"/metrics"_s)
                        .body.contains("hubbub_sessions_closed_total{reason=\"transport close\"} 1\n"));
        QVERIFY(metrics.body.contains("\nprocess_resident_memory_bytes "));
        QVERIFY(metrics.body.contains("\nhubbub_payload_bytes_total{direction=\"in\"} "));
    }
};

QTEST_GUILESS_MAIN(TestLiteServer)
#include "tst_liteserver.moc"
