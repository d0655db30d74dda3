// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/arguments.h"
#include "libclient/protocol/error.h"
#include "server-lite/storage/storedmessage.h"

#include <QtCore/QCborArray>
#include <QtCore/QCborMap>

/// What the chat gateway says, as docs/protocol.md has it word for word. Thread: any; pure functions.
namespace Hubbub::ChatAnswers
{

/// {success: true, …}
SocketIo::Arguments success(const QCborMap &more = {});
/// {success: false, error: {code, message}}
SocketIo::Arguments failure(const Error &error);
/// What went wrong inside, as far as a client may know it: "storage-failed" or "busy"; other errors pass
/// unchanged.
Error forClients(const Error &error);

/// {id, roomId, userId, username, content, timestamp}, and clientMessageId if the sender gave one.
QCborMap message(const StoredMessage &message);
QCborArray messages(const QList<StoredMessage> &messages);
/// As message(), with the content cut to what a list of rooms shows.
QCborMap preview(const StoredMessage &message);

} // namespace Hubbub::ChatAnswers
