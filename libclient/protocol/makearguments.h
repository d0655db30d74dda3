// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/arguments.h"
#include "libclient/protocol/convert.h"

#include <array>

namespace SocketIo
{

namespace Detail
{

/// The value as it is kept: what toValue() makes of it, without CBOR around numbers and text.
template <typename T>
ArgumentValue toArgument(const T &value)
{
    if constexpr (std::is_same_v<T, std::nullptr_t>)
        return QCborValue(nullptr);
    else if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, QString>)
        return value;
    else if constexpr (Whole<T> && (std::is_signed_v<T> || sizeof(T) < sizeof(qint64)))
        return qint64(value);
    else if constexpr (std::is_floating_point_v<T>)
        return double(value);
    else if constexpr (std::is_convertible_v<const T &, QStringView>)
        return QStringView(value).toString();
    else if constexpr (std::is_convertible_v<const T &, const char *> && !std::is_class_v<T>)
        return QString::fromUtf8(static_cast<const char *>(value));
    else
        return toValue(value); // a QByteArray, too, which is a const char * without QT_NO_CAST_FROM_BYTEARRAY
}

} // namespace Detail

/// Arguments from C++ values, each as toValue() makes it: numbers, bool, QString, UTF-8 literals, QByteArray
/// (binary), QDateTime, lists, maps, Q_GADGET types. So a wrapper can offer emitEvent("name", a, b, c).
/// Thread: any; a pure function.
template <typename... T>
Arguments makeArguments(const T &...values)
{
    std::array<ArgumentValue, sizeof...(T)> kept{Detail::toArgument(values)...};
    return Arguments::ofValues(kept);
}

} // namespace SocketIo
