// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace Hubbub::App
{

/// Durations and sizes as tables show them. Thread: any; pure functions.
QString shortDuration(qint64 seconds); ///< "42s", "4m", "1h 52m", "9d 4h"
QString shortSize(qint64 bytes); ///< "92 B", "1.4 kB", "412 MB"; empty below 0

} // namespace Hubbub::App
