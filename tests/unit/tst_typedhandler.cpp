// SPDX-License-Identifier: MIT
#include "libclient/protocol/typedhandler.h"

#include "libclient/protocol/makearguments.h"

#include "tests/unit/codeof.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtTest/QTest>

using namespace SocketIo;
using namespace Qt::StringLiterals;

class Author
{
    Q_GADGET
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(int age MEMBER age)

public:
    QString name;
    int age = -1;

    friend bool operator==(const Author &, const Author &) = default;
};

class Letter
{
    Q_GADGET
    Q_PROPERTY(qint64 id MEMBER id)
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(Kind kind MEMBER kind)
    Q_PROPERTY(QDateTime sent MEMBER sent)
    Q_PROPERTY(double weight MEMBER weight)
    Q_PROPERTY(QByteArray seal MEMBER seal)
    Q_PROPERTY(Author author MEMBER author)
    Q_PROPERTY(QList<Author> readers MEMBER readers)
    Q_PROPERTY(QStringList tags MEMBER tags)
    Q_PROPERTY(std::optional<QString> reply MEMBER reply)
    Q_PROPERTY(QVariant extra MEMBER extra)
    Q_PROPERTY(int length READ length STORED false)

public:
    enum Kind { Plain, Express = 7 };
    Q_ENUM(Kind)

    int length() const { return int(text.size()); }

    qint64 id = 0;
    QString text = u"unsaid"_s;
    Kind kind = Plain;
    QDateTime sent;
    double weight = 0;
    QByteArray seal;
    Author author;
    QList<Author> readers;
    QStringList tags;
    std::optional<QString> reply;
    QVariant extra;

    friend bool operator==(const Letter &, const Letter &) = default;
};

/// What its setters were told, in order.
class Diary
{
    Q_GADGET
    Q_PROPERTY(QString first READ first WRITE setFirst)
    Q_PROPERTY(QString second READ second WRITE setSecond)

public:
    QString first() const { return {}; }
    void setFirst(const QString &text) { told.append(u"first "_s + text); }
    QString second() const { return {}; }
    void setSecond(const QString &text) { told.append(u"second "_s + text); }

    QStringList told;
};

class TestTypedHandler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void convertsWholeNumbers_data();
    void convertsWholeNumbers();
    void convertsScalars();
    void convertsContainers();
    void convertsDates();
    void readsGadgets();
    void refusesGadgets_data();
    void refusesGadgets();
    void roundTripsGadgets();
    void readsJsonAsItReadsValues_data();
    void readsJsonAsItReadsValues();
    void writesPropertiesInTheirOrder();
    void makesArguments();
    void namesTypes();
    void callsWithTypedArguments();
    void skipsContextParameters();
    void fillsMissingOptionals();
    void reportsMismatches_data();
    void reportsMismatches();
    void ignoresArgumentsBeyondTheParameters();
    void takesFunctionsAndMutableLambdas();
    void acknowledgesOnce();
};

static QCborValue parsed(const char *json)
{
    return Json::parse(json).value();
}

static Event makeEvent(const Arguments &arguments, const Ack &ack = {})
{
    return {u"test"_s, arguments, ack};
}

void TestTypedHandler::convertsWholeNumbers_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArrayList>("fitting"); // which types take it

    const QByteArray all = "i8 u8 i16 u16 i32 u32 i64 u64";
    const auto row = [](const char *json, const QByteArray &types) {
        QTest::newRow(json) << QByteArray(json) << (types.isEmpty() ? QByteArrayList() : types.split(' '));
    };
    row("0", all);
    row("1.0", all);
    row("1e1", all);
    row("-0", all);
    row("127", all);
    row("128", "u8 i16 u16 i32 u32 i64 u64");
    row("-1", "i8 i16 i32 i64");
    row("-128", "i8 i16 i32 i64");
    row("-129", "i16 i32 i64");
    row("255", "u8 i16 u16 i32 u32 i64 u64");
    row("256", "i16 u16 i32 u32 i64 u64");
    row("2147483647", "i32 u32 i64 u64");
    row("2147483648", "u32 i64 u64");
    row("4294967296", "i64 u64");
    row("9223372036854775807", "i64 u64");
    row("9223372036854775808", "");
    row("-9223372036854775808", "i64");
    row("1e300", "");
    row("1e999", "");
    row("0.5", "");
    row("-1.5", "");
    row("true", "");
    row("\"1\"", "");
    row("null", "");
    row("[1]", "");
    row("{}", "");
}

