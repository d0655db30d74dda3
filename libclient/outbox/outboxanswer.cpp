// SPDX-License-Identifier: MIT
#include "libclient/outbox/outboxanswer.h"

#include <algorithm>
#include <array>

namespace Hubbub
{

using namespace Qt::StringLiterals;

Result<QCborMap> readAnswer(const Result<SocketIo::Arguments> &answer)
{
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    const QCborMap map = answer->at(0).toMap();
    const QCborValue success = map.value("success"_L1);
    if (success.isUndefined() || success.toBool())
        return map;
    const QCborValue error = map.value("error"_L1);
    const QString message =
        error.isString() ? error.toString() : error.toMap().value("message"_L1).toString();
    const QString code = error.toMap().value("code"_L1).toVariant().toString();
    return failure(code.isEmpty() ? u"refused"_s : code,
                   message.isEmpty() ? u"The server refused it without a reason."_s : message);
}

bool isTemporary(const Error &error)
{
    constexpr std::array codes{"disconnected"_L1, "ack-timeout"_L1,    "shutting-down"_L1, "busy"_L1,
                               "rate-limited"_L1, "storage-failed"_L1, "buffer-full"_L1,   "offline"_L1};
    return std::find(codes.begin(), codes.end(), error.code) != codes.end();
}

} // namespace Hubbub
