// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <memory>

using EVP_PKEY = struct evp_pkey_st; // OpenSSL's own name for it

namespace Hubbub
{

/// An RSA, P-256 or Ed25519 key, public or with its private half, as tokens are signed with. Thread: any; a
/// plain value, immutable.
class KeyPair
{
public:
    enum class Kind { Rsa, P256, Ed25519 };
    static constexpr int minimumRsaBits = 2048; ///< RFC 7518, 3.3
    static constexpr int maximumRsaBits = 8192; ///< a check of a longer one takes too long

    /// One "BEGIN PUBLIC KEY". Errors: "invalid-key", also for a private key: whoever only checks tokens
    /// should not have it.
    static Result<KeyPair> fromPublicPem(const QByteArray &pem);
    /// One "BEGIN PRIVATE KEY" without a password. Errors: "invalid-key".
    static Result<KeyPair> fromPrivatePem(const QByteArray &pem);

    Kind kind() const { return m_kind; }
    bool isPrivate() const { return m_isPrivate; }

    /// As JOSE has it: PKCS #1 v1.5 with SHA-256; r and s of 32 bytes each; 64 bytes of Ed25519. Empty unless
    /// isPrivate().
    QByteArray sign(QByteArrayView input) const;
    bool verify(QByteArrayView input, QByteArrayView signature) const;

private:
    static Result<KeyPair> make(EVP_PKEY *key, bool isPrivate);
    KeyPair(std::shared_ptr<EVP_PKEY> key, Kind kind, bool isPrivate)
        : m_key(std::move(key))
        , m_kind(kind)
        , m_isPrivate(isPrivate)
    {
    }
    std::shared_ptr<EVP_PKEY> m_key;
    Kind m_kind;
    bool m_isPrivate;
};

} // namespace Hubbub