void TestTypedHandler::convertsWholeNumbers()
{
    QFETCH(QByteArray, json);
    const QCborValue value = *Json::parse(json);
    const double number = value.toDouble();
    QByteArrayList fitting;
    const auto attempt = [&]<typename T>(const char *name, T) {
        if (const auto result = fromValue<T>(value)) {
            QCOMPARE(double(*result), number);
            fitting.append(name);
        }
    };
    attempt("i8", qint8());
    attempt("u8", quint8());
    attempt("i16", qint16());
    attempt("u16", quint16());
    attempt("i32", qint32());
    attempt("u32", quint32());
    attempt("i64", qint64());
    attempt("u64", quint64());
    QTEST(fitting, "fitting");
}

void TestTypedHandler::convertsScalars()
{
    QCOMPARE(fromValue<double>(parsed("1")), 1.0);
    QCOMPARE(fromValue<double>(parsed("0.1")), 0.1);
    QCOMPARE(fromValue<float>(parsed("0.5")), 0.5f);
    QVERIFY(!fromValue<float>(parsed("1e300")));
    QVERIFY(!fromValue<double>(parsed("\"1\"")));
    QVERIFY(!fromValue<double>(parsed("null")));
    QCOMPARE(fromValue<bool>(parsed("true")), true);
    QVERIFY(!fromValue<bool>(parsed("1")));
    QVERIFY(!fromValue<bool>(parsed("\"true\"")));
    QCOMPARE(fromValue<QString>(parsed("\"\"")), QString());
    QVERIFY(!fromValue<QString>(parsed("1")));
    QVERIFY(!fromValue<QString>(QCborValue("x"_ba)));
    QCOMPARE(fromValue<QByteArray>(QCborValue("x"_ba)), "x"_ba);
    QVERIFY(!fromValue<QByteArray>(parsed("\"x\"")));
    QCOMPARE(fromValue<Letter::Kind>(parsed("7")), Letter::Express);
    QVERIFY(!fromValue<Letter::Kind>(parsed("\"Express\"")));
    QCOMPARE(fromValue<QCborValue>(parsed("[1]")), QCborValue(QCborArray{1}));
    QCOMPARE(fromValue<QVariant>(parsed("\"x\""))->toString(), u"x"_s);
    QCOMPARE(toValue(std::numeric_limits<quint64>::max()), QCborValue(18446744073709551615.0));
    QCOMPARE(toValue(quint64(5)), QCborValue(5));
}

