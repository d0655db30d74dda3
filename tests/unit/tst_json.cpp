// SPDX-License-Identifier: MIT
#include "libclient/protocol/json.h"

#include "tests/unit/codeof.h"

#include <QtCore/QCborArray>
#include <QtCore/QCborMap>
#include <QtCore/QDateTime>
#include <QtCore/QRandomGenerator>
#include <QtCore/QUrl>
#include <QtCore/QUuid>
#include <QtTest/QTest>

#include <bit>
#include <cmath>
#include <limits>

using namespace SocketIo;
using namespace Qt::StringLiterals;

class TestJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void refusesEveryCutOfASample();
    void refusesAStrayByteAnywhere();
    void findsSpecialBytesAtEveryOffset();
    void judgesUtf8AsQtDoes();
    void boundsTheDepth_data();
    void boundsTheDepth();
    void slicesArrays_data();
    void slicesArrays();
    void refusesToSliceOthers();
    void parses_data();
    void parses();
    void keepsTheOrderOfKeys();
    void lastValueOfARepeatedKeyWins_data();
    void lastValueOfARepeatedKeyWins();
    void readsAMillionKeys();
    void writesNumbersAsJavaScript_data();
    void writesNumbersAsJavaScript();
    void roundTripsNumbers();
    void roundTripsEveryCharacter();
    void writes_data();
    void writes();
    void writesPlaceholdersDepthFirst();
    void findsBinary();
};

// Everything the grammar has, in one object.
static const QByteArray sample =
    R"( {"a" : [1, -2.5e+3, 0, 1E-2, true, false, null], "b\u00e9\n\\\"\/" : {"" : "h\u20ac\ud83d\ude00é€😀"}, "c":[[],{}]} )"_ba
        .trimmed();

void TestJson::accepts_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char *json : {"null",
                             "true",
                             "false",
                             "0",
                             "-0",
                             "1",
                             "-1",
                             "10",
                             "0.5",
                             "-0.5",
                             "1e5",
                             "1E+5",
                             "1e-5",
                             "1.5e5",
                             "0e0",
                             "1e999",
                             "-1e999",
                             "1e-999",
                             "123456789012345678901234567890",
                             "\"\"",
                             "\"a\"",
                             "\"\\ud800\"",
                             "\"\\udc00\\ud800\"",
                             "\"\\u0000\"",
                             "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
                             "\"\x7f\"",
                             "\"\xef\xbb\xbf\"",
                             "[]",
                             "{}",
                             "[ ]",
                             "{ }",
                             "[1]",
                             "[1,2]",
                             "[[],[]]",
                             "{\"a\":1}",
                             "{\"a\":1,\"a\":2}",
                             "{\"\":{}}",
                             " \t\r\n1\t\r\n ",
                             "[\t1\r,\n2 ]",
                             "{ \"a\" : 1 , \"b\" : 2 }",
                             "[{\"a\":[{}]},{}]",
                             "{\"__proto__\":1}"})
        QTest::newRow(json) << QByteArray(json);
    QTest::newRow("the sample") << sample;
}

void TestJson::accepts()
{
    QFETCH(QByteArray, json);
    QCOMPARE(codeOf(Json::validate(json)), u"ok"_s);
    QCOMPARE(codeOf(Json::parse(json)), u"ok"_s);
}

