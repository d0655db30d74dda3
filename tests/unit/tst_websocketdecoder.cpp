// SPDX-License-Identifier: MIT
#include "libclient/protocol/websocketdecoder.h"

#include <QtCore/QRandomGenerator>
#include <QtCore/QtEndian>
#include <QtTest/QTest>

using namespace Hubbub;
using namespace Qt::StringLiterals;
using Kind = WebSocketItem::Kind;

namespace
{

QByteArray frame(int first, QByteArray payload, bool masked = true)
{
    QByteArray out(1, char(first));
    const int bit = masked ? 0x80 : 0;
    if (payload.size() < 126) {
        out += char(bit | int(payload.size()));
    } else if (payload.size() < 65536) {
        const quint16 size = qToBigEndian(quint16(payload.size()));
        out += char(bit | 126);
        out.append(reinterpret_cast<const char *>(&size), sizeof size);
    } else {
        const quint64 size = qToBigEndian(quint64(payload.size()));
        out += char(bit | 127);
        out.append(reinterpret_cast<const char *>(&size), sizeof size);
    }
    if (!masked)
        return out + payload;
    const QByteArray mask = "\x9a\x01\xfe\x37"_ba;
    for (qsizetype i = 0; i < payload.size(); ++i)
        payload[i] = char(payload[i] ^ mask[i % 4]);
    return out + mask + payload;
}

/// Everything the decoder says of the bytes given in steps of that size, one line each.
QByteArrayList said(WebSocketDecoder &decoder, const QByteArray &bytes, qsizetype step)
{
    QByteArrayList lines;
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        QByteArray part = bytes.mid(at, step);
        decoder.feed({part.data(), std::size_t(part.size())});
        for (auto item = decoder.next(); item.kind != Kind::More; item = decoder.next()) {
            switch (item.kind) {
            case Kind::Text:
                lines << "text " + item.bytes.toByteArray();
                break;
            case Kind::Binary:
                lines << "binary " + item.bytes.toByteArray();
                break;
            case Kind::Control:
                lines << "control " + item.bytes.toByteArray().toHex();
                break;
            default:
                lines << "violation " + QByteArray::number(item.closeCode);
                if (!item.reason || !*item.reason)
                    lines << "without a reason";
            }
        }
    }
    return lines;
}

} // namespace

class TestWebSocketDecoder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void serversMustNotMask();
    void masksAnyLength();
};

void TestWebSocketDecoder::reads_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("expected");
    const QByteArray large(70'000, 'z');
    const QByteArray ping = frame(0x89, "hi");
    QTest::newRow("text") << frame(0x81, "hello") << QByteArrayList{"text hello"};
    QTest::newRow("empty text") << frame(0x81, "") << QByteArrayList{"text "};
    QTest::newRow("binary") << frame(0x82, "\xff\x00"_ba) << QByteArrayList{"binary \xff\x00"_ba};
    QTest::newRow("three in a row") << frame(0x81, "a") + frame(0x82, "b") + frame(0x81, "c")
                                    << QByteArrayList{"text a", "binary b", "text c"};
    QTest::newRow("126 bytes") << frame(0x81, large.left(126)) << QByteArrayList{"text " + large.left(126)};
    QTest::newRow("70 000 bytes") << frame(0x81, large) << QByteArrayList{"text " + large};
    QTest::newRow("fragments") << frame(0x01, "a") + frame(0x00, "b") + frame(0x80, "c")
                               << QByteArrayList{"text abc"};
    QTest::newRow("many empty fragments")
        << frame(0x01, "") + frame(0x00, "").repeated(3000) + frame(0x80, "x") << QByteArrayList{"text x"};
    QTest::newRow("code point split")
        << frame(0x01, "\xe2"_ba) + frame(0x00, "\x82"_ba) + frame(0x80, "\xac"_ba)
        << QByteArrayList{"text €"};
    QTest::newRow("ping inside a message") << frame(0x02, "a") + ping + frame(0x80, "b")
                                           << QByteArrayList{"control " + ping.toHex(), "binary ab"};
    QTest::newRow("close after text")
        << frame(0x81, "a") + frame(0x88, "\x03\xe8"_ba)
        << QByteArrayList{"text a", "control " + frame(0x88, "\x03\xe8"_ba).toHex()};
}