void TestTypedHandler::convertsContainers()
{
    QCOMPARE(fromValue<QList<int>>(parsed("[1,2.0]")), (QList<int>{1, 2}));
    QVERIFY(!fromValue<QList<int>>(parsed("[1,\"2\"]")));
    QVERIFY(!fromValue<QList<int>>(parsed("{}")));
    QCOMPARE(fromValue<QStringList>(parsed("[\"a\",\"b\"]")), (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(fromValue<QList<QList<bool>>>(parsed("[[true],[]]")), (QList<QList<bool>>{{true}, {}}));
    QCOMPARE(fromValue<QCborMap>(parsed("{\"a\":1}")), (QCborMap{{u"a"_s, 1}}));
    QVERIFY(!fromValue<QCborMap>(parsed("[]")));
    QCOMPARE(fromValue<QCborArray>(parsed("[1]")), QCborArray{1});
    QVERIFY(!fromValue<QCborArray>(parsed("{}")));
    QCOMPARE(fromValue<QVariantMap>(parsed("{\"a\":1}"))->value(u"a"_s).toInt(), 1);
    QCOMPARE(fromValue<QVariantList>(parsed("[1,\"a\"]"))->size(), 2);
    QCOMPARE((fromValue<QMap<QString, int>>(parsed("{\"a\":1}"))), (QMap<QString, int>{{u"a"_s, 1}}));
    QVERIFY((!fromValue<QMap<QString, int>>(parsed("{\"a\":null}"))));
    QCOMPARE(fromValue<QJsonObject>(parsed("{\"a\":1}")), (QJsonObject{{u"a"_s, 1}}));
    QVERIFY(!fromValue<QJsonObject>(parsed("[]")));
    QCOMPARE(fromValue<QJsonArray>(parsed("[1]")), QJsonArray{1});
    QVERIFY(!fromValue<QJsonArray>(parsed("{}")));
    QCOMPARE(fromValue<std::optional<int>>(parsed("null")), std::optional<std::optional<int>>(std::in_place));
    QCOMPARE(fromValue<std::optional<int>>(parsed("3")), std::optional<std::optional<int>>(3));
    QVERIFY(!fromValue<std::optional<int>>(parsed("\"3\"")));
    QCOMPARE(toValue(QVariantMap{{u"a"_s, QVariantList{1, u"x"_s, QVariant()}}}),
             QCborValue(QCborMap{{u"a"_s, QCborArray{1, u"x"_s, nullptr}}}));
    QCOMPARE(toValue(QVariant::fromValue(Author{u"Ada"_s, 36})), parsed(R"({"name":"Ada","age":36})"));
    QCOMPARE(toValue(QVariant::fromValue(QList<Author>{{u"Ada"_s, 36}})),
             parsed(R"([{"name":"Ada","age":36}])"));
}

void TestTypedHandler::convertsDates()
{
    const QDateTime date(QDate(2024, 2, 29), QTime(12, 30, 15, 7), Qt::UTC);
    QCOMPARE(fromValue<QDateTime>(parsed("\"2024-02-29T12:30:15.007Z\"")), date);
    QCOMPARE(fromValue<QDateTime>(parsed("\"2024-02-29T13:30:15.007+01:00\"")), date);
    QCOMPARE(fromValue<QDateTime>(QCborValue(date)), date);
    for (const char *json :
         {"\"\"", "\"yesterday\"", "\"2024-02-30T00:00:00Z\"", "1709209815007", "null", "{}"})
        QVERIFY2(!fromValue<QDateTime>(parsed(json)), json);
    QCOMPARE(Json::toJson(toValue(date.toOffsetFromUtc(7200))), "\"2024-02-29T12:30:15.007Z\""_ba);
    QCOMPARE(toValue(QDateTime()), QCborValue(nullptr));
}

void TestTypedHandler::readsGadgets()
{
    const auto letter = fromValue<Letter>(parsed(
        R"({"id":9007199254740993,"text":"hi","kind":7,"sent":"2024-02-29T12:30:15.007Z","weight":2,"unknown":[],
            "author":{"name":"Ada"},"readers":[{"name":"Bo","age":3},{}],"tags":["a"],"reply":"yes","extra":{"x":[1]}})"));
    QVERIFY(letter);
    QCOMPARE(letter->id, qint64(9007199254740993));
    QCOMPARE(letter->text, u"hi"_s);
    QCOMPARE(letter->kind, Letter::Express);
    QCOMPARE(letter->sent.time().msec(), 7);
    QCOMPARE(letter->weight, 2.0);
    QVERIFY(letter->author == (Author{u"Ada"_s, -1}));
    QVERIFY(letter->readers == (QList<Author>{{u"Bo"_s, 3}, {}}));
    QCOMPARE(letter->tags, QStringList{u"a"_s});
    QCOMPARE(letter->reply, std::optional(u"yes"_s));
    QCOMPARE(letter->extra.toMap().value(u"x"_s).toList().size(), 1);

    QVERIFY(fromValue<Letter>(parsed("{}")) == Letter());
    QVERIFY(fromValue<Letter>(parsed(R"({"length":"ignored: not stored"})")) == Letter());
    QVERIFY(fromValue<Letter>(parsed(R"({"reply":null})")) == Letter());
    QCOMPARE(fromValue<QList<Author>>(parsed(R"([{"age":1}])"))->first().age, 1);
}

void TestTypedHandler::refusesGadgets_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char *json : {"null",
                             "1",
                             "\"x\"",
                             "[]",
                             "true",
                             R"({"id":"1"})",
                             R"({"id":1.5})",
                             R"({"id":null})",
                             R"({"text":1})",
                             R"({"text":null})",
                             R"({"kind":"Express"})",
                             R"({"sent":"soon"})",
                             R"({"weight":"2"})",
                             R"({"seal":"text"})",
                             R"({"author":null})",
                             R"({"author":[]})",
                             R"({"author":{"age":"old"}})",
                             R"({"author":{"age":3000000000}})",
                             R"({"readers":{}})",
                             R"({"readers":[{"name":"Bo"},{"age":true}]})",
                             R"({"readers":[null]})",
                             R"({"tags":[1]})",
                             R"({"tags":"a"})",
                             R"({"reply":1})"})
        QTest::newRow(json) << QByteArray(json);
}

