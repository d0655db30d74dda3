// SPDX-License-Identifier: MIT
#include "libclient/client/logging.h"

namespace SocketIo
{

Q_LOGGING_CATEGORY(lcState, "hubbub.client.state", QtInfoMsg)
Q_LOGGING_CATEGORY(lcEngine, "hubbub.client.engine", QtInfoMsg)
Q_LOGGING_CATEGORY(lcManager, "hubbub.client.manager", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSocket, "hubbub.client.socket", QtInfoMsg)

} // namespace SocketIo
