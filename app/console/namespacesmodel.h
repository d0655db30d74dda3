// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace Hubbub::App
{

class ConsoleStore;
struct ConsoleChanges;

/// The namespaces of a server by name, with how many sockets each has. Thread: GUI.
class NamespacesModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a ConsoleSession")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Role { NameRole = Qt::UserRole + 1, SocketsRole, SlotRole };
    Q_ENUM(Role)

    NamespacesModel(ConsoleStore *store, QObject *parent);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return int(m_rows.size()); }

Q_SIGNALS:
    void countChanged();

private:
    struct Row {
        QString name;
        int sockets;
    };
    void follow(const ConsoleChanges &changes);

    ConsoleStore *m_store;
    QList<Row> m_rows;
};

} // namespace Hubbub::App
