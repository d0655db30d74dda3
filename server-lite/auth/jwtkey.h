// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

namespace Hubbub
{

/// A key and the one algorithm it may be used with. What a token's header says can only agree with it, never
/// choose: that closes "alg":"none" and the swap of a public key for a secret. Thread: any; a plain value.
class JwtKey
{
public:
    static constexpr qsizetype minimumSecretBytes = 32; ///< RFC 7518, 3.2: as long as the hash

    /// Errors: "weak-secret", for fewer than 32 bytes.
    static Result<JwtKey> hs256(QByteArray secret);
    /// 32 bytes from the system's random source.
    static JwtKey randomHs256();

    QByteArray algorithm() const { return "HS256"; }
    QByteArray sign(QByteArrayView input) const; ///< raw signature
    bool verify(QByteArrayView input,
                QByteArrayView signature) const; ///< takes the same time wherever they differ

private:
    explicit JwtKey(QByteArray secret)
        : m_secret(std::move(secret))
    {
    }
    QByteArray m_secret;
};

} // namespace Hubbub
