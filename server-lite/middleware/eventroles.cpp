// SPDX-License-Identifier: MIT
#include "server-lite/middleware/eventroles.h"

#include "server-lite/middleware/refusals.h"

#include <algorithm>

namespace Hubbub
{

using namespace Qt::StringLiterals;

EventRoles::EventRoles(QHash<QString, QStringList> table, Others others)
    : m_table(std::move(table))
    , m_others(others)
{
}

SocketIo::EventMiddleware EventRoles::forBearer(const QStringList &roles) const
{
    return [table = *this, roles](const SocketIo::Event &event, const SocketIo::Next &next) {
        if (table.allows(event.name, roles))
            return next(std::nullopt);
        Refusals::refuse(event, next,
                         {u"forbidden"_s, u"You may not use \"%1\" on this server."_s.arg(event.name), {}});
    };
}

bool EventRoles::allows(const QString &event, const QStringList &roles) const
{
    const auto needed = m_table.constFind(event);
    if (needed == m_table.constEnd())
        return m_others == Others::Allowed;
    return std::any_of(roles.begin(), roles.end(),
                       [&](const QString &role) { return needed->contains(role); });
}

} // namespace Hubbub
