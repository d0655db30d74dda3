// SPDX-License-Identifier: MIT
#include "server-lite/core/serversocket.h"
#include "tests/conformance/socketioservice.h"
#include "tests/support/rawsocket.h"

#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;

/// Conversations, byte by byte. The first table has the cases of the public Socket.IO protocol suite, in its
/// order; what each line of a conversation means is in `follow`.
class TestSocketIo : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void suite_data();
    void suite();
    void goodBeyondTheSuite_data();
    void goodBeyondTheSuite();
    void badPeersAreClosed_data();
    void badPeersAreClosed();
    void whoJoinedNothingInTimeIsClosed_data();
    void whoJoinedNothingInTimeIsClosed();

private:
    void follow(const QByteArrayList &script, bool answersPings);
};

namespace
{

constexpr auto twoBuffers = R"([{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}])";

void columns()
{
    QTest::addColumn<QByteArrayList>("script");
}

QByteArray withTwo(const QByteArray &head, const QByteArray &name)
{
    const QByteArray list = QByteArray(twoBuffers).mid(1);
    return head + "[" + (name.isEmpty() ? QByteArray() : '"' + name + "\",") + list;
}

} // namespace

/// "> text" and ">b hex" are said; "< text" and "<b hex" must be heard next; "<sid /nsp" is the answer to a
/// CONNECT, with the key `sid` and no other; "closed" means that the server ends the connection and says
/// nothing before.
void TestSocketIo::follow(const QByteArrayList &script, bool answersPings)
{
    SocketIo::Server server(SocketIoService::options());
    SocketIoService::install(server);
    QVERIFY(server.listen(QHostAddress::LocalHost));
    RawSocket peer(server.port());
    peer.setAnswersPings(answersPings);
    QVERIFY(peer.open());

    for (const QByteArray &line : script) {
        const auto space = line.indexOf(' ');
        const QByteArray what = line.left(space);
        const QByteArray text = space < 0 ? QByteArray() : line.mid(space + 1);
        if (what == ">") {
            peer.send(text);
        } else if (what == ">b") {
            peer.sendBinary(QByteArray::fromHex(text));
        } else if (what == "<") {
            const auto frame = peer.next();
            QVERIFY2(frame && !frame->binary, "no text came");
            QCOMPARE(frame->data, text);
        } else if (what == "<b") {
            const auto frame = peer.next();
            QVERIFY2(frame && frame->binary, "no binary message came");
            QCOMPARE(frame->data.toHex(), text);
        } else if (what == "<sid") {
            const QByteArray reply = peer.nextText();
            const QByteArray head = text == "/" ? "40"_ba : "40" + text + ',';
            QVERIFY2(reply.startsWith(head), reply.constData());
            const QJsonObject json = QJsonDocument::fromJson(reply.mid(head.size())).object();
            QCOMPARE(json.keys(), QStringList{u"sid"_s});
            QCOMPARE(json[u"sid"_s].toString().size(), 20);
            QVERIFY(json[u"sid"_s].toString() != peer.handshake()[u"sid"_s].toString());
        } else {
            QCOMPARE(line, "closed"_ba);
            QVERIFY(peer.waitForClose());
            QVERIFY2(!peer.hasFrame(), "something was said before the close");
        }
    }
}

