// SPDX-License-Identifier: MIT
#include "server-lite/auth/jwtkey.h"

#include <QtCore/QRandomGenerator>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace Hubbub
{

using namespace Qt::StringLiterals;

Result<JwtKey> JwtKey::hs256(QByteArray secret)
{
    // Whoever has the public key could sign with it.
    if (secret.contains("-----BEGIN "))
        return failure(u"public-key-as-secret"_s,
                       u"The secret that signs tokens is a key in PEM. Give a public key as such instead."_s);
    if (secret.size() < minimumSecretBytes)
        return failure(u"weak-secret"_s,
                       u"The secret that signs tokens is too short: it has %1 bytes and needs at least %2."_s
                           .arg(secret.size())
                           .arg(minimumSecretBytes));
    return JwtKey(std::move(secret));
}

JwtKey JwtKey::randomHs256()
{
    std::array<quint32, minimumSecretBytes / sizeof(quint32)> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return JwtKey(QByteArray(reinterpret_cast<const char *>(words.data()), minimumSecretBytes));
}

Result<JwtKey> JwtKey::fromPublicPem(const QByteArray &pem)
{
    return KeyPair::fromPublicPem(pem).map([](const KeyPair &pair) { return JwtKey(pair); });
}

Result<JwtKey> JwtKey::fromPrivatePem(const QByteArray &pem)
{
    return KeyPair::fromPrivatePem(pem).map([](const KeyPair &pair) { return JwtKey(pair); });
}

QByteArray JwtKey::algorithm() const
{
    if (!m_pair)
        return "HS256";
    switch (m_pair->kind()) {
    case KeyPair::Kind::Rsa:
        return "RS256";
    case KeyPair::Kind::P256:
        return "ES256";
    case KeyPair::Kind::Ed25519:
        return "EdDSA";
    }
    Q_UNREACHABLE();
}

bool JwtKey::canSign() const
{
    return !m_pair || m_pair->isPrivate();
}

QByteArray JwtKey::sign(QByteArrayView input) const
{
    if (m_pair)
        return m_pair->sign(input);
    QByteArray signature(EVP_MAX_MD_SIZE, Qt::Uninitialized);
    unsigned int length = 0;
    const auto *done = HMAC(EVP_sha256(), m_secret.constData(), int(m_secret.size()),
                            reinterpret_cast<const unsigned char *>(input.data()), size_t(input.size()),
                            reinterpret_cast<unsigned char *>(signature.data()), &length);
    if (!done)
        qFatal("OpenSSL cannot compute HMAC-SHA-256");
    signature.truncate(length);
    return signature;
}

bool JwtKey::verify(QByteArrayView input, QByteArrayView signature) const
{
    if (m_pair)
        return m_pair->verify(input, signature);
    const auto expected = sign(input);
    return signature.size() == expected.size()
           && CRYPTO_memcmp(signature.data(), expected.constData(), size_t(expected.size())) == 0;
}

} // namespace Hubbub
