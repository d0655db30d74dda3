// SPDX-License-Identifier: MIT
#include "libclient/protocol/json.h"
#include "libclient/protocol/msgpack.h"
#include "libclient/protocol/parser.h"

#include <QtCore/QDateTime>
#include <QtCore/QUrl>
#include <QtTest/QTest>

#include <limits>

using namespace Qt::StringLiterals;
using SocketIo::Arguments;
using SocketIo::Packet;
using SocketIo::PacketType;

/// The MessagePack parser, byte for byte. The bytes of the first table were written by notepack.io 2.2.0.
class TestMsgpack : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void valuesAsNotepackWritesThem_data();
    void valuesAsNotepackWritesThem();
    void onlyRead_data();
    void onlyRead();
    void onlyWritten_data();
    void onlyWritten();
    void lengthsAtTheirBounds_data();
    void lengthsAtTheirBounds();
    void refused_data();
    void refused();
    void depthIsBounded();
    void packets_data();
    void packets();
    void packetsRefused_data();
    void packetsRefused();
    void packetsAsPythonWritesThem();
    void aFailedDecoderStaysFailed();
    void binaryIsBounded();
};

namespace
{

QByteArray hex(const char *digits)
{
    return QByteArray::fromHex(digits);
}

QByteArray written(const QCborValue &value)
{
    QByteArray out;
    SocketIo::MsgPack::write(value, out);
    return out;
}

Hubbub::Result<QCborValue> read(const QByteArray &data)
{
    return SocketIo::MsgPack::read(data, 1'000'000);
}

} // namespace

void TestMsgpack::valuesAsNotepackWritesThem_data()
{
    QTest::addColumn<QCborValue>("value");
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const QCborValue &value, const char *bytes) {
        QTest::newRow(name) << value << hex(bytes);
    };
    row("0", 0, "00");
    row("127", 127, "7f");
    row("128", 128, "cc80");
    row("255", 255, "ccff");
    row("256", 256, "cd0100");
    row("65535", 65535, "cdffff");
    row("65536", 65536, "ce00010000");
    row("2^32-1", 4294967295LL, "ceffffffff");
    row("2^32", 4294967296LL, "cf0000000100000000");
    row("2^53-1", 9007199254740991LL, "cf001fffffffffffff");
    row("-1", -1, "ff");
    row("-32", -32, "e0");
    row("-33", -33, "d0df");
    row("-128", -128, "d080");
    row("-129", -129, "d1ff7f");
    row("-32768", -32768, "d18000");
    row("-32769", -32769, "d2ffff7fff");
    row("-2^31", -2147483648LL, "d280000000");
    row("-2^31-1", -2147483649LL, "d3ffffffff7fffffff");
    row("-2^53+1", -9007199254740991LL, "d3ffe0000000000001");
    row("0.5", 0.5, "cb3fe0000000000000");
    row("infinity", std::numeric_limits<double>::infinity(), "cb7ff0000000000000");
    row("-infinity", -std::numeric_limits<double>::infinity(), "cbfff0000000000000");
    row("true", true, "c3");
    row("false", false, "c2");
    row("null", QCborValue(QCborValue::Null), "c0");
    row("undefined", QCborValue(QCborValue::Undefined), "d40000");
    row("a date", QCborValue(QDateTime::fromMSecsSinceEpoch(1700000000123, Qt::UTC)), "d7000000018bcfe5687b");
    row("a date before 1970", QCborValue(QDateTime::fromMSecsSinceEpoch(-1, Qt::UTC)),
        "d700ffffffffffffffff");
    row("text", u"hé😀"_s, "a768c3a9f09f9880");
    row("a list", QCborArray{1, QCborArray{2, QCborValue(QCborValue::Undefined)}}, "92019202d40000");
    row("an object", QCborMap{{u"a"_s, 1}, {u"b"_s, QCborValue(QCborValue::Undefined)}, {u"c"_s, QCborMap()}},
        "83a16101a162d40000a16380");
    row("a buffer", QByteArray("\1\2"), "c4020102");
    row("text that begins with U+FEFF", u"\ufeffx"_s, "a4efbbbf78");
}

