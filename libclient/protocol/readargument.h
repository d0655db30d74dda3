// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/arguments.h"
#include "libclient/protocol/fromjson.h"

namespace SocketIo
{

/// Reads the argument into a T; false if it does not fit, `out` is of no use then. Beyond the end it is
/// undefined. Thread: any; a pure function.
template <typename T>
bool readArgument(const Arguments &arguments, qsizetype index, T &out)
{
    if (const auto json = arguments.view(index)) {
        if (fromJson(*json, out))
            return true;
    }
    auto value = fromValue<T>(arguments.at(index));
    if (!value)
        return false;
    out = *std::move(value);
    return true;
}

} // namespace SocketIo
