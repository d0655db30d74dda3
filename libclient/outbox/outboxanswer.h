// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/arguments.h"
#include "libclient/protocol/error.h"

#include <QtCore/QCborMap>

namespace Hubbub
{

/// The answer to a command as gateways give it: its first argument, an object, is a success unless it says
/// {success: false, error: {code, message}} or {success: false, error: "message"}. Errors: that one, with the
/// code "refused" if it has none; those of Socket::emitWithAck. Thread: any; a pure function.
Result<QCborMap> readAnswer(const Result<SocketIo::Arguments> &answer);

/// True if the same may succeed later: no answer came, or the server has too much to do. Thread: any; a pure
/// function.
bool isTemporary(const Error &error);

} // namespace Hubbub
