// SPDX-License-Identifier: MIT
#include "server-lite/transport/subprotocol.h"

#include <QtCore/QSet>

#include <algorithm>

namespace EngineIo
{

namespace
{

bool isToken(QByteArrayView text)
{
    constexpr QByteArrayView marks = "!#$%&'*+-.^_`|~";
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [marks](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
               || marks.contains(c);
    });
}

} // namespace

std::optional<QByteArray> firstSubprotocol(const Hubbub::HttpRequest &request)
{
    QByteArrayList offered;
    for (const auto &[name, value] : request.headers) {
        if (name.compare("Sec-WebSocket-Protocol", Qt::CaseInsensitive) == 0)
            offered += value.split(',');
    }
    QSet<QByteArray> seen;
    for (QByteArray &subprotocol : offered) {
        subprotocol = std::move(subprotocol).trimmed();
        if (!isToken(subprotocol) || seen.contains(subprotocol))
            return std::nullopt;
        seen.insert(subprotocol);
    }
    return offered.isEmpty() ? QByteArray() : offered.constFirst();
}

} // namespace EngineIo
