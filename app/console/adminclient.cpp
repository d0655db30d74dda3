// SPDX-License-Identifier: MIT
#include "app/console/adminclient.h"

#include "app/console/admintypes.h"
#include "app/console/consoleoverview.h"
#include "app/console/consolestore.h"

namespace Hubbub::App
{

using namespace Qt::StringLiterals;
using SocketIo::Event;

AdminClient::AdminClient(SocketIo::Socket *socket, ConsoleStore *store, ConsoleOverview *overview,
                         QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_store(store)
    , m_overview(overview)
{
    socket->on(u"session"_s, this, [this](const QString &id) { Q_EMIT sessionGiven(id); });
    socket->on(u"config"_s, this, [this](const QCborMap &config) { configure(config); });
    socket->on(u"all_sockets"_s, this, [this](const QCborArray &sockets) { m_store->allSockets(sockets); });
    socket->on(u"server_stats"_s, this, [this](const QCborMap &stats) {
        m_store->serverStats(stats);
        m_overview->noteStats(stats);
    });
    socket->on(u"socket_connected"_s, this, [this](const QCborMap &map) { m_store->socketConnected(map); });
    socket->on(u"socket_updated"_s, this, [this](const QCborMap &map) { m_store->socketUpdated(map); });
    // Rooms and ids may be numbers or null, and the time may be missing: these are read from the event as it
    // is.
    socket->on(u"socket_disconnected"_s, this, [this](const Event &event) {
        m_store->socketDisconnected(Admin::text(event.arguments.at(0)), Admin::text(event.arguments.at(1)));
        m_overview->noteDisconnect();
    });
    socket->on(u"room_joined"_s, this, [this](const Event &event) {
        m_store->roomJoined(Admin::text(event.arguments.at(0)), Admin::text(event.arguments.at(1)),
                            Admin::text(event.arguments.at(2)), Admin::time(event.arguments.at(3)));
    });
    socket->on(u"room_left"_s, this, [this](const Event &event) {
        m_store->roomLeft(Admin::text(event.arguments.at(0)), Admin::text(event.arguments.at(1)),
                          Admin::text(event.arguments.at(2)), Admin::time(event.arguments.at(3)));
    });
    const auto traffic = [this](bool isOut) {
        return [this, isOut](const Event &event) {
            m_store->eventSeen(isOut, Admin::text(event.arguments.at(0)), Admin::text(event.arguments.at(1)),
                               event.arguments.at(2).toArray(), Admin::time(event.arguments.at(3)));
        };
    };
    socket->on(u"event_received"_s, this, traffic(false));
    socket->on(u"event_sent"_s, this, traffic(true));
}

void AdminClient::configure(const QCborMap &config)
{
    m_features.clear();
    for (const QCborValue &feature : config.value("supportedFeatures"_L1).toArray())
        m_features.append(feature.toString());
    // Servers before 0.4 had neither word, and streamed.
    m_overview->setStreaming(m_features.contains("ALL_EVENTS"_L1)
                             || !m_features.contains("AGGREGATED_EVENTS"_L1));
    Q_EMIT configured();
}

} // namespace Hubbub::App
