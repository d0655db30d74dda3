// SPDX-License-Identifier: MIT
#include "libclient/protocol/parser.h"

#include "tests/unit/codeof.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

using namespace SocketIo;
using namespace Qt::StringLiterals;

/// What a peer sent, one message after the other; the first is text, the rest as `binary` says.
struct Sent {
    QByteArray text;
    QList<QByteArray> attachments;
};
Q_DECLARE_METATYPE(Sent)

using Added = Hubbub::Result<std::optional<Packet>>;

class TestSocketIoDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decodes_data();
    void decodes();
    void decodesArguments_data();
    void decodesArguments();
    void readsArgumentsWhenAsked();
    void refuses_data();
    void refuses();
    void refusesAttachments_data();
    void refusesAttachments();
    void refusesTextAmidAttachments();
    void staysFailedUntilReset();
    void boundsAttachmentBytes();
    void obeysItsLimits();
    void keepsPlaceholdersOfTextPacketsAsData();
    void goesOnAfterABinaryPacket();
    void decodesWhatIsEncoded();
    void encodesWhatWasDecoded_data();
    void encodesWhatWasDecoded();

private:
    static Added feed(Decoder &decoder, const Sent &sent);
};

Added TestSocketIoDecoder::feed(Decoder &decoder, const Sent &sent)
{
    Added result = decoder.add({sent.text, false});
    for (const QByteArray &attachment : sent.attachments) {
        if (!result || result->has_value())
            return Hubbub::failure(u"early"_s, u"The decoder did not wait for its attachments."_s);
        if (!decoder.isPending())
            return Hubbub::failure(u"idle"_s, u"The decoder does not say that it waits."_s);
        result = decoder.add({attachment, true});
    }
    return result;
}

void TestSocketIoDecoder::decodes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("nsp");
    QTest::addColumn<qint64>("id"); // -1 for none
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content"); // arguments or data, as JSON

    const auto row = [](const char *text, PacketType type, const QString &nsp, qint64 id, const QString &name,
                        const char *content) {
        QTest::newRow(text) << QByteArray(text) << int(type) << nsp << id << name << QByteArray(content);
    };
    using enum PacketType;
    const QString root = u"/"_s;
    row("0", Connect, root, -1, {}, "null");
    row("0{}", Connect, root, -1, {}, "{}");
    row(R"(0{"token":"x"})", Connect, root, -1, {}, R"({"token":"x"})");
    row("0/admin", Connect, u"/admin"_s, -1, {}, "null");
    row("0/admin,", Connect, u"/admin"_s, -1, {}, "null");
    row(R"(0/admin,{"a":1})", Connect, u"/admin"_s, -1, {}, R"({"a":1})");
    row("0/a?x=1,", Connect, u"/a?x=1"_s, -1, {}, "null");
    row("0/", Connect, u"/"_s, -1, {}, "null");
    row("0//,", Connect, u"//"_s, -1, {}, "null");
    row("0/\u00e9\u202e,", Connect, u"/\u00e9\u202e"_s, -1, {}, "null");
    row("0/__proto__,", Connect, u"/__proto__"_s, -1, {}, "null");
    row("1", Disconnect, root, -1, {}, "null");
    row("1/x,", Disconnect, u"/x"_s, -1, {}, "null");
    row("1/x", Disconnect, u"/x"_s, -1, {}, "null");
    row(R"(2["ev"])", Event, root, -1, u"ev"_s, "[]");
    row(R"(2["ev",1,"two",[3]])", Event, root, -1, u"ev"_s, R"([1,"two",[3]])");
    row(R"(2 ["ev"])", Event, root, -1, u"ev"_s, "[]");
    row(R"(20["ev"])", Event, root, 0, u"ev"_s, "[]");
    row(R"(212["ev",null])", Event, root, 12, u"ev"_s, "[null]");
    row(R"(2999999999999999["ev"])", Event, root, 999'999'999'999'999, u"ev"_s, "[]");
    row(R"(2/x,["ev"])", Event, u"/x"_s, -1, u"ev"_s, "[]");
    row(R"(2/x,7["ev",{"a":"b,c"}])", Event, u"/x"_s, 7, u"ev"_s, R"([{"a":"b,c"}])");
    row(R"(2/a[b,["ev",1])", Event, u"/a[b"_s, -1, u"ev"_s, "[1]");
    row(R"(2["h\u00e9\n"])", Event, root, -1, u"h\u00e9\n"_s, "[]");
    row("2[\"\u20ac\"]", Event, root, -1, u"\u20ac"_s, "[]");
    row(R"(2[""])", Event, root, -1, QString(), "[]");
    row(R"(2[1,"x"])", Event, root, -1, u"1"_s, R"(["x"])");
    row(R"(2[-1.50])", Event, root, -1, u"-1.5"_s, "[]");
    row(R"(2["error",{}])", Event, root, -1, u"error"_s, "[{}]");
    row(R"(2["message"])", Event, root, -1, u"message"_s, "[]");
    row(R"(2["connection"])", Event, root, -1, u"connection"_s, "[]");
    row(R"(2["Connect"])", Event, root, -1, u"Connect"_s, "[]");
    row(R"(2["__proto__",{"__proto__":1}])", Event, root, -1, u"__proto__"_s, R"([{"__proto__":1}])");
    row("30[]", Ack, root, 0, {}, "[]");
    row(R"(3/x,0[])", Ack, u"/x"_s, 0, {}, "[]");
    row(R"(312["res",1])", Ack, root, 12, {}, R"(["res",1])");
    // As socket.io-parser: an ack of nothing is no fault, and nobody waits for it.
    row(R"(3["x"])", Ack, root, -1, {}, R"(["x"])");
    row("3[]", Ack, root, -1, {}, "[]");
    row("3/x,[1]", Ack, u"/x"_s, -1, {}, "[1]");
    row("3 [1]", Ack, root, -1, {}, "[1]"); // a space is the id 0 to JavaScript
    row(R"(4{"message":"m"})", ConnectError, root, -1, {}, R"({"message":"m"})");
    row(R"(4/x,{"message":"m","data":{"a":1}})", ConnectError, u"/x"_s, -1, {},
        R"({"message":"m","data":{"a":1}})");
    row(R"(4"old")", ConnectError, root, -1, {}, R"("old")");
}

