// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArrayView>
#include <QtCore/QString>

#include <optional>

namespace EngineIo
{

/// Why a WebSocket is closed (RFC 6455, 7.4.1).
namespace CloseCode
{
inline constexpr quint16 normal = 1000;
inline constexpr quint16 protocolError = 1002;
inline constexpr quint16 unsupportedData = 1003;
inline constexpr quint16 noStatus = 1005; ///< a close without a code; never sent
inline constexpr quint16 invalidPayload = 1007;
inline constexpr quint16 policyViolated = 1008;
inline constexpr quint16 tooBig = 1009;
} // namespace CloseCode

/// What the payload of a close frame says. Thread: any; pure.
struct ClosePayload {
    quint16 code = CloseCode::noStatus;
    QString reason;
    /// Set if the payload itself is against the rules: what to close with then.
    std::optional<quint16> fault = {};
};
ClosePayload readClosePayload(QByteArrayView payload);

} // namespace EngineIo
