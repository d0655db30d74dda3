// SPDX-License-Identifier: MIT
#include "server-lite/transport/originpolicy.h"

#include <QtNetwork/QHostInfo>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using EngineIo::OriginPolicy;
using Verdict = EngineIo::OriginPolicy::Verdict;

/// Which pages may come in; lookalikes and crooked spellings may not.
class TestOriginPolicy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void verdicts_data();
    void verdicts();
    void hosts_data();
    void hosts();
    void twoHostsAreNone();
    void twoOriginsAreMalformed();
    void answerHeaders();

private:
    static Hubbub::HttpRequest requestFrom(const QByteArray &origin, const QByteArray &host)
    {
        Hubbub::HttpRequest request;
        request.headers = {{"Host", host}};
        if (!origin.isNull())
            request.headers.emplaceBack("origin", origin);
        return request;
    }
};

void TestOriginPolicy::verdicts_data()
{
    QTest::addColumn<QStringList>("allowed");
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("verdict");
    const QStringList none;
    const QStringList one{u"https://chat.example"_s};
    const QStringList all{u"*"_s};
    const QByteArray host = "chat.example:8080";
    const auto row = [](const char *name, const QStringList &allowed, const QByteArray &origin,
                        const QByteArray &host, Verdict verdict) {
        QTest::newRow(name) << allowed << origin << host << int(verdict);
    };

    row("no page", none, {}, host, Verdict::NoOrigin);
    row("own", none, "http://chat.example:8080", host, Verdict::Own);
    row("own, upper case", none, "HTTP://Chat.Example:8080", host, Verdict::Own);
    row("own, standard port left out", none, "https://chat.example", "chat.example", Verdict::Own);
    row("own, standard port said", none, "https://chat.example", "chat.example:443", Verdict::Own);
    row("own, IPv6", none, "http://[::1]:3000", "[::1]:3000", Verdict::Own);
    row("listed", one, "https://chat.example", "10.0.0.1", Verdict::Listed);
    row("listed, upper case", one, "https://CHAT.example", "10.0.0.1", Verdict::Listed);
    row("everyone", all, "https://evil.example", host, Verdict::Everyone);

    row("foreign", none, "https://evil.example", host, Verdict::Foreign);
    row("other port", none, "http://chat.example:8081", host, Verdict::Foreign);
    row("port left out", none, "http://chat.example", host, Verdict::Foreign);
    row("null", none, "null", host, Verdict::Foreign);
    row("null with a listed one", one, "null", host, Verdict::Foreign);
    row("empty", none, "", host, Verdict::Foreign);
    row("lookalike ending", one, "https://chat.example.evil.com", host, Verdict::Foreign);
    row("lookalike beginning", one, "https://evilchat.example", host, Verdict::Foreign);
    row("listed, other scheme", one, "http://chat.example", "10.0.0.1", Verdict::Foreign);
    row("listed, with a path", one, "https://chat.example/", "10.0.0.1", Verdict::Foreign);
    row("own as the user part", none, "http://chat.example:8080@evil.example", host, Verdict::Foreign);
    row("backtick", none, "http://chat.example`:8080", host, Verdict::Foreign);
    row("dollar", none, "http://chat.example$:8080", host, Verdict::Foreign);
    row("space", none, "http://chat.example:8080 x", host, Verdict::Foreign);
    row("other scheme", none, "file://chat.example:8080", host, Verdict::Foreign);
    row("no Host", none, "http://", "", Verdict::Foreign);
    row("crooked Host equal to the origin", none, "http://a b", "a b", Verdict::Foreign);
    row("control character", all, "https://a\x01"_ba, host, Verdict::Malformed);
    row("DEL", one, "https://chat.example\x7f"_ba, host, Verdict::Malformed);
}

void TestOriginPolicy::verdicts()
{
    QFETCH(QStringList, allowed);
    QFETCH(QByteArray, origin);
    QFETCH(QByteArray, host);
    QFETCH(int, verdict);
    const Verdict judged = OriginPolicy(allowed, {u"chat.example"_s}).judge(requestFrom(origin, host));
    QCOMPARE(int(judged), verdict);
    QCOMPARE(OriginPolicy::allows(judged), judged != Verdict::Foreign && judged != Verdict::Malformed);
}