void TestSocketIoDecoder::decodes()
{
    QFETCH(QByteArray, text);
    const auto decoder = jsonParser()->createDecoder();
    const Added added = decoder->add({text, false});
    QCOMPARE(codeOf(added), u"ok"_s);
    QVERIFY(added->has_value());
    QVERIFY(!decoder->isPending());
    const Packet &packet = **added;
    QTEST(int(packet.type), "type");
    QTEST(packet.nsp, "nsp");
    QTEST(packet.id ? qint64(*packet.id) : qint64(-1), "id");
    QTEST(packet.name, "name");
    const bool listed = packet.type == PacketType::Event || packet.type == PacketType::Ack;
    QTEST(Json::toJson(listed ? QCborValue(packet.arguments.toArray()) : packet.data), "content");
}

void TestSocketIoDecoder::decodesArguments_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("attachments");
    QTest::addColumn<QCborArray>("arguments");

    QTest::newRow("the sample")
        << R"(52-3["a",{"_placeholder":true,"num":0},{"b":[{"_placeholder":true,"num":1}]}])"_ba
        << QByteArrayList{"\x01\x02", "\x03"}
        << QCborArray{"\x01\x02"_ba, QCborMap{{u"b"_s, QCborArray{"\x03"_ba}}}};
    QTest::newRow("keys the other way round")
        << R"(51-["a",{"num":0,"_placeholder":true}])"_ba << QByteArrayList{"x"} << QCborArray{"x"_ba};
    QTest::newRow("keys escaped") << R"(51-["a",{"\u005fplaceholder":true,"nu\u006d":0}])"_ba
                                  << QByteArrayList{"x"} << QCborArray{"x"_ba};
    QTest::newRow("more keys") << R"(51-["a",{"_placeholder":true,"num":0,"x":[]}])"_ba << QByteArrayList{"x"}
                               << QCborArray{"x"_ba};
    QTest::newRow("out of order")
        << R"(52-["a",{"_placeholder":true,"num":1},{"_placeholder":true,"num":0}])"_ba
        << QByteArrayList{"x", "y"} << QCborArray{"y"_ba, "x"_ba};
    QTest::newRow("nobody asks for it") << R"(51-["a",1])"_ba << QByteArrayList{"x"} << QCborArray{1};
    QTest::newRow("no arguments at all") << R"(51-["a"])"_ba << QByteArrayList{"x"} << QCborArray{};
    QTest::newRow("binary ack") << R"(61-/x,7[{"_placeholder":true,"num":0}])"_ba << QByteArrayList{"x"}
                                << QCborArray{"x"_ba};
    QTest::newRow("empty ack") << R"(61-7[])"_ba << QByteArrayList{"x"} << QCborArray{};
    QTest::newRow("ack without an id")
        << R"(61-[{"_placeholder":true,"num":0}])"_ba << QByteArrayList{"x"} << QCborArray{"x"_ba};
    QTest::newRow("empty ack without an id") << R"(61-[])"_ba << QByteArrayList{"x"} << QCborArray{};
    QTest::newRow("empty attachment")
        << R"(51-["a",{"_placeholder":true,"num":0}])"_ba << QByteArrayList{""} << QCborArray{""_ba};
    QTest::newRow("a bracket in the namespace")
        << R"(51-/[,["a",{"_placeholder":true,"num":0}])"_ba << QByteArrayList{"x"} << QCborArray{"x"_ba};
    QTest::newRow("the mark is not true")
        << R"(51-["a",{"_placeholder":1,"num":9},{"_placeholder":"true","num":9},{"_placeholder":false,"num":9}])"_ba
        << QByteArrayList{"x"}
        << QCborArray{QCborMap{{u"_placeholder"_s, 1}, {u"num"_s, 9}},
                      QCborMap{{u"_placeholder"_s, u"true"_s}, {u"num"_s, 9}},
                      QCborMap{{u"_placeholder"_s, false}, {u"num"_s, 9}}};
    QByteArray ten = R"(510-["a")";
    QByteArrayList attachments;
    QCborArray values;
    for (int i = 0; i < 10; ++i) {
        ten += R"(,{"_placeholder":true,"num":)" + QByteArray::number(i) + '}';
        attachments.append(QByteArray(1, char('a' + i)));
        values.append(attachments.last());
    }
    QTest::newRow("as many as are allowed") << ten + ']' << attachments << values;
}

