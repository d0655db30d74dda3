// SPDX-License-Identifier: MIT
#include "app/console/namespacesmodel.h"

#include "app/console/consolestore.h"
#include "app/shell/identity.h"

#include <algorithm>

namespace Hubbub::App
{

NamespacesModel::NamespacesModel(ConsoleStore *store, QObject *parent)
    : QAbstractListModel(parent)
    , m_store(store)
{
    connect(store, &ConsoleStore::changed, this, &NamespacesModel::follow);
}

int NamespacesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant NamespacesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return row.name;
    case SocketsRole:
        return row.sockets;
    case SlotRole:
        return nameSlot(row.name);
    default:
        return {};
    }
}

QHash<int, QByteArray> NamespacesModel::roleNames() const
{
    return {{NameRole, "name"}, {SocketsRole, "sockets"}, {SlotRole, "slot"}};
}

void NamespacesModel::follow(const ConsoleChanges &changes)
{
    if (!changes.reset && !changes.namespaces)
        return;
    const QHash<QString, int> now = m_store->namespaces();
    const int before = count();
    for (int row = count() - 1; row >= 0; --row) {
        if (!now.contains(m_rows.at(row).name)) {
            beginRemoveRows({}, row, row);
            m_rows.removeAt(row);
            endRemoveRows();
        }
    }
    QStringList names = now.keys();
    names.sort();
    for (int row = 0; row < names.size(); ++row) {
        const QString &name = names.at(row);
        const int sockets = now.value(name);
        if (row >= count() || m_rows.at(row).name != name) {
            beginInsertRows({}, row, row);
            m_rows.insert(row, {name, sockets});
            endInsertRows();
        } else if (m_rows.at(row).sockets != sockets) {
            m_rows[row].sockets = sockets;
            Q_EMIT dataChanged(index(row), index(row), {SocketsRole});
        }
    }
    if (count() != before)
        Q_EMIT countChanged();
}

} // namespace Hubbub::App
