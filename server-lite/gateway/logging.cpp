// SPDX-License-Identifier: MIT
#include "server-lite/gateway/logging.h"

namespace Hubbub
{

Q_LOGGING_CATEGORY(gatewayLog, "hubbub.gateway", QtInfoMsg)

} // namespace Hubbub
