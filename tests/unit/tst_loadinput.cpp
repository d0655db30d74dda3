// SPDX-License-Identifier: MIT
#include "server-lite/load/commandline.h"
#include "server-lite/load/frames.h"
#include "server-lite/load/httpanswer.h"
#include "server-lite/load/packet.h"

#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using Load::CommandLine;
using Load::HttpAnswer;
using Load::Packet;

Q_DECLARE_METATYPE(Load::HttpAnswer::Reading)

/// What hubbub-load reads: its command line, answers over HTTP, frames and packets.
class TestLoadInput : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void targets_data();
    void targets();
    void options();
    void badOptions_data();
    void badOptions();
    void theHelpFitsATerminal();
    void httpAnswers_data();
    void httpAnswers();
    void anyCutOfAnAnswerIsIncomplete();
    void packets_data();
    void packets();
    void events();
    void frames();
};

namespace
{

QStringList line(const QStringList &arguments)
{
    return QStringList{u"hubbub-load"_s} + arguments;
}

} // namespace

void TestLoadInput::targets_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("head");
    QTest::newRow("as usual") << u"http://127.0.0.1:3000"_s << u"/socket.io/ Host: 127.0.0.1:3000"_s;
    QTest::newRow("slash") << u"http://127.0.0.1:3000/"_s << u"/socket.io/ Host: 127.0.0.1:3000"_s;
    QTest::newRow("path") << u"ws://chat.example/a/b"_s << u"/a/b/ Host: chat.example"_s;
    QTest::newRow("standard port") << u"http://chat.example:80/x/"_s << u"/x/ Host: chat.example"_s;
    QTest::newRow("TLS") << u"https://chat.example"_s << u"/socket.io/ Host: chat.example"_s;
    QTest::newRow("TLS, standard port") << u"wss://chat.example:443/a"_s << u"/a/ Host: chat.example"_s;
    QTest::newRow("TLS, port of its own") << u"https://h:80/a"_s << u"/a/ Host: h:80"_s;
    QTest::newRow("IPv6") << u"http://[::1]:81"_s << u"/socket.io/ Host: [::1]:81"_s;
    QTest::newRow("space in the path") << u"http://h/a%20b"_s << u"/a%20b/ Host: h"_s;
}

void TestLoadInput::targets()
{
    QFETCH(QString, url);
    const auto parsed = CommandLine::parse(line({u"--url"_s, url}));
    QVERIFY(parsed);
    const auto &options = parsed->options;
    const QString headers = QString::fromStdString(options.headers());
    QTEST(QString::fromStdString(options.path) + u' ' + headers.section(u"\r\n"_s, 0, 0), "head");
    QCOMPARE(options.target("polling", "abc"), options.path + "?EIO=4&transport=polling&sid=abc");
}

void TestLoadInput::options()
{
    const auto parsed = CommandLine::parse(
        line({u"--url"_s, u"http://h"_s, u"--scenario"_s, u"rooms"_s, u"--clients"_s, u"500"_s, u"--ramp"_s,
              u"1.5"_s, u"--namespace"_s, u"chat"_s, u"--auth"_s, u"{ \"a\" : 1 }"_s, u"--header"_s,
              u"A: b"_s, u"--header"_s, u"C: d"_s, u"--query"_s, u"x=y"_s, u"--table"_s}));
    QVERIFY(parsed);
    const auto &options = parsed->options;
    QCOMPARE(options.scenario, Load::Kind::Rooms);
    QCOMPARE(options.clients, 500);
    QCOMPARE(options.ramp, 1.5);
    QCOMPARE(options.nsp, "/chat");
    QCOMPARE(options.auth, "{\"a\":1}");
    QCOMPARE(options.event, "say");
    QVERIFY(options.headers().ends_with("\r\nA: b\r\nC: d\r\n"));
    QCOMPARE(options.target("websocket", {}), "/socket.io/?EIO=4&transport=websocket&x=y");
    QVERIFY(options.table);

    QCOMPARE(CommandLine::parse(line({u"--help"_s}))->action, CommandLine::Action::ShowHelp);
    QCOMPARE(CommandLine::parse(line({u"--version"_s}))->action, CommandLine::Action::ShowVersion);
}

