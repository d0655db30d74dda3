// SPDX-License-Identifier: MIT
#include "server-lite/auth/keypair.h"

#include "server-lite/auth/opensslobject.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <array>

namespace Hubbub
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qsizetype coordinateBytes = 32; ///< of P-256

using Digest = OpenSslObject<EVP_MD_CTX, EVP_MD_CTX_free>;
using EcdsaSignature = OpenSslObject<ECDSA_SIG, ECDSA_SIG_free>;

tl::unexpected<Error> invalid(const QString &sentence)
{
    // What OpenSSL noted must not turn up as the error of a later connection on this thread.
    const auto code = ERR_peek_last_error();
    std::array<char, 256> cause{};
    if (code != 0)
        ERR_error_string_n(code, cause.data(), cause.size());
    ERR_clear_error();
    return failure(u"invalid-key"_s, sentence, QString::fromLatin1(cause.data()));
}

const EVP_MD *digestOf(KeyPair::Kind kind)
{
    return kind == KeyPair::Kind::Ed25519 ? nullptr : EVP_sha256();
}

const unsigned char *bytes(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char *>(view.data());
}

bool isOnP256(const EVP_PKEY *key)
{
    std::array<char, 64> group{};
    size_t length = 0;
    if (EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size(), &length)
        != 1)
        return false;
    return qstrcmp(group.data(), "prime256v1") == 0 || qstrcmp(group.data(), "P-256") == 0;
}

/// Two whole numbers side by side, as JOSE has them, in the DER that OpenSSL wants; empty for any other
/// length.
QByteArray toDer(QByteArrayView raw)
{
    if (raw.size() != 2 * coordinateBytes)
        return {};
    const EcdsaSignature pair(ECDSA_SIG_new());
    BIGNUM *r = BN_bin2bn(bytes(raw), int(coordinateBytes), nullptr);
    BIGNUM *s = BN_bin2bn(bytes(raw) + coordinateBytes, int(coordinateBytes), nullptr);
    if (ECDSA_SIG_set0(pair.get(), r, s) != 1) {
        BN_free(r);
        BN_free(s);
        return {};
    }
    QByteArray der(i2d_ECDSA_SIG(pair.get(), nullptr), Qt::Uninitialized);
    auto *out = reinterpret_cast<unsigned char *>(der.data());
    i2d_ECDSA_SIG(pair.get(), &out);
    return der;
}

QByteArray toRaw(const QByteArray &der)
{
    const auto *in = bytes(der);
    const EcdsaSignature pair(d2i_ECDSA_SIG(nullptr, &in, long(der.size())));
    QByteArray raw(2 * coordinateBytes, Qt::Uninitialized);
    auto *out = reinterpret_cast<unsigned char *>(raw.data());
    if (!pair || BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), out, int(coordinateBytes)) < 0
        || BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), out + coordinateBytes, int(coordinateBytes)) < 0)
        return {};
    return raw;
}

} // namespace

Result<KeyPair> KeyPair::make(EVP_PKEY *key, bool isPrivate)
{
    std::shared_ptr<EVP_PKEY> owned(key, &EVP_PKEY_free);
    switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA: {
        const int bits = EVP_PKEY_get_bits(key);
        if (bits < minimumRsaBits || bits > maximumRsaBits)
            return invalid(u"The RSA key has %1 bits; tokens need one of %2 to %3."_s.arg(bits)
                               .arg(minimumRsaBits)
                               .arg(maximumRsaBits));
        return KeyPair(std::move(owned), Kind::Rsa, isPrivate);
    }
    case EVP_PKEY_EC:
        if (!isOnP256(key))
            return invalid(u"The elliptic-curve key is not on P-256, which ES256 needs."_s);
        return KeyPair(std::move(owned), Kind::P256, isPrivate);
    case EVP_PKEY_ED25519:
        return KeyPair(std::move(owned), Kind::Ed25519, isPrivate);
    default:
        return invalid(u"Keys of this kind sign no tokens here. Use RSA, P-256 or Ed25519."_s);
    }
}

Result<KeyPair> KeyPair::fromPublicPem(const QByteArray &pem)
{
    if (pem.contains("PRIVATE KEY-----"))
        return invalid(
            u"This is a private key. Give the server only its public half: openssl pkey -pubout."_s);
    auto *key = PEM_read_bio_PUBKEY(openSslReader(pem).get(), nullptr, &noPassphrase, nullptr);
    if (!key)
        return invalid(u"This is not a public key in PEM (\"BEGIN PUBLIC KEY\")."_s);
    return make(key, false);
}

Result<KeyPair> KeyPair::fromPrivatePem(const QByteArray &pem)
{
    auto *key = PEM_read_bio_PrivateKey(openSslReader(pem).get(), nullptr, &noPassphrase, nullptr);
    if (!key)
        return invalid(u"This is not a private key in PEM without a password (\"BEGIN PRIVATE KEY\")."_s);
    return make(key, true);
}

QByteArray KeyPair::sign(QByteArrayView input) const
{
    if (!m_isPrivate)
        return {};
    const Digest context(EVP_MD_CTX_new());
    size_t length = size_t(EVP_PKEY_get_size(m_key.get()));
    QByteArray signature(qsizetype(length), Qt::Uninitialized);
    if (EVP_DigestSignInit(context.get(), nullptr, digestOf(m_kind), nullptr, m_key.get()) != 1
        || EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &length,
                          bytes(input), size_t(input.size()))
               != 1)
        qFatal("OpenSSL cannot sign");
    signature.truncate(qsizetype(length));
    return m_kind == Kind::P256 ? toRaw(signature) : signature;
}

bool KeyPair::verify(QByteArrayView input, QByteArrayView signature) const
{
    const auto form = m_kind == Kind::P256 ? toDer(signature) : signature.toByteArray();
    const Digest context(EVP_MD_CTX_new());
    const bool fits =
        !form.isEmpty()
        && EVP_DigestVerifyInit(context.get(), nullptr, digestOf(m_kind), nullptr, m_key.get()) == 1
        && EVP_DigestVerify(context.get(), bytes(form), size_t(form.size()), bytes(input),
                            size_t(input.size()))
               == 1;
    ERR_clear_error();
    return fits;
}

} // namespace Hubbub
