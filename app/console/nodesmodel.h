// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace Hubbub::App
{

class ConsoleStore;
struct ConsoleChanges;

/// The processes of a server, in the order they were first heard. Thread: GUI.
class NodesModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a ConsoleSession")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        ClientsRole,
        UptimeTextRole,
        CpuRole,
        MemoryTextRole,
        StatusRole
    };
    Q_ENUM(Role)

    NodesModel(ConsoleStore *store, QObject *parent);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return m_count; }

Q_SIGNALS:
    void countChanged();

private:
    void follow(const ConsoleChanges &changes);

    ConsoleStore *m_store;
    int m_count = 0; ///< rows told; the store may be ahead by one batch
};

} // namespace Hubbub::App
