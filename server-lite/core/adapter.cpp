// SPDX-License-Identifier: MIT
#include "server-lite/core/adapter.h"

#include "server-lite/core/readyfuture.h"

namespace SocketIo
{

void Adapter::persistSession(const PersistedSession &) { }

QFuture<std::optional<PersistedSession>> Adapter::restoreSession(const QString &, const QString &)
{
    return readyFuture(std::optional<PersistedSession>());
}

QFuture<QList<MissedEvent>> Adapter::missedEvents(const PersistedSession &)
{
    return readyFuture(QList<MissedEvent>());
}

} // namespace SocketIo
