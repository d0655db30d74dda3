// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QDateTime>
#include <QtCore/QString>

namespace Hubbub::App
{

/// Where an own message stands; None for those of others and for own ones of earlier sessions. Thread: any.
enum class MessageStatus : quint8 { None, Queued, Sending, Sent, Failed };

/// One message in a timeline. Thread: any; a plain value.
struct TimelineRow {
    QString id; ///< the server's, or the client's while the server has not answered
    QString clientId; ///< of own messages of this session
    QString userId;
    QString author;
    QString text;
    QDateTime time; ///< local
    MessageStatus status = MessageStatus::None;
    QString error; ///< a sentence, when Failed

    /// Not yet the server's: it stands below everything that is.
    bool isPending() const { return status != MessageStatus::None && status != MessageStatus::Sent; }
};

} // namespace Hubbub::App
