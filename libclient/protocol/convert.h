// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QCborArray>
#include <QtCore/QCborMap>
#include <QtCore/QCborValue>
#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QMetaType>
#include <QtCore/QString>
#include <QtCore/QVariant>

#include <cmath>
#include <concepts>
#include <optional>

/// Between the values on the wire and C++ types. A Q_GADGET is an object whose keys are its stored
/// properties; a missing key leaves the property's default, a key of a wrong type makes the whole value a
/// mismatch. Thread: any; pure functions.
namespace SocketIo
{

namespace Detail
{
std::optional<qint64> toInteger(const QCborValue &value, qint64 min, qint64 max);
std::optional<double> toDouble(const QCborValue &value);
bool readGadget(const QCborValue &value, const QMetaObject &type, void *gadget);
QCborValue writeGadget(const QMetaObject &type, const void *gadget);
QString misfitOfGadget(const QCborValue &value, const QMetaObject &type);
QString kindOf(const QCborValue &value); ///< for people: "text", "a list", "nothing"
} // namespace Detail

template <typename T>
concept Gadget = requires
{
    typename T::QtGadgetHelper;
};

/// The value as a T, or nothing if it does not fit.
template <typename T>
std::optional<T> fromValue(const QCborValue &value);

/// The T as a value on the wire.
template <typename T>
QCborValue toValue(const T &value);

/// The type's name for people: "a number", "text", "a list", the gadget's class name.
template <typename T>
QString typeName();

/// For a value that is no T: where in it that shows first, and what is there: "got text",
/// "author.age: got text", "[2].name: got nothing".
template <typename T>
QString misfit(const QCborValue &value);

} // namespace SocketIo

#include "libclient/protocol/convert_impl.h"
