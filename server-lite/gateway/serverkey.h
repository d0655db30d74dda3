// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/auth/jwtkey.h"
#include "server-lite/gateway/liteserverconfig.h"

#include <chrono>

/// The key a server signs and checks its tokens with, for the server and for whoever hands out tokens beside
/// it. Thread: any.
namespace Hubbub::ServerKey
{

/// The configured public key, which only checks tokens; else the configured secret; else the one kept in
/// dataDir/jwt-secret, made if it is missing; else a random one. Errors: those of SecretFile, JwtKey::hs256
/// and JwtKey::fromPublicPem.
Result<JwtKey> load(const LiteServerConfig &config);

/// A token for somebody the host knows. The key has to be one that can sign.
QByteArray issueToken(const JwtKey &key, const QString &userId, const QString &username,
                      std::chrono::hours lifetime);

} // namespace Hubbub::ServerKey
