// SPDX-License-Identifier: MIT
#include "server-lite/gateway/roomnews.h"

namespace Hubbub
{

RoomNews::RoomNews()
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(500);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { flush(); });
}

void RoomNews::changed(const QString &roomId)
{
    std::ignore = m_pending[roomId];
    if (!m_timer.isActive())
        m_timer.start();
}

void RoomNews::said(const StoredMessage &message)
{
    changed(message.roomId);
    m_pending[message.roomId] = message;
}

void RoomNews::flush()
{
    const auto pending = std::exchange(m_pending, {});
    for (auto it = pending.begin(); m_tell && it != pending.end(); ++it)
        m_tell(it.key(), it.value());
}

} // namespace Hubbub
