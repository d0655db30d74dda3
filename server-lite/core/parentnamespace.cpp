// SPDX-License-Identifier: MIT
#include "server-lite/core/parentnamespace.h"

#include "server-lite/core/namespace_p.h"
#include "server-lite/core/parentadapter.h"
#include "server-lite/core/serversocket.h"

namespace SocketIo
{

ParentNamespace::ParentNamespace(Server *server, const QString &name, NamespacePredicate predicate,
                                 std::optional<QRegularExpression> pattern)
    : Namespace(server, name,
                [this](LocalNamespace &local) { return std::make_unique<ParentAdapter>(local, *this); })
    , m_predicate(std::move(predicate))
    , m_pattern(std::move(pattern))
{
}

QList<Namespace *> ParentNamespace::children() const
{
    QList<Namespace *> list;
    for (const auto &child : m_children) {
        if (child)
            list.append(child);
    }
    return list;
}

void ParentNamespace::adopt(Namespace *child)
{
    child->d->parent = this;
    child->d->middlewares = d->middlewares;
    child->d->serverSideHandlers = d->serverSideHandlers;
    connect(child, &Namespace::connection, this, &Namespace::connection);
    connect(child, &Namespace::connectionRefused, this, &Namespace::connectionRefused);
    connect(child, &Namespace::socketDisconnected, this, &Namespace::socketDisconnected);
    m_children.removeAll(nullptr);
    m_children.append(child);
}

} // namespace SocketIo
