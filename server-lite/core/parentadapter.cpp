// SPDX-License-Identifier: MIT
#include "server-lite/core/parentadapter.h"

#include "server-lite/core/readyfuture.h"
#include "server-lite/core/serversocket.h"

namespace SocketIo
{

namespace
{

/// The sum of what the futures give, once all have; ready if they are.
template <typename T>
QFuture<T> sum(QList<QFuture<T>> futures, QObject *context)
{
    const auto add = [](const QList<QFuture<T>> &all) {
        T total{};
        for (const auto &future : all)
            total += future.result();
        return total;
    };
    if (std::all_of(futures.cbegin(), futures.cend(), [](const auto &future) { return future.isFinished(); }))
        return readyFuture(add(futures));
    return QtFuture::whenAll(futures.begin(), futures.end()).then(context, add);
}

} // namespace

ParentAdapter::ParentAdapter(LocalNamespace &local, const ParentNamespace &parent)
    : MemoryAdapter(local)
    , m_parent(parent)
{
}

void ParentAdapter::each(const std::function<void(Adapter &)> &call) const
{
    const auto children = m_parent.children();
    const QList<QPointer<Namespace>> guarded(children.cbegin(), children.cend());
    for (const auto &child : guarded) {
        if (child)
            call(*child->adapter());
    }
}

void ParentAdapter::broadcast(const BroadcastOptions &options, const QString &event,
                              const Arguments &arguments)
{
    each([&](Adapter &child) { child.broadcast(options, event, arguments); });
}

void ParentAdapter::broadcastWithAck(const BroadcastOptions &options, const QString &event,
                                     const Arguments &arguments, const AckSink &sink)
{
    each([&](Adapter &child) { child.broadcastWithAck(options, event, arguments, sink); });
}

QFuture<QList<SocketDetails>> ParentAdapter::fetchSockets(const BroadcastOptions &options)
{
    QList<QFuture<QList<SocketDetails>>> found;
    each([&](Adapter &child) { found.append(child.fetchSockets(options)); });
    return sum(found, this);
}

void ParentAdapter::addSockets(const BroadcastOptions &options, const QStringList &rooms)
{
    each([&](Adapter &child) { child.addSockets(options, rooms); });
}

void ParentAdapter::delSockets(const BroadcastOptions &options, const QStringList &rooms)
{
    each([&](Adapter &child) { child.delSockets(options, rooms); });
}

void ParentAdapter::disconnectSockets(const BroadcastOptions &options, bool closeConnection)
{
    each([&](Adapter &child) { child.disconnectSockets(options, closeConnection); });
}

QFuture<int> ParentAdapter::serverCount()
{
    QList<QFuture<int>> counts; // each child's servers are asked by themselves
    each([&](Adapter &child) { counts.append(child.serverCount()); });
    return sum(counts, this);
}

} // namespace SocketIo