void TestMsgpack::valuesAsNotepackWritesThem()
{
    QFETCH(QCborValue, value);
    QFETCH(QByteArray, bytes);
    QCOMPARE(written(value).toHex(), bytes.toHex());
    const auto again = read(bytes);
    QVERIFY(again);
    QCOMPARE(*again, value);
}

void TestMsgpack::onlyRead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QCborValue>("value");
    const auto row = [](const char *name, const char *bytes, const QCborValue &value) {
        QTest::newRow(name) << hex(bytes) << value;
    };
    row("an ArrayBuffer", "c70300010203", QByteArray("\1\2\3"));
    row("an ArrayBuffer of 1 byte", "c7010009", QByteArray("\t"));
    row("an ArrayBuffer of 8 bytes", "c708000000000000000007", QByteArray("\0\0\0\0\0\0\0\7", 8));
    row("an empty ArrayBuffer", "c70000", QByteArray(""));
    row("another extension", "c70305010203", QCborArray{5, QByteArray("\1\2\3")});
    row("another extension of fixed length", "d40500", QCborArray{5, QByteArray("\0", 1)});
    row("extension 0 of 2 bytes", "d5000102", QCborArray{0, QByteArray("\1\2")});
    row("a negative extension", "d6ff00000001", QCborArray{-1, QByteArray("\0\0\0\1", 4)});
    row("extension 0 of 16 bytes", "d8000102030405060708090a0b0c0d0e0f10",
        QCborArray{0, hex("0102030405060708090a0b0c0d0e0f10")});
    row("a short float", "ca3f000000", 0.5);
    row("2^64-1", "cfffffffffffffffff", 18446744073709551615.0);
    row("a longer form than needed", "cd0001", 1);
    row("a long string's form", "d90161", u"a"_s);
    row("a number for a key", "8101a161", QCborMap{{u"1"_s, u"a"_s}});
    row("a negative number for a key", "81ff01", QCborMap{{u"-1"_s, 1}});
    row("a repeated key", "82a16101a16102", QCborMap{{u"a"_s, 2}});
    row("a date beyond four digits", "d7000000e6d8b0f19c00", 253818355948544LL);
    row("no date at all", "d7007fffffffffffffff", std::numeric_limits<qint64>::max());
}

void TestMsgpack::onlyRead()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QCborValue, value);
    const auto got = read(bytes);
    QVERIFY(got);
    QVERIFY2(*got == value, qPrintable(got->toDiagnosticNotation()));
}

void TestMsgpack::onlyWritten_data()
{
    QTest::addColumn<QCborValue>("value");
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const QCborValue &value, const char *bytes) {
        QTest::newRow(name) << value << hex(bytes);
    };
    row("a double without a fraction", 5.0, "05");
    row("-0", -0.0, "00");
    row("a double beyond 2^53", 1e300, "cb7e37e43c8800759c");
    row("2^64", 18446744073709551616.0, "cb43f0000000000000");
    row("an integer beyond 2^53", 9007199254740993LL, "cf0020000000000001");
    row("a URL", QCborValue(QUrl(u"http://h/a"_s)), "aa687474703a2f2f682f61");
    row("an integer key", QCborMap{{7, true}}, "81a137c3");
    row("invalid", QCborValue(QCborValue::Invalid), "c0");
    row("a tag", QCborValue(QCborTag(99), 1), "01");
}

void TestMsgpack::onlyWritten()
{
    QFETCH(QCborValue, value);
    QFETCH(QByteArray, bytes);
    QCOMPARE(written(value).toHex(), bytes.toHex());
    QVERIFY(read(bytes));
}

