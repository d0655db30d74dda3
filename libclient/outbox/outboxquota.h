// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/outbox/outbox.h"

#include <QtCore/QHash>

namespace Hubbub
{

/// How much an outbox holds, and whether there is room for more. Thread: that of its Outbox.
class OutboxQuota
{
public:
    OutboxQuota(qsizetype maxEntries, qint64 maxBytes);

    /// Counts the entry. Errors: "outbox-full"; nothing is counted then.
    Result<void> take(const OutboxEntry &entry);
    void force(const OutboxEntry &entry); ///< counts it although there is no room: it is there already
    void give(const QString &id); ///< it is gone; unknown ids change nothing

    qint64 bytes() const { return m_bytes; }

private:
    const qsizetype m_maxEntries;
    const qint64 m_maxBytes;
    QHash<QString, qint64> m_sizes; ///< by id
    qint64 m_bytes = 0;
};

} // namespace Hubbub
