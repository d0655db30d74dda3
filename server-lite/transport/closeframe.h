// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
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

/// Whether that code tells of somebody who broke the rules. Thread: any; pure.
bool saysBrokenRules(quint16 code);

/// A whole close frame as servers send it; noStatus stands for one without a code. A reason of more than 123
/// bytes is cut. Thread: any; pure.
QByteArray closeFrame(quint16 code, QByteArrayView reason = {});

} // namespace EngineIo