void TestMsgpack::lengthsAtTheirBounds_data()
{
    QTest::addColumn<QCborValue>("value");
    QTest::addColumn<QByteArray>("head");
    const auto array = [](int size) {
        QCborArray list;
        for (int i = 0; i < size; ++i)
            list.append(0);
        return list;
    };
    QTest::newRow("text of 31") << QCborValue(QString(31, u'x')) << hex("bf78");
    QTest::newRow("text of 32") << QCborValue(QString(32, u'x')) << hex("d92078");
    QTest::newRow("text of 256") << QCborValue(QString(256, u'x')) << hex("da010078");
    QTest::newRow("text of 65536") << QCborValue(QString(65536, u'x')) << hex("db0001000078");
    QTest::newRow("a list of 15") << QCborValue(array(15)) << hex("9f00");
    QTest::newRow("a list of 16") << QCborValue(array(16)) << hex("dc001000");
    QTest::newRow("a list of 65536") << QCborValue(array(65536)) << hex("dd0001000000");
    QTest::newRow("255 bytes") << QCborValue(QByteArray(255, '\0')) << hex("c4ff00");
    QTest::newRow("256 bytes") << QCborValue(QByteArray(256, '\0')) << hex("c5010000");
    QTest::newRow("65536 bytes") << QCborValue(QByteArray(65536, '\0')) << hex("c60001000000");
}

void TestMsgpack::lengthsAtTheirBounds()
{
    QFETCH(QCborValue, value);
    QFETCH(QByteArray, head);
    const QByteArray bytes = written(value);
    QCOMPARE(bytes.first(head.size()).toHex(), head.toHex());
    const auto again = read(bytes);
    QVERIFY(again);
    QCOMPARE(*again, value);
}

void TestMsgpack::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const char *bytes) { QTest::newRow(name) << hex(bytes); };
    row("nothing", "");
    row("the unused byte", "c1");
    row("more behind it", "0000");
    row("text cut off", "a568");
    row("a length cut off", "d9");
    row("a number cut off", "cb3fe0");
    row("a list cut off", "9301");
    row("an object without a value", "81a161");
    row("an extension cut off", "d700000001");
    row("four billion elements promised", "ddffffffff00");
    row("four billion members promised", "dfffffffffa16100");
    row("four billion letters promised", "dbffffffff61");
    row("four billion bytes promised", "c6ffffffff61");
    row("many promises inside each other", "dd00000004dd00000004dd0000000400");
    row("text that is no UTF-8", "a2c328");
    row("a lone surrogate", "a3eda080");
    row("null for a key", "81c001");
    row("true for a key", "81c301");
    row("a list for a key", "819001");
    row("binary for a key", "81c4016101");
    row("an extension for a key", "81d4000001");
    row("a fraction for a key", "81cb3fe000000000000001");
}

void TestMsgpack::refused()
{
    QFETCH(QByteArray, bytes);
    const auto got = read(bytes);
    QVERIFY(!got);
    QCOMPARE(got.error().code, u"invalid-msgpack"_s);
}

void TestMsgpack::depthIsBounded()
{
    using SocketIo::Json::maxDepth;
    QVERIFY(read(QByteArray(maxDepth, '\x91') + '\0'));
    const auto deeper = read(QByteArray(maxDepth + 1, '\x91') + '\0');
    QVERIFY(!deeper);
    QCOMPARE(deeper.error().code, u"too-deep"_s);
    QByteArray maps;
    for (int i = 0; i <= maxDepth; ++i)
        maps += "\x81\xa1k";
    QCOMPARE(read(maps + '\0').error().code, u"too-deep"_s);
    QVERIFY(!read(QByteArray(10'000'000, '\x91'))); // and no stack is exhausted
}

