// SPDX-License-Identifier: MIT
#include "app/console/sortedkeysmodel.h"

#include <algorithm>

namespace Hubbub::App
{

SortedKeysModel::SortedKeysModel(const QString &sortRole, bool descending, QObject *parent)
    : QAbstractListModel(parent)
    , m_sortRoleName(sortRole)
    , m_descending(descending)
{
    m_resort.setSingleShot(true);
    m_resort.setInterval(resortPause);
    connect(&m_resort, &QTimer::timeout, this, &SortedKeysModel::sortNow);
}

int SortedKeysModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant SortedKeysModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    // Between two batches the store may already be without the row.
    const QString &key = m_rows.at(index.row());
    return has(key) ? value(key, role) : QVariant();
}

void SortedKeysModel::setFilter(const QString &filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    m_words = filter.split(u' ', Qt::SkipEmptyParts);
    replaceAll();
    Q_EMIT filterChanged();
}

void SortedKeysModel::setSortRoleName(const QString &role)
{
    if (m_sortRoleName == role)
        return;
    m_sortRoleName = role;
    sortNow();
    Q_EMIT sortChanged();
}

void SortedKeysModel::setSortDescending(bool descending)
{
    if (m_descending == descending)
        return;
    m_descending = descending;
    sortNow();
    Q_EMIT sortChanged();
}

void SortedKeysModel::replaceAll()
{
    const QStringList keys = allKeys();
    const QSet<QString> there(keys.begin(), keys.end());
    QSet<QString> gone;
    QSet<QString> fresh;
    for (const QString &key : m_rows) {
        if (!there.contains(key) || !isWanted(key))
            gone.insert(key);
    }
    for (const QString &key : keys) {
        if (!m_rowOf.contains(key))
            fresh.insert(key);
    }
    apply(fresh, {}, gone);
}

void SortedKeysModel::apply(const QSet<QString> &added, const QSet<QString> &changed,
                            const QSet<QString> &removed)
{
    const int before = count();
    for (const QString &key : removed) {
        if (const int row = m_rowOf.value(key, -1); row >= 0)
            removeRow(row);
    }
    for (const QString &key : added) {
        if (!m_rowOf.contains(key) && isWanted(key))
            insertRow(key);
    }
    for (const QString &key : changed) {
        const int row = m_rowOf.value(key, -1);
        const bool wanted = isWanted(key);
        if (row >= 0 && wanted)
            Q_EMIT dataChanged(index(row), index(row));
        else if (row >= 0)
            removeRow(row);
        else if (wanted)
            insertRow(key);
    }
    if (!changed.isEmpty())
        scheduleSort();
    if (count() != before)
        Q_EMIT countChanged();
}

void SortedKeysModel::sortNow()
{
    m_resort.stop();
    const auto order = [this](const QString &a, const QString &b) { return isBefore(a, b); };
    if (std::is_sorted(m_rows.begin(), m_rows.end(), order))
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList held = persistentIndexList();
    QStringList heldKeys;
    for (const QModelIndex &at : held)
        heldKeys.append(m_rows.at(at.row()));
    std::stable_sort(m_rows.begin(), m_rows.end(), order);
    reindex(0);
    for (qsizetype i = 0; i < held.size(); ++i)
        changePersistentIndex(held.at(i), index(m_rowOf.value(heldKeys.at(i))));
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

int SortedKeysModel::roleOf(const QString &name) const
{
    return roleNames().key(name.toLatin1(), Qt::DisplayRole);
}

bool SortedKeysModel::isBefore(const QString &a, const QString &b) const
{
    const int role = roleOf(m_sortRoleName);
    const QVariant valueA = has(a) ? value(a, role) : QVariant();
    const QVariant valueB = has(b) ? value(b, role) : QVariant();
    const bool texts = valueA.typeId() == QMetaType::QString && valueB.typeId() == QMetaType::QString;
    const int order = texts ? valueA.toString().compare(valueB.toString(), Qt::CaseInsensitive) : [&] {
        const QPartialOrdering ordering = QVariant::compare(valueA, valueB);
        return ordering == QPartialOrdering::Less ? -1 : ordering == QPartialOrdering::Greater ? 1 : 0;
    }();
    if (order == 0)
        return a < b;
    return m_descending ? order > 0 : order < 0;
}

void SortedKeysModel::removeRow(int row)
{
    beginRemoveRows({}, row, row);
    m_rowOf.remove(m_rows.takeAt(row));
    reindex(row);
    endRemoveRows();
}

void SortedKeysModel::insertRow(const QString &key)
{
    const auto place =
        std::lower_bound(m_rows.begin(), m_rows.end(), key,
                         [this](const QString &a, const QString &b) { return isBefore(a, b); });
    const int row = int(place - m_rows.begin());
    beginInsertRows({}, row, row);
    m_rows.insert(row, key);
    reindex(row);
    endInsertRows();
}

void SortedKeysModel::reindex(int from)
{
    for (int row = from; row < count(); ++row)
        m_rowOf[m_rows.at(row)] = row;
}

void SortedKeysModel::scheduleSort()
{
    if (!m_resort.isActive())
        m_resort.start();
}

} // namespace Hubbub::App
