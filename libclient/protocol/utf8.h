// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace SocketIo::Json
{

/// The bytes of the character beyond ASCII that starts here, or 0 if it is not well-formed: no overlong
/// forms, no surrogates, nothing beyond U+10FFFF. Internal to the protocol library. Thread: any; a pure
/// function. Source: table 3-7 of the Unicode standard.
inline qsizetype wellFormedLength(const char *at, const char *end)
{
    const auto first = static_cast<uchar>(*at);
    qsizetype length = 0;
    uchar low = 0x80;
    uchar high = 0xBF;
    if (first >= 0xC2 && first <= 0xDF) {
        length = 2;
    } else if (first >= 0xE0 && first <= 0xEF) {
        length = 3;
        low = first == 0xE0 ? 0xA0 : low;
        high = first == 0xED ? 0x9F : high;
    } else if (first >= 0xF0 && first <= 0xF4) {
        length = 4;
        low = first == 0xF0 ? 0x90 : low;
        high = first == 0xF4 ? 0x8F : high;
    } else {
        return 0;
    }
    if (end - at < length)
        return 0;
    const auto second = static_cast<uchar>(at[1]);
    if (second < low || second > high)
        return 0;
    for (qsizetype i = 2; i < length; ++i) {
        if ((static_cast<uchar>(at[i]) & 0xC0) != 0x80)
            return 0;
    }
    return length;
}

} // namespace SocketIo::Json
