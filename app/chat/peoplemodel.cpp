// SPDX-License-Identifier: MIT
#include "app/chat/peoplemodel.h"

#include "app/shell/identity.h"

#include <algorithm>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

namespace
{

bool isOffline(const QString &presence)
{
    return presence == "offline"_L1;
}

} // namespace

PeopleModel::PeopleModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int PeopleModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant PeopleModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Entry &entry = m_people.at(index.row());
    switch (role) {
    case UserIdRole:
        return entry.userId;
    case Qt::DisplayRole:
    case NameRole:
        return entry.name;
    case InitialsRole:
        return initials(entry.name);
    case SlotRole:
        return nameSlot(entry.userId);
    case PresenceRole:
        return entry.presence;
    case SubtitleRole:
        return m_typing.contains(entry.userId) ? tr("typing…") : entry.userId == m_me ? tr("you") : QString();
    case IsMeRole:
        return entry.userId == m_me;
    case SectionRole:
        return isOffline(entry.presence) ? u"offline"_s : u"online"_s;
    case GuestRole:
        return entry.guest;
    default:
        return {};
    }
}

QHash<int, QByteArray> PeopleModel::roleNames() const
{
    return {{UserIdRole, "userId"}, {NameRole, "name"},         {InitialsRole, "initials"},
            {SlotRole, "slot"},     {PresenceRole, "presence"}, {SubtitleRole, "subtitle"},
            {IsMeRole, "isMe"},     {SectionRole, "section"},   {GuestRole, "guest"}};
}

int PeopleModel::onlineCount() const
{
    return int(std::count_if(m_people.begin(), m_people.end(),
                             [](const Entry &entry) { return !isOffline(entry.presence); }));
}

void PeopleModel::setMe(const QString &userId)
{
    if (m_me == userId)
        return;
    m_me = userId;
    if (!m_people.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1), {SubtitleRole, IsMeRole});
}

void PeopleModel::setPeople(const QList<ChatPerson> &people)
{
    QSet<QString> stay;
    for (const ChatPerson &person : people)
        stay.insert(person.userId);
    for (int at = count() - 1; at >= 0; --at) {
        if (!stay.contains(m_people.at(at).userId)) {
            beginRemoveRows({}, at, at);
            m_people.removeAt(at);
            endRemoveRows();
        }
    }
    for (const ChatPerson &person : people)
        upsert(person);
    Q_EMIT countsChanged();
}

void PeopleModel::upsert(const ChatPerson &person)
{
    const int at = indexOf(person.userId);
    Entry entry{person.userId, person.username, person.presence, person.guest};
    if (entry.presence.isEmpty())
        entry.presence = at >= 0 ? m_people.at(at).presence : u"online"_s;
    if (at >= 0 && m_people.at(at) == entry)
        return;
    place(std::move(entry));
    Q_EMIT countsChanged();
}

void PeopleModel::setPresence(const QString &userId, const QString &presence)
{
    const int at = indexOf(userId);
    if (at < 0 || presence.isEmpty() || m_people.at(at).presence == presence)
        return;
    Entry entry = m_people.at(at);
    entry.presence = presence;
    place(std::move(entry));
    Q_EMIT countsChanged();
}

void PeopleModel::setTyping(const QSet<QString> &userIds)
{
    const QSet<QString> before = std::exchange(m_typing, userIds);
    for (int at = 0; at < count(); ++at) {
        const QString &id = m_people.at(at).userId;
        if (before.contains(id) != userIds.contains(id))
            Q_EMIT dataChanged(index(at), index(at), {SubtitleRole});
    }
}

int PeopleModel::indexOf(const QString &userId) const
{
    const auto at = std::find_if(m_people.begin(), m_people.end(),
                                 [&userId](const Entry &entry) { return entry.userId == userId; });
    return at == m_people.end() ? -1 : int(at - m_people.begin());
}

bool PeopleModel::before(const Entry &a, const Entry &b) const
{
    if (isOffline(a.presence) != isOffline(b.presence))
        return isOffline(b.presence);
    const int names = QString::localeAwareCompare(a.name, b.name);
    return names != 0 ? names < 0 : a.userId < b.userId;
}

void PeopleModel::place(Entry entry)
{
    const int from = indexOf(entry.userId);
    // The place among the others: how many of them stand before it.
    const int to = int(std::count_if(m_people.begin(), m_people.end(), [&](const Entry &other) {
        return other.userId != entry.userId && before(other, entry);
    }));
    if (from < 0) {
        beginInsertRows({}, to, to);
        m_people.insert(to, std::move(entry));
        endInsertRows();
        return;
    }
    if (from != to) {
        beginMoveRows({}, from, from, {}, to > from ? to + 1 : to);
        m_people.move(from, to);
        endMoveRows();
    }
    m_people[to] = std::move(entry);
    Q_EMIT dataChanged(index(to), index(to));
}

} // namespace Hubbub::App
