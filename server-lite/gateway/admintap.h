// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/server.h"
#include "server-lite/core/serversocket.h"

#include <QtCore/QHash>
#include <QtCore/QObject>

#include <functional>

namespace Hubbub
{

/// Hears everything that happens on a server and tells it as the events of the admin namespace. Exists only
/// while an operator listens: without one, not a single handler is attached to the traffic. Thread: the
/// server's.
class AdminTap : public QObject
{
    Q_OBJECT
public:
    using Tell = std::function<void(const QString &event, const SocketIo::Arguments &arguments)>;

    /// What happens on `own`, the admin namespace itself, is told too, but for its events. `newcomer` is a
    /// socket that is there already but still to be told of by socketConnected().
    AdminTap(SocketIo::Server *server, SocketIo::Namespace *own, const SocketIo::ServerSocket *newcomer,
             Tell tell);

    /// Falls silent at once, and ends when control returns to the event loop: it may be telling something
    /// just now.
    void retire();

    /// A socket has come; to be called before anybody else makes it join rooms.
    void socketConnected(SocketIo::ServerSocket *socket);

private:
    void tapNamespace(SocketIo::Namespace *nsp);
    void tapSocket(SocketIo::ServerSocket *socket);
    void tellEvent(const QString &what, const SocketIo::ServerSocket *socket, const SocketIo::Event &event);
    void tell(const QString &event, const SocketIo::Arguments &arguments);
    void tellRoom(const QString &what, const SocketIo::Namespace *nsp, const QString &room,
                  const QString &socketId);
    void socketDisconnected(const SocketIo::Namespace *nsp, SocketIo::ServerSocket *socket,
                            const QString &reason);

    SocketIo::Namespace *m_own;
    const SocketIo::ServerSocket *m_newcomer;
    Tell m_tell;
    QHash<QString, QSet<QString>>
        m_leaving; ///< rooms of sockets that are about to go, to be told after they went
    bool m_isRetired = false;
};

} // namespace Hubbub
