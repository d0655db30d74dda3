// SPDX-License-Identifier: MIT
#include "libclient/protocol/json.h"
#include "libclient/protocol/msgpack.h"

#include <QtCore/QCborArray>
#include <QtCore/QCborMap>
#include <QtCore/QDateTime>
#include <QtCore/QUrl>
#include <QtCore/QUuid>
#include <QtCore/QtEndian>

#include <bit>
#include <cmath>
#include <msgpack.hpp>

namespace SocketIo::MsgPack
{

namespace
{

/// Where the packer writes to.
struct Sink {
    QByteArray &out;
    void write(const char *data, std::size_t size) { out.append(data, qsizetype(size)); }
};
using Packer = msgpack::packer<Sink>;

constexpr double exactWhole = 9'007'199'254'740'992.0; // 2^53: JavaScript's whole numbers
constexpr qint8 notepackType = 0;

void packValue(const QCborValue &value, Packer &packer);

void packText(const QString &text, Packer &packer)
{
    const QByteArray bytes = text.toUtf8();
    packer.pack_str(quint32(bytes.size()));
    packer.pack_str_body(bytes.constData(), quint32(bytes.size()));
}

void packBytes(const QByteArray &bytes, Packer &packer)
{
    packer.pack_bin(quint32(bytes.size()));
    packer.pack_bin_body(bytes.constData(), quint32(bytes.size()));
}

void packDouble(double number, Packer &packer)
{
    if (std::trunc(number) == number && std::abs(number) <= exactWhole) {
        packer.pack_int64(qint64(number));
        return;
    }
    // Not pack_double(): it looks whether the number is whole by a conversion that 2^64 does not fit into.
    const auto bits = qToBigEndian(std::bit_cast<quint64>(number));
    packer.pack_bin_body("\xcb", 1);
    packer.pack_bin_body(reinterpret_cast<const char *>(&bits), sizeof bits);
}

void packDate(const QDateTime &time, Packer &packer)
{
    const qint64 ms = qToBigEndian(time.toMSecsSinceEpoch());
    packer.pack_ext(sizeof ms, notepackType);
    packer.pack_ext_body(reinterpret_cast<const char *>(&ms), sizeof ms);
}

void packUndefined(Packer &packer)
{
    packer.pack_ext(1, notepackType);
    packer.pack_ext_body("\0", 1);
}

void packArray(const QCborArray &array, Packer &packer)
{
    packer.pack_array(quint32(array.size()));
    for (const QCborValue item : array)
        packValue(item, packer);
}

void packMap(const QCborMap &map, Packer &packer)
{
    packer.pack_map(quint32(map.size()));
    for (const auto &[key, value] : map) {
        packText(Json::keyText(key), packer);
        packValue(value, packer);
    }
}

void packValue(const QCborValue &value, Packer &packer)
{
    switch (value.type()) {
    case QCborValue::Integer:
        packer.pack_int64(value.toInteger());
        return;
    case QCborValue::Double:
        packDouble(value.toDouble(), packer);
        return;
    case QCborValue::False:
        packer.pack_false();
        return;
    case QCborValue::True:
        packer.pack_true();
        return;
    case QCborValue::String:
        packText(value.toString(), packer);
        return;
    case QCborValue::ByteArray:
        packBytes(value.toByteArray(), packer);
        return;
    case QCborValue::Array:
        packArray(value.toArray(), packer);
        return;
    case QCborValue::Map:
        packMap(value.toMap(), packer);
        return;
    case QCborValue::DateTime:
        packDate(value.toDateTime(), packer);
        return;
    case QCborValue::Url:
        packText(value.toUrl().toString(QUrl::FullyEncoded), packer);
        return;
    case QCborValue::Uuid:
        packText(value.toUuid().toString(QUuid::WithoutBraces), packer);
        return;
    case QCborValue::Undefined:
        packUndefined(packer);
        return;
    default:
        break;
    }
    if (value.isTag())
        packValue(value.taggedValue(), packer);
    else
        packer.pack_nil();
}

} // namespace

void write(const QCborValue &value, QByteArray &out)
{
    Sink sink{out};
    Packer packer(sink);
    packValue(value, packer);
}

} // namespace SocketIo::MsgPack
