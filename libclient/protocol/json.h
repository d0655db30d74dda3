// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QCborValue>
#include <QtCore/QList>
#include <QtCore/QVarLengthArray>

/// JSON as Socket.IO peers write it. Qt's own reader sorts the keys of objects, and the usual libraries
/// refuse what JSON.parse accepts (lone surrogates, whole numbers beyond 64 bits), which would close the
/// connection of an innocent peer. So: one pass that validates and finds the elements, and a second one only
/// for those that are asked for. Thread: any; pure functions. Source: RFC 8259, ECMA-262 JSON.parse.
namespace SocketIo::Json
{

inline constexpr int maxDepth = 512; ///< nesting of arrays and objects

struct Slice {
    qsizetype offset = 0;
    qsizetype length = 0;
    friend bool operator==(const Slice &, const Slice &) = default;
};
using Slices = QVarLengthArray<Slice, 4>; ///< most events have a name and a few arguments

/// Checks that the bytes are exactly one JSON value: UTF-8, grammar, depth. Linear in the input, allocates
/// nothing. Errors: "invalid-json" with the offset in the cause, "too-deep".
Hubbub::Result<void> validate(QByteArrayView json);

/// Validates a JSON array and gives the place of each of its elements. Errors as validate, and
/// "not-an-array".
Hubbub::Result<Slices> validateArray(QByteArrayView json);
/// The same, appended to `slices`, where they are to stay.
Hubbub::Result<void> validateArray(QByteArrayView json, Slices &slices);

/// Decodes one JSON value. Objects keep the order of their keys, a repeated key keeps its last value; whole
/// numbers within 64 bits stay whole, others become doubles; a lone surrogate becomes U+FFFD. Errors as
/// validate.
Hubbub::Result<QCborValue> parse(QByteArrayView json);

/// Writes what JSON.stringify would: no spaces, 1.0 as 1, NaN and infinities as null, undefined as null in an
/// array and left out of an object, a date as an ISO-8601 string in UTC. Byte strings are appended to
/// `attachments` and written as placeholders, depth first; with no list given they are written as base64
/// strings.
void write(const QCborValue &value, QByteArray &out, QList<QByteArray> *attachments = nullptr);
QByteArray toJson(const QCborValue &value);

/// Whether a byte string occurs anywhere in the value.
bool hasBinary(const QCborValue &value);

/// A map's key as JavaScript has it: always text, 1 is "1".
QString keyText(const QCborValue &key);

} // namespace SocketIo::Json
