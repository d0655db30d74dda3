// SPDX-License-Identifier: MIT
#include "app/console/eventlogmodel.h"

#include "app/console/units.h"

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

EventLogModel::EventLogModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int EventLogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant EventLogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ConsoleEvent &event = m_events.at(index.row());
    switch (role) {
    case TimeRole:
        return event.time.toString(u"HH:mm:ss.zzz"_s);
    case DirectionRole:
        return event.direction;
    case Qt::DisplayRole:
    case NameRole:
        return event.name;
    case SizeTextRole:
        return shortSize(event.size);
    default:
        return {};
    }
}

QHash<int, QByteArray> EventLogModel::roleNames() const
{
    return {{TimeRole, "time"}, {DirectionRole, "direction"}, {NameRole, "name"}, {SizeTextRole, "sizeText"}};
}

void EventLogModel::add(const ConsoleEvent &event)
{
    beginInsertRows({}, 0, 0);
    m_events.prepend(event);
    endInsertRows();
    if (count() > kept) {
        beginRemoveRows({}, kept, count() - 1);
        m_events.resize(kept);
        endRemoveRows();
    }
    Q_EMIT countChanged();
}

void EventLogModel::clear()
{
    if (m_events.isEmpty())
        return;
    beginRemoveRows({}, 0, count() - 1);
    m_events.clear();
    endRemoveRows();
    Q_EMIT countChanged();
}

} // namespace Hubbub::App
