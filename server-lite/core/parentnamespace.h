// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/namespace.h"

#include <QtCore/QRegularExpression>

namespace SocketIo
{

/// Decides whether a namespace of that name may come to be for a client that shows that auth. To answer once,
/// now or later; if it forgets to, the client is refused.
using NamespacePredicate =
    std::function<void(const QString &name, const QCborMap &auth, std::function<void(bool)> allow)>;

/// A family of namespaces that come to be when a client first asks for one. A child gets the middlewares and
/// the handlers of server-side events that are here at that moment; its signals are repeated by this. What is
/// emitted here reaches the sockets of all children, and fetchSockets() finds them. Owned by the Server.
/// Thread: the server's.
class ParentNamespace : public Namespace
{
    Q_OBJECT
public:
    QList<Namespace *> children() const; ///< in the order they came to be

private:
    friend class Server;
    ParentNamespace(Server *server, const QString &name, NamespacePredicate predicate,
                    std::optional<QRegularExpression> pattern);
    void adopt(Namespace *child);

    const NamespacePredicate m_predicate;
    const std::optional<QRegularExpression> m_pattern;
    QList<QPointer<Namespace>> m_children;
};

} // namespace SocketIo