void TestSocketIoDecoder::decodesArguments()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, attachments);
    const auto decoder = jsonParser()->createDecoder();
    const Added added = feed(*decoder, {text, attachments});
    QCOMPARE(codeOf(added), u"ok"_s);
    QVERIFY(added->has_value());
    QVERIFY(!decoder->isPending());
    QTEST((*added)->arguments.toArray(), "arguments");
}

void TestSocketIoDecoder::readsArgumentsWhenAsked()
{
    const auto decoder = jsonParser()->createDecoder();
    const Added added = decoder->add({R"(2["ev", 1, [2], "three" ])"_ba, false});
    const Arguments arguments = (*added)->arguments;
    QCOMPARE(arguments.size(), 3);
    QCOMPARE(arguments.at(0), QCborValue(1));
    QCOMPARE(arguments.at(1), QCborValue(QCborArray{2}));
    QCOMPARE(arguments.at(2), QCborValue(u"three"_s));
    QVERIFY(arguments.at(3).isUndefined());
    QVERIFY(arguments.at(-1).isUndefined());
    QVERIFY(Arguments().at(0).isUndefined());
    QVERIFY(Arguments().isEmpty());
}

void TestSocketIoDecoder::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");

    const auto row = [](const char *text, const QString &code) {
        QTest::newRow(text) << QByteArray(text) << code;
    };
    const QString unknown = u"unknown-packet-type"_s;
    QTest::newRow("nothing") << ""_ba << unknown;
    QTest::newRow("NUL") << QByteArray(1, '\0') << unknown;
    for (const char *text : {"7", "8", "9", "abc", "-1", " 2[\"x\"]", "/2", "[]", "\xc3\xa9"})
        row(text, unknown);

    const QString illegal = u"illegal-attachments"_s;
    for (const char *text : {"5", "6", "51", "5[\"x\"]", "5-[\"x\"]", "50-[\"x\"]", "60-1[]", "500-[\"x\"]",
                             "5a-[\"x\"]", "51[\"x\"]", "51 -[\"x\"]", "5 1-[\"x\"]", "5+1-[\"x\"]",
                             "5-1-[\"x\"]", "51.0-[\"x\"]", "51e0-[\"x\"]", "50x1-[\"x\"]", "5/x,1-[\"x\"]"})
        row(text, illegal);
    const QString tooMany = u"too-many-attachments"_s;
    for (const char *text :
         {"511-[\"x\"]", "511", "5999999999-[\"x\",{\"_placeholder\":true,\"num\":0}]", "51832742252-[\"x\"]",
          "699999999999999999999-1[]", "518446744073709551617-[\"x\"]"})
        row(text, tooMany);

    const QString id = u"invalid-ack-id"_s;
    for (const char *text : {"21234567890123456[\"x\"]", "218446744073709551616[\"x\"]",
                             "31234567890123456[]", "00{}", "01", "10", "1/x,5", "41{\"message\":\"m\"}"})
        row(text, id);

    const QString payload = u"invalid-payload"_s;
    for (const char *text :
         {// No payload where one belongs
          "2", "212", "2/x", "2/x,", "3", "3/x,", "30", "312", "4", "4/x,", "51-", "61-", "61-1",
          "2/a[\"x\"]",
          // Not JSON
          "2[", "2[\"x\"", "2[\"x\",]", "2[\"x\"]]", "2[\"x\"] 1", "2{\"a\":}", "0{", "0{'a':1}", "4{",
          "4abc", "2[x]", "2[\"\xff\"]", "2[\"\\x\"]", "2x[\"x\"]", "2 1[\"x\"]", "2-1[\"x\"]", "2+1[\"x\"]",
          "2\xd9\xa1[\"x\"]", "0admin,", "2nsp,[\"x\"]",
          // Not an array with a name
          "2[]", "2{}", "2null", "2\"x\"", "2true", "2[null]", "2[true]", "2[{}]", "2[[]]",
          "2[{\"toString\":\"x\"}]", "2[1e999]", "51-[]", "51-{}", "51-[{\"_placeholder\":true,\"num\":0}]",
          // Not a list of answers
          "31{}", "31null", "31\"x\"", "61-1{}", "3{}", "3null", "3\"x\"", "3-1[]", "3x[]", "61-{}",
          // Not an object
          "0[]", "0null", "0\"x\"", "0true", "0/x,[]", "4[]", "4null", "4true",
          // Nothing belongs here
          "1{}", "1[]", "1null", "1\"x\"", "1/x,{}", "1 ",
          // Names of the library
          "2[\"connect\"]", "2[\"connect_error\"]", "2[\"disconnect\"]", "2[\"disconnecting\"]",
          "2[\"newListener\"]", "2[\"removeListener\",1]", "2[\"\\u0063onnect\"]", "2/x,1[\"disconnect\"]",
          "51-[\"connect\"]"})
        row(text, payload);
    QTest::newRow("NUL after the name") << "2[\"x\"\0]"_ba << payload;
    QTest::newRow("NUL after the packet") << "2[\"x\"]\0"_ba << payload;
    QTest::newRow("byte order mark") << "2\xef\xbb\xbf[\"x\"]"_ba << payload;
    QTest::newRow("too deep") << "2[\"x\"," + QByteArray(100'000, '[') + QByteArray(100'000, ']') + ']'
                              << payload;

    QTest::newRow("namespace too long") << "0/" + QByteArray(512, 'x') + ',' << u"invalid-namespace"_s;
    QTest::newRow("namespace of 64 KB") << "0/" + QByteArray(65536, 'x') << u"invalid-namespace"_s;
    QTest::newRow("namespace of a megabyte")
        << "2/" + QByteArray(1'000'000, 'x') + ",[\"x\"]" << u"invalid-namespace"_s;
    QTest::newRow("namespace not UTF-8") << "0/\xff,"_ba << u"invalid-namespace"_s;
    QTest::newRow("a megabyte of attachment digits")
        << "5" + QByteArray(1'000'000, '1') + "-[\"x\"]" << tooMany;
    QTest::newRow("a megabyte of zeros") << "5" + QByteArray(1'000'000, '0') + "1-[\"x\"]" << tooMany;
    QTest::newRow("a megabyte of id digits") << "2" + QByteArray(1'000'000, '1') + "[\"x\"]" << id;
}

