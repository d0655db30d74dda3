// SPDX-License-Identifier: MIT
#include "server-lite/gateway/typingboard.h"

namespace Hubbub
{

void TypingBoard::start(const QString &roomId, const QString &userId, const QString &socketId)
{
    m_marks[{roomId, userId}].insert(socketId);
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
