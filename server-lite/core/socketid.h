// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace SocketIo
{

/// A new id of 20 characters out of A-Z, a-z, 0-9, '-' and '_': 11 random bytes and a counter of 4. Thread:
/// any. Source: the ids of the reference server.
QString makeSocketId();

} // namespace SocketIo
