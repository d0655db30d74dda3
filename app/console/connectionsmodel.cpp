// SPDX-License-Identifier: MIT
#include "app/console/connectionsmodel.h"

#include "app/console/consolestore.h"
#include "app/console/units.h"
#include "app/shell/identity.h"

#include <algorithm>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

ConnectionsModel::ConnectionsModel(ConsoleStore *store, QObject *parent)
    : SortedKeysModel(u"openedAt"_s, false, parent)
    , m_store(store)
{
    connect(store, &ConsoleStore::changed, this, &ConnectionsModel::follow);
}

QHash<int, QByteArray> ConnectionsModel::roleNames() const
{
    static const QHash<int, QByteArray> names{{KeyRole, "key"},
                                              {UserRole, "user"},
                                              {InitialsRole, "initials"},
                                              {SlotRole, "slot"},
                                              {SocketIdRole, "socketId"},
                                              {NspRole, "nsp"},
                                              {TransportRole, "transport"},
                                              {AddressRole, "address"},
                                              {RoomCountRole, "roomCount"},
                                              {EventsOutRole, "eventsOut"},
                                              {EventsInRole, "eventsIn"},
                                              {OpenForRole, "openFor"},
                                              {OpenedAtRole, "openedAt"},
                                              {IsAdminRole, "isAdmin"}};
    return names;
}

QStringList ConnectionsModel::allKeys() const
{
    return m_store->sockets().keys();
}

bool ConnectionsModel::has(const QString &key) const
{
    return m_store->socket(key) != nullptr;
}

bool ConnectionsModel::accepts(const QString &key, const QStringList &words) const
{
    const ConsoleSocket *socket = m_store->socket(key);
    return std::all_of(words.begin(), words.end(), [socket](const QString &word) {
        for (const QString *text :
             {&socket->user, &socket->id, &socket->address, &socket->nsp, &socket->transport}) {
            if (text->contains(word, Qt::CaseInsensitive))
                return true;
        }
        return false;
    });
}

QVariant ConnectionsModel::value(const QString &key, int role) const
{
    const ConsoleSocket *socket = m_store->socket(key);
    switch (role) {
    case KeyRole:
        return key;
    case Qt::DisplayRole:
    case UserRole:
        return socket->user.isEmpty() ? socket->isAdmin ? tr("operator") : socket->id.left(8) : socket->user;
    case InitialsRole:
        return initials(socket->user);
    case SlotRole:
        return nameSlot(socket->userId.isEmpty() ? socket->id : socket->userId);
    case SocketIdRole:
        return socket->id;
    case NspRole:
        return socket->nsp;
    case TransportRole:
        return socket->transport;
    case AddressRole:
        return socket->address;
    case RoomCountRole:
        return int(socket->rooms.size());
    case EventsOutRole:
        return socket->out.rate();
    case EventsInRole:
        return socket->in.rate();
    case OpenForRole:
        return shortDuration(socket->openedAt.secsTo(QDateTime::currentDateTime()));
    case OpenedAtRole:
        return socket->openedAt;
    case IsAdminRole:
        return socket->isAdmin;
    default:
        return {};
    }
}

void ConnectionsModel::follow(const ConsoleChanges &changes)
{
    if (changes.reset)
        replaceAll();
    else
        apply(changes.addedSockets, changes.changedSockets, changes.removedSockets);
}

} // namespace Hubbub::App
