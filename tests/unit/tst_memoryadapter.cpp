// SPDX-License-Identifier: MIT
#include "server-lite/core/server.h"
#include "server-lite/core/serversocket.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using SocketIo::Adapter;
using SocketIo::BroadcastOptions;

class TestMemoryAdapter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void socketsAreChosenByRoom_data();
    void socketsAreChosenByRoom();
    void roomsLiveFromTheFirstSocketToTheLast();
    void joiningTwiceCountsOnce();
    void leavingEverythingLeavesNothing();
    void leavingWhatOneIsNotInChangesNothing_data();
    void leavingWhatOneIsNotInChangesNothing();
    void aListenerMayMoveSocketsMeanwhile();
};

namespace
{

/// a in lobby and red, b in lobby and blue, c alone; each also in the room of its own id.
void fill(Adapter &adapter)
{
    adapter.addAll(u"a"_s, {u"a"_s, u"lobby"_s, u"red"_s});
    adapter.addAll(u"b"_s, {u"b"_s, u"lobby"_s, u"blue"_s});
    adapter.addAll(u"c"_s, {u"c"_s});
}

QString chosen(const Adapter &adapter, const BroadcastOptions &options)
{
    QStringList ids = adapter.sockets(options);
    ids.sort();
    return ids.join(u' ');
}

} // namespace

void TestMemoryAdapter::socketsAreChosenByRoom_data()
{
    QTest::addColumn<QStringList>("rooms");
    QTest::addColumn<QStringList>("except");
    QTest::addColumn<QString>("ids");

    QTest::newRow("no room means everybody") << QStringList{} << QStringList{} << u"a b c"_s;
    QTest::newRow("one room") << QStringList{u"lobby"_s} << QStringList{} << u"a b"_s;
    QTest::newRow("a socket's own room") << QStringList{u"c"_s} << QStringList{} << u"c"_s;
    QTest::newRow("two rooms, each socket once")
        << QStringList{u"lobby"_s, u"red"_s} << QStringList{} << u"a b"_s;
    QTest::newRow("rooms apart") << QStringList{u"red"_s, u"c"_s} << QStringList{} << u"a c"_s;
    QTest::newRow("everybody except one") << QStringList{} << QStringList{u"b"_s} << u"a c"_s;
    QTest::newRow("everybody except a room") << QStringList{} << QStringList{u"lobby"_s} << u"c"_s;
    QTest::newRow("one room except part of it")
        << QStringList{u"lobby"_s} << QStringList{u"blue"_s} << u"a"_s;
    QTest::newRow("two rooms except both")
        << QStringList{u"lobby"_s, u"red"_s} << QStringList{u"lobby"_s, u"red"_s} << u""_s;
    QTest::newRow("a room nobody is in") << QStringList{u"attic"_s} << QStringList{} << u""_s;
    QTest::newRow("except a room nobody is in") << QStringList{u"red"_s} << QStringList{u"attic"_s} << u"a"_s;
}

void TestMemoryAdapter::socketsAreChosenByRoom()
{
    QFETCH(QStringList, rooms);
    QFETCH(QStringList, except);
    QFETCH(QString, ids);
    SocketIo::Server server;
    Adapter &adapter = *server.sockets()->adapter();
    fill(adapter);
    QCOMPARE(chosen(adapter,
                    {.rooms = {rooms.cbegin(), rooms.cend()}, .except = {except.cbegin(), except.cend()}}),
             ids);
}

