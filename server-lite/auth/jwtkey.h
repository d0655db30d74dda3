// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"
#include "server-lite/auth/keypair.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <optional>

namespace Hubbub
{

/// A key and the one algorithm it may be used with. What a token's header says can only agree with it, never
/// choose: that closes "alg":"none" and the swap of a public key for a secret. Thread: any; a plain value.
/// Source: RFC 7518, 3; RFC 8037, 3.1; RFC 8725, 3.1.
class JwtKey
{
public:
    static constexpr qsizetype minimumSecretBytes = 32; ///< RFC 7518, 3.2: as long as the hash

    /// Errors: "weak-secret", for fewer than 32 bytes, and "public-key-as-secret" for a PEM file of a key.
    static Result<JwtKey> hs256(QByteArray secret);
    /// 32 bytes from the system's random source.
    static JwtKey randomHs256();
    /// Checks tokens, cannot sign them: RS256 for an RSA key, ES256 for one on P-256, EdDSA for Ed25519.
    /// Errors: those of KeyPair::fromPublicPem.
    static Result<JwtKey> fromPublicPem(const QByteArray &pem);
    /// Checks and signs. Errors: those of KeyPair::fromPrivatePem.
    static Result<JwtKey> fromPrivatePem(const QByteArray &pem);

    QByteArray algorithm() const; ///< as a token's "alg" has it
    bool canSign() const;
    QByteArray sign(QByteArrayView input) const; ///< raw signature; empty unless canSign()
    /// For HS256 it takes the same time wherever the signatures differ.
    bool verify(QByteArrayView input, QByteArrayView signature) const;

private:
    explicit JwtKey(QByteArray secret)
        : m_secret(std::move(secret))
    {
    }
    explicit JwtKey(KeyPair pair)
        : m_pair(std::move(pair))
    {
    }
    QByteArray m_secret; ///< of HS256
    std::optional<KeyPair> m_pair; ///< of the others
};

} // namespace Hubbub
