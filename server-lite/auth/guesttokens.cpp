// SPDX-License-Identifier: MIT
#include "server-lite/auth/guesttokens.h"

#include "server-lite/auth/personname.h"

#include <QtCore/QRandomGenerator>

namespace Hubbub
{

using namespace Qt::StringLiterals;

namespace
{

QString randomId()
{
    static constexpr char alphabet[] =
        "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford: nothing looks like another
    QString id = GuestTokens::idPrefix();
    for (int i = 0; i < 16; ++i)
        id += QLatin1Char(alphabet[QRandomGenerator::system()->bounded(32)]);
    return id;
}

} // namespace

GuestTokens::GuestTokens(JwtKey key, std::chrono::hours lifetime)
    : m_key(std::move(key))
    , m_lifetime(lifetime)
{
}

Result<GuestToken> GuestTokens::issue(const QString &name, const QDateTime &now) const
{
    const auto username = PersonName::read(name);
    if (!username)
        return tl::unexpected<Error>(username.error());
    return sign(randomId(), *username, now);
}

Result<GuestToken> GuestTokens::renew(QByteArrayView token, const QString &name, const QDateTime &now) const
{
    const auto username = PersonName::read(name);
    if (!username)
        return tl::unexpected<Error>(username.error());
    auto claims = Jwt::verify(token, m_key, {}, now);
    if (!claims && claims.error().code == "token-expired"_L1)
        claims = Jwt::verify(token, m_key, {.leeway = renewable}, now);
    if (!claims)
        return tl::unexpected<Error>(claims.error());
    if (!claims->guest)
        return failure(u"not-a-guest"_s, u"Only a guest's token can be renewed here."_s);
    return sign(claims->subject, *username, now);
}

GuestToken GuestTokens::sign(const QString &userId, const QString &username, const QDateTime &now) const
{
    JwtClaims claims;
    claims.subject = userId;
    claims.username = username;
    claims.guest = true;
    claims.issuedAt = now;
    claims.expiresAt = now.addSecs(std::chrono::seconds(m_lifetime).count());
    return {Jwt::sign(claims, m_key), userId, username};
}

} // namespace Hubbub
