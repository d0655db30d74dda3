// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QHash>
#include <QtCore/QSet>
#include <QtCore/QString>

namespace Hubbub
{

/// Who is typing where; one mark per person and room, whatever the number of sockets. Thread: the server's.
class TypingBoard
{
public:
    void start(const QString &roomId, const QString &userId, const QString &socketId);
    /// True if the mark was taken away: no other socket of the person types there.
    bool stop(const QString &roomId, const QString &userId, const QString &socketId);
    /// True if there was a mark, of whichever socket.
    bool clear(const QString &roomId, const QString &userId);

private:
    QHash<std::pair<QString, QString>, QSet<QString>>
        m_marks; ///< sockets by room and user; never an empty set
};

} // namespace Hubbub
