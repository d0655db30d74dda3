// SPDX-License-Identifier: MIT
#include "app/host/hostpeoplemodel.h"

#include <algorithm>

namespace Hubbub::App
{

HostPeopleModel::HostPeopleModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int HostPeopleModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant HostPeopleModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Person &person = m_people.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return person.user.username;
    case UserIdRole:
        return person.user.id;
    case AddressRole:
        return person.address;
    case IsHostRole:
        return person.isHost;
    case GuestRole:
        return person.user.guest;
    default:
        return {};
    }
}

QHash<int, QByteArray> HostPeopleModel::roleNames() const
{
    return {{NameRole, "name"},
            {UserIdRole, "userId"},
            {AddressRole, "address"},
            {IsHostRole, "isHost"},
            {GuestRole, "guest"}};
}

int HostPeopleModel::guestCount() const
{
    return int(std::count_if(m_people.begin(), m_people.end(), [](const Person &p) { return !p.isHost; }));
}

void HostPeopleModel::add(const ChatUser &user, const QString &address, bool isHost)
{
    beginInsertRows({}, count(), count());
    m_people.append({user, address, isHost});
    endInsertRows();
    Q_EMIT countChanged();
}

void HostPeopleModel::remove(const QString &userId)
{
    const auto gone = std::find_if(m_people.begin(), m_people.end(),
                                   [&](const Person &person) { return person.user.id == userId; });
    if (gone == m_people.end())
        return;
    const int row = int(gone - m_people.begin());
    beginRemoveRows({}, row, row);
    m_people.removeAt(row);
    endRemoveRows();
    Q_EMIT countChanged();
}

void HostPeopleModel::clear()
{
    if (m_people.isEmpty())
        return;
    beginRemoveRows({}, 0, count() - 1);
    m_people.clear();
    endRemoveRows();
    Q_EMIT countChanged();
}

} // namespace Hubbub::App
