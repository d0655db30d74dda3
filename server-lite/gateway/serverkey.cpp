// SPDX-License-Identifier: MIT
#include "server-lite/gateway/serverkey.h"

#include "server-lite/auth/jwt.h"
#include "server-lite/auth/secretfile.h"

#include <QtCore/QDir>

namespace Hubbub::ServerKey
{

using namespace Qt::StringLiterals;

Result<JwtKey> load(const LiteServerConfig &config)
{
    if (!config.jwtPublicKey.isEmpty())
        return JwtKey::fromPublicPem(config.jwtPublicKey);
    if (!config.jwtSecret.isEmpty())
        return JwtKey::hs256(config.jwtSecret);
    if (config.dataDir.isEmpty())
        return JwtKey::randomHs256();
    return SecretFile::readOrCreate(QDir(config.dataDir).filePath(u"jwt-secret"_s)).and_then(JwtKey::hs256);
}

QByteArray issueToken(const JwtKey &key, const QString &userId, const QString &username,
                      std::chrono::hours lifetime)
{
    JwtClaims claims;
    claims.subject = userId;
    claims.username = username;
    claims.issuedAt = QDateTime::currentDateTimeUtc();
    claims.expiresAt = claims.issuedAt.addSecs(std::chrono::seconds(lifetime).count());
    return Jwt::sign(claims, key);
}

} // namespace Hubbub::ServerKey
