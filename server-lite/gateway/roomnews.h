// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/storage/storedmessage.h"

#include <QtCore/QHash>
#include <QtCore/QTimer>

#include <functional>

namespace Hubbub
{

/// Collects what changed about rooms, and tells it at most once per half second and room: a lively room must
/// not cost everybody who has a list of rooms open a packet per message. Thread: the server's.
class RoomNews
{
public:
    /// A changed room, and its newest message if that is new.
    using Tell = std::function<void(const QString &roomId, const std::optional<StoredMessage> &message)>;

    RoomNews();

    void setTell(Tell tell) { m_tell = std::move(tell); }
    void changed(const QString &roomId);
    void said(const StoredMessage &message);

private:
    void flush();

    QTimer m_timer;
    Tell m_tell;
    QHash<QString, std::optional<StoredMessage>> m_pending; ///< by room
};

} // namespace Hubbub
