// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QAbstractListModel>
#include <QtCore/QSet>
#include <QtCore/QVariantMap>
#include <QtQml/QQmlEngine>

namespace SocketIo
{

/// The messages of the room a ChatSocket is in, the oldest first, each once. Thread: the engine's.
class QmlChatMessages : public QAbstractListModel
{
    Q_OBJECT
    QML_NAMED_ELEMENT(ChatMessages)
    QML_UNCREATABLE("The messages come with a ChatSocket.")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)
public:
    enum Role {
        MessageIdRole = Qt::UserRole + 1, ///< string
        UserIdRole, ///< string
        UsernameRole, ///< string
        ContentRole, ///< string; plain text, not markup
        TimestampRole, ///< as the server writes it: ISO 8601, or milliseconds since 1970
    };

    using QAbstractListModel::QAbstractListModel;

    int count() const { return int(m_messages.size()); }
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE QVariantMap get(int row) const; ///< everything the server said of it; empty for no such row

    void add(const QVariantList &messages); ///< those that are not there yet
    void clear();

Q_SIGNALS:
    void countChanged();

private:
    QList<QVariantMap> m_messages;
    QSet<QString> m_ids;
};

} // namespace SocketIo
