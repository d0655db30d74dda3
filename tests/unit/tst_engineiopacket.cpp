// SPDX-License-Identifier: MIT
#include "libclient/protocol/engineiopacket.h"

#include "tests/unit/codeof.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

using namespace EngineIo;
using namespace Qt::StringLiterals;

class TestEngineIoPacket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void writesWhatItReads_data();
    void writesWhatItReads();
    void refuses_data();
    void refuses();
    void splitsPayloads_data();
    void splitsPayloads();
    void joinsPayloads();
    void deliversWhatCameBeforeTheBadPacket();
    void boundsThePacketsOfAPayload();
    void roundTripsRandomPayloads();
};

void TestEngineIoPacket::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<bool>("binary");

    QTest::newRow("open") << "0{}"_ba << 0 << "{}"_ba << false;
    QTest::newRow("close") << "1"_ba << 1 << ""_ba << false;
    QTest::newRow("ping") << "2"_ba << 2 << ""_ba << false;
    QTest::newRow("probe") << "2probe"_ba << 2 << "probe"_ba << false;
    QTest::newRow("pong") << "3"_ba << 3 << ""_ba << false;
    QTest::newRow("message") << "4hello"_ba << 4 << "hello"_ba << false;
    QTest::newRow("empty message") << "4"_ba << 4 << ""_ba << false;
    QTest::newRow("message beyond ASCII")
        << "4h\u00e9\u20ac\U0001F600"_ba << 4 << "h\u00e9\u20ac\U0001F600"_ba << false;
    QTest::newRow("upgrade") << "5"_ba << 5 << ""_ba << false;
    QTest::newRow("noop") << "6"_ba << 6 << ""_ba << false;
    QTest::newRow("base64") << "bAQIDBA=="_ba << 4 << "\x01\x02\x03\x04"_ba << true;
    QTest::newRow("base64 of nothing") << "b"_ba << 4 << ""_ba << true;
}

void TestEngineIoPacket::reads()
{
    QFETCH(QByteArray, text);
    const auto packet = decodePacket(text);
    QCOMPARE(codeOf(packet), u"ok"_s);
    QTEST(int(packet->type), "type");
    QTEST(packet->data, "data");
    QTEST(packet->binary, "binary");
}

void TestEngineIoPacket::writesWhatItReads_data()
{
    reads_data();
}

void TestEngineIoPacket::writesWhatItReads()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, binary);
    const auto packet = decodePacket(text);
    QCOMPARE(codeOf(packet), u"ok"_s);
    QCOMPARE(encodePayload({*packet}), text);
    if (binary)
        QTEST(encodePacket(*packet), "data"); // a binary WebSocket message has no first digit
    else
        QCOMPARE(encodePacket(*packet), text);
}

void TestEngineIoPacket::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");

    QTest::newRow("nothing") << ""_ba << u"empty-packet"_s;
    QTest::newRow("type 7") << "7"_ba << u"unknown-packet-type"_s;
    QTest::newRow("type 8") << "8x"_ba << u"unknown-packet-type"_s;
    QTest::newRow("type 9") << "9"_ba << u"unknown-packet-type"_s;
    QTest::newRow("letter") << "abc"_ba << u"unknown-packet-type"_s;
    QTest::newRow("minus") << "-1"_ba << u"unknown-packet-type"_s;
    QTest::newRow("space") << " 4x"_ba << u"unknown-packet-type"_s;
    QTest::newRow("NUL") << QByteArray(1, '\0') << u"unknown-packet-type"_s;
    QTest::newRow("beyond ASCII") << "\xc3\xa9"_ba << u"unknown-packet-type"_s;
    QTest::newRow("not base64") << "b!!!!"_ba << u"invalid-base64"_s;
    QTest::newRow("base64 with a space") << "bAQ I="_ba << u"invalid-base64"_s;
    QTest::newRow("base64 of the URL alphabet") << "b-_-_"_ba << u"invalid-base64"_s;
    QTest::newRow("base64 padded too little") << "bAQ="_ba << u"invalid-base64"_s;
    QTest::newRow("cut UTF-8") << "4\xe2\x82"_ba << u"invalid-utf8"_s;
    QTest::newRow("Latin-1") << "4\xe9x"_ba << u"invalid-utf8"_s;
    QTest::newRow("surrogate in UTF-8") << "4\xed\xa0\x80"_ba << u"invalid-utf8"_s;
    QTest::newRow("overlong UTF-8") << "4\xc0\xaf"_ba << u"invalid-utf8"_s;
}

void TestEngineIoPacket::refuses()
{
    QFETCH(QByteArray, text);
    const auto packet = decodePacket(text);
    QTEST(codeOf(packet), "code");
    QVERIFY(!packet.error().message.isEmpty());
}

