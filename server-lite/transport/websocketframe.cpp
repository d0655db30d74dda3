// SPDX-License-Identifier: MIT
#include "server-lite/transport/websocketframe.h"

#include <QtCore/QtEndian>

#include <limits>

namespace EngineIo
{

void appendWebSocketFrame(QByteArray &out, const Packet &packet)
{
    constexpr char finalText = char(0x81);
    constexpr char finalBinary = char(0x82);
    const qsizetype length = packet.data.size() + (packet.binary ? 0 : 1);

    out.append(packet.binary ? finalBinary : finalText);
    if (length < 126) {
        out.append(char(length));
    } else if (length <= std::numeric_limits<quint16>::max()) {
        char size[2];
        qToBigEndian(quint16(length), size);
        out.append(char(126)).append(size, sizeof(size));
    } else {
        char size[8];
        qToBigEndian(quint64(length), size);
        out.append(char(127)).append(size, sizeof(size));
    }
    if (!packet.binary)
        out.append(char('0' + int(packet.type)));
    out.append(packet.data);
}

QByteArray controlFrame(ControlOpcode opcode, QByteArrayView payload)
{
    constexpr uchar final = 0x80;
    const QByteArrayView taken = payload.first(std::min(payload.size(), largestControlPayload));
    QByteArray frame;
    frame.reserve(2 + taken.size());
    frame.append(char(final | uchar(opcode))).append(char(taken.size())).append(taken);
    return frame;
}

} // namespace EngineIo
