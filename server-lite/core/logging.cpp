// SPDX-License-Identifier: MIT
#include "server-lite/core/logging.h"

namespace SocketIo
{

Q_LOGGING_CATEGORY(lcServer, "hubbub.server", QtInfoMsg)

} // namespace SocketIo
