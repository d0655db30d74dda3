// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/ackregistry.h"
#include "libclient/client/emitflags.h"
#include "libclient/client/sendbuffer.h"

#include <list>

namespace SocketIo
{

/// Events that wait to be answered, the first of them on its way: at least once, in order, and within bounds.
/// What was taken up stays until it is answered, so it is the newest that is refused, whatever the
/// BufferPolicy. Knows neither connection nor clock. Thread: that of its Socket.
class RetryQueue
{
public:
    struct Item {
        quint64 number = 0; ///< tells it from those before and after
        QString name;
        Arguments arguments;
        std::optional<OutgoingEvent> first; ///< the first try, encoded when it was emitted
        qint64 size = 0; ///< bytes of that, which count until it is answered
        std::chrono::milliseconds timeout{0}; ///< of each try
        PendingAck ack; ///< of the application
        int tries = 0;
        bool onItsWay = false;
    };

    RetryQueue(int retries, int maxPackets, qint64 maxBytes)
        : m_retries(retries)
        , m_maxPackets(maxPackets)
        , m_maxBytes(maxBytes)
    {
    }

    /// What was cancelled makes room. Errors: "buffer-full"; nothing is kept then.
    Hubbub::Result<void> push(Item item);
    Item *startNext(); ///< the first of them, if it is due: counted as a try, and on its way

    /// What became of a try: the item, if it is done with now; nothing for a late answer, or while tries are
    /// left. Any answer is a success; of the errors only those of the link are worth another try.
    std::optional<Item> ended(quint64 number, const Hubbub::Result<Arguments> &result);
    QList<Item> takeAll();

    bool isEmpty() const { return m_items.empty(); }
    qsizetype count() const { return qsizetype(m_items.size()); }
    qint64 bytes() const { return m_bytes; }
    qint64 headSize() const { return isEmpty() ? 0 : m_items.front().size; } ///< bytes of the first
    qsizetype waitingCount() const { return count() - (!isEmpty() && m_items.front().onItsWay ? 1 : 0); }

private:
    bool hasRoomFor(const Item &item) const
    {
        return count() < m_maxPackets && m_bytes + item.size <= m_maxBytes;
    }
    void dropCancelled();
    Item takeFirst();

    std::list<Item> m_items; ///< nothing is allocated while it is empty
    int m_retries;
    int m_maxPackets;
    qint64 m_maxBytes;
    qint64 m_bytes = 0;
    quint64 m_nextNumber = 0;
};

} // namespace SocketIo