void TestSocketIo::suite_data()
{
    columns();
    const auto row = [](const char *name, const QByteArrayList &script) { QTest::newRow(name) << script; };

    row("1 connect to /", {"> 40", "<sid /", R"(< 42["auth",{}])"});
    row("2 connect to / with auth", {R"(> 40{"token":"123"})", "<sid /", R"(< 42["auth",{"token":"123"}])"});
    row("3 connect to /custom", {"> 40/custom,", "<sid /custom", R"(< 42/custom,["auth",{}])"});
    row("4 connect to /custom with auth",
        {R"(> 40/custom,{"token":"abc"})", "<sid /custom", R"(< 42/custom,["auth",{"token":"abc"}])"});
    row("5 connect to an unknown namespace",
        {"> 40/random", R"(< 44/random,{"message":"Invalid namespace"})"});
    row("6 garbage first", {"> 4abc", "closed"});
    row("7 silence", {"< 2", "closed"});
    row("8 disconnect is not answered", {"> 40", "<sid /", R"(< 42["auth",{}])", "> 41", "< 2"});
    row("9 disconnect from one namespace only",
        {"< 2", "> 40", "<sid /", R"(< 42["auth",{}])", "> 40/custom", "<sid /custom",
         R"(< 42/custom,["auth",{}])", "> 41/custom", R"(> 42["message","message to main namespace"])",
         R"(< 42["message-back","message to main namespace"])"});
    const QByteArrayList joined{"> 40", "<sid /", R"(< 42["auth",{}])"};
    row("10 plain message", joined
                                + QByteArrayList{R"(> 42["message",1,"2",{"3":[true]}])",
                                                 R"(< 42["message-back",1,"2",{"3":[true]}])"});
    row("11 message with binary",
        joined
            + QByteArrayList{"> " + withTwo("452-", "message"), ">b 010203", ">b 040506",
                             "< " + withTwo("452-", "message-back"), "<b 010203", "<b 040506"});
    row("12 message with ack", joined
                                   + QByteArrayList{R"(> 42456["message-with-ack",1,"2",{"3":[false]}])",
                                                    R"(< 43456[1,"2",{"3":[false]}])"});
    row("13 message with binary and ack",
        joined
            + QByteArrayList{"> " + withTwo("452-789", "message-with-ack"), ">b 010203", ">b 040506",
                             "< " + withTwo("462-789", ""), "<b 010203", "<b 040506"});
    row("14 unknown packet type", joined + QByteArrayList{"> 4abc", "closed"});
    row("15 payload of a wrong shape", joined + QByteArrayList{"> 42{}", "closed"});
    row("16 ack id that is no number",
        joined + QByteArrayList{R"(> 42abc["message-with-ack",1,"2",{"3":[false]}])", "closed"});
}

void TestSocketIo::suite()
{
    QFETCH(QByteArrayList, script);
    follow(script, false);
}

void TestSocketIo::goodBeyondTheSuite_data()
{
    columns();
    const QByteArrayList joined{"> 40", "<sid /", R"(< 42["auth",{}])"};
    const QByteArrayList echo{R"(> 42["message",0])", R"(< 42["message-back",0])"};
    const auto row = [&](const char *name, const QByteArrayList &script) {
        QTest::newRow(name) << script + echo;
    };

    row("no arguments", joined + QByteArrayList{R"(> 42["message"])", R"(< 42["message-back"])"});
    row("null stays",
        joined + QByteArrayList{R"(> 42["message",null,[null]])", R"(< 42["message-back",null,[null]])"});
    row("empty ack", joined + QByteArrayList{R"(> 420["message-with-ack"])", "< 430[]"});
    row("large whole numbers stay whole", joined
                                              + QByteArrayList{R"(> 42["message",9007199254740993])",
                                                               R"(< 42["message-back",9007199254740993])"});
    row("order is kept",
        joined
            + QByteArrayList{R"(> 42["message",1])", R"(> 421["message-with-ack",2])", R"(> 42["message",3])",
                             R"(< 42["message-back",1])", "< 431[2]", R"(< 42["message-back",3])"});
    row("an event nobody handles is ignored", joined + QByteArrayList{R"(> 42["whatever",1])"});
    row("an ack nobody waits for is ignored", joined + QByteArrayList{R"(> 4399["late"])"});
    row("disconnect, then connect again", joined + QByteArrayList{"> 41"} + joined);
    row("a refused peer may try again",
        QByteArrayList{"> 40/random,", R"(< 44/random,{"message":"Invalid namespace"})"} + joined);
    row("a query is part of the name",
        QByteArrayList{"> 40/?a=b,", R"(< 44/?a=b,{"message":"Invalid namespace"})"} + joined);
    row("two namespaces on one connection",
        joined
            + QByteArrayList{"> 40/custom,", "<sid /custom", R"(< 42/custom,["auth",{}])",
                             R"(> 42/custom,7["message-with-ack","x"])", R"(< 43/custom,7["x"])"});
}

