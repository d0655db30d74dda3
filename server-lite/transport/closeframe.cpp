// SPDX-License-Identifier: MIT
#include "server-lite/transport/closeframe.h"

#include "server-lite/transport/websocketframe.h"

#include <QtCore/QtEndian>

namespace EngineIo
{

namespace
{

constexpr qsizetype longestReason = largestControlPayload - 2;

} // namespace

bool saysBrokenRules(quint16 code)
{
    switch (code) {
    case CloseCode::protocolError:
    case CloseCode::unsupportedData:
    case CloseCode::invalidPayload:
    case CloseCode::policyViolated:
    case CloseCode::tooBig:
        return true;
    default:
        return false;
    }
}

QByteArray closeFrame(quint16 code, QByteArrayView reason)
{
    QByteArray payload;
    if (code != CloseCode::noStatus) {
        payload.resize(2);
        qToBigEndian(code, payload.data());
        payload.append(reason.first(std::min(reason.size(), longestReason)));
    }
    return controlFrame(ControlOpcode::Close, payload);
}

} // namespace EngineIo
