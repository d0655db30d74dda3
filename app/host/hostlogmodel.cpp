// SPDX-License-Identifier: MIT
#include "app/host/hostlogmodel.h"

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

HostLogModel::HostLogModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int HostLogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant HostLogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Line &line = m_lines.at(index.row());
    switch (role) {
    case TimeRole:
        return line.time.toString(u"HH:mm"_s);
    case IconRole:
        return line.icon;
    case Qt::DisplayRole:
    case TextRole:
        return line.text;
    case DetailRole:
        return line.detail;
    default:
        return {};
    }
}

QHash<int, QByteArray> HostLogModel::roleNames() const
{
    return {{TimeRole, "time"}, {IconRole, "icon"}, {TextRole, "text"}, {DetailRole, "detail"}};
}

void HostLogModel::add(const QString &icon, const QString &text, const QString &detail)
{
    beginInsertRows({}, 0, 0);
    m_lines.prepend({QDateTime::currentDateTime(), icon, text, detail});
    endInsertRows();
    if (count() > kept) {
        beginRemoveRows({}, kept, count() - 1);
        m_lines.resize(kept);
        endRemoveRows();
    }
    Q_EMIT countChanged();
}

} // namespace Hubbub::App
