// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QCborValue>

/// MessagePack as notepack.io 2.2 writes and reads it, the library under socket.io-msgpack-parser. Internal
/// to the protocol library. Thread: any; pure functions. Source: the MessagePack specification; notepack.io.
namespace SocketIo::MsgPack
{

/// Appends the value: numbers without a fraction as integers if 53 bits hold them, a date as extension 0 of 8
/// bytes with milliseconds, undefined as extension 0 of 1 byte, also as an object's member.
void write(const QCborValue &value, QByteArray &out);

/// Reads exactly one value. Extension 0 is undefined (fixed, 1 byte), a date (fixed, 8 bytes) or an
/// ArrayBuffer (of any length); another becomes a list of its type and bytes. A repeated key keeps its last
/// value, a number for a key becomes text. Errors: "invalid-msgpack" with the offset in the cause,
/// "too-deep" (Json::maxDepth), "too-much-binary" (more than maxBinary bytes in binary data).
Hubbub::Result<QCborValue> read(QByteArrayView data, qint64 maxBinary);

} // namespace SocketIo::MsgPack
