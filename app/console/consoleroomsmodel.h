// SPDX-License-Identifier: MIT
#pragma once

#include "app/console/consoletypes.h"
#include "app/console/sortedkeysmodel.h"

namespace Hubbub::App
{

class ConsoleStore;

/// The table of rooms. Each socket's own room is left out and only counted. Thread: GUI.
class ConsoleRoomsModel : public Hubbub::App::SortedKeysModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a ConsoleSession")
    Q_PROPERTY(int privateCount READ privateCount NOTIFY privateCountChanged)
public:
    enum Role { KeyRole = Qt::UserRole + 1, NspRole, NameRole, MembersRole, EventsOutRole };
    Q_ENUM(Role)

    ConsoleRoomsModel(ConsoleStore *store, QObject *parent);

    QHash<int, QByteArray> roleNames() const override;
    int privateCount() const;

Q_SIGNALS:
    void privateCountChanged();

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