void TestSocketIo::goodBeyondTheSuite()
{
    QFETCH(QByteArrayList, script);
    follow(script, true);
}

void TestSocketIo::badPeersAreClosed_data()
{
    columns();
    const QByteArrayList joined{"> 40", "<sid /", R"(< 42["auth",{}])"};
    const auto row = [&](const char *name, const QByteArrayList &script) {
        QTest::newRow(name) << script + QByteArrayList{"closed"};
    };

    row("event before CONNECT", {R"(> 42["message",1])"});
    row("ack before CONNECT", {"> 430[]"});
    row("DISCONNECT before CONNECT", {"> 41"});
    row("CONNECT twice", joined + QByteArrayList{"> 40"});
    row("event for another namespace", joined + QByteArrayList{R"(> 42/custom,["message",1])"});
    row("event after its own DISCONNECT", joined + QByteArrayList{"> 41", R"(> 42["message",1])"});
    row("CONNECT_ERROR from a client", joined + QByteArrayList{R"(> 44{"message":"no"})"});
    row("CONNECT_ERROR for a namespace not joined", {R"(> 44/custom,{"message":"no"})"});
    for (const char *name :
         {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
        row(name, joined + QByteArrayList{QByteArray("> 42[\"") + name + "\"]"});
    row("packet type 7", joined + QByteArrayList{"> 47"});
    row("nothing in the message", joined + QByteArrayList{"> 4"});
    row("event without payload", joined + QByteArrayList{"> 42"});
    row("event without a name", joined + QByteArrayList{"> 42[]"});
    row("event with an object for a name", joined + QByteArrayList{"> 42[{}]"});
    row("broken JSON", joined + QByteArrayList{R"(> 42["message",)"});
    row("DISCONNECT with a payload", joined + QByteArrayList{"> 41{}"});
    row("CONNECT with a list", {"> 40[]"});
    row("CONNECT with null", {"> 40null"});
    row("ack that is no list", joined + QByteArrayList{"> 430{}"});
    row("no number of attachments", joined + QByteArrayList{R"(> 45["message"])"});
    row("no attachments in a binary event", joined + QByteArrayList{R"(> 450-["message"])"});
    row("eleven attachments", joined + QByteArrayList{R"(> 4511-["message"])"});
    row("binary that was not announced", joined + QByteArrayList{">b 010203"});
    row("text where binary is due",
        joined + QByteArrayList{"> " + withTwo("452-", "message"), ">b 01", R"(> 42["a"])"});
    row("a placeholder out of range",
        joined + QByteArrayList{R"(> 451-["message",{"_placeholder":true,"num":1}])", ">b 01"});
    row("unknown Engine.IO packet", joined + QByteArrayList{"> abc"});
    row("a ping from the client", joined + QByteArrayList{"> 2"});
}

void TestSocketIo::badPeersAreClosed()
{
    QFETCH(QByteArrayList, script);
    follow(script, true);
}

void TestSocketIo::whoJoinedNothingInTimeIsClosed_data()
{
    columns();
    QTest::newRow("silent but alive") << QByteArrayList{"closed"};
    QTest::newRow("refused once") << QByteArrayList{
        "> 40/random", R"(< 44/random,{"message":"Invalid namespace"})", "closed"};
}

void TestSocketIo::whoJoinedNothingInTimeIsClosed()
{
    QFETCH(QByteArrayList, script);
    follow(script, true);
}

QTEST_GUILESS_MAIN(TestSocketIo)
#include "tst_socketio.moc"