void TestTypedHandler::refusesGadgets()
{
    QFETCH(QByteArray, json);
    QVERIFY(!fromValue<Letter>(*Json::parse(json)));
}

void TestTypedHandler::roundTripsGadgets()
{
    Letter letter;
    letter.id = std::numeric_limits<qint64>::max();
    letter.text = u"h\u00e9"_s;
    letter.kind = Letter::Express;
    letter.sent = QDateTime(QDate(2024, 2, 29), QTime(12, 30, 15, 7), Qt::UTC);
    letter.weight = 0.25;
    letter.seal = "\x01\x02"_ba;
    letter.author = {u"Ada"_s, 36};
    letter.readers = {{u"Bo"_s, 3}, {u"Cy"_s, 4}};
    letter.tags = {u"a"_s, u"b"_s};
    letter.extra = u"more"_s;
    const QCborValue value = toValue(letter);
    QVERIFY(fromValue<Letter>(value) == letter);

    QList<QByteArray> attachments;
    QByteArray json;
    Json::write(value, json, &attachments);
    QCOMPARE(
        json,
        R"({"id":9223372036854775807,"text":"hé","kind":7,"sent":"2024-02-29T12:30:15.007Z","weight":0.25,)"
        R"("seal":{"_placeholder":true,"num":0},"author":{"name":"Ada","age":36},)"
        R"("readers":[{"name":"Bo","age":3},{"name":"Cy","age":4}],"tags":["a","b"],"extra":"more"})"_ba);
    QCOMPARE(attachments, QList<QByteArray>{letter.seal});
}

void TestTypedHandler::readsJsonAsItReadsValues_data()
{
    refusesGadgets_data();
    for (const char *json :
         {"{}", R"( { "text" : "spaces" , "readers" : [ { "age" : 1 } , { } ] , "tags" : [ ] } )",
          R"({"text":"a\"b\\","tags":["\u0041","\ud83e\udd89","\ud800"],"extra":{"k":[1,"]}"]}})",
          R"({"\u0074ext":"escaped key","te\u0078t2":"another key"})",
          R"({"text":1,"text":"the last of a repeated key"})", R"({"text":"the last is wrong","text":1})",
          R"({"tags":["in","another"],"author":{"age":2,"name":"Ada"},"text":"order","id":5})",
          R"({"id":1.0,"weight":1e2,"kind":7,"sent":"2024-02-29T12:30:15.007Z","reply":"yes"})",
          R"({"text":"日本語 🦉","textual":"no property","i":0})", R"("﻿marked")", "[[1,2],[],[3]]",
          "[1,2.0,-0]", R"({"a":1,"b":[],"a":2})", R"(["a",["b"]])", "\"\"", "12345678901234567890"})
        QTest::newRow(json) << QByteArray(json).trimmed();
}

