// SPDX-License-Identifier: MIT
#include "tests/support/servertest.h"

#include "server-lite/core/recoveringadapter.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QRegularExpression>
#include <QtTest/QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::Next;
using SocketIo::RecoveryOptions;
using SocketIo::Refusal;
using SocketIo::ServerSocket;

/// Connection state recovery, as it is on the wire.
class TestRecovery : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void eventsCarryAnOffset();
    void whatWasMissedComesBeforeConnect();
    void onlyWhatWasMeantForIt();
    void aClientThatHeardNothingComesBackToo();
    void volatileTextDoesNotBreakIt();
    void theReasonDecides_data();
    void theReasonDecides();
    void whoCannotComeBackStartsAnew_data();
    void whoCannotComeBackStartsAnew();
    void oneSessionForOneClient();
    void middlewaresAreSkippedOrNot_data();
    void middlewaresAreSkippedOrNot();
    void aRefusalKeepsTheSession();
    void nothingIsLostWhileMiddlewaresWork();
    void aRefusedEmitIsNotReplayed();
    void withoutItNothingChanges();
};

namespace
{

SocketIo::ServerOptions recovering(RecoveryOptions recovery = {})
{
    SocketIo::ServerOptions options;
    options.connectionStateRecovery = recovery;
    return options;
}

/// What a client keeps of a connection.
struct Memory {
    QString sid;
    QString pid;
    QString offset;

    QByteArray auth() const
    {
        QJsonObject json{{u"pid"_s, pid}};
        if (!offset.isEmpty())
            json.insert(u"offset"_s, offset);
        return QJsonDocument(json).toJson(QJsonDocument::Compact);
    }
};

struct Recovering : ServerTest {
    explicit Recovering(RecoveryOptions recovery = {})
        : ServerTest(recovering(recovery))
    {
    }

    /// Connects, and reads what comes until CONNECT.
    std::unique_ptr<RawSocket> come(Memory &memory, QList<QByteArray> *before = nullptr)
    {
        auto raw = guest();
        raw->send("40" + (memory.pid.isEmpty() ? QByteArray() : memory.auth()));
        QByteArray text = raw->nextText();
        for (; text.startsWith("42"); text = raw->nextText()) {
            if (before)
                before->append(text);
        }
        const auto hello = QJsonDocument::fromJson(text.mid(2)).object();
        memory = {hello["sid"_L1].toString(), hello["pid"_L1].toString(), {}};
        raw->id = memory.sid;
        return raw;
    }

    static QJsonArray args(const QByteArray &text) { return QJsonDocument::fromJson(text.mid(2)).array(); }

    /// Breaks the connection, and waits until the server knows.
    void cut(std::unique_ptr<RawSocket> raw)
    {
        QSignalSpy left(nsp, &SocketIo::Namespace::socketDisconnected);
        raw->abort();
        QTRY_COMPARE(left.size(), 1);
    }

    const SocketIo::RecoveryLog &log() const
    {
        return static_cast<SocketIo::RecoveringAdapter *>(nsp->adapter())->log();
    }
};

} // namespace

void TestRecovery::eventsCarryAnOffset()
{
    Recovering test;
    Memory memory;
    const auto peer = test.come(memory);
    QCOMPARE(memory.pid.size(), 20);
    QVERIFY(memory.pid != memory.sid);
    ServerSocket *socket = test.socketOf(*peer);
    QVERIFY(!socket->recovered());

    socket->emitEvent(u"own"_s, 1);
    test.nsp->emitEvent(u"all"_s);
    socket->emitVolatile(u"now"_s, {2});
    socket->emitWithAck(u"asked"_s, {3});
    const auto own = Recovering::args(peer->nextText());
    QCOMPARE(own.size(), 3);
    QVERIFY(own[2].isString());
    const auto all = Recovering::args(peer->nextText());
    QCOMPARE(all.size(), 2);
    QVERIFY(all[1].toString() != own[2].toString());
    QCOMPARE(peer->nextText(), R"(42["now",2])");
    QCOMPARE(peer->nextText(), R"(420["asked",3])");
    QCOMPARE(test.log().packets(), 2);
}

