// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"
#include "server-lite/auth/jwtclaims.h"
#include "server-lite/auth/jwtkey.h"
#include "server-lite/auth/jwtpolicy.h"

/// JSON Web Tokens in their compact form, signed. Thread: any; pure functions. Source: RFC 7515, 7518, 7519,
/// 8725.
namespace Hubbub::Jwt
{

inline constexpr qsizetype maxTokenBytes = 8192;

/// The key has to be one that can sign.
QByteArray sign(const JwtClaims &claims, const JwtKey &key);

/// Checks form, algorithm, signature, then times and claims, in this order. Header fields that name keys
/// (kid, jku, jwk, x5u) are never followed. Errors: "token-malformed", "token-algorithm", "token-signature",
/// "token-claims", "token-expired", "token-not-yet-valid"; peers should only be told that the token is
/// invalid.
Result<JwtClaims> verify(QByteArrayView token, const JwtKey &key, const JwtPolicy &policy = {},
                         const QDateTime &now = QDateTime::currentDateTimeUtc());

} // namespace Hubbub::Jwt