void TestJson::refuses_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("offset");

    const auto row = [](const char *json, int offset) { QTest::newRow(json) << QByteArray(json) << offset; };
    QTest::newRow("nothing") << ""_ba << 0;
    row(" ", 1);
    QTest::newRow("NUL") << QByteArray(1, '\0') << 0;
    QTest::newRow("NUL after a value") << "1\0"_ba << 1;
    QTest::newRow("NUL in a string") << "\"a\0b\""_ba << 2;
    QTest::newRow("NUL after a backslash") << "\"\\\0\""_ba << 1;
    QTest::newRow("byte order mark") << "\xef\xbb\xbf[]"_ba << 0;
    QTest::newRow("control character in a string") << "\"a\x1f\""_ba << 2;
    QTest::newRow("line break in a string") << "\"a\n\""_ba << 2;
    QTest::newRow("no-break space") << "\xc2\xa0[]"_ba << 0;
    QTest::newRow("vertical tab") << "\x0b[]"_ba << 0;
    row("[1,]", 3);
    row("{\"a\":1,}", 7);
    row("[,1]", 1);
    row("[1,,2]", 3);
    row("[1 2]", 3);
    row("[1}", 2);
    row("{\"a\":1]", 6);
    row("{\"a\" 1}", 5);
    row("{\"a\"}", 4);
    row("{\"a\":}", 5);
    row("{,}", 1);
    row("{a:1}", 1);
    row("{'a':1}", 1);
    row("{1:1}", 1);
    row("{\"a\":1 \"b\":2}", 7);
    row("[1:2]", 2);
    row("[]]", 2);
    row("1 2", 2);
    row("{}{}", 2);
    row("tru", 0);
    row("trUe", 0);
    row("nul", 0);
    row("truex", 4);
    row("undefined", 0);
    row("NaN", 0);
    row("Infinity", 0);
    row("-Infinity", 1);
    row("01", 1);
    row("-01", 2);
    row("+1", 0);
    row("-", 1);
    row(".5", 0);
    row("1.", 2);
    row("1.e5", 2);
    row("1e", 2);
    row("1e+", 3);
    row("1e5.5", 3);
    row("0x10", 1);
    row("1_000", 1);
    row("--1", 1);
    row("\"", 1);
    row("\"a", 2);
    row("\"\\", 1);
    row("\"\\\"", 3);
    row("\"\\x41\"", 1);
    row("\"\\u12\"", 1);
    row("\"\\u123", 1);
    row("\"\\u12g4\"", 1);
    row("\"\\U1234\"", 1);
    row("\"\\'\"", 1);
    row("'a'", 0);
    row("// c\n1", 0);
    row("[1]/* c */", 3);
    QTest::newRow("lone continuation byte") << "\"\x80\""_ba << 1;
    QTest::newRow("overlong slash") << "\"\xc0\xaf\""_ba << 1;
    QTest::newRow("overlong NUL") << "\"\xc0\x80\""_ba << 1;
    QTest::newRow("overlong of three") << "\"\xe0\x80\xaf\""_ba << 1;
    QTest::newRow("overlong of four") << "\"\xf0\x80\x80\xaf\""_ba << 1;
    QTest::newRow("surrogate") << "\"\xed\xa0\x80\""_ba << 1;
    QTest::newRow("beyond Unicode") << "\"\xf4\x90\x80\x80\""_ba << 1;
    QTest::newRow("five bytes") << "\"\xf8\x88\x80\x80\x80\""_ba << 1;
    QTest::newRow("cut sequence") << "\"\xe2\x82\""_ba << 1;
    QTest::newRow("cut sequence at the end") << "\"\xe2\x82"_ba << 1;
    QTest::newRow("Latin-1") << "\"\xe9\""_ba << 1;
    QTest::newRow("bad key") << "{\"\xff\":1}"_ba << 2;
}

void TestJson::refuses()
{
    QFETCH(QByteArray, json);
    QFETCH(int, offset);
    const auto valid = Json::validate(json);
    QCOMPARE(codeOf(valid), u"invalid-json"_s);
    QVERIFY2(valid.error().cause.endsWith(u"at byte %1"_s.arg(offset)), qPrintable(valid.error().cause));
    QVERIFY(!valid.error().message.isEmpty());
    QCOMPARE(codeOf(Json::parse(json)), u"invalid-json"_s);
    QCOMPARE(codeOf(Json::validateArray(json)), u"invalid-json"_s);
}

