// SPDX-License-Identifier: MIT
#include "libclient/protocol/makearguments.h"
#include "libclient/protocol/parser.h"

#include <QtTest/QTest>

using namespace SocketIo;
using namespace Qt::StringLiterals;

class TestSocketIoEncoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encodes_data();
    void encodes();
    void passesArgumentsOnAsTheyCame_data();
    void passesArgumentsOnAsTheyCame();
    void countsAttachmentsAfresh_data();
    void countsAttachmentsAfresh();
};

static Packet makeEvent(const QString &name, const Arguments &arguments, std::optional<quint64> id = {},
                        const QString &nsp = u"/"_s)
{
    return {PacketType::Event, nsp, id, name, arguments};
}

static Packet makeAck(quint64 id, const Arguments &arguments, const QString &nsp = u"/"_s)
{
    return {PacketType::Ack, nsp, id, {}, arguments};
}

static Packet makeData(PacketType type, const QCborValue &value, const QString &nsp = u"/"_s)
{
    Packet packet;
    packet.type = type;
    packet.nsp = nsp;
    packet.data = value;
    return packet;
}

/// The text first, then the attachments; empty if their kinds are not in that order.
static QByteArrayList bytesOf(const EncodedPacket &messages)
{
    QByteArrayList result;
    for (const EngineIo::Message &message : messages) {
        if (message.binary == result.isEmpty())
            return {};
        result.append(message.data);
    }
    return result;
}

static Arguments received(const QByteArray &json, const QList<QByteArray> &attachments = {})
{
    return Arguments::fromWire(json, *Json::validateArray(json), attachments);
}

void TestSocketIoEncoder::encodes_data()
{
    QTest::addColumn<Packet>("packet");
    QTest::addColumn<QByteArrayList>("messages");

    const auto row = [](const char *name, const Packet &packet, const QByteArrayList &messages) {
        QTest::newRow(name) << packet << messages;
    };
    const QCborValue undefined(QCborValue::Undefined);
    row("connect", makeData(PacketType::Connect, undefined), {"0"});
    row("connect with auth", makeData(PacketType::Connect, QCborMap{{u"token"_s, u"x"_s}}),
        {R"(0{"token":"x"})"});
    row("connect to a namespace", makeData(PacketType::Connect, undefined, u"/admin"_s), {"0/admin,"});
    row("connect to a namespace with auth", makeData(PacketType::Connect, QCborMap{{u"a"_s, 1}}, u"/admin"_s),
        {R"(0/admin,{"a":1})"});
    row("connect never carries binary", makeData(PacketType::Connect, QCborMap{{u"a"_s, "\x01"_ba}}),
        {R"(0{"a":"AQ=="})"});
    row("disconnect", makeData(PacketType::Disconnect, undefined), {"1"});
    row("disconnect from a namespace", makeData(PacketType::Disconnect, undefined, u"/x"_s), {"1/x,"});
    row("disconnect says nothing", makeData(PacketType::Disconnect, QCborMap{{u"a"_s, 1}}), {"1"});
    row("connect error", makeData(PacketType::ConnectError, QCborMap{{u"message"_s, u"m"_s}}, u"/x"_s),
        {R"(4/x,{"message":"m"})"});
    row("connect error without data",
        makeData(PacketType::ConnectError, QCborMap{{u"message"_s, u"m"_s}, {u"data"_s, undefined}}),
        {R"(4{"message":"m"})"});

    row("event without arguments", makeEvent(u"ev"_s, {}), {R"(2["ev"])"});
    row("event", makeEvent(u"ev"_s, makeArguments(1, "two", true, nullptr)),
        {R"(2["ev",1,"two",true,null])"});
    row("event that asks for an ack", makeEvent(u"ev"_s, makeArguments(1), 0), {R"(20["ev",1])"});
    row("event in a namespace", makeEvent(u"ev"_s, makeArguments(1), 42, u"/x"_s), {R"(2/x,42["ev",1])"});
    row("event of quotes", makeEvent(u"\"\\\n\u00e9"_s, {}), {"2[\"\\\"\\\\\\n\u00e9\"]"});
    row("undefined becomes null", makeEvent(u"ev"_s, Arguments{undefined, QCborMap{{u"a"_s, undefined}}}),
        {R"(2["ev",null,{}])"});
    row("largest id", makeEvent(u"ev"_s, {}, 999'999'999'999'999), {R"(2999999999999999["ev"])"});
    row("ack", makeAck(0, {}, u"/x"_s), {"3/x,0[]"});
    row("ack with arguments", makeAck(12, makeArguments("ok", QStringList{u"a"_s})), {R"(312["ok",["a"]])"});

    row("binary event", makeEvent(u"a"_s, makeArguments("\x01\x02"_ba), 3),
        {R"(51-3["a",{"_placeholder":true,"num":0}])", "\x01\x02"});
    row("binary in places",
        makeEvent(u"a"_s, Arguments{"one"_ba, QCborMap{{u"b"_s, QCborArray{"two"_ba}}}}, 3),
        {R"(52-3["a",{"_placeholder":true,"num":0},{"b":[{"_placeholder":true,"num":1}]}])", "one", "two"});
    row("binary in a namespace", makeEvent(u"a"_s, Arguments{""_ba}, {}, u"/x"_s),
        {R"(51-/x,["a",{"_placeholder":true,"num":0}])", ""});
    row("binary ack", makeAck(7, Arguments{"x"_ba}), {R"(61-7[{"_placeholder":true,"num":0}])", "x"});
}