void TestEngineIoPacket::splitsPayloads_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("packets");
    QTest::addColumn<QString>("code");

    QTest::newRow("one") << "4a"_ba << 1 << u"ok"_s;
    QTest::newRow("two") << "4a\x1e"
                            "4b"_ba
                         << 2 << u"ok"_s;
    QTest::newRow("text and binary") << "4a\x1e"
                                        "bAQ==\x1e"
                                        "2"_ba
                                     << 3 << u"ok"_s;
    QTest::newRow("empty messages") << "4\x1e"
                                       "4"_ba
                                    << 2 << u"ok"_s;
    QTest::newRow("nothing") << ""_ba << 0 << u"empty-packet"_s;
    QTest::newRow("only a separator") << "\x1e"_ba << 0 << u"empty-packet"_s;
    QTest::newRow("separator first") << "\x1e"
                                        "4a"_ba
                                     << 0 << u"empty-packet"_s;
    QTest::newRow("separator last") << "4a\x1e"_ba << 1 << u"empty-packet"_s;
    QTest::newRow("separator twice") << "4a\x1e\x1e"
                                        "4b"_ba
                                     << 1 << u"empty-packet"_s;
    QTest::newRow("bad type in the middle") << "4a\x1e"
                                               "9\x1e"
                                               "4b"_ba
                                            << 1 << u"unknown-packet-type"_s;
    QTest::newRow("bad base64") << "4a\x1e"
                                   "b?\x1e"
                                   "4b"_ba
                                << 1 << u"invalid-base64"_s;
    QTest::newRow("bad UTF-8") << "4a\x1e"
                                  "4\xff"_ba
                               << 1 << u"invalid-utf8"_s;
    QTest::newRow("the framing of Engine.IO 3")
        << "2:4a"_ba << 1 << u"ok"_s; // a ping with text, as in JavaScript
}

void TestEngineIoPacket::splitsPayloads()
{
    QFETCH(QByteArray, body);
    const DecodedPayload payload = decodePayload(body);
    QTEST(int(payload.packets.size()), "packets");
    QTEST(payload.error ? payload.error->code : u"ok"_s, "code");
}

void TestEngineIoPacket::joinsPayloads()
{
    QCOMPARE(encodePayload({}), ""_ba);
    QCOMPARE(encodePayload({{PacketType::Message, "a"_ba, false},
                            {PacketType::Message, "\x01\x02\x03\x04"_ba, true},
                            {PacketType::Close, {}, false}}),
             "4a\x1e"
             "bAQIDBA==\x1e"
             "1"_ba);
}

void TestEngineIoPacket::deliversWhatCameBeforeTheBadPacket()
{
    const DecodedPayload payload = decodePayload("4first\x1e"
                                                 "4second\x1e"
                                                 "abc\x1e"
                                                 "4never"_ba);
    QCOMPARE(payload.packets.size(), 2u);
    QCOMPARE(payload.packets[0].data, "first"_ba);
    QCOMPARE(payload.packets[1].data, "second"_ba);
    QVERIFY(payload.error);
}

void TestEngineIoPacket::boundsThePacketsOfAPayload()
{
    const std::vector<Packet> most(std::size_t(maxPacketsPerPayload), Packet{PacketType::Ping, {}, false});
    DecodedPayload payload = decodePayload(encodePayload(most));
    QCOMPARE(payload.packets.size(), most.size());
    QVERIFY(!payload.error);

    payload = decodePayload(encodePayload(most)
                            + "\x1e"
                              "2"_ba);
    QCOMPARE(payload.packets.size(), most.size());
    QCOMPARE(payload.error->code, u"too-many-packets"_s);

    payload = decodePayload("2\x1e"_ba.repeated(1'000'000));
    QCOMPARE(payload.packets.size(), most.size());
    QCOMPARE(payload.error->code, u"too-many-packets"_s);
}

void TestEngineIoPacket::roundTripsRandomPayloads()
{
    QRandomGenerator random(20240611);
    for (int round = 0; round < 500; ++round) {
        std::vector<Packet> packets(std::size_t(random.bounded(1, 8)));
        for (Packet &packet : packets) {
            packet.binary = random.bounded(3) == 0;
            packet.type = packet.binary ? PacketType::Message : PacketType(random.bounded(7));
            packet.data.resize(random.bounded(40));
            for (char &byte : packet.data)
                byte = packet.binary ? char(random.bounded(256)) : char(random.bounded(0x20, 0x7F));
        }
        const DecodedPayload payload = decodePayload(encodePayload(packets));
        QVERIFY(!payload.error);
        QVERIFY(payload.packets == packets);
    }
}

QTEST_APPLESS_MAIN(TestEngineIoPacket)
#include "tst_engineiopacket.moc"
