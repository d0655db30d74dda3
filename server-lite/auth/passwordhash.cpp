// SPDX-License-Identifier: MIT
#include "server-lite/auth/passwordhash.h"

#include <crypt.h>
#include <openssl/crypto.h>

#include <array>
#include <memory>

namespace Hubbub::PasswordHash
{

using namespace Qt::StringLiterals;

namespace
{

bool isUsable(const QByteArray &password)
{
    return !password.isEmpty() && password.size() < maxPasswordBytes && !password.contains('\0');
}

/// Empty if libxcrypt refuses. Its working memory held the password, so it is wiped.
QByteArray crypt(const QByteArray &password, const QByteArray &setting)
{
    const auto memory = std::make_unique<crypt_data>();
    const char *result =
        crypt_rn(password.constData(), setting.constData(), memory.get(), int(sizeof(crypt_data)));
    QByteArray hash(result ? result : "");
    OPENSSL_cleanse(memory.get(), sizeof(crypt_data));
    return hash;
}

} // namespace

Result<QByteArray> make(const QByteArray &password)
{
    if (!isUsable(password))
        return failure(u"invalid-password"_s, u"A password needs 1 to 511 bytes and no zero byte."_s);
    std::array<char, CRYPT_GENSALT_OUTPUT_SIZE> salt{};
    if (!crypt_gensalt_rn(nullptr, 0, nullptr, 0, salt.data(), int(salt.size())))
        return failure(u"hash-failed"_s, u"The system cannot make a password hash."_s,
                       qt_error_string(errno));
    auto hash = crypt(password, salt.data());
    if (hash.isEmpty())
        return failure(u"hash-failed"_s, u"The system cannot make a password hash."_s,
                       qt_error_string(errno));
    return hash;
}

bool verify(const QByteArray &password, const QByteArray &hash)
{
    if (!isUsable(password) || hash.isEmpty())
        return false;
    const auto again = crypt(password, hash);
    return again.size() == hash.size()
           && CRYPTO_memcmp(again.constData(), hash.constData(), size_t(hash.size())) == 0;
}

Result<void> check(const QByteArray &hash)
{
    if (hash == "$2b$10$heqvAkYMez.Va6Et2uXInOnkCT6/uQj1brkrbyG3LpopDklcq7ZOS")
        return failure(u"sample-hash"_s,
                       u"This password hash is the sample from the documentation. Choose a password "
                       "of your own."_s);
    const bool complete = hash.startsWith("$2") ? hash.size() == 60 : hash.count('$') >= 3;
    if (!complete || crypt_checksalt(hash.constData()) != CRYPT_SALT_OK)
        return failure(u"invalid-hash"_s,
                       u"This is not a password hash that can be used: bcrypt, yescrypt, scrypt "
                       "and SHA-512 of crypt(3) are."_s);
    return {};
}

} // namespace Hubbub::PasswordHash