void TestSocketIoEncoder::encodes()
{
    QFETCH(Packet, packet);
    QTEST(bytesOf(jsonParser()->encode(packet)), "messages");
}

void TestSocketIoEncoder::passesArgumentsOnAsTheyCame_data()
{
    QTest::addColumn<QByteArray>("json");

    // None of these would come out the same if they were decoded and written anew.
    for (const char *json :
         {"[1.0]", "[1e2,\"\\u0041\"]", "[ 1 , {\"a\":1,\"a\":2} ]", "[123456789012345678901234567890]",
          "[\"\\ud800\"]", "[1e999]", "[{\"_placeholder\":true,\"num\":99}]", "[\"\\/\",-0]"})
        QTest::newRow(json) << QByteArray(json);
}

void TestSocketIoEncoder::passesArgumentsOnAsTheyCame()
{
    QFETCH(QByteArray, json);
    const Arguments arguments = received(json);
    QVERIFY(!arguments.hasBinary());
    const QByteArray inner = json.trimmed().sliced(1).chopped(1).trimmed();
    QCOMPARE(bytesOf(jsonParser()->encode(makeEvent(u"ev"_s, arguments))),
             QByteArrayList{"2[\"ev\"," + inner + ']'});
}

void TestSocketIoEncoder::countsAttachmentsAfresh_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArrayList>("attachments");
    QTest::addColumn<QByteArrayList>("messages");

    const auto zero = R"({"_placeholder":true,"num":0})"_ba;
    const auto one = R"({"_placeholder":true,"num":1})"_ba;
    QTest::newRow("in order, spelling kept")
        << R"([{"num":0, "_placeholder":true},1.0])"_ba << QByteArrayList{"A"}
        << QByteArrayList{R"(51-["e",{"num":0, "_placeholder":true},1.0])", "A"};
    QTest::newRow("out of order") << '[' + one + ',' + zero + ']' << QByteArrayList{"A", "B"}
                                  << QByteArrayList{R"(52-["e",)" + zero + ',' + one + ']', "B", "A"};
    QTest::newRow("one twice") << '[' + zero + ',' + zero + ']' << QByteArrayList{"A"}
                               << QByteArrayList{R"(52-["e",)" + zero + ',' + one + ']', "A", "A"};
    QTest::newRow("one never") << '[' + one + ']' << QByteArrayList{"A", "B"}
                               << QByteArrayList{R"(51-["e",)" + zero + ']', "B"};
    QTest::newRow("the last never") << '[' + zero + ']' << QByteArrayList{"A", "B"}
                                    << QByteArrayList{R"(51-["e",)" + zero + ']', "A"};
    QTest::newRow("none at all") << "[1.0]"_ba << QByteArrayList{"A"} << QByteArrayList{R"(2["e",1])"};
}

void TestSocketIoEncoder::countsAttachmentsAfresh()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArrayList, attachments);
    QFETCH(QByteArrayList, messages);
    const Arguments arguments = received(json, attachments);
    QCOMPARE(arguments.hasBinary(), messages.size() > 1);
    QCOMPARE(bytesOf(jsonParser()->encode(makeEvent(u"e"_s, arguments))), messages);
    QCOMPARE(Arguments(arguments.toArray()).hasBinary(), arguments.hasBinary());
}

QTEST_APPLESS_MAIN(TestSocketIoEncoder)
#include "tst_socketioencoder.moc"
