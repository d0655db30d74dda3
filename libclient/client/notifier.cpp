// SPDX-License-Identifier: MIT
#include "libclient/client/notifier.h"

namespace SocketIo
{

Notifier::Turn::Turn(std::shared_ptr<Notifier> notifier)
    : m_notifier(std::move(notifier))
{
    ++m_notifier->m_depth;
}

Notifier::Turn::~Turn()
{
    if (--m_notifier->m_depth == 0)
        m_notifier->deliver();
}

void Notifier::post(std::function<void()> notification)
{
    if (!m_stopped)
        m_queue.push_back(std::move(notification));
}

void Notifier::stop()
{
    m_stopped = true;
    m_queue.clear();
}

void Notifier::deliver()
{
    while (!m_queue.empty()) {
        const std::function<void()> notification = std::move(m_queue.front());
        m_queue.pop_front();
        notification();
    }
}

} // namespace SocketIo