void TestJson::refusesEveryCutOfASample()
{
    QVERIFY(Json::validate(sample));
    for (qsizetype length = 0; length < sample.size(); ++length) {
        // A copy of its own: a sanitizer sees a read beyond the end.
        const QByteArray cut(sample.constData(), length);
        QVERIFY2(!Json::validate(cut), cut.constData());
        QVERIFY2(!Json::parse(cut), cut.constData());
    }
}

void TestJson::refusesAStrayByteAnywhere()
{
    for (const char stray : {'\0', '\xff', '\x1e'}) {
        for (qsizetype at = 0; at <= sample.size(); ++at) {
            QByteArray spoilt = sample;
            spoilt.insert(at, stray);
            QVERIFY2(!Json::validate(spoilt), spoilt.constData());
        }
    }
}

// The scanner reads eight bytes at a time: what ends its stride must be seen wherever it stands.
void TestJson::findsSpecialBytesAtEveryOffset()
{
    for (int length = 0; length < 40; ++length) {
        for (int at = 0; at <= length; ++at) {
            QByteArray text(length, 'x');
            for (const auto &[piece, valid] :
                 {std::pair("\\n"_ba, true), std::pair("\u20ac"_ba, true), std::pair("\x1f"_ba, false),
                  std::pair("\x80"_ba, false), std::pair("\""_ba, false),
                  std::pair("\x7f\x20\x21\x23\x5b\x5d"_ba, true)}) {
                QByteArray json = text;
                json.insert(at, piece);
                json = '"' + json + '"';
                QCOMPARE(bool(Json::validate(json)), valid);
            }
        }
    }
}

void TestJson::judgesUtf8AsQtDoes()
{
    QRandomGenerator random(8259);
    int valid = 0;
    for (int round = 0; round < 200'000; ++round) {
        // Bytes near the borders of the table, so that some sequences are good.
        static constexpr uchar bytes[] = {0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF,
                                          0xE0, 0xE1, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};
        QByteArray text(random.bounded(1, 6), ' ');
        for (char &byte : text)
            byte = char(bytes[random.bounded(int(std::size(bytes)))]);
        const bool good = Json::validate('"' + text + '"').has_value();
        QCOMPARE(good, text.isValidUtf8());
        valid += good;
    }
    QVERIFY(valid > 1000);
}

void TestJson::boundsTheDepth_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("code");

    const auto arrays = [](int depth) { return QByteArray(depth, '[') + QByteArray(depth, ']'); };
    const auto objects = [](int depth) {
        return "{\"a\":"_ba.repeated(depth) + '1' + QByteArray(depth, '}');
    };
    const auto mixed = [](int pairs) {
        return "[{\"a\":"_ba.repeated(pairs) + "[]" + "}]"_ba.repeated(pairs);
    };
    QTest::newRow("arrays to the limit") << arrays(Json::maxDepth) << u"ok"_s;
    QTest::newRow("arrays beyond") << arrays(Json::maxDepth + 1) << u"too-deep"_s;
    QTest::newRow("objects to the limit") << objects(Json::maxDepth) << u"ok"_s;
    QTest::newRow("objects beyond") << objects(Json::maxDepth + 1) << u"too-deep"_s;
    QTest::newRow("mixed below") << mixed(Json::maxDepth / 2 - 1) << u"ok"_s;
    QTest::newRow("mixed beyond") << mixed(Json::maxDepth / 2) << u"too-deep"_s;
    QTest::newRow("a hundred thousand arrays") << arrays(100'000) << u"too-deep"_s;
    QTest::newRow("a hundred thousand objects") << objects(100'000) << u"too-deep"_s;
    QTest::newRow("never closed") << QByteArray(1'000'000, '[') << u"too-deep"_s;
    QTest::newRow("wide is not deep") << '[' + "[],"_ba.repeated(100'000) + "[]]" << u"ok"_s;
}

void TestJson::boundsTheDepth()
{
    QFETCH(QByteArray, json);
    QTEST(codeOf(Json::validate(json)), "code");
    const auto value = Json::parse(json);
    QTEST(codeOf(value), "code");
    if (value)
        QCOMPARE(Json::toJson(*value), json);
}

void TestJson::slicesArrays_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArrayList>("elements");

    QTest::newRow("empty") << "[]"_ba << QByteArrayList();
    QTest::newRow("spaces") << " [ ] "_ba << QByteArrayList();
    QTest::newRow("scalars") << R"(["a",1,-2.5,true,null,"b\"]"])"_ba
                             << QByteArrayList{"\"a\"", "1", "-2.5", "true", "null", R"("b\"]")"};
    QTest::newRow("nested") << R"([[1,[2]],{"a":[3],"b":{}},[],{}])"_ba
                            << QByteArrayList{"[1,[2]]", R"({"a":[3],"b":{}})", "[]", "{}"};
    QTest::newRow("with spaces") << " [ 1 , [ 2 ] , \"x\" ] "_ba << QByteArrayList{"1", "[ 2 ]", "\"x\""};
}