void TestMsgpack::packets_data()
{
    QTest::addColumn<Packet>("packet");
    QTest::newRow("connect") << Packet{.type = PacketType::Connect, .nsp = u"/chat"_s};
    QTest::newRow("connect with auth")
        << Packet{.type = PacketType::Connect, .data = QCborMap{{u"token"_s, u"x"_s}}};
    QTest::newRow("disconnect") << Packet{.type = PacketType::Disconnect};
    QTest::newRow("event") << Packet{.name = u"hi"_s, .arguments = {1, u"two"_s, QByteArray("\0\1", 2)}};
    QTest::newRow("event without arguments") << Packet{.nsp = u"/x"_s, .id = 0, .name = u"hi"_s};
    QTest::newRow("event that asks") << Packet{.id = 999'999'999'999'999, .name = u"hi"_s, .arguments = {1}};
    QTest::newRow("ack") << Packet{.type = PacketType::Ack, .id = 7, .arguments = {QCborMap{{u"a"_s, 1}}}};
    QTest::newRow("empty ack") << Packet{.type = PacketType::Ack, .id = 0};
    QTest::newRow("error") << Packet{.type = PacketType::ConnectError,
                                     .data = QCborMap{{u"message"_s, u"no"_s}, {u"data"_s, 1}}};
    QTest::newRow("error as text") << Packet{.type = PacketType::ConnectError, .data = u"no"_s};
}

void TestMsgpack::packets()
{
    QFETCH(Packet, packet);
    const auto messages = SocketIo::msgpackParser()->encode(packet);
    QCOMPARE(messages.size(), std::size_t(1));
    QVERIFY(messages[0].binary);
    const auto decoder = SocketIo::msgpackParser()->createDecoder();
    const auto got = decoder->add(messages[0]);
    QVERIFY(got && *got);
    QVERIFY(!decoder->isPending());
    QCOMPARE((*got)->type, packet.type);
    QCOMPARE((*got)->nsp, packet.nsp);
    QCOMPARE((*got)->id, packet.id);
    QCOMPARE((*got)->name, packet.name);
    QCOMPARE((*got)->arguments.toArray(), packet.arguments.toArray());
    QCOMPARE((*got)->data, packet.data);
}

