// SPDX-License-Identifier: MIT
#include "server-lite/transport/closeframe.h"

#include "server-lite/transport/websocketframe.h"

#include <QtCore/QtEndian>

namespace EngineIo
{

namespace
{

constexpr qsizetype longestReason = largestControlPayload - 2;

/// Of those that may be on the wire: registered with IANA, or for libraries and applications.
bool isCloseCode(quint16 code)
{
    if (code >= 3000)
        return code < 5000;
    return code >= CloseCode::normal && code <= 1014 && (code < 1004 || code > 1006);
}

} // namespace

ClosePayload readClosePayload(QByteArrayView payload)
{
    if (payload.isEmpty())
        return {};
    if (payload.size() == 1)
        return {CloseCode::protocolError, QStringLiteral("a close code of one byte"),
                CloseCode::protocolError};
    const auto code = qFromBigEndian<quint16>(payload.data());
    const QByteArrayView reason = payload.sliced(2);
    if (!isCloseCode(code))
        return {CloseCode::protocolError, QStringLiteral("no close code: %1").arg(code),
                CloseCode::protocolError};
    if (!reason.isValidUtf8())
        return {CloseCode::invalidPayload, QStringLiteral("a close reason that is not UTF-8"),
                CloseCode::invalidPayload};
    return {code, QString::fromUtf8(reason)};
}

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
