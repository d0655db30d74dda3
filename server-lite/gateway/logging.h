// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QLoggingCategory>

namespace Hubbub
{

/// "hubbub.gateway". Thread: any.
Q_DECLARE_LOGGING_CATEGORY(gatewayLog)

} // namespace Hubbub