void TestSocketIoDecoder::refuses()
{
    QFETCH(QByteArray, text);
    const auto decoder = jsonParser()->createDecoder();
    const Added added = decoder->add({text, false});
    QTEST(codeOf(added), "code");
    QVERIFY(!added.error().message.isEmpty());
    QVERIFY(!decoder->isPending());
}

void TestSocketIoDecoder::refusesAttachments_data()
{
    QTest::addColumn<QByteArray>("placeholder");

    for (const char *placeholder : {R"({"_placeholder":true,"num":1})",
                                    R"({"_placeholder":true,"num":99})",
                                    R"({"_placeholder":true,"num":-1})",
                                    R"({"_placeholder":true,"num":0.5})",
                                    R"({"_placeholder":true,"num":1.5})",
                                    R"({"_placeholder":true,"num":"0"})",
                                    R"({"_placeholder":true,"num":"splice"})",
                                    R"({"_placeholder":true,"num":null})",
                                    R"({"_placeholder":true,"num":true})",
                                    R"({"_placeholder":true,"num":[0]})",
                                    R"({"_placeholder":true,"num":{}})",
                                    R"({"_placeholder":true})",
                                    R"({"_placeholder":true,"num":1e999})",
                                    R"({"_placeholder":true,"num":256})",
                                    R"({"_placeholder":true,"num":65536})",
                                    R"({"_placeholder":true,"num":4294967296})",
                                    R"({"_placeholder":true,"num":18446744073709551616})",
                                    R"({"_placeholder":true,"num":0,"num":7})",
                                    R"([{"a":{"_placeholder":true,"num":1}}])",
                                    R"({"_placeholder":true,"num":0},{"_placeholder":true,"num":0})",
                                    R"({"_placeholder":true,"num":0,"x":{"_placeholder":true,"num":0}})",
                                    R"({"_placeholder":true,"num":0},{"_placeholder":true,"num":2})"})
        QTest::newRow(placeholder) << QByteArray(placeholder);
}

