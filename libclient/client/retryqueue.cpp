// SPDX-License-Identifier: MIT
#include "libclient/client/retryqueue.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

void RetryQueue::push(Item item)
{
    item.number = m_nextNumber++;
    m_items.push_back(std::move(item));
}

RetryQueue::Item *RetryQueue::startNext()
{
    while (!m_items.empty() && m_items.front().ack.isCanceled())
        m_items.pop_front();
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
    Item done = std::move(head);
    m_items.pop_front();
    return done;
}

QList<RetryQueue::Item> RetryQueue::takeAll()
{
    QList<Item> all(m_items.begin(), m_items.end());
    m_items.clear();
    return all;
}

} // namespace SocketIo
