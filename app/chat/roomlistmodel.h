// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace Hubbub::App
{

class Room;

/// The rooms of one server, the one with the newest message first. Rooms are owned by the session. Thread:
/// GUI.
class RoomListModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a ChatSession")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Role {
        RoomRole = Qt::UserRole + 1,
        RoomIdRole,
        TitleRole,
        PreviewRole,
        TimeRole,
        UnreadRole,
        MentionsRole,
        SlotRole,
        CurrentRole,
        TypingTextRole,
        WaitingRole,
        LeftRole,
    };
    Q_ENUM(Role)

    explicit RoomListModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    int count() const { return int(m_rooms.size()); }
    const QList<Room *> &rooms() const { return m_rooms; }
    Room *find(const QString &roomId) const;

    void add(Room *room);
    void setCurrent(Room *room);
    void refreshTimes(); ///< a new day has begun

Q_SIGNALS:
    void countChanged();

private:
    void update(Room *room, const QList<int> &roles);
    void resort(Room *room);
    int placeOf(const Room *room) const;

    QList<Room *> m_rooms;
    Room *m_current = nullptr;
};

} // namespace Hubbub::App