void TestMsgpack::packetsRefused_data()
{
    QTest::addColumn<QCborValue>("packet");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const QCborValue &packet, const QString &code) {
        QTest::newRow(name) << packet << code;
    };
    const auto event = [](const QCborValue &data) {
        return QCborMap{{u"type"_s, 2}, {u"nsp"_s, u"/"_s}, {u"data"_s, data}};
    };
    row("no object", QCborArray{2}, u"invalid-payload"_s);
    row("no type", QCborMap{{u"nsp"_s, u"/"_s}}, u"unknown-packet-type"_s);
    row("type 5", QCborMap{{u"type"_s, 5}, {u"nsp"_s, u"/"_s}}, u"unknown-packet-type"_s);
    row("type -1", QCborMap{{u"type"_s, -1}, {u"nsp"_s, u"/"_s}}, u"unknown-packet-type"_s);
    row("type 1.5", QCborMap{{u"type"_s, 1.5}, {u"nsp"_s, u"/"_s}}, u"unknown-packet-type"_s);
    row("type as text", QCborMap{{u"type"_s, u"2"_s}, {u"nsp"_s, u"/"_s}}, u"unknown-packet-type"_s);
    row("no namespace", QCborMap{{u"type"_s, 0}}, u"invalid-namespace"_s);
    row("namespace as a number", QCborMap{{u"type"_s, 0}, {u"nsp"_s, 1}}, u"invalid-namespace"_s);
    row("a long namespace", QCborMap{{u"type"_s, 0}, {u"nsp"_s, QString(513, u'n')}}, u"invalid-namespace"_s);
    row("an event without data", QCborMap{{u"type"_s, 2}, {u"nsp"_s, u"/"_s}}, u"invalid-payload"_s);
    row("an event with an object", event(QCborMap()), u"invalid-payload"_s);
    row("an event without a name", event(QCborArray()), u"invalid-payload"_s);
    row("an event with null for a name", event(QCborArray{nullptr}), u"invalid-payload"_s);
    row("an event with a reserved name", event(QCborArray{u"disconnect"_s}), u"invalid-payload"_s);
    row("connect with a list", QCborMap{{u"type"_s, 0}, {u"nsp"_s, u"/"_s}, {u"data"_s, QCborArray()}},
        u"invalid-payload"_s);
    row("connect with null", QCborMap{{u"type"_s, 0}, {u"nsp"_s, u"/"_s}, {u"data"_s, nullptr}},
        u"invalid-payload"_s);
    row("disconnect with data", QCborMap{{u"type"_s, 1}, {u"nsp"_s, u"/"_s}, {u"data"_s, 1}},
        u"invalid-payload"_s);
    row("an error that says nothing", QCborMap{{u"type"_s, 4}, {u"nsp"_s, u"/"_s}}, u"invalid-payload"_s);
    for (const auto &[name, id] :
         {std::pair("an id as text", QCborValue(u"1"_s)), std::pair("an id below 0", QCborValue(-1)),
          std::pair("an id with a fraction", QCborValue(0.5)),
          std::pair("an id of 16 digits", QCborValue(1'000'000'000'000'000LL)),
          std::pair("null for an id", QCborValue(nullptr))}) {
        QCborMap packet = event(QCborArray{u"x"_s});
        packet[u"id"_s] = id;
        row(name, packet, u"invalid-ack-id"_s);
    }
}

void TestMsgpack::packetsRefused()
{
    QFETCH(QCborValue, packet);
    QFETCH(QString, code);
    const auto decoder = SocketIo::msgpackParser()->createDecoder();
    const auto got = decoder->add({written(packet), true});
    QVERIFY(!got);
    QCOMPARE(got.error().code, code);
}

void TestMsgpack::packetsAsPythonWritesThem()
{
    const auto decoder = SocketIo::msgpackParser()->createDecoder();
    const auto parting =
        decoder->add({written(QCborMap{{u"type"_s, 1}, {u"data"_s, nullptr}, {u"nsp"_s, u"/"_s}}), true});
    QVERIFY(parting && *parting);
    QCOMPARE((*parting)->type, PacketType::Disconnect);
    // Its answer to what was asked with the id 0.
    const auto ack = decoder->add(
        {written(QCborMap{{u"type"_s, 3}, {u"data"_s, QCborArray{1}}, {u"nsp"_s, u"/"_s}}), true});
    QVERIFY(ack && *ack);
    QCOMPARE((*ack)->type, PacketType::Ack);
    QVERIFY(!(*ack)->id);
    // So nothing is asked with it.
    QCOMPARE(SocketIo::msgpackParser()->firstAckId(), quint64(1));
    QCOMPARE(SocketIo::jsonParser()->firstAckId(), quint64(0)); // as Node
}

void TestMsgpack::aFailedDecoderStaysFailed()
{
    const auto parser = SocketIo::msgpackParser();
    const auto decoder = parser->createDecoder();
    const auto hello = parser->encode(Packet{.type = PacketType::Connect}).front();
    QVERIFY(decoder->add(hello));
    const auto text = decoder->add({"40", false});
    QCOMPARE(text.error().code, u"unexpected-text"_s);
    QCOMPARE(decoder->add(hello).error(), text.error());
    decoder->reset();
    QVERIFY(decoder->add(hello));
}

void TestMsgpack::binaryIsBounded()
{
    const auto parser = SocketIo::msgpackParser();
    const auto message =
        parser
            ->encode(Packet{.name = u"x"_s,
                            .arguments = {QByteArray(60, 'x'), QCborMap{{u"b"_s, QByteArray(41, 'x')}}}})
            .front();
    const auto decoder = parser->createDecoder({.maxAttachmentBytes = 100});
    QCOMPARE(decoder->add(message).error().code, u"attachments-too-large"_s);
    QVERIFY(parser->createDecoder({.maxAttachmentBytes = 101})->add(message));
}

QTEST_GUILESS_MAIN(TestMsgpack)
#include "tst_msgpack.moc"
