// SPDX-License-Identifier: MIT
#include "server-lite/middleware/eventschemas.h"
#include "tests/unit/middlewaretest.h"

#include <QtCore/QRegularExpression>

using namespace Hubbub;
using namespace Qt::StringLiterals;
using SocketIo::ServerSocket;

namespace
{

EventSchemas schemas()
{
    const auto made = EventSchemas::compile({{u"say"_s, R"({"type": "object",
            "required": ["roomId"], "properties": {
                "roomId": {"type": "string", "minLength": 1, "maxLength": 8},
                "limit": {"type": "integer", "minimum": 1, "maximum": 100},
                "a/b~c": {"type": "array", "items": {"type": "object",
                    "properties": {"name": {"enum": ["x", "y"]}}}}}})"}});
    if (!made)
        qFatal("the schema of the test does not compile: %s", qPrintable(made.error().cause));
    return *made;
}

} // namespace

/// JSON Schemas as a middleware, on real connections.
class TestEventSchemas : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void payloads_data()
    {
        QTest::addColumn<QCborValue>("payload");
        QTest::addColumn<QString>("path"); // "fits", or where it does not
        const auto map = [](const QCborMap &more) {
            QCborMap made{{u"roomId"_s, u"lobby"_s}};
            for (const auto &[key, value] : more)
                made.insert(key, value);
            return QCborValue(made);
        };
        const auto named = [](const QCborValue &name) {
            return QCborArray{QCborMap{{u"name"_s, u"x"_s}}, QCborMap{{u"name"_s, name}}};
        };
        QTest::newRow("plain") << map({}) << u"fits"_s;
        QTest::newRow("with more than is known") << map({{u"other"_s, 1}}) << u"fits"_s;
        QTest::newRow("8 wide characters") << map({{u"roomId"_s, u"𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞"_s}}) << u"fits"_s;
        QTest::newRow("a whole number with a point") << map({{u"limit"_s, 5.0}}) << u"fits"_s;
        QTest::newRow("a list") << map({{u"a/b~c"_s, named(u"y"_s)}}) << u"fits"_s;
        QTest::newRow("empty") << QCborValue(QCborMap()) << QString();
        QTest::newRow("null") << QCborValue(nullptr) << QString();
        QTest::newRow("text") << QCborValue(u"lobby"_s) << QString();
        QTest::newRow("a list instead") << QCborValue(QCborArray{u"lobby"_s}) << QString();
        QTest::newRow("room empty") << map({{u"roomId"_s, u""_s}}) << u"/roomId"_s;
        QTest::newRow("room of 9") << map({{u"roomId"_s, u"123456789"_s}}) << u"/roomId"_s;
        QTest::newRow("room a number") << map({{u"roomId"_s, 7}}) << u"/roomId"_s;
        QTest::newRow("room an object") << map({{u"roomId"_s, QCborMap{{u"$ne"_s, 1}}}}) << u"/roomId"_s;
        QTest::newRow("limit 0") << map({{u"limit"_s, 0}}) << u"/limit"_s;
        QTest::newRow("limit 101") << map({{u"limit"_s, 101}}) << u"/limit"_s;
        QTest::newRow("limit 1.5") << map({{u"limit"_s, 1.5}}) << u"/limit"_s;
        QTest::newRow("limit as text") << map({{u"limit"_s, u"5"_s}}) << u"/limit"_s;
        QTest::newRow("deep inside") << map({{u"a/b~c"_s, named(u"z"_s)}}) << u"/a~1b~0c/1/name"_s;
    }

    void payloads()
    {
        QFETCH(QCborValue, payload);
        QFETCH(QString, path);
        MiddlewareTest test;
        int ran = 0;
        connect(test.nsp, &SocketIo::Namespace::connection, this, [&](ServerSocket *socket) {
            socket->use(schemas().middleware());
            socket->on(u"say"_s, socket, [&ran](const SocketIo::Event &event) {
                ++ran;
                event.ack({QCborMap{{u"success"_s, true}}});
            });
        });
        const auto answer = test.join().call(u"say"_s, payload).toMap();
        const bool fits = path == u"fits"_s;
        QCOMPARE(answer.value(u"success"_s), QCborValue(fits));
        QCOMPARE(ran, fits ? 1 : 0);
        if (fits)
            return;
        const auto error = answer.value(u"error"_s).toMap();
        QCOMPARE(error.value(u"code"_s).toString(), u"invalid-payload"_s);
        QCOMPARE(error.value(u"event"_s).toString(), u"say"_s);
        QCOMPARE(error.value(u"path"_s).toString(), path);
        const auto rule = error.value(u"rule"_s).toString();
        QVERIFY(!rule.isEmpty());
        QCOMPARE(error.value(u"message"_s).toString(),
                 path.isEmpty() ? u"\"say\": %1"_s.arg(rule) : u"\"say\" %1: %2"_s.arg(path, rule));
    }

    void what_has_no_argument_does_not_fit()
    {
        const auto fault = schemas().find({u"say"_s, {}, {}});
        QVERIFY(fault);
        QCOMPARE(fault->path, QString());
    }

    void events_without_a_schema_pass()
    {
        QVERIFY(!schemas().find({u"other"_s, {7}, {}}));
        QVERIFY(EventSchemas().check({u"say"_s, {7}, {}}));
    }

    void bad_schemas_are_said_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("words") << QByteArray("a schema");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("a type of nowhere") << QByteArray(R"({"type": "elephant"})");
        QTest::newRow("another file") << QByteArray("{\"$ref\": \"http://localhost/schema.json\"}");
    }

    void bad_schemas_are_said()
    {
        QFETCH(QByteArray, text);
        const auto made = EventSchemas::compile({{u"say"_s, text}});
        QVERIFY(!made);
        QCOMPARE(made.error().code, u"invalid-schema"_s);
        QCOMPARE(made.error().message, u"The schema of \"say\" is not a JSON Schema."_s);
    }
};

QTEST_GUILESS_MAIN(TestEventSchemas)
#include "tst_eventschemas.moc"
