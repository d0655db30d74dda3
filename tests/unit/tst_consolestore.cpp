// SPDX-License-Identifier: MIT
#include "app/console/connectiondetails.h"
#include "app/console/connectionsmodel.h"
#include "app/console/consoleoverview.h"
#include "app/console/consoleroomsmodel.h"
#include "app/console/consolestore.h"
#include "app/console/namespacesmodel.h"
#include "app/console/nodesmodel.h"
#include "app/console/units.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace Hubbub::App;

namespace
{

constexpr auto strict = QAbstractItemModelTester::FailureReportingMode::QtTest;

QCborMap socketMap(const QString &id, const QString &name, const QString &transport = u"websocket"_s)
{
    return {{u"id"_s, id},
            {u"nsp"_s, u"/chat"_s},
            {u"clientId"_s, u"client-"_s + id},
            {u"transport"_s, transport},
            {u"data"_s, QCborMap{{u"userId"_s, u"u_"_s + id}, {u"username"_s, name}}},
            {u"handshake"_s,
             QCborMap{{u"address"_s, u"::ffff:10.0.0.1"_s}, {u"issued"_s, qint64(1772539200000)}}},
            {u"rooms"_s, QCborArray{id, u"room:lobby"_s}}};
}

QCborMap stats(int sockets, double uptime = 10)
{
    return {{u"serverId"_s, u"n1"_s},
            {u"hostname"_s, u"h"_s},
            {u"pid"_s, 1},
            {u"uptime"_s, uptime},
            {u"clientsCount"_s, sockets},
            {u"pollingClientsCount"_s, 0},
            {u"aggregatedEvents"_s,
             QCborArray{QCborMap{{u"timestamp"_s, 0}, {u"type"_s, u"packetsIn"_s}, {u"count"_s, 8}}}},
            {u"namespaces"_s, QCborArray{QCborMap{{u"name"_s, u"/chat"_s}, {u"socketsCount"_s, sockets}},
                                         QCborMap{{u"name"_s, u"/quiet"_s}, {u"socketsCount"_s, 0}}}}};
}

} // namespace

class TestConsoleStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_store = std::make_unique<ConsoleStore>(u"/admin"_s, nullptr);
        m_connections = std::make_unique<ConnectionsModel>(m_store.get(), nullptr);
        m_rooms = std::make_unique<ConsoleRoomsModel>(m_store.get(), nullptr);
        m_namespaces = std::make_unique<NamespacesModel>(m_store.get(), nullptr);
        m_nodes = std::make_unique<NodesModel>(m_store.get(), nullptr);
        m_details = std::make_unique<ConnectionDetails>(m_store.get(), nullptr);
        for (QAbstractItemModel *model : std::initializer_list<QAbstractItemModel *>{
                 m_connections.get(), m_rooms.get(), m_namespaces.get(), m_nodes.get(),
                 m_details->lastEvents()})
            new QAbstractItemModelTester(model, strict, model);
    }
    void cleanup()
    {
        m_details.reset();
        m_nodes.reset();
        m_namespaces.reset();
        m_rooms.reset();
        m_connections.reset();
        m_store.reset();
    }

    void snapshotAndStreamAreUpserts()
    {
        m_store->socketConnected(socketMap(u"a"_s, u"Ada"_s));
        m_store->allSockets({socketMap(u"a"_s, u"Ada"_s), socketMap(u"b"_s, u"Bob"_s, u"polling"_s)});
        m_store->socketConnected(socketMap(u"a"_s, u"Ada"_s)); // python repeats it with every ping
        m_store->roomJoined(u"/chat"_s, u"room:lobby"_s, u"a"_s, QDateTime::currentDateTime());
        m_store->flush();
        QCOMPARE(m_connections->count(), 2);
        QCOMPARE(m_rooms->count(), 1);
        QCOMPARE(m_rooms->index(0).data(ConsoleRoomsModel::MembersRole).toInt(), 2);
        QCOMPARE(m_rooms->privateCount(), 2);
        const QModelIndex ada = rowOf(u"a"_s);
        QCOMPARE(ada.data(ConnectionsModel::UserRole).toString(), u"Ada"_s);
        QCOMPARE(ada.data(ConnectionsModel::AddressRole).toString(), u"10.0.0.1"_s);
        QCOMPARE(ada.data(ConnectionsModel::RoomCountRole).toInt(), 1);

        m_store->allSockets({socketMap(u"b"_s, u"Bob"_s)});
        m_store->flush();
        QCOMPARE(m_connections->count(), 1);
    }

    void aJoinMayComeBeforeItsSocket()
    {
        m_store->roomJoined(u"/chat"_s, u"early"_s, u"a"_s, QDateTime::currentDateTime());
        m_store->socketConnected(socketMap(u"a"_s, u"Ada"_s));
        m_store->flush();
        QCOMPARE(rowOf(u"a"_s).data(ConnectionsModel::RoomCountRole).toInt(), 2);
    }

    void leavingUndoesIt()
    {
        m_store->socketConnected(socketMap(u"a"_s, u"Ada"_s));
        m_store->flush();
        m_store->roomLeft(u"/chat"_s, u"room:lobby"_s, u"a"_s, QDateTime::currentDateTime());
        m_store->roomLeft(u"/chat"_s, u"room:lobby"_s, u"stranger"_s, QDateTime::currentDateTime());
        m_store->flush();
        QCOMPARE(m_rooms->count(), 0);
        m_store->socketDisconnected(u"/chat"_s, u"a"_s);
        m_store->socketDisconnected(u"/chat"_s, u"a"_s);
        m_store->flush();
        QCOMPARE(m_connections->count(), 0);
        QCOMPARE(m_rooms->privateCount(), 0);
        QCOMPARE(m_namespaces->count(), 1);
        QCOMPARE(m_namespaces->index(0).data(NamespacesModel::SocketsRole).toInt(), 0);
    }

    void dataIsReplacedNotMerged()
    {
        m_store->socketConnected(socketMap(u"a"_s, u"Ada"_s));
        m_store->socketUpdated(
            {{u"id"_s, u"a"_s}, {u"nsp"_s, u"/chat"_s}, {u"data"_s, QCborMap{{u"x"_s, 1}}}});
        m_store->socketUpdated({{u"id"_s, u"a"_s}, {u"nsp"_s, u"/chat"_s}, {u"transport"_s, u"polling"_s}});
        m_store->flush();
        const ConsoleSocket *socket = m_store->socket(ConsoleStore::keyOf(u"/chat"_s, u"a"_s));
        QCOMPARE(socket->data, (QCborMap{{u"x"_s, 1}}));
        QCOMPARE(socket->transport, u"polling"_s);
        QCOMPARE(socket->user, QString());
    }

    void changesAreToldInBatches()
    {
        QSignalSpy changed(m_store.get(), &ConsoleStore::changed);
        for (int i = 0; i < 500; ++i)
            m_store->socketConnected(socketMap(QString::number(i), u"P%1"_s.arg(i)));
        QCOMPARE(changed.count(), 0);
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(m_connections->count(), 500);
    }

    void filterAndSort()
    {
        for (const QString &name : {u"Cid"_s, u"ada"_s, u"Bob"_s})
            m_store->socketConnected(socketMap(name.left(1), name));
        m_store->flush();
        m_connections->setSortRoleName(u"user"_s);
        QCOMPARE(users(), (QStringList{u"ada"_s, u"Bob"_s, u"Cid"_s}));
        m_connections->setSortDescending(true);
        QCOMPARE(users(), (QStringList{u"Cid"_s, u"Bob"_s, u"ada"_s}));
        m_connections->setFilter(u"bo 10.0"_s);
        QCOMPARE(users(), QStringList{u"Bob"_s});
        m_store->socketConnected(socketMap(u"x"_s, u"Boe"_s));
        m_store->flush();
        QCOMPARE(users(), (QStringList{u"Boe"_s, u"Bob"_s}));
        m_connections->setFilter({});
        QCOMPARE(m_connections->count(), 4);
    }

    void detailsOutliveTheConnection()
    {
        m_store->socketConnected(socketMap(u"a"_s, u"Ada"_s));
        m_store->flush();
        m_details->select(ConsoleStore::keyOf(u"/chat"_s, u"a"_s));
        QCOMPARE(m_details->title(), u"Ada"_s);
        QCOMPARE(m_details->rooms(), QStringList{u"room:lobby"_s});
        m_store->eventSeen(true, u"/chat"_s, u"a"_s, {u"new-message"_s, QCborMap{{u"roomId"_s, u"lobby"_s}}},
                           QDateTime::currentDateTime());
        QCOMPARE(m_details->lastEvents()->index(0).data(EventLogModel::NameRole).toString(),
                 u"new-message"_s);
        QCOMPARE(m_details->lastEvents()->index(0).data(EventLogModel::SizeTextRole).toString(), u"18 B"_s);
        m_store->tick();
        m_store->flush();
        QCOMPARE(m_details->eventsOut(), 1.0);
        QCOMPARE(m_rooms->index(0).data(ConsoleRoomsModel::EventsOutRole).toDouble(), 1.0);
        m_store->socketDisconnected(u"/chat"_s, u"a"_s);
        m_store->flush();
        QVERIFY(m_details->hasEnded());
        QCOMPARE(m_details->title(), u"Ada"_s);
    }

    void nodesAndDrift()
    {
        m_store->socketConnected(socketMap(u"a"_s, u"Ada"_s));
        m_store->serverStats(stats(1));
        m_store->flush();
        QCOMPARE(m_nodes->count(), 1);
        QCOMPARE(m_namespaces->count(), 2);
        QCOMPARE(m_store->drift(), 0);
        QCOMPARE(m_nodes->index(0).data(NodesModel::StatusRole).toString(), u"On time"_s);
        QCOMPARE(m_nodes->index(0).data(NodesModel::CpuRole).toDouble(), -1.0);
        m_store->serverStats(stats(3, 1));
        m_store->flush();
        QCOMPARE(m_store->drift(), 2);
        QCOMPARE(m_nodes->index(0).data(NodesModel::StatusRole).toString(), u"Restarted"_s);
        m_store->clear();
        QCOMPARE(m_nodes->count(), 0);
        QCOMPARE(m_connections->count(), 0);
    }

    void timeNobodyLookedIsUnknown()
    {
        ConsoleOverview overview(m_store.get(), nullptr);
        m_store->socketConnected(socketMap(u"a"_s, u"Ada"_s));
        m_store->socketConnected(socketMap(u"b"_s, u"Bob"_s, u"polling"_s));
        m_store->eventSeen(false, u"/chat"_s, u"a"_s, {u"x"_s}, QDateTime::currentDateTime());
        overview.sample(true);
        overview.skip(3);
        overview.sample(false);
        overview.sample(true);
        const QList<qreal> series = overview.connectionsSeries();
        QCOMPARE(series.size(), 600);
        QCOMPARE(series.last(), 2.0);
        for (int back = 2; back <= 5; ++back)
            QVERIFY(std::isnan(series.at(series.size() - back)));
        QCOMPARE(series.at(series.size() - 6), 2.0);
        QCOMPARE(overview.eventsInSeries().at(series.size() - 6), 1.0);
        QCOMPARE(overview.pollingSeries().last(), 1.0);
        QCOMPARE(overview.disconnectsSeries().size(), 60);
    }

    void productionModeCountsByBuckets()
    {
        ConsoleOverview overview(m_store.get(), nullptr);
        overview.setStreaming(false);
        m_store->serverStats(stats(5));
        overview.noteStats(stats(5));
        overview.sample(true);
        QCOMPARE(overview.connections(), 5);
        QCOMPARE(overview.eventsIn(), 4.0);
        overview.sample(true);
        QCOMPARE(overview.eventsIn(), 2.0);
    }

    void units_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("seconds") << shortDuration(42) << u"42s"_s;
        QTest::newRow("minutes") << shortDuration(299) << u"4m"_s;
        QTest::newRow("hours") << shortDuration(3780) << u"1h 03m"_s;
        QTest::newRow("days") << shortDuration(9 * 86400 + 4 * 3600) << u"9d 4h"_s;
        QTest::newRow("bytes") << shortSize(92) << u"92 B"_s;
        QTest::newRow("kilobytes") << shortSize(1400) << u"1.4 kB"_s;
        QTest::newRow("megabytes") << shortSize(412'000'000) << u"412 MB"_s;
        QTest::newRow("unknown") << shortSize(-1) << QString();
    }
    void units()
    {
        QFETCH(QString, text);
        QTEST(text, "expected");
    }

private:
    QModelIndex rowOf(const QString &id) const
    {
        return m_connections
            ->match(m_connections->index(0), ConnectionsModel::SocketIdRole, id, 1, Qt::MatchExactly)
            .value(0);
    }
    QStringList users() const
    {
        QStringList users;
        for (int i = 0; i < m_connections->count(); ++i)
            users.append(m_connections->index(i).data(ConnectionsModel::UserRole).toString());
        return users;
    }

    std::unique_ptr<ConsoleStore> m_store;
    std::unique_ptr<ConnectionsModel> m_connections;
    std::unique_ptr<ConsoleRoomsModel> m_rooms;
    std::unique_ptr<NamespacesModel> m_namespaces;
    std::unique_ptr<NodesModel> m_nodes;
    std::unique_ptr<ConnectionDetails> m_details;
};

QTEST_GUILESS_MAIN(TestConsoleStore)
#include "tst_consolestore.moc"