void TestMemoryAdapter::roomsLiveFromTheFirstSocketToTheLast()
{
    SocketIo::Server server;
    Adapter &adapter = *server.sockets()->adapter();
    QStringList told;
    connect(&adapter, &Adapter::roomCreated, this, [&](const QString &room) { told << u"+"_s + room; });
    connect(&adapter, &Adapter::roomDeleted, this, [&](const QString &room) { told << u"-"_s + room; });
    connect(&adapter, &Adapter::roomJoined, this,
            [&](const QString &room, const QString &id) { told << id + u" in "_s + room; });
    connect(&adapter, &Adapter::roomLeft, this,
            [&](const QString &room, const QString &id) { told << id + u" out "_s + room; });

    adapter.addAll(u"a"_s, {u"lobby"_s});
    adapter.addAll(u"b"_s, {u"lobby"_s});
    QCOMPARE(adapter.roomSizes(), (QHash<QString, qsizetype>{{u"lobby"_s, 2}}));
    adapter.del(u"a"_s, u"lobby"_s);
    QCOMPARE(adapter.roomSizes(), (QHash<QString, qsizetype>{{u"lobby"_s, 1}}));
    adapter.del(u"b"_s, u"lobby"_s);
    QVERIFY(adapter.roomSizes().isEmpty());
    QCOMPARE(told, (QStringList{u"+lobby"_s, u"a in lobby"_s, u"b in lobby"_s, u"a out lobby"_s,
                                u"b out lobby"_s, u"-lobby"_s}));
}

void TestMemoryAdapter::joiningTwiceCountsOnce()
{
    SocketIo::Server server;
    Adapter &adapter = *server.sockets()->adapter();
    QSignalSpy joined(&adapter, &Adapter::roomJoined);
    adapter.addAll(u"a"_s, {u"lobby"_s});
    adapter.addAll(u"a"_s, {u"lobby"_s});
    QCOMPARE(joined.size(), 1);
    QCOMPARE(adapter.roomSizes().value(u"lobby"_s), 1);
}

void TestMemoryAdapter::leavingEverythingLeavesNothing()
{
    SocketIo::Server server;
    Adapter &adapter = *server.sockets()->adapter();
    fill(adapter);
    QSignalSpy left(&adapter, &Adapter::roomLeft);
    QSignalSpy deleted(&adapter, &Adapter::roomDeleted);
    adapter.delAll(u"a"_s);
    QCOMPARE(left.size(), 3);
    QCOMPARE(deleted.size(), 2); // b is still in the lobby
    QVERIFY(adapter.socketRooms(u"a"_s).isEmpty());
    QCOMPARE(chosen(adapter, {}), u"b c"_s);
}

void TestMemoryAdapter::leavingWhatOneIsNotInChangesNothing_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("room");
    QTest::newRow("another's room") << u"a"_s << u"blue"_s;
    QTest::newRow("no such room") << u"a"_s << u"attic"_s;
    QTest::newRow("no such socket") << u"z"_s << u"lobby"_s;
}

void TestMemoryAdapter::leavingWhatOneIsNotInChangesNothing()
{
    QFETCH(QString, id);
    QFETCH(QString, room);
    SocketIo::Server server;
    Adapter &adapter = *server.sockets()->adapter();
    fill(adapter);
    const auto before = adapter.roomSizes();
    QSignalSpy left(&adapter, &Adapter::roomLeft);
    adapter.del(id, room);
    adapter.delAll(u"z"_s);
    QCOMPARE(left.size(), 0);
    QCOMPARE(adapter.roomSizes(), before);
}

void TestMemoryAdapter::aListenerMayMoveSocketsMeanwhile()
{
    SocketIo::Server server;
    Adapter &adapter = *server.sockets()->adapter();
    // Whoever enters the hall is moved on to the lobby; whoever leaves the lobby drags b along.
    connect(&adapter, &Adapter::roomJoined, this, [&](const QString &room, const QString &id) {
        if (room == u"hall"_s) {
            adapter.del(id, room);
            adapter.addAll(id, {u"lobby"_s});
        }
    });
    connect(&adapter, &Adapter::roomLeft, this, [&](const QString &room, const QString &) {
        if (room == u"lobby"_s)
            adapter.delAll(u"b"_s);
    });
    adapter.addAll(u"a"_s, {u"hall"_s});
    adapter.addAll(u"b"_s, {u"hall"_s, u"red"_s});
    QCOMPARE(adapter.roomSizes(), (QHash<QString, qsizetype>{{u"lobby"_s, 2}, {u"red"_s, 1}}));
    adapter.delAll(u"a"_s);
    QVERIFY(adapter.roomSizes().isEmpty());
}

QTEST_GUILESS_MAIN(TestMemoryAdapter)
#include "tst_memoryadapter.moc"
