// SPDX-License-Identifier: MIT
#include "server-lite/gateway/typingboard.h"

namespace Hubbub
{

bool TypingBoard::start(const QString &roomId, const QString &userId, const QString &socketId)
{
    auto &sockets = m_marks[{roomId, userId}];
    sockets.insert(socketId);
    return sockets.size() == 1;
}

bool TypingBoard::stop(const QString &roomId, const QString &userId, const QString &socketId)
{
    const auto mark = m_marks.find({roomId, userId});
    if (mark == m_marks.end() || !mark->remove(socketId) || !mark->isEmpty())
        return false;
    m_marks.erase(mark);
    return true;
}

bool TypingBoard::clear(const QString &roomId, const QString &userId)
{
    return m_marks.remove({roomId, userId});
}

} // namespace Hubbub
