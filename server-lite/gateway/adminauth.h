// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/auth/ratelimiter.h"
#include "server-lite/core/serversocket.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QHash>
#include <QtCore/QObject>
#include <QtCore/QThreadPool>

#include <functional>
#include <unordered_map>

namespace Hubbub
{

/// Who may be an operator: one name and password, or the id of a session that began with them. Passwords are
/// checked on a thread of their own, one at a time, and equally long whether or not the name is right.
/// Thread: the server's.
class AdminAuth : public QObject
{
    Q_OBJECT
public:
    AdminAuth(QString username, QByteArray passwordHash, QObject *parent = nullptr);
    ~AdminAuth() override;

    /// To be installed as the namespace's middleware. Refusals: "invalid credentials", and "too many
    /// attempts, try again later" beyond 10 at once or one per 6 s from one address.
    void check(SocketIo::ServerSocket &socket, const SocketIo::Next &next);

    /// The session that began with this socket's password, to be told to it once; empty for all others.
    QString takeSession(const SocketIo::ServerSocket *socket);

private:
    static constexpr size_t maxWaiting = 32; ///< password checks in line; at 0.1 s each
    static constexpr int maxSessions = 1000;

    bool isKnownSession(const QString &sessionId);
    QString beginSession();
    void checkPassword(SocketIo::ServerSocket &socket, const QString &username, const QString &password,
                       const SocketIo::Next &next);

    QString m_username;
    QByteArray m_passwordHash;
    RateLimiter m_attempts;
    QHash<QByteArray, QDeadlineTimer>
        m_sessions; ///< by SHA-256 of the id: who reads memory cannot sign in with it
    QHash<const QObject *, QString> m_fresh; ///< by socket, until it is told
    std::unordered_map<quint64, std::function<void(bool)>> m_checks; ///< in line; gets whether it is right
    quint64 m_nextCheck = 0;
    QThreadPool m_pool;
};

} // namespace Hubbub
