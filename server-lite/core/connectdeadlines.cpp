// SPDX-License-Identifier: MIT
#include "server-lite/core/connectdeadlines.h"

#include <QtCore/QPointer>

namespace SocketIo
{

ConnectDeadlines::ConnectDeadlines(std::chrono::milliseconds wait, QObject *parent)
    : QObject(parent)
    , m_wait(wait)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ConnectDeadlines::expire);
}

void ConnectDeadlines::add(EngineIo::SessionHandle session)
{
    m_entries.push_back({Clock::now() + m_wait, session});
    if (!m_timer.isActive())
        arm();
}

void ConnectDeadlines::expire()
{
    const auto now = Clock::now();
    const QPointer<ConnectDeadlines> guard(this);
    while (!m_entries.empty() && m_entries.front().due <= now) {
        const auto session = m_entries.front().session;
        m_entries.pop_front();
        Q_EMIT passed(session);
        if (!guard)
            return;
    }
    arm();
}

void ConnectDeadlines::arm()
{
    if (!m_entries.empty())
        m_timer.start(
            std::max(std::chrono::ceil<std::chrono::milliseconds>(m_entries.front().due - Clock::now()),
                     std::chrono::milliseconds(0)));
}

} // namespace SocketIo