void TestJson::slicesArrays()
{
    QFETCH(QByteArray, json);
    const auto slices = Json::validateArray(json);
    QCOMPARE(codeOf(slices), u"ok"_s);
    QByteArrayList elements;
    for (const Json::Slice &slice : *slices)
        elements.append(json.mid(slice.offset, slice.length));
    QTEST(elements, "elements");
}

void TestJson::refusesToSliceOthers()
{
    for (const char *json : {"{}", "1", "\"[]\"", "null", " {\"a\":[]} "})
        QCOMPARE(codeOf(Json::validateArray(json)), u"not-an-array"_s);
}

void TestJson::parses_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QCborValue>("value");

    const double infinity = std::numeric_limits<double>::infinity();
    const auto row = [](const char *json, const QCborValue &value) {
        QTest::newRow(json) << QByteArray(json) << value;
        QTest::addRow("[%s]", json) << '[' + QByteArray(json) + ']' << QCborValue(QCborArray{value});
    };
    row("null", nullptr);
    row("true", true);
    row("false", false);
    row("0", 0);
    row("23", 23);
    row("24", 24);
    row("-1", -1);
    row("-25", -25);
    row("255", 255);
    row("256", 256);
    row("65536", 65536);
    row("4294967296", qint64(4294967296));
    row("9223372036854775807", std::numeric_limits<qint64>::max());
    row("-9223372036854775808", std::numeric_limits<qint64>::min());
    row("9223372036854775808", 9223372036854775808.0);
    row("18446744073709551615", 18446744073709551615.0);
    row("-9223372036854775809", -9223372036854775808.0);
    row("1.0", 1.0);
    row("1e2", 100.0);
    row("0.1", 0.1);
    row("5e-324", 5e-324);
    row("1e999", infinity);
    row("-1e999", -infinity);
    row("1e-999", 0.0);
    row("1e99999999999999999999", infinity);
    row("1e-99999999999999999999", 0.0);
    row("0e99999999999999999999", 0.0);
    row("\"\"", QString());
    row("\"a\"", u"a"_s);
    row("\"h\u00e9\u20ac\U0001F600\"", u"h\u00e9\u20ac\U0001F600"_s);
    row(R"("\"\\\/\b\f\n\r\t")", u"\"\\/\b\f\n\r\t"_s);
    row(R"("\u0041\u00e9\u20AC\ud83d\ude00")", u"A\u00e9\u20ac\U0001F600"_s);
    row(R"("a\u0000b")", QString(u"a\0b"_s));
    row(R"("\ud800")", u"\ufffd"_s);
    row(R"("\udc00\ud800")", u"\ufffd\ufffd"_s);
    row(R"("\ud800\ud83d\ude00x")", u"\ufffd\U0001F600x"_s);
    row(R"("\ud800x\udc00")", u"\ufffdx\ufffd"_s);
    row(R"("\ud800\n")", u"\ufffd\n"_s);
    row("[]", QCborArray());
    row("{}", QCborMap());
    row(R"({"a":{"b":[1,"x"]}})", QCborMap{{u"a"_s, QCborMap{{u"b"_s, QCborArray{1, u"x"_s}}}}});
    row(R"({"\u0061":1})", QCborMap{{u"a"_s, 1}});
    row(R"({"_placeholder":true,"num":0})", QCborMap{{u"_placeholder"_s, true}, {u"num"_s, 0}});
    QTest::newRow("overflow by digits") << QByteArray(400, '9') << QCborValue(infinity);
    QTest::newRow("underflow by digits") << "0." + QByteArray(400, '0') + '1' << QCborValue(0.0);
    QTest::newRow("digits and exponent cancel") << "0." + QByteArray(400, '0') + "1e401" << QCborValue(1.0);
}

