// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/outbox/outbox.h"

#include <QtCore/QAbstractListModel>

namespace Hubbub
{

/// What an outbox holds as a list, oldest first: a row comes when its entry is on disk, changes with it and
/// goes with it; rows that stay are never reset. A proxy on StateRole shows the dead letters alone.
/// Thread: that of its Outbox, which has to outlive it.
class OutboxModel : public QAbstractListModel
{
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Role {
        IdRole = Qt::UserRole + 1, ///< for retry() and discard()
        QueueRole,
        EventRole,
        PayloadRole, ///< a QVariantMap
        CreatedAtRole,
        ExpiresAtRole, ///< an invalid QDateTime: never
        StateRole, ///< an OutboxState as a number
        TriesRole,
        ErrorCodeRole, ///< of the last try; empty if it did not fail
        ErrorMessageRole,
    };
    Q_ENUM(Role)

    explicit OutboxModel(Outbox *outbox, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return int(m_entries.size()); }

    Q_INVOKABLE void retry(const QString &id) { m_outbox->retry(id); }
    Q_INVOKABLE void discard(const QString &id) { m_outbox->discard(id); }

Q_SIGNALS:
    void countChanged();

private:
    void load();
    void add(const QList<OutboxEntry> &entries);
    void change(const OutboxEntry &entry);
    void remove(const QString &id);
    int rowOf(const QString &id) const; ///< -1 if there is none

    Outbox *m_outbox;
    QList<OutboxEntry> m_entries;
};

} // namespace Hubbub
