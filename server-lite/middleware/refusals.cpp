// SPDX-License-Identifier: MIT
#include "server-lite/middleware/refusals.h"

namespace Hubbub::Refusals
{

using namespace Qt::StringLiterals;

namespace
{

QCborMap with(QCborMap map, const QCborMap &more)
{
    for (const auto &[key, value] : more)
        map.insert(key, value);
    return map;
}

} // namespace

void refuse(const SocketIo::Event &event, const SocketIo::Next &next, const Error &error,
            const QCborMap &more)
{
    const auto details = with({{u"code"_s, error.code}, {u"message"_s, error.message}}, more);
    event.ack({QCborMap{{u"success"_s, false}, {u"error"_s, details}}});
    next(SocketIo::Refusal{error.message, with({{u"code"_s, error.code}}, more)});
}

void refuse(const SocketIo::Next &next, const Error &error, const QCborMap &more)
{
    next(SocketIo::Refusal{error.message, with({{u"code"_s, error.code}}, more)});
}

} // namespace Hubbub::Refusals