void TestWebSocketDecoder::reads()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArrayList, expected);
    for (const qsizetype step : {bytes.size(), qsizetype(1), qsizetype(2), qsizetype(5), qsizetype(4096)}) {
        WebSocketDecoder decoder(WebSocketDecoder::Peer::Client, 100'000);
        QCOMPARE(said(decoder, bytes, step), expected);
    }
}

void TestWebSocketDecoder::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::newRow("unmasked") << frame(0x81, "a", false) << 1002;
    for (const int first : {0xc1, 0xa1, 0x91, 0xc9})
        QTest::addRow("reserved bit %x", first) << frame(first, "a") << 1002;
    for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
        QTest::addRow("opcode %d", opcode) << frame(0x80 | opcode, "a") << 1002;
    QTest::newRow("long ping") << frame(0x89, QByteArray(126, 'x')) << 1002;
    QTest::newRow("fragmented close") << frame(0x08, "") << 1002;
    QTest::newRow("continuation of nothing") << frame(0x80, "a") << 1002;
    QTest::newRow("message in a message") << frame(0x01, "a") + frame(0x82, "b") << 1002;
    QTest::newRow("16-bit length for 1") << "\x81\xfe\x00\x01mask1"_ba << 1002;
    QTest::newRow("64-bit length for 1000") << "\x81\xff\x00\x00\x00\x00\x00\x00\x03\xe8mask"_ba << 1002;
    QTest::newRow("length with its top bit") << "\x81\xff\x80\x00\x00\x00\x00\x00\x00\x01mask"_ba << 1002;
    QTest::newRow("1001 bytes") << frame(0x81, QByteArray(1001, 'a')) << 1009;
    QTest::newRow("1001 bytes in fragments")
        << frame(0x02, QByteArray(600, 'a')) + frame(0x80, QByteArray(401, 'a')) << 1009;
    QTest::newRow("2^62 bytes, announced") << "\x82\xff\x40\x00\x00\x00\x00\x00\x00\x00mask"_ba << 1009;
    QTest::newRow("empty fragments without end")
        << frame(0x01, "") + frame(0x00, "").repeated(WebSocketDecoder::maxFragments) << 1008;
    QTest::newRow("overlong UTF-8") << frame(0x81, "\xc0\xaf"_ba) << 1007;
    QTest::newRow("surrogate") << frame(0x81, "\xed\xa0\x80"_ba) << 1007;
    QTest::newRow("cut at the end") << frame(0x01, "a\xe2"_ba) + frame(0x80, "\x82"_ba) << 1007;
}

void TestWebSocketDecoder::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    for (const qsizetype step : {bytes.size() + 10, qsizetype(1)}) {
        WebSocketDecoder decoder(WebSocketDecoder::Peer::Client, 1000);
        // Nothing is read any more behind it.
        QCOMPARE(said(decoder, bytes + frame(0x81, "after"), step),
                 QByteArrayList{"violation " + QByteArray::number(code)});
    }
}

void TestWebSocketDecoder::serversMustNotMask()
{
    WebSocketDecoder decoder(WebSocketDecoder::Peer::Server, 1000);
    QCOMPARE(said(decoder, frame(0x81, "plain", false), 3), QByteArrayList{"text plain"});
    QCOMPARE(said(decoder, frame(0x81, "masked"), 100), QByteArrayList{"violation 1002"});
}

void TestWebSocketDecoder::masksAnyLength()
{
    const std::array<char, 4> mask{'\x12', '\x00', '\xff', '\x7e'};
    for (int length = 0; length < 70; ++length) {
        QByteArray bytes(length, Qt::Uninitialized);
        for (char &byte : bytes)
            byte = char(QRandomGenerator::global()->bounded(256));
        QByteArray expected = bytes;
        for (qsizetype i = 0; i < length; ++i)
            expected[i] = char(expected[i] ^ mask[std::size_t(i % 4)]);
        applyWebSocketMask({bytes.data(), std::size_t(length)}, mask);
        QCOMPARE(bytes, expected);
    }
}

QTEST_APPLESS_MAIN(TestWebSocketDecoder)
#include "tst_websocketdecoder.moc"