void TestRecovery::whatWasMissedComesBeforeConnect()
{
    Recovering test;
    Memory memory;
    auto peer = test.come(memory);
    const QString sid = memory.sid;
    const QString pid = memory.pid;
    ServerSocket *socket = test.socketOf(*peer);
    socket->join(QStringList{u"lobby"_s, u"red"_s});
    socket->setData(QCborMap{{u"name"_s, u"Ann"_s}});
    socket->emitEvent(u"a"_s);
    memory.offset = Recovering::args(peer->nextText()).last().toString();
    test.cut(std::move(peer));
    QVERIFY(test.nsp->adapter()->roomSizes().isEmpty());

    test.nsp->to(u"lobby"_s).emitEvent(u"b"_s, 1);
    test.nsp->to(sid).emitEvent(u"c"_s, QByteArray("\1\2"));
    test.nsp->to(u"lobby"_s).asVolatile().emitEvent(u"not kept"_s);
    test.nsp->to(u"lobby"_s).emitWithAck(u"not kept either"_s, {});

    // By hand, for one of them is binary.
    auto back = test.guest();
    back->send("40" + memory.auth());
    const QByteArray first = back->nextText();
    QVERIFY2(first.startsWith(R"(42["b",1,)"), first.constData());
    const QByteArray second = back->nextText();
    QVERIFY2(second.startsWith(R"(451-["c",{"_placeholder":true,"num":0},)"), second.constData());
    QCOMPARE(back->next()->data, QByteArray("\1\2"));
    QCOMPARE(back->nextText(), R"(40{"sid":"%1","pid":"%2"})"_L1.arg(sid, pid).toUtf8());

    socket = test.nsp->socket(sid);
    QVERIFY(socket);
    QVERIFY(socket->recovered());
    QCOMPARE(socket->rooms(), (QSet<QString>{sid, u"lobby"_s, u"red"_s}));
    QCOMPARE(socket->data(), (QCborMap{{u"name"_s, u"Ann"_s}}));
    QVERIFY(socket->handshake().auth.isEmpty()); // the pid is nobody's business
    QVERIFY(ServerTest::hasHeardAll(*back));

    // And again: what it had the last time is not sent twice.
    memory = {sid, pid, Recovering::args(first).last().toString()};
    test.cut(std::move(back));
    QList<QByteArray> missed;
    back = test.guest();
    back->send("40" + memory.auth());
    QVERIFY(back->nextText().startsWith("451-[\"c\""));
    QVERIFY(back->next());
    QVERIFY(back->nextText().startsWith("40{"));
}

void TestRecovery::onlyWhatWasMeantForIt()
{
    Recovering test;
    Memory memory;
    auto peer = test.come(memory);
    test.socketOf(*peer)->join(u"lobby"_s);
    const QString sid = memory.sid;
    test.cut(std::move(peer));
    test.nsp->emitEvent(u"1 everybody"_s);
    test.nsp->to(u"attic"_s).emitEvent(u"- another room"_s);
    test.nsp->to(u"attic"_s).to(u"lobby"_s).emitEvent(u"2 either"_s);
    test.nsp->except(u"lobby"_s).emitEvent(u"- left out"_s);
    test.nsp->to(u"lobby"_s).except(sid).emitEvent(u"- itself left out"_s);
    test.nsp->except(u"attic"_s).emitEvent(u"3 not left out"_s);
    QList<QByteArray> missed;
    const auto back = test.come(memory, &missed);
    QCOMPARE(memory.sid, sid);
    QStringList names;
    for (const QByteArray &text : missed)
        names << Recovering::args(text).first().toString();
    QCOMPARE(names, (QStringList{u"1 everybody"_s, u"2 either"_s, u"3 not left out"_s}));
}

void TestRecovery::aClientThatHeardNothingComesBackToo()
{
    Recovering test;
    test.nsp->emitEvent(u"before its time"_s);
    Memory memory;
    auto peer = test.come(memory);
    const Memory first = memory;
    test.cut(std::move(peer));
    test.nsp->emitEvent(u"missed"_s);
    QList<QByteArray> missed;
    const auto back = test.come(memory, &missed);
    QCOMPARE(memory.sid, first.sid);
    QCOMPARE(missed.size(), 1);
    QCOMPARE(Recovering::args(missed.first()).first().toString(), u"missed"_s);
}

void TestRecovery::volatileTextDoesNotBreakIt()
{
    Recovering test;
    Memory memory;
    auto peer = test.come(memory);
    const QString sid = memory.sid;
    test.nsp->emitEvent(u"kept"_s);
    QVERIFY(peer->nextText().startsWith("42"));
    // A client takes the last argument, if it is text, for the offset.
    test.nsp->asVolatile().emitEvent(u"typing"_s, u"Ann"_s);
    const auto typing = Recovering::args(peer->nextText());
    QCOMPARE(typing.size(), 3);
    memory.offset = typing.last().toString();
    test.cut(std::move(peer));
    test.nsp->emitEvent(u"missed"_s);
    QList<QByteArray> missed;
    const auto back = test.come(memory, &missed);
    QCOMPARE(memory.sid, sid);
    QCOMPARE(missed.size(), 1);
}

