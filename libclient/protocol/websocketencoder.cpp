// SPDX-License-Identifier: MIT
#include "libclient/protocol/websocketencoder.h"

#include "libclient/protocol/websocketdecoder.h"

#include <QtCore/QtEndian>

#include <limits>

namespace Hubbub
{

namespace
{

void appendHeader(QByteArray &out, WebSocketOpcode opcode, quint64 length)
{
    constexpr uint final = 0x80;
    constexpr uint masked = 0x80;
    out.append(char(final | uint(opcode)));
    if (length < 126) {
        out.append(char(masked | length));
    } else if (length <= std::numeric_limits<quint16>::max()) {
        char size[2];
        qToBigEndian(quint16(length), size);
        out.append(char(masked | 126)).append(size, sizeof size);
    } else {
        char size[8];
        qToBigEndian(length, size);
        out.append(char(masked | 127)).append(size, sizeof size);
    }
}

} // namespace

QByteArray maskedWebSocketFrame(WebSocketOpcode opcode, QByteArrayView head, QByteArrayView body,
                                std::array<char, 4> mask)
{
    constexpr qsizetype largestHeader = 14;
    const qsizetype length = head.size() + body.size();
    QByteArray frame;
    frame.reserve(largestHeader + length);
    appendHeader(frame, opcode, quint64(length));
    frame.append(mask.data(), qsizetype(mask.size()));
    const qsizetype start = frame.size();
    frame.append(head).append(body);
    applyWebSocketMask({frame.data() + start, std::size_t(length)}, mask);
    return frame;
}

} // namespace Hubbub