void TestTypedHandler::readsJsonAsItReadsValues()
{
    QFETCH(QByteArray, json);
    const QCborValue value = *Json::parse(json);
    const auto same = [&]<typename T>(T read) {
        const std::optional<T> expected = fromValue<T>(value);
        QCOMPARE(fromJson(Json::View(json), read), expected.has_value());
        if (expected)
            QVERIFY(read == *expected);
    };
    same(Letter());
    same(Author());
    same(QString());
    same(bool());
    same(int());
    same(quint64());
    same(double());
    same(Letter::Kind());
    same(QDateTime());
    same(QByteArray());
    same(QStringList());
    same(QList<QList<int>>());
    same(QList<Letter>());
    same(QMap<QString, int>());
    same(QVariantMap());
    same(std::optional<QString>());
    same(std::optional<Author>());
    same(QCborValue());
    same(QCborMap());
    same(QJsonArray());
}

void TestTypedHandler::writesPropertiesInTheirOrder()
{
    Diary diary;
    QVERIFY(fromJson(Json::View(R"({"second":"2","first":"1"})"), diary));
    QCOMPARE(diary.told, (QStringList{u"first 1"_s, u"second 2"_s}));
}

void TestTypedHandler::makesArguments()
{
    const char *pointer = "h\u00e9";
    const QString text = u"text"_s;
    const Arguments arguments =
        makeArguments(1, 2u, qint64(-3), 0.5, 1.5f, true, nullptr, "literal", pointer, text, u"view"_s,
                      "latin"_L1, QStringView(u"view"), u"x"_s + u"y"_s, "bytes"_ba, QStringList{u"a"_s},
                      Letter::Express, std::optional<int>(), std::optional(4), QVariant(5), QCborArray{6},
                      QJsonObject{{u"k"_s, 7}}, Author{u"Ada"_s, 36});
    QByteArray json;
    const QList<QByteArray> attachments = arguments.writeJson(json);
    QCOMPARE(
        json,
        "1,2,-3,0.5,1.5,true,null,\"literal\",\"h\u00e9\",\"text\",\"view\",\"latin\",\"view\",\"xy\","
        "{\"_placeholder\":true,\"num\":0},[\"a\"],7,null,4,5,[6],{\"k\":7},{\"name\":\"Ada\",\"age\":36}"_ba);
    QCOMPARE(attachments, QList<QByteArray>{"bytes"_ba});
    QVERIFY(makeArguments().isEmpty());
    QCOMPARE(makeArguments(QCborArray{1, 2}).size(), 1); // one list, not two numbers
}

void TestTypedHandler::namesTypes()
{
    QCOMPARE(typeName<int>(), u"a whole number in range"_s);
    QCOMPARE(typeName<double>(), u"a number"_s);
    QCOMPARE(typeName<bool>(), u"true or false"_s);
    QCOMPARE(typeName<QString>(), u"text"_s);
    QCOMPARE(typeName<std::optional<QDateTime>>(), u"a date"_s);
    QCOMPARE(typeName<QList<QByteArray>>(), u"a list, each binary data"_s);
    QCOMPARE(typeName<QCborMap>(), u"an object"_s);
    QCOMPARE(typeName<Letter>(), u"Letter"_s);
}

void TestTypedHandler::callsWithTypedArguments()
{
    int calls = 0;
    const EventHandler handler =
        makeHandler([&](int number, const QString &text, const Author &author, QList<double> list) {
            ++calls;
            QCOMPARE(number, 1);
            QCOMPARE(text, u"two"_s);
            QCOMPARE(author.name, u"Ada"_s);
            QCOMPARE(list, QList<double>{0.5});
        });
    QVERIFY(handler(makeEvent(makeArguments(1, "two", Author{u"Ada"_s, 1}, QList<double>{0.5}))));
    QCOMPARE(calls, 1);

    bool plain = false;
    QVERIFY(makeHandler([&] { plain = true; })(makeEvent({})));
    QVERIFY(plain);
}

