// SPDX-License-Identifier: MIT
#include "server-lite/core/recoveringadapter.h"

#include "server-lite/core/readyfuture.h"

namespace SocketIo
{

namespace
{

constexpr std::chrono::milliseconds longestPause{60'000}; // as the reference

Arguments withLast(const Arguments &arguments, const QString &last)
{
    QCborArray values = arguments.toArray();
    values.append(last);
    return Arguments(values);
}

} // namespace

RecoveringAdapter::RecoveringAdapter(LocalNamespace &local, const RecoveryOptions &options, QObject *parent)
    : MemoryAdapter(local, parent)
    , m_log(options)
{
    m_pruning.setInterval(std::min(longestPause, options.maxDisconnectionDuration));
    connect(&m_pruning, &QTimer::timeout, this, [this] { m_log.prune(RecoveryLog::Clock::now()); });
    m_pruning.start();
}

void RecoveringAdapter::broadcast(const BroadcastOptions &options, const QString &event,
                                  const Arguments &arguments)
{
    if (options.isVolatile) {
        const bool endsInText = !arguments.isEmpty() && arguments.at(arguments.size() - 1).isString();
        local().broadcast(options, event, endsInText ? withLast(arguments, m_log.offset()) : arguments);
        return;
    }
    const Arguments recorded = withLast(arguments, m_log.nextOffset());
    m_log.append(options, event, recorded, RecoveryLog::Clock::now());
    if (!local().broadcast(options, event, recorded))
        m_log.dropNewest();
}

void RecoveringAdapter::persistSession(const PersistedSession &session)
{
    m_log.persist(session);
}

QFuture<std::optional<PersistedSession>> RecoveringAdapter::restoreSession(const QString &pid,
                                                                           const QString &offset)
{
    return readyFuture(m_log.take(pid, offset, RecoveryLog::Clock::now()));
}

QFuture<QList<MissedEvent>> RecoveringAdapter::missedEvents(const PersistedSession &session)
{
    return readyFuture(m_log.missed(session));
}

} // namespace SocketIo
