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

QByteArray JwtKey::sign(QByteArrayView input) const
{
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
    const auto expected = sign(input);
    return signature.size() == expected.size()
           && CRYPTO_memcmp(signature.data(), expected.constData(), size_t(expected.size())) == 0;
}

} // namespace Hubbub
