// SPDX-License-Identifier: MIT
#include "libclient/outbox/outboxmodel.h"

#include <algorithm>

namespace Hubbub
{

OutboxModel::OutboxModel(Outbox *outbox, QObject *parent)
    : QAbstractListModel(parent)
    , m_outbox(outbox)
    , m_entries(outbox->entries())
{
    connect(outbox, &Outbox::opened, this, &OutboxModel::load);
    connect(outbox, &Outbox::added, this, [this](const OutboxEntry &entry) { add({entry}); });
    connect(outbox, &Outbox::changed, this, &OutboxModel::change);
    connect(outbox, &Outbox::removed, this, &OutboxModel::remove);
}

int OutboxModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant OutboxModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const OutboxEntry &entry = m_entries.at(index.row());
    switch (role) {
    case IdRole:
        return entry.id;
    case QueueRole:
        return entry.queue;
    case EventRole:
        return entry.event;
    case PayloadRole:
        return entry.payload.toVariantMap();
    case CreatedAtRole:
        return entry.createdAt;
    case ExpiresAtRole:
        return entry.expiresAt;
    case StateRole:
        return int(entry.state);
    case TriesRole:
        return entry.tries;
    case ErrorCodeRole:
        return entry.error.code;
    case ErrorMessageRole:
        return entry.error.message;
    default:
        return {};
    }
}

QHash<int, QByteArray> OutboxModel::roleNames() const
{
    return {{IdRole, "id"},
            {QueueRole, "queue"},
            {EventRole, "event"},
            {PayloadRole, "payload"},
            {CreatedAtRole, "createdAt"},
            {ExpiresAtRole, "expiresAt"},
            {StateRole, "state"},
            {TriesRole, "tries"},
            {ErrorCodeRole, "errorCode"},
            {ErrorMessageRole, "errorMessage"}};
}

void OutboxModel::load()
{
    add(m_outbox->entries());
}

void OutboxModel::add(const QList<OutboxEntry> &entries)
{
    if (entries.isEmpty())
        return;
    beginInsertRows({}, count(), count() + int(entries.size()) - 1);
    m_entries += entries;
    endInsertRows();
    Q_EMIT countChanged();
}

void OutboxModel::change(const OutboxEntry &entry)
{
    const int row = rowOf(entry.id);
    if (row < 0)
        return;
    m_entries[row] = entry;
    Q_EMIT dataChanged(index(row), index(row),
                       {ExpiresAtRole, StateRole, TriesRole, ErrorCodeRole, ErrorMessageRole});
}

void OutboxModel::remove(const QString &id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_entries.removeAt(row);
    endRemoveRows();
    Q_EMIT countChanged();
}

/// What changes is near the front, since entries leave in order.
int OutboxModel::rowOf(const QString &id) const
{
    const auto at = std::find_if(m_entries.begin(), m_entries.end(),
                                 [&id](const OutboxEntry &entry) { return entry.id == id; });
    return at == m_entries.end() ? -1 : int(at - m_entries.begin());
}

} // namespace Hubbub
