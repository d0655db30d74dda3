// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/arguments.h"
#include "libclient/protocol/convert.h"

namespace SocketIo
{

/// Arguments from C++ values, each as toValue() makes it: numbers, bool, QString, UTF-8 literals, QByteArray
/// (binary), QDateTime, lists, maps, Q_GADGET types. So a wrapper can offer emitEvent("name", a, b, c).
/// Thread: any; a pure function.
template <typename... T>
Arguments makeArguments(const T &...values)
{
    QCborArray array;
    (array.append(toValue(values)), ...);
    return Arguments(array);
}

} // namespace SocketIo
