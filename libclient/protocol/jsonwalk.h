// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/jsonview.h"
#include "libclient/protocol/plaintext.h"

#include <cstring>

/// Steps through JSON that was validated before, where what has begun also ends. Internal to the protocol
/// library. Thread: any; pure functions.
namespace SocketIo::Json
{

inline const char *skipSpace(const char *at)
{
    while (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')
        ++at;
    return at;
}

/// The text that begins at the quote here; moves past its end.
inline View takeText(const char *&at, const char *end)
{
    const char *const begin = at;
    bool escaped = false;
    for (++at;; at += 2) {
        at = skipRun<Run::Valid>(at, end);
        if (*at == '"')
            break;
        escaped = true;
    }
    ++at;
    return View(QByteArrayView(begin, at), escaped ? View::Escapes::Some : View::Escapes::None);
}

/// Past the bracket that closes the one here.
inline const char *skipContainer(const char *at, const char *end)
{
    qsizetype depth = 0;
    do {
        switch (*at) {
        case '"':
            takeText(at, end);
            continue;
        case '{':
        case '[':
            ++depth;
            break;
        case '}':
        case ']':
            --depth;
            break;
        default:
            break;
        }
        ++at;
    } while (depth > 0);
    return at;
}

/// The value that begins here; moves past its end.
inline View takeValue(const char *&at, const char *end)
{
    if (*at == '"')
        return takeText(at, end);
    const char *const begin = at;
    if (*at == '{' || *at == '[') {
        at = skipContainer(at, end);
    } else {
        while (*at != ',' && *at != ']' && *at != '}' && *at > ' ')
            ++at;
    }
    return View(QByteArrayView(begin, at), View::Escapes::None);
}

/// To the next item or key of a container, or false at its closing bracket.
inline bool toNext(const char *&at)
{
    at = skipSpace(at);
    if (*at == ',')
        at = skipSpace(at + 1);
    return *at != ']' && *at != '}';
}

/// From the end of a key to its value.
inline const char *skipColon(const char *at)
{
    return skipSpace(skipSpace(at) + 1);
}

/// Past the key that stands here, if it is this one, written with its quotes and without escapes.
inline bool takeKey(const char *&at, const char *end, QByteArrayView quoted)
{
    if (end - at < quoted.size() || std::memcmp(at, quoted.data(), std::size_t(quoted.size())) != 0)
        return false;
    at += quoted.size();
    return true;
}

} // namespace SocketIo::Json
