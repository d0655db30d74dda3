// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/auth/jwt.h"
#include "server-lite/core/serversocket.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

namespace Hubbub
{

/// Lets a socket stay as long as its bearer's token counts: until its "exp" and the policy's leeway. Some
/// time before "exp" it is told
/// `token-expiring {expiresAt}`; by `refresh-token {token}` it may show another token for the same `sub`,
/// with the same `guest`; else it is told `token-expired {message}` and disconnected. Without an "exp"
/// nothing is ended. A child of its socket. Thread: the server's.
///
/// refresh-token is answered {success: true, expiresAt}, or {success: false, error: {code, message}} with
/// "invalid-token" (also for what Jwt::verify says of it, which is nobody's business) or "other-subject";
/// after a refusal the earlier token counts on. `expiresAt` is ISO 8601 in UTC, or null.
class TokenLifetime : public QObject
{
    Q_OBJECT
public:
    /// `notice`: how long before "exp" the client is told; a token that lasts less is announced at once.
    TokenLifetime(SocketIo::ServerSocket *socket, JwtClaims claims, JwtKey key, JwtPolicy policy,
                  std::chrono::milliseconds notice = std::chrono::seconds(30));

    const JwtClaims &claims() const { return m_claims; } ///< of the token that counts now

Q_SIGNALS:
    void refreshed();
    void expired(); ///< before the socket is disconnected

private:
    enum class Phase { Quiet, Announced };

    void refresh(const SocketIo::Event &event);
    Result<JwtClaims> readRefresh(const SocketIo::Event &event) const;
    void schedule();
    void wake();
    QCborValue expiresAt() const;

    SocketIo::ServerSocket *m_socket;
    JwtClaims m_claims;
    JwtKey m_key;
    JwtPolicy m_policy;
    std::chrono::milliseconds m_notice;
    Phase m_phase = Phase::Quiet;
    QTimer m_timer;
};

} // namespace Hubbub
