// SPDX-License-Identifier: MIT
#include "app/console/connectiondetails.h"

#include "app/console/consolestore.h"
#include "app/console/units.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

namespace Hubbub::App
{

ConnectionDetails::ConnectionDetails(ConsoleStore *store, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_events(new EventLogModel(this))
{
    connect(store, &ConsoleStore::changed, this, &ConnectionDetails::follow);
    connect(store, &ConsoleStore::eventAdded, this, [this](const ConsoleEvent &event) {
        if (!m_socket.key.isEmpty() && event.key == m_socket.key)
            m_events->add(event);
    });
}

void ConnectionDetails::select(const QString &key)
{
    const ConsoleSocket *socket = m_store->socket(key);
    m_socket = socket ? *socket : ConsoleSocket{};
    m_ended = false;
    m_events->clear();
    for (const ConsoleEvent &event : m_store->events()) {
        if (socket && event.key == key)
            m_events->add(event);
    }
    Q_EMIT changed();
}

QString ConnectionDetails::title() const
{
    return m_socket.user.isEmpty() ? m_socket.id : m_socket.user;
}

QString ConnectionDetails::openFor() const
{
    return m_socket.openedAt.isValid() ? shortDuration(m_socket.openedAt.secsTo(QDateTime::currentDateTime()))
                                       : QString();
}

QStringList ConnectionDetails::rooms() const
{
    QStringList rooms(m_socket.rooms.begin(), m_socket.rooms.end());
    rooms.sort(Qt::CaseInsensitive);
    return rooms;
}

QString ConnectionDetails::dataText() const
{
    if (m_socket.data.isEmpty())
        return {};
    return QString::fromUtf8(QJsonDocument(m_socket.data.toJsonObject()).toJson(QJsonDocument::Indented))
        .trimmed();
}

void ConnectionDetails::follow(const ConsoleChanges &changes)
{
    const QString key = m_socket.key;
    if (key.isEmpty())
        return;
    if (const ConsoleSocket *socket = m_store->socket(key)) {
        if (!changes.reset && !changes.nodes && !changes.changedSockets.contains(key)
            && !changes.addedSockets.contains(key))
            return;
        m_socket = *socket;
        m_ended = false;
        Q_EMIT changed();
    } else if (!m_ended) {
        m_ended = true;
        Q_EMIT changed();
    }
}

} // namespace Hubbub::App