void TestJson::parses()
{
    QFETCH(QByteArray, json);
    QFETCH(QCborValue, value);
    const auto parsed = Json::parse(json);
    QCOMPARE(codeOf(parsed), u"ok"_s);
    QCOMPARE(*parsed, value);
    QCOMPARE(parsed->type(), value.type());
}

void TestJson::keepsTheOrderOfKeys()
{
    const QByteArray json = "{\"z\":1,\"a\":2,\"\ufeffa\":0,\"zz\":3,\"\":4,\"10\":5,\"9\":6}"_ba;
    QCOMPARE(Json::toJson(*Json::parse(json)), json);
    QVERIFY(std::signbit(Json::parse("-0")->toDouble()));
}

void TestJson::lastValueOfARepeatedKeyWins_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("result");

    QTest::newRow("twice") << R"({"a":1,"b":2,"a":3})"_ba
                           << R"({"a":3,"b":2})"_ba;
    QTest::newRow("often") << R"({"a":1,"a":2,"a":3,"a":4})"_ba
                           << R"({"a":4})"_ba;
    QTest::newRow("another spelling") << R"({"a":1,"\u0061":2})"_ba
                                      << R"({"a":2})"_ba;
    QTest::newRow("objects") << R"({"a":{"x":1,"x":2},"b":[{}],"a":{"y":[1,2],"y":3}})"_ba
                             << R"({"a":{"y":3},"b":[{}]})"_ba;
    QTest::newRow("the outer one counts") << R"({"a":{"a":1},"b":{"a":2}})"_ba
                                          << R"({"a":{"a":1},"b":{"a":2}})"_ba;
    QTest::newRow("in a large object")
        << R"({"k1":1,"k2":2,"k3":3,"k4":4,"k5":5,"k6":6,"k7":7,"k8":8,"k2":{"n":9},"k9":9,"k2":0,"k1":-1})"_ba
        << R"({"k1":-1,"k2":0,"k3":3,"k4":4,"k5":5,"k6":6,"k7":7,"k8":8,"k9":9})"_ba;
}

void TestJson::lastValueOfARepeatedKeyWins()
{
    QFETCH(QByteArray, json);
    QTEST(Json::toJson(*Json::parse(json)), "result");
}

// Quadratic work would be 10^12 steps: far beyond this test's time limit.
void TestJson::readsAMillionKeys()
{
    constexpr int count = 1'000'000;
    QByteArray json = "{";
    for (int i = 0; i < count; ++i)
        json += "\"k" + QByteArray::number(i) + "\":0,";
    const auto distinct = Json::parse(json.chopped(1) + '}');
    QCOMPARE(codeOf(distinct), u"ok"_s);
    QCOMPARE(distinct->toMap().size(), count);
    QCOMPARE(distinct->toMap().constBegin().key(), QCborValue(u"k0"_s));

    const auto same = Json::parse("{" + "\"k\":1,"_ba.repeated(count) + "\"k\":2}");
    QCOMPARE(Json::toJson(*same), "{\"k\":2}"_ba);
}

