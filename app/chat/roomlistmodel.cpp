// SPDX-License-Identifier: MIT
#include "app/chat/roomlistmodel.h"

#include "app/chat/room.h"

#include <QtCore/QLocale>

#include <algorithm>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

namespace
{

QString shortTime(const QDateTime &time)
{
    if (!time.isValid())
        return {};
    const qint64 days = time.date().daysTo(QDate::currentDate());
    if (days <= 0)
        return time.toString(u"HH:mm"_s);
    return QLocale().toString(time.date(), days < 7 ? u"ddd"_s : u"d MMM"_s);
}

bool before(const Room *a, const Room *b)
{
    const QDateTime atA = a->lastActivity();
    const QDateTime atB = b->lastActivity();
    if (atA != atB)
        return atA.isValid() && (!atB.isValid() || atA > atB);
    return a->roomId() < b->roomId();
}

} // namespace

RoomListModel::RoomListModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int RoomListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant RoomListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    Room *room = m_rooms.at(index.row());
    switch (role) {
    case RoomRole:
        return QVariant::fromValue(room);
    case RoomIdRole:
        return room->roomId();
    case Qt::DisplayRole:
    case TitleRole:
        return room->title();
    case PreviewRole:
        return room->preview();
    case TimeRole:
        return shortTime(room->lastActivity());
    case UnreadRole:
        return room->unread();
    case MentionsRole:
        return room->mentions();
    case SlotRole:
        return room->slotNumber();
    case CurrentRole:
        return room == m_current;
    case TypingTextRole:
        return room->typingText();
    case WaitingRole:
        return room->waiting();
    case LeftRole:
        return room->isLeft();
    default:
        return {};
    }
}

QHash<int, QByteArray> RoomListModel::roleNames() const
{
    return {{RoomRole, "room"},         {RoomIdRole, "roomId"},
            {TitleRole, "title"},       {PreviewRole, "preview"},
            {TimeRole, "time"},         {UnreadRole, "unread"},
            {MentionsRole, "mentions"}, {SlotRole, "slot"},
            {CurrentRole, "current"},   {TypingTextRole, "typingText"},
            {WaitingRole, "waiting"},   {LeftRole, "left"}};
}

Room *RoomListModel::find(const QString &roomId) const
{
    const auto at = std::find_if(m_rooms.begin(), m_rooms.end(),
                                 [&roomId](const Room *room) { return room->roomId() == roomId; });
    return at == m_rooms.end() ? nullptr : *at;
}

void RoomListModel::add(Room *room)
{
    const int at = placeOf(room);
    beginInsertRows({}, at, at);
    m_rooms.insert(at, room);
    endInsertRows();
    connect(room, &Room::infoChanged, this, [this, room] {
        update(room, {TitleRole, PreviewRole, TimeRole});
    });
    connect(room, &Room::unreadChanged, this, [this, room] { update(room, {UnreadRole, MentionsRole}); });
    connect(room, &Room::typingChanged, this, [this, room] { update(room, {TypingTextRole}); });
    connect(room, &Room::waitingChanged, this, [this, room] { update(room, {WaitingRole}); });
    connect(room, &Room::leftChanged, this, [this, room] { update(room, {LeftRole}); });
    connect(room, &Room::activityChanged, this, [this, room] {
        update(room, {PreviewRole, TimeRole});
        resort(room);
    });
    Q_EMIT countChanged();
}

void RoomListModel::setCurrent(Room *room)
{
    if (m_current == room)
        return;
    Room *former = std::exchange(m_current, room);
    for (Room *changed : {former, room}) {
        if (changed)
            update(changed, {CurrentRole});
    }
}

void RoomListModel::refreshTimes()
{
    if (!m_rooms.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1), {TimeRole});
}

void RoomListModel::update(Room *room, const QList<int> &roles)
{
    if (const qsizetype at = m_rooms.indexOf(room); at >= 0)
        Q_EMIT dataChanged(index(int(at)), index(int(at)), roles);
}

void RoomListModel::resort(Room *room)
{
    const int from = int(m_rooms.indexOf(room));
    const int to = placeOf(room);
    if (from < 0 || from == to)
        return;
    beginMoveRows({}, from, from, {}, to > from ? to + 1 : to);
    m_rooms.move(from, to);
    endMoveRows();
}

int RoomListModel::placeOf(const Room *room) const
{
    return int(std::count_if(m_rooms.begin(), m_rooms.end(),
                             [room](const Room *other) { return other != room && before(other, room); }));
}

} // namespace Hubbub::App
