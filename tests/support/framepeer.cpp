// SPDX-License-Identifier: MIT
#include "tests/support/framepeer.h"

#include <QtCore/QtEndian>

QByteArray FramePeer::upgradeRequest(const QByteArray &target, const QByteArray &moreHeaders)
{
    return "GET " + target
           + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
           + moreHeaders + "\r\n";
}

int FramePeer::upgrade(const QByteArray &target, const QByteArray &moreHeaders)
{
    http.send(upgradeRequest(target, moreHeaders));
    return http.reply().value_or(HttpPeer::Reply{}).status;
}

QByteArray FramePeer::frame(int first, const QByteArray &payload, bool masked)
{
    QByteArray out(1, char(first));
    const char bit = masked ? char(0x80) : char(0);
    if (payload.size() < 126) {
        out += char(bit | char(payload.size()));
    } else if (payload.size() < 65536) {
        const quint16 size = qToBigEndian(quint16(payload.size()));
        out += char(bit | char(126));
        out.append(reinterpret_cast<const char *>(&size), sizeof(size));
    } else {
        const quint64 size = qToBigEndian(quint64(payload.size()));
        out += char(bit | char(127));
        out.append(reinterpret_cast<const char *>(&size), sizeof(size));
    }
    if (!masked)
        return out + payload;
    const QByteArray mask = QByteArrayLiteral("\x11\x22\x33\x44");
    out += mask;
    for (qsizetype i = 0; i < payload.size(); ++i)
        out += char(payload[i] ^ mask[i % 4]);
    return out;
}

FramePeer::Frame FramePeer::next()
{
    const QByteArray head = http.read(2);
    if (head.size() < 2)
        return {};
    quint64 size = uchar(head[1]) & 0x7f;
    if (size == 126)
        size = qFromBigEndian<quint16>(http.read(2).leftJustified(2, '\0').constData());
    else if (size == 127)
        size = qFromBigEndian<quint64>(http.read(8).leftJustified(8, '\0').constData());
    return {uchar(head[0]) & 0x0f, size > 0 ? http.read(qsizetype(size)) : QByteArray()};
}

bool FramePeer::waitForClose()
{
    for (Frame frame = next(); frame.opcode >= 0; frame = next()) {
        if (frame.opcode == Text || frame.opcode == Binary)
            return false;
    }
    return http.waitForClose();
}
