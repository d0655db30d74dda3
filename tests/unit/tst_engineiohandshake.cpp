// SPDX-License-Identifier: MIT
#include "libclient/protocol/engineiohandshake.h"

#include "tests/unit/codeof.h"

#include <QtTest/QTest>

using namespace EngineIo;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestEngineIoHandshake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesFiveKeysInOrder();
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void roundTrips();
};

void TestEngineIoHandshake::writesFiveKeysInOrder()
{
    const Handshake handshake{u"lv_VI97HAXpY6yYWAAAC"_s, {u"websocket"_s}, 300ms, 200ms, 1'000'000};
    QCOMPARE(
        encodeHandshake(handshake),
        R"({"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingInterval":300,"pingTimeout":200,"maxPayload":1000000})"_ba);
    QVERIFY(
        encodeHandshake({u"x"_s, {}}).contains(R"("upgrades":[],"pingInterval":25000,"pingTimeout":20000)"));
}

void TestEngineIoHandshake::reads_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QStringList>("upgrades");
    QTest::addColumn<qint64>("maxPayload");
    QTest::addColumn<std::chrono::milliseconds>("pingInterval");

    QTest::newRow("as Node sends it")
        << R"({"sid":"s","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000})"_ba
        << QStringList{u"websocket"_s} << qint64(1'000'000) << 25'000ms;
    QTest::newRow("another order, more keys, spaces")
        << R"({ "maxPayload": 5, "extra": [{}], "pingTimeout": 20000, "pingInterval": 25000, "upgrades": [], "sid": "s" })"_ba
        << QStringList() << qint64(5) << 25'000ms;
    QTest::newRow("several upgrades")
        << R"({"sid":"s","upgrades":["websocket","webtransport"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1e6})"_ba
        << QStringList{u"websocket"_s, u"webtransport"_s} << qint64(1'000'000) << 25'000ms;
    QTest::newRow("a server older than maxPayload")
        << R"({"sid":"s","upgrades":[],"pingInterval":25000,"pingTimeout":20000})"_ba << QStringList()
        << qint64(1'000'000) << 25'000ms;
    QTest::newRow("python-engineio that pings every 0.9 seconds")
        << R"({"sid":"s","upgrades":["websocket"],"pingTimeout":20000,"pingInterval":0})"_ba
        << QStringList{u"websocket"_s} << qint64(1'000'000) << 0ms;
}

void TestEngineIoHandshake::reads()
{
    QFETCH(QByteArray, json);
    const auto handshake = decodeHandshake(json);
    QCOMPARE(codeOf(handshake), u"ok"_s);
    QCOMPARE(handshake->sid, u"s"_s);
    QTEST(handshake->pingInterval, "pingInterval");
    QCOMPARE(handshake->pingTimeout, 20'000ms);
    QTEST(handshake->upgrades, "upgrades");
    QTEST(handshake->maxPayload, "maxPayload");
}

void TestEngineIoHandshake::refuses_data()
{
    QTest::addColumn<QByteArray>("json");

    // A good one with one member replaced.
    const auto with = [](const QByteArray &key, const QByteArray &value) {
        QByteArray json = "{";
        for (const auto &[name, usual] :
             {std::pair("sid"_ba, "\"s\""_ba), std::pair("upgrades"_ba, "[]"_ba),
              std::pair("pingInterval"_ba, "25000"_ba), std::pair("pingTimeout"_ba, "20000"_ba),
              std::pair("maxPayload"_ba, "1000000"_ba)}) {
            if (name != key)
                json += '"' + name + "\":" + usual + ',';
            else if (!value.isEmpty())
                json += '"' + name + "\":" + value + ',';
        }
        json.chop(1);
        return json + '}';
    };
    QVERIFY(decodeHandshake(with("none"_ba, {})));

    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("not JSON") << "{"_ba;
    QTest::newRow("null") << "null"_ba;
    QTest::newRow("array") << "[]"_ba;
    QTest::newRow("empty object") << "{}"_ba;
    QTest::newRow("text after it") << with("none"_ba, {}) + "x";
    for (const char *key : {"sid", "upgrades", "pingInterval", "pingTimeout"})
        QTest::addRow("no %s", key) << with(key, {});
    for (const char *key : {"sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload"}) {
        QTest::addRow("%s is null", key) << with(key, "null");
        QTest::addRow("%s is an object", key) << with(key, "{}");
        QTest::addRow("%s is true", key) << with(key, "true");
    }
    QTest::newRow("empty sid") << with("sid"_ba, "\"\"");
    QTest::newRow("sid is a number") << with("sid"_ba, "5");
    QTest::newRow("upgrades of numbers") << with("upgrades"_ba, "[1]");
    QTest::newRow("upgrades is text") << with("upgrades"_ba, "\"websocket\"");
    for (const char *key : {"pingTimeout", "maxPayload"})
        QTest::addRow("%s is 0", key) << with(key, "0");
    for (const char *key : {"pingInterval", "pingTimeout", "maxPayload"}) {
        QTest::addRow("%s is negative", key) << with(key, "-1");
        QTest::addRow("%s is text", key) << with(key, "\"25000\"");
        QTest::addRow("%s is infinite", key) << with(key, "1e999");
        QTest::addRow("%s is beyond 64 bits", key) << with(key, "99999999999999999999");
    }
    QTest::newRow("a time that overflows a timer") << with("pingInterval"_ba, "2147483647");
}

void TestEngineIoHandshake::refuses()
{
    QFETCH(QByteArray, json);
    const auto handshake = decodeHandshake(json);
    QCOMPARE(codeOf(handshake), u"invalid-handshake"_s);
    QVERIFY(!handshake.error().message.isEmpty());
    QVERIFY(!handshake.error().cause.isEmpty());
}

void TestEngineIoHandshake::roundTrips()
{
    const Handshake handshake{
        u"\u00e9\"\\\n"_s, {u"websocket"_s, u"x"_s}, 1ms, 1'000'000'000ms, qint64(1) << 53};
    const auto again = decodeHandshake(encodeHandshake(handshake));
    QCOMPARE(codeOf(again), u"ok"_s);
    QVERIFY(*again == handshake);
}

QTEST_APPLESS_MAIN(TestEngineIoHandshake)
#include "tst_engineiohandshake.moc"
