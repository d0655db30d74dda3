// SPDX-License-Identifier: MIT
#include "server-lite/transport/logging.h"

namespace EngineIo
{

Q_LOGGING_CATEGORY(connectionLog, "hubbub.connections", QtWarningMsg)

} // namespace EngineIo
