// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace HubbubTest
{

/// True for what takes minutes, as ./dev test --chaos wants it; the short form does less of the same.
/// Thread: any.
inline bool isLongForm()
{
    return qEnvironmentVariable("HUBBUB_CHAOS") == QLatin1String("long");
}

} // namespace HubbubTest
