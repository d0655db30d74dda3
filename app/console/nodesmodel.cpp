// SPDX-License-Identifier: MIT
#include "app/console/nodesmodel.h"

#include "app/console/consolestore.h"
#include "app/console/units.h"

namespace Hubbub::App
{

NodesModel::NodesModel(ConsoleStore *store, QObject *parent)
    : QAbstractListModel(parent)
    , m_store(store)
{
    connect(store, &ConsoleStore::changed, this, &NodesModel::follow);
}

int NodesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_count;
}

QVariant NodesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)
        || index.row() >= m_store->nodes().size())
        return {};
    const ConsoleNode &node = m_store->nodes().at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return node.name;
    case ClientsRole:
        return int(node.clients);
    case UptimeTextRole:
        return shortDuration(qint64(node.uptime));
    case CpuRole:
        return node.cpu;
    case MemoryTextRole:
        return shortSize(node.memory);
    case StatusRole:
        return m_store->isLost(node) ? tr("Silent") : node.restarted ? tr("Restarted") : tr("On time");
    default:
        return {};
    }
}

QHash<int, QByteArray> NodesModel::roleNames() const
{
    return {{NameRole, "name"}, {ClientsRole, "clients"},       {UptimeTextRole, "uptimeText"},
            {CpuRole, "cpu"},   {MemoryTextRole, "memoryText"}, {StatusRole, "status"}};
}

void NodesModel::follow(const ConsoleChanges &changes)
{
    if (!changes.reset && !changes.nodes)
        return;
    const int before = m_count;
    const int now = int(m_store->nodes().size());
    if (now < before) {
        beginRemoveRows({}, now, before - 1);
        m_count = now;
        endRemoveRows();
    } else if (now > before) {
        beginInsertRows({}, before, now - 1);
        m_count = now;
        endInsertRows();
    }
    const int stayed = std::min(before, now);
    if (stayed > 0)
        Q_EMIT dataChanged(index(0), index(stayed - 1));
    if (now != before)
        Q_EMIT countChanged();
}

} // namespace Hubbub::App
