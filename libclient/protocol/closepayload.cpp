// SPDX-License-Identifier: MIT
#include "libclient/protocol/closepayload.h"

#include <QtCore/QtEndian>

namespace EngineIo
{

namespace
{

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

} // namespace EngineIo
