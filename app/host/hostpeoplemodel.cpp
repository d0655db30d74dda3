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
    case UserIdRole: // the server tells names only; the colour follows the name
        return person.name;
    case AddressRole:
        return person.address;
    case IsHostRole:
        return person.isHost;
    case GuestRole:
        return !person.isHost;
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

void HostPeopleModel::add(const QString &name, const QString &address, bool isHost)
{
    beginInsertRows({}, count(), count());
    m_people.append({name, address, isHost});
    endInsertRows();
    Q_EMIT countChanged();
}

void HostPeopleModel::remove(const QString &name, const QString &address)
{
    const auto exact = std::find_if(m_people.begin(), m_people.end(), [&](const Person &person) {
        return person.name == name && person.address == address;
    });
    // Who came by one way may leave by another; then the name decides.
    const auto gone = exact != m_people.end() ? exact
                                              : std::find_if(m_people.begin(), m_people.end(),
                                                             [&](const Person &p) { return p.name == name; });
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

bool HostPeopleModel::hasHost() const
{
    return std::any_of(m_people.begin(), m_people.end(), [](const Person &person) { return person.isHost; });
}

} // namespace Hubbub::App
