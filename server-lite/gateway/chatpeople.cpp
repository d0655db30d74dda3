// SPDX-License-Identifier: MIT
#include "server-lite/gateway/chatpeople.h"

#include "server-lite/auth/personname.h"

namespace Hubbub
{

QString ChatPeople::nameFor(const ChatUser &person) const
{
    QString name = person.username;
    for (int number = 2; person.guest && isTaken(name, person.id); ++number)
        name = QStringLiteral("%1 (%2)").arg(person.username).arg(number);
    return name;
}

bool ChatPeople::isTaken(const QString &name, const QString &userId) const
{
    const auto users = m_named.value(PersonName::key(name));
    return users.size() > (users.contains(userId) ? 1 : 0);
}

bool ChatPeople::arrive(const ChatUser &person, const QString &socketId)
{
    auto &presence = m_there[person.id];
    const bool isNews = presence.sockets.isEmpty();
    presence.sockets.insert(socketId);
    rename(presence, person.id, PersonName::key(person.username));
    return isNews;
}

bool ChatPeople::depart(const QString &userId, const QString &socketId)
{
    const auto it = m_there.find(userId);
    if (it == m_there.end() || !it->sockets.remove(socketId) || !it->sockets.isEmpty())
        return false;
    rename(*it, userId, {});
    m_there.erase(it);
    return true;
}

void ChatPeople::rename(Presence &presence, const QString &userId, const QString &nameKey)
{
    const auto before = m_named.find(presence.nameKey);
    if (before != m_named.end() && before->remove(userId) && before->isEmpty())
        m_named.erase(before);
    presence.nameKey = nameKey;
    if (!nameKey.isEmpty())
        m_named[nameKey].insert(userId);
}

} // namespace Hubbub