void TestLoadInput::badOptions_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("word");
    const auto row = [](const QStringList &arguments, const QString &word) {
        QTest::newRow(qPrintable(arguments.join(u' '))) << arguments << word;
    };
    row({}, u"--url is missing"_s);
    const auto with = [&row](const QStringList &arguments, const QString &word) {
        row(QStringList{u"--url"_s, u"http://h"_s} + arguments, word);
    };
    row({u"--url"_s, u"h:3000"_s}, u"http://HOST:PORT"_s);
    row({u"--url"_s, u"http://"_s}, u"http://HOST:PORT"_s);
    row({u"--url"_s, u"http://h:99999"_s}, u"http://HOST:PORT"_s);
    row({u"--url"_s, u"ftp://h"_s}, u"https://HOST:PORT"_s);
    row({u"--url"_s, u"https://h/?a=b"_s}, u"--query"_s);
    row({u"--url"_s, u"https://h"_s, u"--ca"_s, u"f"_s, u"--insecure"_s}, u"--insecure checks nothing"_s);
    with({u"--ca"_s, u"f"_s}, u"for https:// and wss://"_s);
    with({u"--insecure"_s}, u"for https:// and wss://"_s);
    row({u"--url"_s, u"http://me@h"_s}, u"--header"_s);
    row({u"--url"_s, u"http://h/?a=b"_s}, u"--query"_s);
    with({u"--clients"_s, u"0"_s}, u"--clients must be a number from 1 to 1000000, not \"0\"."_s);
    with({u"--clients"_s, u"many"_s}, u"not \"many\""_s);
    with({u"--clients"_s, u"1.5"_s}, u"not \"1.5\""_s);
    with({u"--clients"_s, u"nan"_s}, u"not \"nan\""_s);
    with({u"--seconds"_s, u"-1"_s}, u"from 0 to 86400"_s);
    with({u"--scenario"_s, u"sleep"_s}, u"connect, idle, echo, broadcast, rooms, churn, polling"_s);
    with({u"--transport"_s, u"pigeon"_s}, u"websocket, polling, upgrade"_s);
    with({u"--auth"_s, u"[1]"_s}, u"a JSON object"_s);
    with({u"--arguments"_s, u"{}"_s}, u"a JSON list"_s);
    with({u"--arguments"_s, u"[1"_s}, u"a JSON list"_s);
    with({u"--header"_s, u"no colon"_s}, u"a header such as"_s);
    with({u"--header"_s, u"A: b\r\nC: d"_s}, u"a header such as"_s);
    with({u"--namespace"_s, u"a,b"_s}, u"without commas"_s);
    with({u"--slow"_s, u"100"_s}, u"--slow must be less than --clients"_s);
    with({u"--steps"_s, u"101"_s}, u"--steps must not be more than --clients"_s);
    with({u"--frobnicate"_s}, u"frobnicate"_s);
    with({u"--clients"_s}, u"clients"_s);
    with({u"what"_s}, u"What is \"what\"?"_s);
}

void TestLoadInput::badOptions()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, word);
    const auto parsed = CommandLine::parse(line(arguments));
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, u"invalid-option"_s);
    QVERIFY2(parsed.error().message.contains(word), qPrintable(parsed.error().message));
}

void TestLoadInput::theHelpFitsATerminal()
{
    const auto lines = CommandLine::help().split(u'\n');
    QVERIFY(lines.size() > 40);
    for (const QString &line : lines)
        QVERIFY2(line.size() <= 110, qPrintable(line));
}

