// SPDX-License-Identifier: MIT
#pragma once

#include "app/console/connectiondetails.h"
#include "app/console/connectionsmodel.h"
#include "app/console/consoleoverview.h"
#include "app/console/consoleroomsmodel.h"
#include "app/console/consolestore.h"
#include "app/console/namespacesmodel.h"
#include "app/console/nodesmodel.h"
#include "app/shell/linkstatus.h"

#include <QtCore/QCborMap>
#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>
#include <QtQml/qqmlregistration.h>

namespace SocketIo
{
class Manager;
class Socket;
} // namespace SocketIo

namespace Hubbub::App
{

class AdminClient;

/// The operator's view of one server. Connected to its admin namespace only while active. Thread: GUI.
class ConsoleSession : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a ServerSession")
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged)
    Q_PROPERTY(Hubbub::App::LinkStatus *link READ link CONSTANT)
    Q_PROPERTY(bool available READ isAvailable NOTIFY stateChanged)
    Q_PROPERTY(bool needsLogin READ needsLogin NOTIFY stateChanged)
    Q_PROPERTY(QString error READ error NOTIFY stateChanged)
    Q_PROPERTY(Hubbub::App::ConsoleOverview *overview READ overview CONSTANT)
    Q_PROPERTY(Hubbub::App::ConnectionsModel *connections READ connections CONSTANT)
    Q_PROPERTY(int connectionCount READ connectionCount NOTIFY countsChanged)
    Q_PROPERTY(int connectionTotal READ connectionTotal NOTIFY countsChanged)
    Q_PROPERTY(Hubbub::App::ConsoleRoomsModel *rooms READ rooms CONSTANT)
    Q_PROPERTY(Hubbub::App::NamespacesModel *namespaces READ namespaces CONSTANT)
    Q_PROPERTY(Hubbub::App::NodesModel *nodes READ nodes CONSTANT)
    Q_PROPERTY(Hubbub::App::ConnectionDetails *details READ details CONSTANT)
    Q_PROPERTY(QString selectedKey READ selectedKey WRITE setSelectedKey NOTIFY selectedKeyChanged)
    Q_PROPERTY(QString quality READ quality NOTIFY qualityChanged)
    Q_PROPERTY(QString qualityText READ qualityText NOTIFY qualityChanged)
public:
    ConsoleSession(SocketIo::Manager *manager, QObject *parent);
    ~ConsoleSession() override;

    bool isActive() const { return m_active; }
    void setActive(bool active);
    LinkStatus *link() const { return m_link; }
    bool isAvailable() const { return m_available; } ///< the server has let us in, and told what it can
    bool needsLogin() const { return m_needsLogin; }
    QString error() const { return m_error; } ///< a sentence, after a refusal
    ConsoleOverview *overview() const { return m_overview; }
    ConnectionsModel *connections() const { return m_connections; }
    int connectionCount() const { return m_connections->count(); } ///< after the filter
    int connectionTotal() const { return int(m_store->sockets().size()); }
    ConsoleRoomsModel *rooms() const { return m_rooms; }
    NamespacesModel *namespaces() const { return m_namespaces; }
    NodesModel *nodes() const { return m_nodes; }
    ConnectionDetails *details() const { return m_details; }
    QString selectedKey() const { return m_selectedKey; }
    void setSelectedKey(const QString &key);
    QString quality() const; ///< "Complete", "Drift", or empty while nothing is known
    QString qualityText() const;

    Q_INVOKABLE void login(const QString &username, const QString &password);
    /// As login(), without connecting: a hosted server's own operator.
    void setCredentials(const QString &username, const QString &password);
    void setHost(const QString &host);

Q_SIGNALS:
    void activeChanged();
    void stateChanged();
    void countsChanged();
    void selectedKeyChanged();
    void qualityChanged();

private:
    void open();
    void refused();
    void setState(bool available, bool needsLogin, const QString &error);
    void second();
    void compare();

    SocketIo::Manager *m_manager;
    SocketIo::Socket *m_socket = nullptr;
    LinkStatus *m_link;
    ConsoleStore *m_store;
    ConsoleOverview *m_overview;
    ConnectionsModel *m_connections;
    ConsoleRoomsModel *m_rooms;
    NamespacesModel *m_namespaces;
    NodesModel *m_nodes;
    ConnectionDetails *m_details;
    QCborMap m_credentials;
    QString m_sessionId;
    QString m_host;
    QString m_error;
    QString m_selectedKey;
    int m_drift = 0;
    int m_driftBefore = 0;
    bool m_active = false;
    bool m_available = false;
    bool m_needsLogin = false;
    bool m_triedLogin = false;
    QTimer m_second;
    QElapsedTimer m_away;
};

} // namespace Hubbub::App