void TestJson::writesNumbersAsJavaScript_data()
{
    QTest::addColumn<double>("number");
    QTest::addColumn<QByteArray>("json");

    // Each second column is what JSON.stringify prints.
    const auto row = [](double number, const char *json) {
        QTest::newRow(json) << number << QByteArray(json);
    };
    row(1.0, "1");
    row(-1.0, "-1");
    row(0.5, "0.5");
    row(-1.25, "-1.25");
    row(100, "100");
    row(123456789.125, "123456789.125");
    row(0.1 + 0.2, "0.30000000000000004");
    row(0.000001, "0.000001");
    row(0.00000123, "0.00000123");
    row(1e-7, "1e-7");
    row(1.5e-7, "1.5e-7");
    row(1e20, "100000000000000000000");
    row(123456789012345680000.0, "123456789012345680000");
    row(1e21, "1e+21");
    row(1.5e300, "1.5e+300");
    row(-1e21, "-1e+21");
    row(9007199254740993.0, "9007199254740992");
    row(5e-324, "5e-324");
    row(1.7976931348623157e308, "1.7976931348623157e+308");
    row(4.35, "4.35");
    QTest::newRow("minus zero") << -0.0 << "0"_ba;
    QTest::newRow("NaN") << std::numeric_limits<double>::quiet_NaN() << "null"_ba;
    QTest::newRow("infinity") << std::numeric_limits<double>::infinity() << "null"_ba;
    QTest::newRow("minus infinity") << -std::numeric_limits<double>::infinity() << "null"_ba;
}

void TestJson::writesNumbersAsJavaScript()
{
    QFETCH(double, number);
    QTEST(Json::toJson(QCborValue(number)), "json");
}

void TestJson::roundTripsNumbers()
{
    QRandomGenerator random(754);
    for (int round = 0; round < 100'000; ++round) {
        const quint64 bits = random.generate64();
        const auto number = std::bit_cast<double>(bits);
        if (std::isfinite(number)) {
            const QByteArray json = Json::toJson(QCborValue(number));
            const auto back = Json::parse(json);
            QCOMPARE(codeOf(back), u"ok"_s);
            QVERIFY2(back->toDouble() == number, json.constData());
        }
        const QCborValue whole(qint64(bits >> random.bounded(64)));
        QCOMPARE(*Json::parse(Json::toJson(whole)), whole);
    }
}

void TestJson::roundTripsEveryCharacter()
{
    for (uint unit = 0; unit <= 0xFFFF; ++unit) {
        const QString text{QChar(char16_t(unit))};
        const QByteArray json = Json::toJson(text);
        if (QChar::isSurrogate(unit)) {
            QCOMPARE(json, "\"\\u" + QByteArray::number(unit, 16) + '"');
            QCOMPARE(Json::parse(json)->toString(), u"\ufffd"_s);
        } else {
            QCOMPARE(Json::parse(json)->toString(), text);
            QCOMPARE(Json::parse('[' + json + ']')->toArray().at(0).toString(), text);
        }
    }
    for (uint point = 0x10000; point <= 0x10FFFF; point += 0x101) {
        const QString text = QString::fromUcs4(reinterpret_cast<const char32_t *>(&point), 1);
        QCOMPARE(Json::toJson(text), '"' + text.toUtf8() + '"');
        QCOMPARE(Json::parse(Json::toJson(text))->toString(), text);
    }
}

