// SPDX-License-Identifier: MIT
#pragma once

#include "app/console/eventlogmodel.h"

#include <QtCore/QObject>
#include <QtQml/qqmlregistration.h>

namespace Hubbub::App
{

class ConsoleStore;

/// Everything known of one connection. Stays filled in when the connection ends, until another is chosen.
/// Thread: GUI.
class ConnectionDetails : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a ConsoleSession")
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString socketId READ socketId NOTIFY changed)
    Q_PROPERTY(QString nsp READ nsp NOTIFY changed)
    Q_PROPERTY(QString transport READ transport NOTIFY changed)
    Q_PROPERTY(QString address READ address NOTIFY changed)
    Q_PROPERTY(QString openFor READ openFor NOTIFY changed)
    Q_PROPERTY(double eventsIn READ eventsIn NOTIFY changed)
    Q_PROPERTY(double eventsOut READ eventsOut NOTIFY changed)
    Q_PROPERTY(QStringList rooms READ rooms NOTIFY changed)
    Q_PROPERTY(QString dataText READ dataText NOTIFY changed)
    Q_PROPERTY(bool ended READ hasEnded NOTIFY changed)
    Q_PROPERTY(Hubbub::App::EventLogModel *lastEvents READ lastEvents CONSTANT)
public:
    ConnectionDetails(ConsoleStore *store, QObject *parent);

    QString key() const { return m_socket.key; }
    void select(const QString &key); ///< empty: nothing

    QString title() const;
    QString socketId() const { return m_socket.id; }
    QString nsp() const { return m_socket.nsp; }
    QString transport() const { return m_socket.transport; }
    QString address() const { return m_socket.address; }
    QString openFor() const;
    double eventsIn() const { return m_socket.in.rate(); }
    double eventsOut() const { return m_socket.out.rate(); }
    QStringList rooms() const; ///< by name, without its own
    QString dataText() const; ///< JSON, indented; empty if there is none
    bool hasEnded() const { return m_ended; }
    EventLogModel *lastEvents() const { return m_events; }

Q_SIGNALS:
    void changed();

private:
    void follow(const ConsoleChanges &changes);

    ConsoleStore *m_store;
    EventLogModel *m_events;
    ConsoleSocket m_socket;
    bool m_ended = false;
};

} // namespace Hubbub::App
