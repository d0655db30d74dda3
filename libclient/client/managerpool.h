// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/manager.h"
#include "libclient/client/socket.h"

#include <QtCore/QHash>
#include <QtCore/QObject>

namespace SocketIo
{

/// JavaScript's io(): sockets by URL, sharing connections. The path of a URL names the namespace. A
/// connection is shared by the namespaces of one scheme, host, port and engine path, unless forceNew is set
/// or multiplex is not, or it has a socket of that namespace already; the options of the first one count
/// then. Owns its managers. Thread: one, the thread that made it.
class ManagerPool : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    Socket *socket(const QUrl &url, ManagerOptions options = {}, const SocketOptions &socketOptions = {});
    qsizetype managerCount() const;

private:
    QHash<QString, QPointer<Manager>> m_shared;
};

} // namespace SocketIo
