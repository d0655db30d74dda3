// SPDX-License-Identifier: MIT
#include "server-lite/middleware/errorguard.h"
#include "server-lite/middleware/eventlog.h"
#include "server-lite/middleware/eventroles.h"
#include "tests/unit/middlewaretest.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QRegularExpression>

#include <stdexcept>

using namespace Hubbub;
using namespace Qt::StringLiterals;
using SocketIo::Event;
using SocketIo::Next;
using SocketIo::ServerSocket;

namespace
{

QStringList logged; // a message handler has no object to go by

void record(QtMsgType, const QMessageLogContext &, const QString &message)
{
    logged += message;
}

void succeed(const Event &event)
{
    event.ack({QCborMap{{u"success"_s, true}}});
}

} // namespace

/// Roles, the log and the guard, on real connections.
class TestMiddlewares : public QObject
{
    Q_OBJECT

    template <typename F>
    void onConnection(MiddlewareTest &test, F run)
    {
        connect(test.nsp, &SocketIo::Namespace::connection, this, run);
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void roles_open_events_data()
    {
        QTest::addColumn<QStringList>("roles");
        QTest::addColumn<QString>("event");
        QTest::addColumn<QString>("code");
        const QStringList none;
        const QStringList moderator{u"member"_s, u"moderator"_s};
        QTest::newRow("anybody, where nothing is needed") << none << u"say"_s << u"success"_s;
        QTest::newRow("nobody in particular") << none << u"ban"_s << u"forbidden"_s;
        QTest::newRow("the wrong role") << QStringList{u"member"_s} << u"ban"_s << u"forbidden"_s;
        QTest::newRow("a role in other letters") << QStringList{u"Moderator"_s} << u"ban"_s << u"forbidden"_s;
        QTest::newRow("one of two") << moderator << u"ban"_s << u"success"_s;
        QTest::newRow("the other of two") << QStringList{u"admin"_s} << u"ban"_s << u"success"_s;
        QTest::newRow("no role is enough") << moderator << u"never"_s << u"forbidden"_s;
    }

    void roles_open_events()
    {
        QFETCH(QStringList, roles);
        QFETCH(QString, event);
        QFETCH(QString, code);
        MiddlewareTest test;
        const EventRoles table({{u"ban"_s, {u"moderator"_s, u"admin"_s}}, {u"never"_s, {}}});
        int ran = 0;
        onConnection(test, [&](ServerSocket *socket) {
            socket->use(table.forBearer(roles));
            socket->on(event, socket, [&ran](const Event &received) {
                ++ran;
                succeed(received);
            });
        });
        QCOMPARE(test.join().codeOf(event), code);
        QCOMPARE(ran, code == u"success"_s ? 1 : 0);
    }

    void what_the_table_does_not_name_can_be_refused()
    {
        const EventRoles table({{u"say"_s, {u"member"_s}}}, EventRoles::Others::Refused);
        QVERIFY(table.allows(u"say"_s, {u"member"_s}));
        QVERIFY(!table.allows(u"other"_s, {u"member"_s}));
    }

    void the_log_counts_and_tells_without_secrets()
    {
        MiddlewareTest test;
        EventLog log;
        onConnection(test, [&](ServerSocket *socket) {
            socket->use(log.events(socket, u"u1"_s));
            socket->on(u"sign-in"_s, socket, succeed);
        });
        const auto noor = test.join();
        const QCborMap payload{{u"name"_s, u"Noor\n\"x\""_s}, {u"password"_s, u"hunter2"_s}};
        logged.clear();
        QCOMPARE(noor.codeOf(u"sign-in"_s, payload), u"success"_s); // the log is off
        QLoggingCategory::setFilterRules(u"hubbub.server.events.debug=true"_s);
        const auto before = qInstallMessageHandler(&record);
        const auto code = noor.codeOf(u"sign-in"_s, payload);
        const auto bigCode = noor.codeOf(u"sign-in"_s, QCborMap{{u"text"_s, QString(5000, u'x')}});
        const auto bytesCode = noor.codeOf(u"sign-in"_s, QCborMap{{u"bytes"_s, QByteArray("hunter2")}});
        qInstallMessageHandler(before);
        QLoggingCategory::setFilterRules({});
        QCOMPARE(code, u"success"_s);
        QCOMPARE(bigCode, u"success"_s);
        QCOMPARE(bytesCode, u"success"_s);
        QStringList lines;
        for (const auto &line : std::as_const(logged)) {
            if (line.startsWith(u'{'))
                lines += line;
        }
        QCOMPARE(lines.size(), 3);
        QVERIFY(!lines.join(u' ').contains(u"hunter2"_s));
        QVERIFY(!lines.join(u' ').contains(u'\n'));
        const auto first = QJsonDocument::fromJson(lines[0].toUtf8()).object();
        QCOMPARE(first["event"_L1].toString(), u"sign-in"_s);
        QCOMPARE(first["nsp"_L1].toString(), u"/"_s);
        QCOMPARE(first["user"_L1].toString(), u"u1"_s);
        QCOMPARE(first["socket"_L1].toString(), noor.socket->id());
        QCOMPARE(first["ack"_L1].toBool(), true);
        const auto shown = first["arguments"_L1].toArray().at(0).toObject();
        QCOMPARE(shown["password"_L1].toString(), u"[hidden]"_s);
        QCOMPARE(shown["name"_L1].toString(), u"Noor\n\"x\""_s);
        QVERIFY(lines[1].size() < 500);
        QCOMPARE(log.counters().value(u"sign-in"_s), 4u);
    }

    void made_up_names_do_not_fill_the_memory()
    {
        MiddlewareTest test;
        EventLog log;
        onConnection(test, [&](ServerSocket *socket) {
            socket->use(log.events(socket));
            socket->on(u"end"_s, socket, succeed);
        });
        const auto noor = test.join();
        for (int i = 0; i < 600; ++i)
            QVERIFY(noor.socket->emitEvent(u"made-up-%1"_s.arg(i), SocketIo::Arguments()));
        QCOMPARE(noor.codeOf(u"end"_s), u"success"_s);
        QCOMPARE(log.counters().size(), EventLog::maxNames + 1);
        QCOMPARE(log.counters().value(u"(others)"_s), 101u);
    }

    void exceptions_end_in_the_guard_data()
    {
        QTest::addColumn<QString>("where");
        QTest::newRow("a handler") << u"handler"_s;
        QTest::newRow("an event middleware") << u"middleware"_s;
    }

    void exceptions_end_in_the_guard()
    {
        QFETCH(QString, where);
        MiddlewareTest test;
        ErrorGuard guard;
        QSignalSpy failed(&guard, &ErrorGuard::failed);
        onConnection(test, [&](ServerSocket *socket) {
            guard.watch(socket);
            const bool isHandler = where == u"handler"_s;
            socket->use(guard.guarded(SocketIo::EventMiddleware([=](const Event &event, const Next &next) {
                if (!isHandler && event.name == u"break"_s)
                    throw std::runtime_error("the database at /secret/path is gone");
                next(std::nullopt);
            })));
            socket->on(u"break"_s, socket,
                       guard.guarded(SocketIo::EventHandler([](const Event &) -> Result<void> {
                           throw std::runtime_error("the database at /secret/path is gone");
                       })));
            socket->on(u"say"_s, socket, succeed);
        });
        const auto noor = test.join();
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"exception in .*break.*/secret/path"_s));
        const auto error = noor.call(u"break"_s).toMap().value(u"error"_s).toMap();
        QCOMPARE(error.value(u"code"_s).toString(), u"internal-error"_s);
        QCOMPARE(error.value(u"message"_s).toString(),
                 u"Something went wrong on the server. Try again later."_s);
        QCOMPARE(noor.codeOf(u"say"_s), u"success"_s); // the server goes on
        QCOMPARE(failed.size(), 1);
        QCOMPARE(failed.first().first().value<Error>().cause, u"the database at /secret/path is gone"_s);
        QCOMPARE(guard.counters().value(u"internal-error"_s), 1u);
        QCOMPARE(guard.counters().value(u"event-refused"_s), where == u"handler"_s ? 0u : 1u);
    }

    void an_exception_while_connecting_is_a_refusal()
    {
        MiddlewareTest test;
        ErrorGuard guard;
        test.nsp->use(
            guard.guarded(SocketIo::ConnectMiddleware([](ServerSocket &, const Next &) { throw 7; })));
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(u"exception in .*connection.*std::exception"_s));
        const auto noor = test.start();
        QSignalSpy refused(noor.socket, &SocketIo::Socket::connectError);
        QTRY_COMPARE(refused.size(), 1);
        QCOMPARE(refused.first().at(1).value<QCborValue>().toMap().value(u"code"_s).toString(),
                 u"internal-error"_s);
        QVERIFY(test.nsp->sockets().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestMiddlewares)
#include "tst_middlewares.moc"
