// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/jsonoutput.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QCborValue>
#include <QtCore/QList>
#include <QtCore/QStringView>

#include <optional>

/// JSON as JSON.stringify writes it, and its scalars as JSON.parse reads them. Internal to the protocol
/// library. Thread: any; pure functions. Source: ECMA-262, QuoteJSONString Number::toString, JSON.parse.
namespace SocketIo::Json
{

/// A quoted string. A lone surrogate is escaped, everything else beyond ASCII stays as it is.
void writeText(QStringView text, Output &out);
void writeInteger(qint64 number, Output &out);
/// The shortest digits that read back as the same number; infinities and NaN as null.
void writeDouble(double number, Output &out);
/// As write() of json.h does.
void writeValue(const QCborValue &value, Output &out, QList<QByteArray> *attachments = nullptr);

/// Appends what stands between the quotes of a valid string: escapes decoded, a lone surrogate as U+FFFD.
void unescape(QByteArrayView text, QByteArray &out);
/// The text of UTF-8 bytes. QString::fromUtf8() drops a leading U+FEFF, which is data here.
inline constexpr QByteArrayView byteOrderMark("\xef\xbb\xbf");
QString readText(QByteArrayView text);
/// A valid number without fraction and exponent, unless it is -0 or beyond 64 bits.
std::optional<qint64> readInteger(QByteArrayView number);
/// Any valid number; infinity or zero beyond the range, as JSON.parse.
double readDouble(QByteArrayView number);

} // namespace SocketIo::Json
