// SPDX-License-Identifier: MIT
#pragma once

#include "app/console/consoletypes.h"
#include "app/console/sortedkeysmodel.h"

namespace Hubbub::App
{

class ConsoleStore;

/// The table of connections. The filter's words are looked for in names, ids, addresses and namespaces.
/// Thread: GUI.
class ConnectionsModel : public Hubbub::App::SortedKeysModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a ConsoleSession")
public:
    enum Role {
        KeyRole = Qt::UserRole + 1,
        UserRole,
        InitialsRole,
        SlotRole,
        SocketIdRole,
        NspRole,
        TransportRole,
        AddressRole,
        RoomCountRole,
        EventsOutRole,
        EventsInRole,
        OpenForRole,
        OpenedAtRole,
        IsAdminRole,
    };
    Q_ENUM(Role)

    ConnectionsModel(ConsoleStore *store, QObject *parent);

    QHash<int, QByteArray> roleNames() const override;

protected:
    QStringList allKeys() const override;
    bool has(const QString &key) const override;
    bool accepts(const QString &key, const QStringList &words) const override;
    QVariant value(const QString &key, int role) const override;

private:
    void follow(const ConsoleChanges &changes);

    ConsoleStore *m_store;
};

} // namespace Hubbub::App
