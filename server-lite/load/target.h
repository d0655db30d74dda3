// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/load/options.h"

#include <QtCore/QString>

namespace Load
{

/// Reads url, host, port and path of the options out of a URL. Gives what it must be instead, or nothing.
/// Thread: any.
QString readTarget(const QString &url, Options &options);

} // namespace Load
