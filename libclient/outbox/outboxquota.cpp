// SPDX-License-Identifier: MIT
#include "libclient/outbox/outboxquota.h"

namespace Hubbub
{

using namespace Qt::StringLiterals;

namespace
{

qint64 sizeOf(const OutboxEntry &entry)
{
    return entry.queue.toUtf8().size() + entry.event.toUtf8().size()
           + QCborValue(entry.payload).toCbor().size();
}

} // namespace

OutboxQuota::OutboxQuota(qsizetype maxEntries, qint64 maxBytes)
    : m_maxEntries(maxEntries)
    , m_maxBytes(maxBytes)
{
}

Result<void> OutboxQuota::take(const OutboxEntry &entry)
{
    const qint64 size = sizeOf(entry);
    if (m_sizes.size() >= m_maxEntries)
        return failure(
            u"outbox-full"_s,
            u"Too many messages are waiting to be sent. This one was not kept; try again later, or "
            "discard some."_s,
            u"%1 of at most %2 entries"_s.arg(m_sizes.size()).arg(m_maxEntries));
    if (m_bytes + size > m_maxBytes)
        return failure(
            u"outbox-full"_s,
            u"Too much is waiting to be sent. This was not kept; try again later, or discard some."_s,
            u"%1 bytes beside %2 of at most %3"_s.arg(size).arg(m_bytes).arg(m_maxBytes));
    m_sizes.insert(entry.id, size);
    m_bytes += size;
    return {};
}

void OutboxQuota::force(const OutboxEntry &entry)
{
    const qint64 size = sizeOf(entry);
    m_sizes.insert(entry.id, size);
    m_bytes += size;
}

void OutboxQuota::give(const QString &id)
{
    m_bytes -= m_sizes.take(id);
}

} // namespace Hubbub