void TestSocketIoDecoder::refusesAttachments()
{
    QFETCH(QByteArray, placeholder);
    for (const QByteArray &text : {R"(51-["x",)" + placeholder + ']', "61-1[" + placeholder + ']'}) {
        const auto decoder = jsonParser()->createDecoder();
        const Added first = decoder->add({text, false});
        QCOMPARE(codeOf(first), u"ok"_s);
        QVERIFY(!first->has_value());
        QCOMPARE(codeOf(decoder->add({"x"_ba, true})), u"illegal-attachments"_s);
        QVERIFY(!decoder->isPending());
    }
}

void TestSocketIoDecoder::refusesTextAmidAttachments()
{
    for (const char *text : {"2[\"x\"]", "1", "", "51-[\"x\",{\"_placeholder\":true,\"num\":0}]"}) {
        const auto decoder = jsonParser()->createDecoder();
        QCOMPARE(codeOf(decoder->add({R"(52-["x",{"_placeholder":true,"num":0}])"_ba, false})), u"ok"_s);
        QCOMPARE(codeOf(decoder->add({"one"_ba, true})), u"ok"_s);
        QVERIFY(decoder->isPending());
        QCOMPARE(codeOf(decoder->add({QByteArray(text), false})), u"unexpected-text"_s);
        QVERIFY(!decoder->isPending());
    }
}

