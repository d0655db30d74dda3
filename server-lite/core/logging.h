// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QLoggingCategory>

namespace SocketIo
{

/// "hubbub.server": what the Socket.IO server refuses or closes, and why. Thread: any.
Q_DECLARE_LOGGING_CATEGORY(lcServer)

} // namespace SocketIo
