// SPDX-License-Identifier: MIT
#include "libclient/client/retryqueue.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

Hubbub::Result<void> RetryQueue::push(Item item)
{
    item.size = item.first ? item.first->size() : 0;
    if (!hasRoomFor(item))
        dropCancelled();
    if (!hasRoomFor(item))
        return Hubbub::failure(u"buffer-full"_s, u"Too much is waiting to be answered; this was not kept."_s,
                               u"%1 events, %2 bytes"_s.arg(count()).arg(m_bytes));
    item.number = m_nextNumber++;
    m_bytes += item.size;
    m_items.push_back(std::move(item));
    return {};
}

void RetryQueue::dropCancelled()
{
    m_items.remove_if([this](const Item &item) {
        if (item.onItsWay || !item.ack.isCanceled())
            return false;
        m_bytes -= item.size;
        return true;
    });
}

RetryQueue::Item RetryQueue::takeFirst()
{
    Item item = std::move(m_items.front());
    m_items.pop_front();
    m_bytes -= item.size;
    return item;
}

RetryQueue::Item *RetryQueue::startNext()
{
    while (!m_items.empty() && m_items.front().ack.isCanceled())
        takeFirst();
    if (m_items.empty() || m_items.front().onItsWay)
        return nullptr;
    Item &head = m_items.front();
    head.onItsWay = true;
    ++head.tries;
    return &head;
}

std::optional<RetryQueue::Item> RetryQueue::ended(quint64 number, const Hubbub::Result<Arguments> &result)
{
    if (m_items.empty() || m_items.front().number != number)
        return std::nullopt;
    Item &head = m_items.front();
    head.onItsWay = false;
    const bool ofTheLink =
        !result && (result.error().code == "ack-timeout"_L1 || result.error().code == "disconnected"_L1);
    if (ofTheLink && head.tries <= m_retries)
        return std::nullopt;
    return takeFirst();
}

QList<RetryQueue::Item> RetryQueue::takeAll()
{
    QList<Item> all(m_items.begin(), m_items.end());
    m_items.clear();
    m_bytes = 0;
    return all;
}

} // namespace SocketIo
