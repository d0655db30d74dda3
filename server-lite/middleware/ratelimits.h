// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/auth/blockinglimiter.h"
#include "server-lite/core/serversocket.h"

#include <QtCore/QObject>

#include <array>
#include <optional>

namespace Hubbub
{

/// Bounds how often clients may connect and emit, and blocks for a while who goes on regardless:
///
///     auto *limits = new RateLimits({.perConnection = RateLimit{}}, &server);
///     nsp->use(limits->connections());
///     connect(nsp, &SocketIo::Namespace::connection, [limits](SocketIo::ServerSocket *socket) {
///         socket->use(limits->events(socket, userId)); });
///
/// Refusals have the code "rate-limited" and `retryAfter`, the milliseconds until it may be tried again: in
/// the answer {success: false, error: {code, message, retryAfter}}, or in a connect error's data. A block of
/// a connection ends with it; one of a user or an address outlives it. Its middlewares let everything pass
/// once it is gone. Thread: the server's.
class RateLimits : public QObject
{
    Q_OBJECT
public:
    struct Limits {
        std::optional<RateLimit> perConnection{}; ///< events of one socket
        std::optional<RateLimit> perUser{}; ///< events of all sockets of one user
        std::optional<RateLimit> perAddress{}; ///< events of all sockets from one address
        std::optional<RateLimit> connects{}; ///< CONNECTs from one address
    };
    enum class Scope { Connection, User, Address, Connect };
    Q_ENUM(Scope)

    explicit RateLimits(const Limits &limits, QObject *parent = nullptr);

    SocketIo::ConnectMiddleware connections();
    /// To be used on that socket; without a user only connection and address count.
    SocketIo::EventMiddleware events(const SocketIo::ServerSocket *socket, const QString &userId = {});

    /// For metrics. Zero where there is no limit.
    BlockingLimiter::Counters counters(Scope scope) const;
    qsizetype blockedKeys(Scope scope) const;

Q_SIGNALS:
    /// Once at the beginning of each block.
    void blocked(Hubbub::RateLimits::Scope scope, const QString &who, std::chrono::milliseconds duration);

private:
    struct Who {
        Scope scope;
        QByteArray key;
        QString name; ///< for people
    };
    const std::optional<BlockingLimiter> &limiter(Scope scope) const
    {
        return m_limiters[std::size_t(scope)];
    }
    BlockingLimiter::Verdict take(const Who &who);

    std::array<std::optional<BlockingLimiter>, 4> m_limiters; ///< by scope; none: any number
};

} // namespace Hubbub
