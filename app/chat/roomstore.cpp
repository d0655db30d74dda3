// SPDX-License-Identifier: MIT
#include "app/chat/roomstore.h"

#include <algorithm>
#include <chrono>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace
{

// Room ids may hold slashes, which QSettings would read as groups.
QString draftKey(const QString &roomId)
{
    return u"drafts/"_s + QString::fromLatin1(roomId.toUtf8().toPercentEncoding("", "/"));
}

} // namespace

RoomStore::RoomStore(const QString &file, QObject *parent)
    : QObject(parent)
    , m_file(file, QSettings::IniFormat)
{
    m_write.setSingleShot(true);
    m_write.setInterval(500ms);
    connect(&m_write, &QTimer::timeout, this, [this] { m_file.sync(); });
}

RoomStore::~RoomStore() = default;

QList<RoomStore::Known> RoomStore::rooms() const
{
    QList<Known> rooms;
    const int size = m_file.beginReadArray(u"rooms"_s);
    for (int i = 0; i < size; ++i) {
        m_file.setArrayIndex(i);
        rooms.append({m_file.value(u"id"_s).toString(), m_file.value(u"title"_s).toString()});
    }
    m_file.endArray();
    return rooms;
}

void RoomStore::addRoom(const QString &roomId, const QString &title)
{
    QList<Known> known = rooms();
    const auto at =
        std::find_if(known.begin(), known.end(), [&](const Known &r) { return r.roomId == roomId; });
    if (at == known.end())
        known.append({roomId, title});
    else if (at->title != title)
        at->title = title;
    else
        return;
    writeRooms(known);
}

bool RoomStore::knows(const QString &roomId) const
{
    const QList<Known> known = rooms();
    return std::any_of(known.begin(), known.end(), [&](const Known &r) { return r.roomId == roomId; });
}

void RoomStore::renameRoom(const QString &roomId, const QString &title)
{
    if (knows(roomId))
        addRoom(roomId, title);
}

void RoomStore::removeRoom(const QString &roomId)
{
    QList<Known> known = rooms();
    if (known.removeIf([&](const Known &r) { return r.roomId == roomId; }) > 0)
        writeRooms(known);
}

QStringList RoomStore::leftRooms() const
{
    return m_file.value(u"left"_s).toStringList();
}

void RoomStore::setLeft(const QString &roomId, bool left)
{
    QStringList ids = leftRooms();
    const bool changed = left ? !ids.contains(roomId) : ids.removeAll(roomId) > 0;
    if (!changed)
        return;
    if (left)
        ids.append(roomId);
    m_file.setValue(u"left"_s, ids);
    m_write.start();
}

QString RoomStore::openRoom() const
{
    return m_file.value(u"open"_s).toString();
}

void RoomStore::setOpenRoom(const QString &roomId)
{
    m_file.setValue(u"open"_s, roomId);
    m_write.start();
}

QString RoomStore::draft(const QString &roomId) const
{
    return m_file.value(draftKey(roomId)).toString();
}

void RoomStore::setDraft(const QString &roomId, const QString &text)
{
    if (text.isEmpty())
        m_file.remove(draftKey(roomId));
    else
        m_file.setValue(draftKey(roomId), text);
    if (!m_write.isActive())
        m_write.start();
}

void RoomStore::writeRooms(const QList<Known> &rooms)
{
    m_file.remove(u"rooms"_s);
    m_file.beginWriteArray(u"rooms"_s, int(rooms.size()));
    for (int i = 0; i < rooms.size(); ++i) {
        m_file.setArrayIndex(i);
        m_file.setValue(u"id"_s, rooms.at(i).roomId);
        m_file.setValue(u"title"_s, rooms.at(i).title);
    }
    m_file.endArray();
    m_write.start();
}

} // namespace Hubbub::App