void TestSocketIoDecoder::staysFailedUntilReset()
{
    const auto decoder = jsonParser()->createDecoder();
    QCOMPARE(codeOf(decoder->add({"x"_ba, true})), u"unexpected-binary"_s);
    QCOMPARE(codeOf(decoder->add({R"(2["good"])"_ba, false})), u"unexpected-binary"_s);
    decoder->reset();
    QCOMPARE(codeOf(decoder->add({R"(2["good"])"_ba, false})), u"ok"_s);

    // What was left over from before does not come back.
    QCOMPARE(codeOf(decoder->add({R"(52-9["x"])"_ba, false})), u"ok"_s);
    QCOMPARE(codeOf(decoder->add({"old"_ba, true})), u"ok"_s);
    decoder->reset();
    QVERIFY(!decoder->isPending());
    const Added added = feed(*decoder, {R"(51-["y",{"_placeholder":true,"num":0}])"_ba, {"new"_ba}});
    QCOMPARE(codeOf(added), u"ok"_s);
    QVERIFY(!(*added)->id);
    QCOMPARE((*added)->arguments.toArray(), QCborArray{"new"_ba});
}

void TestSocketIoDecoder::boundsAttachmentBytes()
{
    const DecoderLimits limits{.maxAttachmentBytes = 10};
    const QByteArray text = R"(52-["x"])"_ba;
    auto decoder = jsonParser()->createDecoder(limits);
    QCOMPARE(codeOf(feed(*decoder, {text, {"12345"_ba, "67890"_ba}})), u"ok"_s);
    // Counted anew for each packet.
    QCOMPARE(codeOf(feed(*decoder, {text, {"12345"_ba, "67890"_ba}})), u"ok"_s);
    QCOMPARE(codeOf(feed(*decoder, {text, {"12345"_ba, "678901"_ba}})), u"attachments-too-large"_s);
    decoder = jsonParser()->createDecoder(limits);
    QCOMPARE(codeOf(decoder->add({text, false})), u"ok"_s);
    QCOMPARE(codeOf(decoder->add({QByteArray(11, 'x'), true})), u"attachments-too-large"_s);
}

void TestSocketIoDecoder::obeysItsLimits()
{
    const DecoderLimits limits{.maxAttachments = 1000, .maxNamespaceLength = 4};
    const auto decoder = jsonParser()->createDecoder(limits);
    QCOMPARE(codeOf(decoder->add({"0/abc,"_ba, false})), u"ok"_s);
    QCOMPARE(codeOf(decoder->add({"0/abc"_ba, false})), u"ok"_s);
    QCOMPARE(codeOf(decoder->add({"0/abcd"_ba, false})), u"invalid-namespace"_s);
    decoder->reset();

    Sent sent{R"(51000-["x")", {}};
    for (int i = 0; i < 1000; ++i) {
        sent.text += R"(,{"_placeholder":true,"num":)" + QByteArray::number(i) + '}';
        sent.attachments.append(QByteArray::number(i));
    }
    sent.text += ']';
    const Added added = feed(*decoder, sent);
    QCOMPARE(codeOf(added), u"ok"_s);
    for (int i = 0; i < 1000; ++i)
        QCOMPARE((*added)->arguments.at(i), QCborValue(QByteArray::number(i)));
    QCOMPARE(codeOf(decoder->add({R"(51001-["x"])"_ba, false})), u"too-many-attachments"_s);
}

void TestSocketIoDecoder::keepsPlaceholdersOfTextPacketsAsData()
{
    const auto decoder = jsonParser()->createDecoder();
    const Added added = decoder->add({R"(2["x",{"_placeholder":true,"num":0}])"_ba, false});
    QCOMPARE(codeOf(added), u"ok"_s);
    QCOMPARE((*added)->arguments.at(0), QCborValue(QCborMap{{u"_placeholder"_s, true}, {u"num"_s, 0}}));
}

void TestSocketIoDecoder::goesOnAfterABinaryPacket()
{
    const auto decoder = jsonParser()->createDecoder();
    for (int round = 0; round < 3; ++round) {
        const Added binary = feed(*decoder, {R"(51-/x,5["b",{"_placeholder":true,"num":0}])"_ba, {"x"_ba}});
        QCOMPARE(codeOf(binary), u"ok"_s);
        QCOMPARE((*binary)->nsp, u"/x"_s);
        const Added text = decoder->add({R"(2["t"])"_ba, false});
        QCOMPARE(codeOf(text), u"ok"_s);
        QCOMPARE((*text)->nsp, u"/"_s);
        QVERIFY(!(*text)->id);
        QVERIFY((*text)->arguments.isEmpty());
    }
}

