// SPDX-License-Identifier: MIT
#include "libclient/qml/qmlchatmessages.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

namespace
{

QString keyOf(int role)
{
    switch (role) {
    case QmlChatMessages::MessageIdRole:
        return u"id"_s;
    case QmlChatMessages::UserIdRole:
        return u"userId"_s;
    case QmlChatMessages::UsernameRole:
        return u"username"_s;
    case QmlChatMessages::ContentRole:
    case Qt::DisplayRole:
        return u"content"_s;
    case QmlChatMessages::TimestampRole:
        return u"timestamp"_s;
    default:
        return {};
    }
}

} // namespace

int QmlChatMessages::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant QmlChatMessages::data(const QModelIndex &index, int role) const
{
    return checkIndex(index, CheckIndexOption::IndexIsValid) ? m_messages.at(index.row()).value(keyOf(role))
                                                             : QVariant();
}

QHash<int, QByteArray> QmlChatMessages::roleNames() const
{
    return {{MessageIdRole, "messageId"},
            {UserIdRole, "userId"},
            {UsernameRole, "username"},
            {ContentRole, "content"},
            {TimestampRole, "timestamp"}};
}

QVariantMap QmlChatMessages::get(int row) const
{
    return m_messages.value(row);
}

void QmlChatMessages::add(const QVariantList &messages)
{
    QList<QVariantMap> fresh;
    for (const QVariant &value : messages) {
        const QVariantMap message = value.toMap();
        const QString id = message.value(u"id"_s).toString();
        if (id.isEmpty() || m_ids.contains(id))
            continue;
        m_ids.insert(id);
        fresh += message;
    }
    if (fresh.isEmpty())
        return;
    beginInsertRows({}, count(), count() + int(fresh.size()) - 1);
    m_messages += fresh;
    endInsertRows();
    Q_EMIT countChanged();
}

void QmlChatMessages::clear()
{
    if (m_messages.isEmpty())
        return;
    beginRemoveRows({}, 0, count() - 1);
    m_messages.clear();
    m_ids.clear();
    endRemoveRows();
    Q_EMIT countChanged();
}

} // namespace SocketIo
