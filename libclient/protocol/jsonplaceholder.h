// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/json.h"

/// Attachments inside JSON: an object whose `_placeholder` is true stands for the byte string number `num`.
/// Internal to the protocol library. Thread: any; pure functions.
namespace SocketIo::Json
{

/// As parse(), with placeholders replaced by their attachments.
Hubbub::Result<QCborValue> parse(QByteArrayView json, const QList<QByteArray> &attachments);

struct PlaceholderUse {
    bool valid = true; ///< each `num` is a whole number below the count of attachments, and none is there
                       ///< twice: a large attachment named a thousand times would be a cheap attack
    bool sequential = true; ///< they are numbered 0, 1, 2, … in the order of the text
    qsizetype count = 0;
};

/// Looks at the placeholders of valid JSON that came with this many attachments.
PlaceholderUse checkPlaceholders(QByteArrayView json, qsizetype attachments);

} // namespace SocketIo::Json
