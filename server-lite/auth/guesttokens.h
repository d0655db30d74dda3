// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/auth/jwt.h"

namespace Hubbub
{

/// What a guest gets to come in with. Thread: any; a plain value.
struct GuestToken {
    QByteArray token;
    QString userId; ///< "guest-" and 16 random characters: nobody can ask for somebody else's
    QString username;
};

/// Lets people in who have no account, by name only, for a while. Thread: any; immutable.
class GuestTokens
{
public:
    /// What the ids of guests begin with, and those of nobody else.
    static QString idPrefix() { return QStringLiteral("guest-"); }

    /// How long after its end a token may still be renewed: it opens no door then, but says who its bearer
    /// was.
    static constexpr std::chrono::hours renewable{24 * 90};

    explicit GuestTokens(JwtKey key, std::chrono::hours lifetime = std::chrono::hours(24));

    /// Errors: "invalid-name", as PersonName::read().
    Result<GuestToken> issue(const QString &name,
                             const QDateTime &now = QDateTime::currentDateTimeUtc()) const;
    /// Lets a guest who shows an earlier token go on under the same id; the name may be another. Errors:
    /// "invalid-name", those of Jwt::verify, and "not-a-guest" for a token of somebody with an account.
    Result<GuestToken> renew(QByteArrayView token, const QString &name,
                             const QDateTime &now = QDateTime::currentDateTimeUtc()) const;

private:
    GuestToken sign(const QString &userId, const QString &username, const QDateTime &now) const;

    JwtKey m_key;
    std::chrono::hours m_lifetime;
};

} // namespace Hubbub
