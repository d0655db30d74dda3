// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/gateway/chatuser.h"

#include <QtCore/QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace Hubbub::App
{

/// Who is in the hosted room now, in the order they came. Thread: GUI.
class HostPeopleModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to Host")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Role { NameRole = Qt::UserRole + 1, UserIdRole, AddressRole, IsHostRole, GuestRole };
    Q_ENUM(Role)

    explicit HostPeopleModel(QObject *parent);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return int(m_people.size()); }
    int guestCount() const; ///< all but the host

    void add(const ChatUser &user, const QString &address, bool isHost);
    void remove(const QString &userId);
    void clear();

Q_SIGNALS:
    void countChanged();

private:
    struct Person {
        ChatUser user;
        QString address;
        bool isHost;
    };
    QList<Person> m_people;
};

} // namespace Hubbub::App
