// SPDX-License-Identifier: MIT
#pragma once

#include "app/chat/chattypes.h"

#include <QtCore/QAbstractListModel>
#include <QtCore/QSet>
#include <QtQml/qqmlregistration.h>

namespace Hubbub::App
{

/// The people of one room: those who are there first, each part by name. Thread: GUI.
class PeopleModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a Room")
    Q_PROPERTY(int count READ count NOTIFY countsChanged)
    Q_PROPERTY(int onlineCount READ onlineCount NOTIFY countsChanged)
public:
    enum Role {
        UserIdRole = Qt::UserRole + 1,
        NameRole,
        InitialsRole,
        SlotRole,
        PresenceRole,
        SubtitleRole,
        IsMeRole,
        SectionRole,
        GuestRole,
    };
    Q_ENUM(Role)

    explicit PeopleModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    int count() const { return int(m_people.size()); }
    int onlineCount() const; ///< all but "offline"
    bool contains(const QString &userId) const { return indexOf(userId) >= 0; }

    void setMe(const QString &userId);
    /// The whole list, as the server tells it; who is not in it goes.
    void setPeople(const QList<ChatPerson> &people);
    /// Adds or updates; an empty presence keeps the one that is known, or is "online" for someone new.
    void upsert(const ChatPerson &person);
    void setPresence(const QString &userId, const QString &presence); ///< of someone who is here
    void setTyping(const QSet<QString> &userIds);

Q_SIGNALS:
    void countsChanged();

private:
    struct Entry {
        QString userId;
        QString name;
        QString presence;
        bool guest;

        bool operator==(const Entry &) const = default;
    };
    int indexOf(const QString &userId) const;
    bool before(const Entry &a, const Entry &b) const;
    void place(Entry entry);

    QList<Entry> m_people;
    QSet<QString> m_typing;
    QString m_me;
};

} // namespace Hubbub::App