void TestTypedHandler::skipsContextParameters()
{
    int answered = 0;
    const Ack ack([&](const Arguments &arguments) { answered = int(arguments.at(0).toInteger()); });
    const auto last =
        makeHandler([](int a, const QString &b, const Ack &reply) { reply({a + int(b.size())}); });
    QVERIFY(last(makeEvent(makeArguments(1, "two"), ack)));
    QCOMPARE(answered, 4);

    const Ack again([&](const Arguments &arguments) { answered = int(arguments.at(0).toInteger()); });
    const auto first =
        makeHandler([](Ack reply, const Event &whole, int a, const Arguments &all, const QString &b) {
            reply({whole.name.size() + a + all.size() + b.size()});
        });
    QVERIFY(first(makeEvent(makeArguments(1, "two"), again)));
    QCOMPARE(answered, 4 + 1 + 2 + 3);

    const auto unasked = makeHandler([&](const Ack &reply) {
        QVERIFY(!reply.isRequested());
        reply({1});
    });
    QVERIFY(unasked(makeEvent({})));
}

void TestTypedHandler::fillsMissingOptionals()
{
    QStringList seen;
    const auto handler = makeHandler([&](int, std::optional<QString> text, const QCborValue &raw) {
        seen.append(text.value_or(u"none"_s) + (raw.isUndefined() ? u" undefined"_s : u" "_s));
    });
    QVERIFY(handler(makeEvent(makeArguments(1))));
    QVERIFY(handler(makeEvent(makeArguments(1, nullptr))));
    QVERIFY(handler(makeEvent(makeArguments(1, "a", 2))));
    QCOMPARE(seen, (QStringList{u"none undefined"_s, u"none undefined"_s, u"a "_s}));
}

void TestTypedHandler::reportsMismatches_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("message");

    const QString number = u"Event \"test\": argument 1 is not a whole number in range."_s;
    const QString author = u"Event \"test\": argument 2 is not Author."_s;
    QTest::newRow("nothing") << "[]"_ba << number;
    QTest::newRow("text for a number") << R"(["1",{}])"_ba << number;
    QTest::newRow("too large") << "[3000000000,{}]"_ba << number;
    QTest::newRow("a fraction") << "[1.5,{}]"_ba << number;
    QTest::newRow("one too few") << "[1]"_ba << author;
    QTest::newRow("null for a gadget") << "[1,null]"_ba << author;
    QTest::newRow("a wrong member") << R"([1,{"age":"old"}])"_ba << author;
    QTest::newRow("both wrong") << R"([null,null])"_ba << number;
}

void TestTypedHandler::reportsMismatches()
{
    QFETCH(QByteArray, json);
    bool called = false;
    const auto handler = makeHandler([&](const Ack &, int, const Author &) { called = true; });
    const auto result = handler(makeEvent(Arguments::fromWire(json, *Json::validateArray(json), {})));
    QCOMPARE(codeOf(result), u"argument-mismatch"_s);
    QTEST(result.error().message, "message");
    QVERIFY(!called);
}

void TestTypedHandler::ignoresArgumentsBeyondTheParameters()
{
    int seen = 0;
    QVERIFY(makeHandler([&](int value) { seen = value; })(makeEvent(makeArguments(1, "more", Author()))));
    QCOMPARE(seen, 1);
}

static int lastSeen = 0;
static void remember(int value)
{
    lastSeen = value;
}

void TestTypedHandler::takesFunctionsAndMutableLambdas()
{
    QVERIFY(makeHandler(&remember)(makeEvent(makeArguments(5))));
    QCOMPARE(lastSeen, 5);
    const EventHandler counting = makeHandler([count = 0](int step) mutable { lastSeen = count += step; });
    QVERIFY(counting(makeEvent(makeArguments(2))));
    QVERIFY(counting(makeEvent(makeArguments(2))));
    QCOMPARE(lastSeen, 4);
}

void TestTypedHandler::acknowledgesOnce()
{
    QList<QCborArray> answers;
    Ack copy;
    Ack ack([&](const Arguments &arguments) {
        answers.append(arguments.toArray());
        copy({QCborValue(u"from within"_s)}); // answering while answering
    });
    copy = ack;
    QVERIFY(ack.isRequested());
    ack({1});
    ack({2});
    copy({3});
    QCOMPARE(answers, QList<QCborArray>{QCborArray{1}});
    QVERIFY(copy.isRequested());

    QVERIFY(!Ack().isRequested());
    Ack()({1});
}

QTEST_APPLESS_MAIN(TestTypedHandler)
#include "tst_typedhandler.moc"
