// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QCborValue>
#include <QtCore/QMetaType>
#include <QtCore/QVariant>

#include <optional>

/// Types known by their QMetaType alone. Internal to the protocol library. Thread: any; pure functions.
namespace SocketIo::Detail
{

/// The value as that type, or nothing if it does not fit.
std::optional<QVariant> readTyped(const QCborValue &value, QMetaType type);

/// Whether its properties make an object.
bool isGadget(QMetaType type);

} // namespace SocketIo::Detail