void TestRecovery::theReasonDecides_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<bool>("recovered");
    QTest::newRow("torn off") << u"abort"_s << u"transport close"_s << true;
    QTest::newRow("closed") << u"close"_s << u"transport close"_s << true;
    QTest::newRow("against the protocol") << u"violate"_s << u"forced close"_s << true;
    QTest::newRow("not Engine.IO") << u"garbage"_s << u"parse error"_s << false;
    QTest::newRow("left") << u"leave"_s << u"client namespace disconnect"_s << false;
    QTest::newRow("put out") << u"kick"_s << u"server namespace disconnect"_s << false;
}

void TestRecovery::theReasonDecides()
{
    QFETCH(QString, how);
    QFETCH(QString, reason);
    QFETCH(bool, recovered);
    Recovering test;
    Memory memory;
    const auto peer = test.come(memory);
    const QString sid = memory.sid;
    QSignalSpy left(test.nsp, &SocketIo::Namespace::socketDisconnected);
    if (how == u"abort"_s)
        peer->abort();
    else if (how == u"close"_s)
        peer->close();
    else if (how == u"violate"_s)
        peer->send("4nothing");
    else if (how == u"garbage"_s)
        peer->send("x");
    else if (how == u"leave"_s)
        peer->send("41");
    else
        test.socketOf(*peer)->disconnectSocket();
    QTRY_COMPARE(left.size(), 1);
    const QString told = left.first().at(1).toString();
    if (how != u"abort"_s) // the system decides how it looks: closed or reset
        QCOMPARE(told, reason);
    const auto back = test.come(memory);
    QCOMPARE(memory.sid == sid, recovered);
    QCOMPARE(test.socketOf(*back)->recovered(), recovered);
}

