// SPDX-License-Identifier: MIT
#pragma once

#include "app/console/consoletypes.h"

#include <QtCore/QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace Hubbub::App
{

/// The last events of one connection, newest first. Thread: GUI.
class EventLogModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to ConnectionDetails")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    static constexpr int kept = 20;
    enum Role { TimeRole = Qt::UserRole + 1, DirectionRole, NameRole, SizeTextRole };
    Q_ENUM(Role)

    explicit EventLogModel(QObject *parent);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return int(m_events.size()); }

    void add(const ConsoleEvent &event);
    void clear();

Q_SIGNALS:
    void countChanged();

private:
    QList<ConsoleEvent> m_events;
};

} // namespace Hubbub::App