namespace
{

QString randomText(QRandomGenerator &random)
{
    QString text;
    for (int length = random.bounded(12); length > 0; --length) {
        static constexpr char32_t points[] = {'a',  'Z',  '"',    '\\',   '\n',    0,
                                              0x7F, 0xE9, 0x20AC, 0x2028, 0x1F600, ','};
        text += QString::fromUcs4(&points[random.bounded(int(std::size(points)))], 1);
    }
    return text;
}

QCborValue randomValue(QRandomGenerator &random, int depth)
{
    switch (random.bounded(depth > 0 ? 9 : 7)) {
    case 0:
        return nullptr;
    case 1:
        return random.bounded(2) == 1;
    case 2:
        return qint64(random.generate64() >> random.bounded(64));
    case 3:
        return random.generateDouble() + 0.25; // never whole: 1.0 comes back as 1
    case 4:
    case 5:
        return randomText(random);
    case 6: {
        QByteArray bytes(random.bounded(5), '\0');
        for (char &byte : bytes)
            byte = char(random.bounded(256));
        return random.bounded(4) == 0 ? QCborValue(bytes) : QCborValue(QString::fromLatin1(bytes));
    }
    case 7: {
        QCborArray array;
        for (int count = random.bounded(4); count > 0; --count)
            array.append(randomValue(random, depth - 1));
        return array;
    }
    default: {
        QCborMap map;
        for (int count = random.bounded(12); count > 0; --count)
            map.insert(randomText(random), randomValue(random, depth - 1));
        return map;
    }
    }
}

} // namespace

/// As who passes on what came.
void TestSocketIoDecoder::encodesWhatWasDecoded_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {R"(2["nothing"])", "3/x,7[]", R"(2["one",1])", R"(2/x,3["some",1.5,null,{"b":["c"]}])"})
        QTest::newRow(text) << QByteArray(text);
}

void TestSocketIoDecoder::encodesWhatWasDecoded()
{
    QFETCH(QByteArray, text);
    const Added packet = feed(*jsonParser()->createDecoder(), {text, {}});
    QVERIFY(packet && *packet);
    const EngineIo::Messages messages = jsonParser()->encode(**packet);
    QCOMPARE(messages.size(), 1);
    QCOMPARE(messages.front().data, text);
}

void TestSocketIoDecoder::decodesWhatIsEncoded()
{
    QRandomGenerator random(5);
    const auto decoder = jsonParser()->createDecoder({.maxAttachments = 1000});
    int binary = 0;
    for (int round = 0; round < 5000; ++round) {
        Packet packet;
        packet.type = random.bounded(2) == 0 ? PacketType::Event : PacketType::Ack;
        packet.nsp = random.bounded(2) == 0 ? u"/"_s : u"/n\u00e9"_s;
        if (packet.type == PacketType::Ack || random.bounded(2) == 0)
            packet.id = quint64(random.bounded(1'000'000));
        if (packet.type == PacketType::Event)
            packet.name = randomText(random);
        QCborArray values;
        for (int count = random.bounded(5); count > 0; --count)
            values.append(randomValue(random, 4));
        packet.arguments = values;

        const EncodedPacket messages = jsonParser()->encode(packet);
        Added added;
        for (const EngineIo::Message &message : messages) {
            QVERIFY(added && !added->has_value());
            added = decoder->add(message);
        }
        QCOMPARE(codeOf(added), u"ok"_s);
        QVERIFY(added->has_value());
        QCOMPARE((*added)->type, packet.type);
        QCOMPARE((*added)->nsp, packet.nsp);
        QVERIFY((*added)->id == packet.id);
        QCOMPARE((*added)->name, packet.name);
        QCOMPARE((*added)->arguments.toArray(), values);
        QCOMPARE((*added)->arguments.hasBinary(), messages.size() > 1);
        // And what came goes out again byte for byte.
        QVERIFY(jsonParser()->encode(**added) == messages);
        binary += messages.size() > 1;
    }
    QVERIFY(binary > 100);
}

QTEST_APPLESS_MAIN(TestSocketIoDecoder)
#include "tst_socketiodecoder.moc"
