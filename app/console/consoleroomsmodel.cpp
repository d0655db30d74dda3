// SPDX-License-Identifier: MIT
#include "app/console/consoleroomsmodel.h"

#include "app/console/consolestore.h"

#include <algorithm>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

ConsoleRoomsModel::ConsoleRoomsModel(ConsoleStore *store, QObject *parent)
    : SortedKeysModel(u"members"_s, true, parent)
    , m_store(store)
{
    connect(store, &ConsoleStore::changed, this, &ConsoleRoomsModel::follow);
}

QHash<int, QByteArray> ConsoleRoomsModel::roleNames() const
{
    static const QHash<int, QByteArray> names{{KeyRole, "key"},
                                              {NspRole, "nsp"},
                                              {NameRole, "name"},
                                              {MembersRole, "members"},
                                              {EventsOutRole, "eventsOut"}};
    return names;
}

int ConsoleRoomsModel::privateCount() const
{
    return m_store->privateRooms();
}

QStringList ConsoleRoomsModel::allKeys() const
{
    return m_store->rooms().keys();
}

bool ConsoleRoomsModel::has(const QString &key) const
{
    return m_store->room(key) != nullptr;
}

bool ConsoleRoomsModel::accepts(const QString &key, const QStringList &words) const
{
    const ConsoleRoom *room = m_store->room(key);
    return std::all_of(words.begin(), words.end(), [room](const QString &word) {
        return room->name.contains(word, Qt::CaseInsensitive)
               || room->nsp.contains(word, Qt::CaseInsensitive);
    });
}

QVariant ConsoleRoomsModel::value(const QString &key, int role) const
{
    const ConsoleRoom *room = m_store->room(key);
    switch (role) {
    case KeyRole:
        return key;
    case NspRole:
        return room->nsp;
    case Qt::DisplayRole:
    case NameRole:
        return room->name;
    case MembersRole:
        return int(room->members.size());
    case EventsOutRole:
        return room->out.rate();
    default:
        return {};
    }
}

void ConsoleRoomsModel::follow(const ConsoleChanges &changes)
{
    if (changes.reset)
        replaceAll();
    else
        apply(changes.addedRooms, changes.changedRooms, changes.removedRooms);
    if (changes.reset || !changes.addedSockets.isEmpty() || !changes.removedSockets.isEmpty())
        Q_EMIT privateCountChanged();
}

} // namespace Hubbub::App
