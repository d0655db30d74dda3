// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QDateTime>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace Hubbub
{

/// What a token says about its bearer. Thread: any; a plain value.
struct JwtClaims {
    QString subject; ///< "sub": the user's id, 1 to 128 characters
    QString username; ///< 1 to 128 characters
    bool guest = false; ///< came in by the guest page, without an account
    QDateTime issuedAt; ///< null if the token does not say
    QDateTime notBefore; ///< null if the token does not say
    QDateTime expiresAt; ///< null if it never expires
    QStringList roles{}; ///< "roles": at most 32, each of 1 to 128 characters; empty if the token has none
};

} // namespace Hubbub