void TestLoadInput::httpAnswers_data()
{
    using Reading = HttpAnswer::Reading;
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Reading>("reading");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("length") << "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"_ba << Reading::Complete << 200
                            << "ok"_ba;
    QTest::newRow("length in small letters")
        << "HTTP/1.1 200 OK\r\ncontent-length:2\r\n\r\nok"_ba << Reading::Complete << 200 << "ok"_ba;
    QTest::newRow("more behind it") << "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP"_ba
                                    << Reading::Complete << 200 << "ok"_ba;
    QTest::newRow("chunks")
        << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n3;x=y\r\n123\r\n0\r\n\r\n"_ba
        << Reading::Complete << 200 << "ok123"_ba;
    QTest::newRow("upgrade") << "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81\x01x"_ba
                             << Reading::Complete << 101 << ""_ba;
    QTest::newRow("no reason") << "HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n"_ba << Reading::Complete << 404
                               << ""_ba;
    QTest::newRow("no length") << "HTTP/1.0 500 No\r\n\r\nsorry"_ba << Reading::Complete << 500 << "sorry"_ba;
    QTest::newRow("nothing yet") << ""_ba << Reading::Incomplete << 0 << ""_ba;
    QTest::newRow("bad chunk") << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"_ba
                               << Reading::Malformed << 200 << ""_ba;
    QTest::newRow("endless chunk")
        << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n"_ba
        << Reading::Malformed << 200 << ""_ba;
    QTest::newRow("status of letters") << "HTTP/1.1 abc OK\r\n\r\n"_ba << Reading::Malformed << 0 << ""_ba;
    QTest::newRow("no status") << "HTTP/1.1\r\n\r\n"_ba << Reading::Malformed << 0 << ""_ba;
    QTest::newRow("another protocol") << "SSH-2.0-OpenSSH\r\n"_ba << Reading::Malformed << 0 << ""_ba;
    QTest::newRow("TLS") << "\x15\x03\x01\x00\x02\x02\x46"_ba << Reading::Malformed << 0 << ""_ba;
    QTest::newRow("endless head") << "HTTP/1.1 200 OK\r\nX: " + QByteArray(70'000, 'x') << Reading::Malformed
                                  << 0 << ""_ba;
}

void TestLoadInput::httpAnswers()
{
    QFETCH(QByteArray, bytes);
    const auto answer = HttpAnswer::read({bytes.constData(), std::size_t(bytes.size())});
    QTEST(answer.reading, "reading");
    QTEST(answer.status, "status");
    QTEST(QByteArray::fromStdString(answer.body), "body");
}

void TestLoadInput::anyCutOfAnAnswerIsIncomplete()
{
    for (const std::string whole :
         {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"}) {
        for (std::size_t size = 0; size < whole.size(); ++size)
            QCOMPARE(HttpAnswer::read(std::string_view(whole).substr(0, size)).reading,
                     HttpAnswer::Reading::Incomplete);
        const auto answer = HttpAnswer::read(whole);
        QCOMPARE(answer.reading, HttpAnswer::Reading::Complete);
        QCOMPARE(answer.size, whole.size());
        QCOMPARE(answer.body, "hello");
    }
}

void TestLoadInput::packets_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("nsp");
    QTest::addColumn<QByteArray>("read"); ///< type, id and data
    const auto row = [](const QByteArray &message, const QByteArray &nsp, const QByteArray &read) {
        QTest::addRow("%s in %s", message.constData(), nsp.constData()) << message << nsp << read;
    };
    row("2[\"a\"]", "/", "2  [\"a\"]");
    row("27[\"a\"]", "/", "2 7 [\"a\"]");
    row("3/chat,7[]", "/chat", "3 7 []");
    row("0/chat,{\"sid\":\"x\"}", "/chat", "0  {\"sid\":\"x\"}");
    row("1/chat", "/chat", "1  ");
    row("2/chat,[\"a\"]", "/", "  ");
    row("2/chatter,[\"a\"]", "/chat", "  ");
    row("51-/chat,7[\"a\"]", "/chat", "5 7 [\"a\"]");
    row("61-7[{}]", "/", "6 7 [{}]");
    row("318446744073709551616[]", "/", "3  18446744073709551616[]");
    row("7", "/", "  ");
    row("", "/", "  ");
}

void TestLoadInput::packets()
{
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, nsp);
    const Packet packet = Packet::read({message.constData(), std::size_t(message.size())}, nsp.toStdString());
    const QByteArray id = packet.id ? QByteArray::number(quint64(*packet.id)) : QByteArray();
    const QByteArray type = packet.type ? QByteArray(1, packet.type) : QByteArray();
    QTEST(type + ' ' + id + ' ' + QByteArray(packet.data.data(), qsizetype(packet.data.size())), "read");
}

void TestLoadInput::events()
{
    const auto rest = [](std::string_view message, std::string_view event) {
        return Packet::read(message, "/").argumentsOf(event);
    };
    QCOMPARE(rest("2[\"say\",1]", "say").value_or("?"), ",1]");
    QCOMPARE(rest("2[\"say\"]", "say").value_or("?"), "]");
    QCOMPARE(rest("51-[\"say\",{}]", "say").value_or("?"), ",{}]");
    QVERIFY(!rest("2[\"says\",1]", "say"));
    QVERIFY(!rest("2[\"sa\",1]", "say"));
    QVERIFY(!rest("3[\"say\",1]", "say"));
    QVERIFY(!rest("2[1]", "say"));
}

void TestLoadInput::frames()
{
    for (const std::size_t size : {0u, 1u, 125u, 126u, 65'535u, 65'536u, 100'000u}) {
        const std::string payload(size, 'x');
        std::string masked;
        Load::appendFrame(masked, Load::Opcode::Text, payload);
        const std::size_t head = size < 126 ? 2 : size < 65'536 ? 4 : 10;
        QCOMPARE(masked.size(), head + 4 + size);
        QVERIFY(std::uint8_t(masked[1]) & 0x80);
        // A server's is the same without the mask.
        std::string plain = masked.substr(0, head);
        plain[1] = char(plain[1] & 0x7f);
        plain += payload;
        for (const std::size_t cut : {std::size_t(0), std::size_t(1), head - 1, plain.size() - 1})
            QVERIFY(cut >= plain.size() || !Load::readFrame(plain.substr(0, cut)).size);
        const std::string behind = plain + "next";
        const Load::Frame frame = Load::readFrame(behind);
        QCOMPARE(frame.size, plain.size());
        QVERIFY(frame.final);
        QVERIFY(frame.payload == payload);
        for (std::size_t i = 0; i < size; ++i)
            QCOMPARE(char(masked[head + 4 + i] ^ masked[head + i % 4]), 'x');
    }
}

QTEST_GUILESS_MAIN(TestLoadInput)
#include "tst_loadinput.moc"
