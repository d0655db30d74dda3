// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/arguments.h"

#include <QtCore/QVariant>
#include <QtQml/QJSValue>

/// Between what QML holds and what goes over the wire. An ArrayBuffer is binary, an array is the arguments
/// one by one, undefined is no argument, anything else is one argument. Thread: the engine's; pure functions.
namespace SocketIo
{

Arguments argumentsFromScript(const QJSValue &value);
QVariantList argumentsToScript(const Arguments &arguments);

} // namespace SocketIo