void TestRecovery::whoCannotComeBackStartsAnew_data()
{
    using Change = std::function<void(Recovering &, Memory &)>;
    QTest::addColumn<Change>("change");
    const auto row = [](const char *name, const Change &change) { QTest::newRow(name) << change; };
    row("an unknown pid", [](Recovering &, Memory &m) { m.pid = u"abcdefghijklmnopqrst"_s; });
    row("the sid for a pid", [](Recovering &, Memory &m) { m.pid = m.sid; });
    row("an offset of another time", [](Recovering &, Memory &m) { m.offset = u"Q7xlLJ2"_s; });
    row("an offset yet to come", [](Recovering &t, Memory &m) {
        m.offset = t.log().offset();
        m.offset.chop(1);
        m.offset += u"99"_s;
    });
    row("text for an offset", [](Recovering &, Memory &m) { m.offset = u"Ann"_s; });
    row("more was missed than is kept", [](Recovering &t, Memory &) {
        for (int i = 0; i < 4; ++i)
            t.nsp->emitEvent(u"news"_s, i);
        QCOMPARE(t.log().packets(), 3);
    });
    row("too many bytes were missed", [](Recovering &t, Memory &) {
        t.nsp->emitEvent(u"news"_s, QString(20'000, u'x'));
        QCOMPARE(t.log().packets(), 0);
        QCOMPARE(t.log().bytes(), 0);
    });
    row("others left after it", [](Recovering &t, Memory &) {
        for (int i = 0; i < 2; ++i) {
            Memory other;
            t.cut(t.come(other));
        }
        QCOMPARE(t.log().sessions(), 2);
    });
    row("too late", [](Recovering &t, Memory &) { QTRY_COMPARE(t.log().sessions(), 0); });
}

void TestRecovery::whoCannotComeBackStartsAnew()
{
    using Change = std::function<void(Recovering &, Memory &)>;
    QFETCH(Change, change);
    const bool soon = QByteArray(QTest::currentDataTag()) == "too late";
    Recovering test({.maxDisconnectionDuration = soon ? 50ms : 120'000ms,
                     .maxPackets = 3,
                     .maxBytes = 10'000,
                     .maxSessions = 2});
    Memory memory;
    auto peer = test.come(memory);
    const Memory first = memory;
    test.nsp->emitEvent(u"heard"_s);
    memory.offset = Recovering::args(peer->nextText()).last().toString();
    test.cut(std::move(peer));
    change(test, memory);
    QList<QByteArray> missed;
    const auto back = test.come(memory, &missed);
    QVERIFY(memory.sid != first.sid);
    QVERIFY(memory.pid != first.pid);
    QVERIFY(missed.isEmpty());
    QVERIFY(!test.socketOf(*back)->recovered());
    QCOMPARE(test.socketOf(*back)->rooms(), QSet<QString>{memory.sid});
}

void TestRecovery::oneSessionForOneClient()
{
    Recovering test;
    Memory memory;
    auto peer = test.come(memory);
    const QString sid = memory.sid;
    test.cut(std::move(peer));
    Memory thief = memory;
    const auto back = test.come(memory);
    QCOMPARE(memory.sid, sid);
    const auto other = test.come(thief);
    QVERIFY(thief.sid != sid);
    QVERIFY(thief.pid != memory.pid);
    QCOMPARE(test.nsp->sockets().size(), 2);
}

void TestRecovery::middlewaresAreSkippedOrNot_data()
{
    QTest::addColumn<bool>("skip");
    QTest::newRow("skipped") << true;
    QTest::newRow("not skipped") << false;
}

void TestRecovery::middlewaresAreSkippedOrNot()
{
    QFETCH(bool, skip);
    Recovering test({.skipMiddlewares = skip});
    int ran = 0;
    test.nsp->use([&ran](ServerSocket &, const Next &next) {
        ++ran;
        next({});
    });
    int connections = 0;
    connect(test.nsp, &SocketIo::Namespace::connection, this, [&] { ++connections; });
    Memory memory;
    test.cut(test.come(memory));
    const auto back = test.come(memory);
    QVERIFY(test.socketOf(*back)->recovered());
    QCOMPARE(ran, skip ? 1 : 2);
    QCOMPARE(connections, 2);
}

void TestRecovery::aRefusalKeepsTheSession()
{
    Recovering test({.skipMiddlewares = false});
    bool open = true;
    test.nsp->use([&open](ServerSocket &, const Next &next) {
        next(open ? std::nullopt : std::optional(Refusal{u"Token expired"_s}));
    });
    Memory memory;
    test.cut(test.come(memory));
    open = false;
    auto refused = test.guest();
    refused->send("40" + memory.auth());
    QCOMPARE(refused->nextText(), R"(44{"message":"Token expired"})");
    QVERIFY(test.nsp->adapter()->roomSizes().isEmpty());
    open = true;
    const QString sid = memory.sid;
    const auto back = test.come(memory);
    QCOMPARE(memory.sid, sid);
}

void TestRecovery::nothingIsLostWhileMiddlewaresWork()
{
    Recovering test({.skipMiddlewares = false});
    Next later;
    test.nsp->use([&later](ServerSocket &socket, const Next &next) {
        if (socket.recovered())
            later = next;
        else
            next({});
    });
    Memory memory;
    test.cut(test.come(memory));
    auto back = test.guest();
    back->send("40" + memory.auth());
    QTRY_VERIFY(later);
    test.nsp->emitEvent(u"meanwhile"_s);
    later({});
    QVERIFY(back->nextText().startsWith(R"(42["meanwhile",)"));
    QVERIFY(back->nextText().startsWith("40{"));
    back->id = memory.sid;
    QVERIFY(ServerTest::hasHeardAll(*back));
}

void TestRecovery::aRefusedEmitIsNotReplayed()
{
    Recovering test;
    Memory memory;
    auto peer = test.come(memory);
    ServerSocket *socket = test.socketOf(*peer);
    QSignalSpy errors(socket, &ServerSocket::error);
    const QRegularExpression warning(u"refused"_s);
    for (int i = 0; i < 2; ++i)
        QTest::ignoreMessage(QtWarningMsg, warning);
    socket->emitEvent(u"connect"_s);
    test.nsp->emitEvent(u"connect"_s);
    QCOMPARE(errors.size(), 1);
    QCOMPARE(test.log().packets(), 0);
    QVERIFY(ServerTest::hasHeardAll(*peer));
    test.cut(std::move(peer));
    QList<QByteArray> missed;
    const auto back = test.come(memory, &missed);
    QVERIFY(test.socketOf(*back)->recovered());
    QVERIFY(missed.isEmpty());
}

void TestRecovery::withoutItNothingChanges()
{
    ServerTest test;
    auto peer = test.guest();
    peer->send(R"(40{"pid":"abcdefghijklmnopqrst","offset":"x"})");
    const auto hello = QJsonDocument::fromJson(peer->nextText().mid(2)).object();
    QCOMPARE(hello.keys(), QStringList{u"sid"_s});
    ServerSocket *socket = test.nsp->socket(hello["sid"_L1].toString());
    QVERIFY(!socket->recovered());
    QCOMPARE(socket->handshake().auth.size(), 2); // an application's own words
    socket->emitEvent(u"plain"_s);
    QCOMPARE(peer->nextText(), R"(42["plain"])");
}

QTEST_GUILESS_MAIN(TestRecovery)
#include "tst_recovery.moc"
