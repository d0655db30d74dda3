// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/socket.h"

#include <QtCore/QCborArray>
#include <QtCore/QStringList>

namespace Hubbub::App
{

class ConsoleOverview;
class ConsoleStore;

/// Listens to an admin namespace and puts what it tells into the store. It only listens: nothing is sent.
/// Thread: GUI.
class AdminClient : public QObject
{
    Q_OBJECT
public:
    AdminClient(SocketIo::Socket *socket, ConsoleStore *store, ConsoleOverview *overview, QObject *parent);

    const QStringList &features() const { return m_features; }

Q_SIGNALS:
    void configured(); ///< the server has told what it can; the picture begins
    void sessionGiven(const QString &sessionId); ///< may be used instead of the password from now on

private:
    void configure(const QCborMap &config);

    SocketIo::Socket *m_socket;
    ConsoleStore *m_store;
    ConsoleOverview *m_overview;
    QStringList m_features;
};

} // namespace Hubbub::App
