// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/middleware.h"

#include <QtCore/QHash>
#include <QtCore/QStringList>

namespace Hubbub
{

/// Which events need which role: a table of event → roles, of which one is enough. A refused event has the
/// code "forbidden". Thread: any; a plain value, immutable.
class EventRoles
{
public:
    enum class Others { Allowed, Refused }; ///< events that the table does not name

    explicit EventRoles(QHash<QString, QStringList> table, Others others = Others::Allowed);

    /// For a socket whose bearer has these roles, most often a token's `roles`.
    SocketIo::EventMiddleware forBearer(const QStringList &roles) const;
    bool allows(const QString &event, const QStringList &roles) const;

private:
    QHash<QString, QStringList> m_table;
    Others m_others;
};

} // namespace Hubbub
