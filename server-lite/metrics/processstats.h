// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

namespace Hubbub
{

/// What this process takes of its machine. Thread: any; a plain value.
struct ProcessStats {
    qint64 residentBytes = -1; ///< -1 where the system does not say
    double cpuSeconds = 0; ///< user and system, all threads, since the start
    qint64 openDescriptors = -1; ///< -1 where the system does not say

    static ProcessStats read();
};

} // namespace Hubbub