void TestJson::writes_data()
{
    QTest::addColumn<QCborValue>("value");
    QTest::addColumn<QByteArray>("json");

    const QCborValue undefined(QCborValue::Undefined);
    const QDateTime date(QDate(2024, 2, 29), QTime(12, 30, 15, 7), Qt::UTC);
    QTest::newRow("undefined") << undefined << "null"_ba;
    QTest::newRow("undefined in an array") << QCborValue(QCborArray{1, undefined}) << "[1,null]"_ba;
    QTest::newRow("undefined in an object")
        << QCborValue(QCborMap{{u"a"_s, undefined}, {u"b"_s, nullptr}, {u"c"_s, 1}})
        << R"({"b":null,"c":1})"_ba;
    QTest::newRow("simple type") << QCborValue(QCborArray{QCborValue(QCborSimpleType(99))}) << "[null]"_ba;
    QTest::newRow("simple type in an object")
        << QCborValue(QCborMap{{u"a"_s, QCborValue(QCborSimpleType(99))}}) << "{}"_ba;
    QTest::newRow("NaN in an object") << QCborValue(QCborMap{{u"a"_s, qQNaN()}}) << R"({"a":null})"_ba;
    QTest::newRow("date") << QCborValue(date) << R"("2024-02-29T12:30:15.007Z")"_ba;
    QTest::newRow("date of another zone")
        << QCborValue(date.toOffsetFromUtc(3600)) << R"("2024-02-29T12:30:15.007Z")"_ba;
    QTest::newRow("address") << QCborValue(QUrl(u"https://example.org/a b"_s))
                             << R"("https://example.org/a%20b")"_ba;
    QTest::newRow("uuid") << QCborValue(QUuid(u"01234567-89ab-cdef-0123-456789abcdef"_s))
                          << R"("01234567-89ab-cdef-0123-456789abcdef")"_ba;
    QTest::newRow("unknown tag") << QCborValue(QCborTag(4711), u"x"_s) << R"("x")"_ba;
    QTest::newRow("whole keys") << QCborValue(QCborMap{{1, u"a"_s}, {-2, u"b"_s}})
                                << R"({"1":"a","-2":"b"})"_ba;
    QTest::newRow("bytes without a list") << QCborValue("\x01\x02"_ba) << R"("AQI=")"_ba;
    QTest::newRow("quotes and controls") << QCborValue(u"\"\\/\b\f\n\r\t\u0001\u001e\u007f"_s)
                                         << "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001e\x7f\""_ba;
    QTest::newRow("separators of JavaScript stay") << QCborValue(u"\u2028\u2029"_s) << "\"\u2028\u2029\""_ba;
    QTest::newRow("plain and special")
        << QCborValue(u"ab\u00e9\u20accd\U0001F600\"e"_s) << "\"ab\u00e9\u20accd\U0001F600\\\"e\""_ba;
    QTest::newRow("lone surrogates") << QCborValue(QString(QChar(0xDC00)) + u'x' + QChar(0xD800))
                                     << R"("\udc00x\ud800")"_ba;
}

void TestJson::writes()
{
    QFETCH(QCborValue, value);
    QTEST(Json::toJson(value), "json");
}

void TestJson::writesPlaceholdersDepthFirst()
{
    QByteArray json;
    QList<QByteArray> attachments{"earlier"_ba};
    Json::write(QCborArray{QCborMap{{u"a"_s, QCborArray{"one"_ba}}, {u"b"_s, "two"_ba}}, "three"_ba}, json,
                &attachments);
    QCOMPARE(
        json,
        R"([{"a":[{"_placeholder":true,"num":1}],"b":{"_placeholder":true,"num":2}},{"_placeholder":true,"num":3}])"_ba);
    QCOMPARE(attachments, (QList<QByteArray>{"earlier"_ba, "one"_ba, "two"_ba, "three"_ba}));
}

void TestJson::findsBinary()
{
    QVERIFY(Json::hasBinary(""_ba));
    QVERIFY(Json::hasBinary(QCborArray{1, QCborMap{{u"a"_s, QCborArray{"x"_ba}}}}));
    QVERIFY(!Json::hasBinary(QCborArray{1, u"x"_s, QCborMap{{u"a"_s, nullptr}}}));
    QVERIFY(!Json::hasBinary(QCborValue(QDateTime::currentDateTimeUtc())));
}

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"
