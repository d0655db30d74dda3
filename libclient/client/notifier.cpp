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

void Notifier::post(Notification notification)
{
    if (!m_stopped)
        m_queue.push_back(std::move(notification));
}

void Notifier::stop()
{
    m_stopped = true;
    m_queue.clear();
    m_next = 0;
}

void Notifier::deliver()
{
    constexpr std::size_t usual = 64; // more than that is given back after a burst
    while (m_next < m_queue.size()) {
        Notification notification = std::move(m_queue[m_next++]);
        if (m_next == m_queue.size()) {
            m_queue.clear();
            m_next = 0;
            if (m_queue.capacity() > usual)
                m_queue.shrink_to_fit();
        }
        notification();
    }
}

} // namespace SocketIo
