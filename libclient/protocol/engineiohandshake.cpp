// SPDX-License-Identifier: MIT
#include "libclient/protocol/engineiohandshake.h"

#include "libclient/protocol/json.h"
#include "libclient/protocol/jsontext.h"

#include <QtCore/QCborArray>
#include <QtCore/QCborMap>

using namespace Qt::StringLiterals;

namespace EngineIo
{

namespace
{

// Eleven days: the sum of two such times still fits a QTimer's 31 bits.
constexpr qint64 longestTime = 1'000'000'000;

std::optional<qint64> numberWithin(qint64 least, qint64 most, const QCborValue &value)
{
    if (!value.isInteger() && !value.isDouble())
        return std::nullopt;
    const double number = value.toDouble();
    if (!(number >= double(least) && number <= double(most)))
        return std::nullopt;
    return qint64(number);
}

tl::unexpected<Hubbub::Error> invalid(const QString &cause)
{
    return Hubbub::failure(u"invalid-handshake"_s, u"The server's greeting cannot be read."_s, cause);
}

void writeHandshake(const Handshake &handshake, SocketIo::Json::Output &out)
{
    out += "{\"sid\":";
    SocketIo::Json::writeText(handshake.sid, out);
    out += ",\"upgrades\":[";
    for (qsizetype i = 0; i < handshake.upgrades.size(); ++i) {
        if (i > 0)
            out += ',';
        SocketIo::Json::writeText(handshake.upgrades[i], out);
    }
    out += "],\"pingInterval\":";
    SocketIo::Json::writeInteger(handshake.pingInterval.count(), out);
    out += ",\"pingTimeout\":";
    SocketIo::Json::writeInteger(handshake.pingTimeout.count(), out);
    out += ",\"maxPayload\":";
    SocketIo::Json::writeInteger(handshake.maxPayload, out);
    out += '}';
}

} // namespace

QByteArray encodeHandshake(const Handshake &handshake)
{
    constexpr qsizetype usualLength = 128;
    QByteArray json;
    {
        SocketIo::Json::Output out(json, usualLength);
        writeHandshake(handshake, out);
    }
    return json;
}

Hubbub::Result<Handshake> decodeHandshake(QByteArrayView json)
{
    const auto value = SocketIo::Json::parse(json);
    if (!value)
        return invalid(value.error().code + u' ' + value.error().cause);
    if (!value->isMap())
        return invalid(u"not an object"_s);
    const QCborMap map = value->toMap();

    Handshake result;
    result.sid = map.value("sid"_L1).toString();
    if (result.sid.isEmpty())
        return invalid(u"no sid"_s);

    if (!map.value("upgrades"_L1).isArray())
        return invalid(u"no upgrades"_s);
    const QCborArray upgrades = map.value("upgrades"_L1).toArray();
    for (const auto &upgrade : upgrades) {
        if (!upgrade.isString())
            return invalid(u"upgrades are not text"_s);
        result.upgrades.append(upgrade.toString());
    }

    // python-engineio says 0 when it pings more often than every second.
    const auto interval = numberWithin(0, longestTime, map.value("pingInterval"_L1));
    const auto timeout = numberWithin(1, longestTime, map.value("pingTimeout"_L1));
    if (!interval || !timeout)
        return invalid(u"no ping times"_s);
    result.pingInterval = std::chrono::milliseconds(*interval);
    result.pingTimeout = std::chrono::milliseconds(*timeout);

    // Servers before engine.io 6.2 do not send it; theirs is the default then.
    if (map.contains("maxPayload"_L1)) {
        const auto most = numberWithin(1, qint64(1) << 53, map.value("maxPayload"_L1));
        if (!most)
            return invalid(u"maxPayload is not a size"_s);
        result.maxPayload = *most;
    }
    return result;
}

} // namespace EngineIo
