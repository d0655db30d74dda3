// SPDX-License-Identifier: MIT
#include "server-lite/gateway/chatpeople.h"

namespace Hubbub
{

bool ChatPeople::arrive(const QString &userId, const QString &socketId)
{
    auto &sockets = m_sockets[userId];
    const bool isNews = sockets.isEmpty();
    sockets.insert(socketId);
    return isNews;
}

bool ChatPeople::depart(const QString &userId, const QString &socketId)
{
    const auto it = m_sockets.find(userId);
    if (it == m_sockets.end() || !it->remove(socketId) || !it->isEmpty())
        return false;
    m_sockets.erase(it);
    return true;
}

} // namespace Hubbub
