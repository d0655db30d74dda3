// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QCborMap>
#include <QtCore/QString>

namespace Hubbub
{

/// A person as the chat knows one, whatever the number of sockets. Thread: any; a plain value.
struct ChatUser {
    QString id;
    QString username;
    bool guest = false;

    /// {userId, username}, and {guest: true} for who has no account.
    QCborMap toMap() const
    {
        QCborMap map{{QStringLiteral("userId"), id}, {QStringLiteral("username"), username}};
        if (guest)
            map.insert(QStringLiteral("guest"), true);
        return map;
    }
};

/// A room that is there before anybody joins it. Thread: any; a plain value.
struct FixedRoom {
    QString id;
    QString title;
};

} // namespace Hubbub