void TestOriginPolicy::hosts_data()
{
    QTest::addColumn<QStringList>("hosts");
    QTest::addColumn<QStringList>("origins");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("known");
    const QStringList none;
    const QStringList chat{u"chat.example"_s};
    const auto row = [](const char *name, const QStringList &hosts, const QStringList &origins,
                        const QByteArray &host,
                        bool known) { QTest::newRow(name) << hosts << origins << host << known; };
    const QByteArray machine = QHostInfo::localHostName().toLatin1();
    row("no Host", none, none, {}, true);
    row("IPv4", none, none, "127.0.0.1:3000", true);
    row("IPv4 without port", none, none, "192.168.1.20", true);
    row("IPv6", none, none, "[::1]:3000", true);
    row("IPv6 without brackets", none, none, "::1:30000", true);
    row("whole IPv6 without brackets", none, none, "1:2:3:4:5:6:7:8:3000", true);
    row("long IPv6 without brackets", none, none, "fe80::1c2d:3eff:fe4f:5a6b:3000", true);
    row("localhost", none, none, "localhost:3000", true);
    row("localhost, upper case and a dot", none, none, "LocalHost.:3000", true);
    row("below localhost", none, none, "chat.localhost", true);
    row("this machine", none, none, machine + ":3000", true);
    row("this machine in the LAN", none, none, machine.toUpper() + ".LOCAL:3000", true);
    row("configured", chat, none, "Chat.Example:8443", true);
    row("host of a listed origin", none, {u"https://chat.example:8443"_s}, "chat.example:8443", true);
    row("every host", {u"*"_s}, none, "evil.example", true);
    row("every origin", none, {u"*"_s}, "evil.example", true);

    row("rebound name", none, none, "evil.example:3000", false);
    row("rebound name beside a configured one", chat, none, "evil.example", false);
    row("lookalike beginning", chat, none, "evilchat.example", false);
    row("lookalike ending", chat, none, "chat.example.evil.com", false);
    row("below a configured one", chat, none, "a.chat.example", false);
    row("localhost as a label", none, none, "localhost.evil.example", false);
    row("address as labels", none, none, "127.0.0.1.evil.example", false);
    row("machine as a label", none, none, machine + ".evil.example", false);
    row("more colons than an address has", none, none, "1:2:3:4:5:6:7:8:9:a", false);
    row("colons in a name", none, none, "::evil.example", false);
    row("name in brackets", none, none, "[evil.example]", false);
    row("empty", none, none, "", false);
    row("port that is none", none, none, "127.0.0.1:abc", false);
    row("with a user part", none, none, "127.0.0.1@evil.example", false);
    row("two names", none, none, "127.0.0.1,evil.example", false);
}

void TestOriginPolicy::hosts()
{
    QFETCH(QStringList, hosts);
    QFETCH(QStringList, origins);
    QFETCH(QByteArray, host);
    Hubbub::HttpRequest request;
    if (!host.isNull())
        request.headers = {{"host", host}};
    QTEST(OriginPolicy(origins, hosts).knowsHost(request), "known");
}

void TestOriginPolicy::twoHostsAreNone()
{
    Hubbub::HttpRequest request;
    request.headers = {{"Host", "127.0.0.1"}, {"host", "evil.example"}};
    QVERIFY(!OriginPolicy({}).knowsHost(request));
}

void TestOriginPolicy::twoOriginsAreMalformed()
{
    auto request = requestFrom("http://a", "a");
    request.headers.emplaceBack("Origin", "http://b");
    QCOMPARE(OriginPolicy({}).judge(request), Verdict::Malformed);
}

void TestOriginPolicy::answerHeaders()
{
    using Headers = Hubbub::HttpHeaders;
    const OriginPolicy listed({u"https://a.example"_s});
    QCOMPARE(listed.answerHeaders(requestFrom("https://a.example", "b")),
             (Headers{{"Access-Control-Allow-Origin", "https://a.example"},
                      {"Vary", "Origin"},
                      {"Access-Control-Allow-Credentials", "true"}}));
    QCOMPARE(listed.answerHeaders(requestFrom("https://c.example", "b")), Headers());
    QCOMPARE(listed.answerHeaders(requestFrom("https://b", "b")), Headers());
    QCOMPARE(OriginPolicy({u"*"_s}).answerHeaders(requestFrom("https://c.example", "b")),
             (Headers{{"Access-Control-Allow-Origin", "*"}}));

    auto preflight = requestFrom("https://a.example", "b");
    preflight.method = "OPTIONS";
    preflight.headers.emplaceBack("Access-Control-Request-Headers", "x-token");
    QVERIFY(OriginPolicy::isPreflight(preflight));
    QVERIFY(listed.preflightHeaders(preflight).contains(
        std::pair<QByteArray, QByteArray>("Access-Control-Allow-Headers", "x-token")));
}

QTEST_GUILESS_MAIN(TestOriginPolicy)
#include "tst_originpolicy.moc"
