// SPDX-License-Identifier: MIT
// Any text as a token, and any claims and header behind a good signature. The first byte says which. What is
// accepted names its bearer, ends, and is accepted again when it is signed anew.
#include "server-lite/auth/jwt.h"

using namespace Hubbub;

namespace
{

constexpr auto urlBase64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
const QDateTime now = QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC);

const JwtKey &key()
{
    static const auto made = *JwtKey::hs256("a secret of thirty-two bytes, 32");
    return made;
}

/// The public key of RFC 8037, A.2: nobody here can sign for it.
const JwtKey &strangeKey()
{
    static const auto made = *JwtKey::fromPublicPem(
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIa"
        "aPcHURo=\n-----END PUBLIC KEY-----\n");
    return made;
}

QByteArray withGoodSignature(const QByteArray &text)
{
    const auto cut = std::max<qsizetype>(text.indexOf('\n'), 0);
    const auto input = text.first(cut).toBase64(urlBase64) + '.' + text.sliced(cut).toBase64(urlBase64);
    return input + '.' + key().sign(input).toBase64(urlBase64);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const quint8 *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const QByteArray text(reinterpret_cast<const char *>(data) + 1, qsizetype(size) - 1);
    std::ignore = JwtKey::fromPublicPem(text);
    const auto token = data[0] & 1 ? withGoodSignature(text) : text;
    if (Jwt::verify(token, strangeKey(), {}, now))
        qFatal("a token that nobody signed is accepted");
    const auto claims = Jwt::verify(token, key(), {}, now);
    if (!claims)
        return 0;
    if (claims->subject.isEmpty() || claims->username.isEmpty() || claims->expiresAt.isNull())
        qFatal("a token is accepted that does not say whose it is and when it ends");
    if (!Jwt::verify(Jwt::sign(*claims, key()), key(), {}, now))
        qFatal("what was accepted is refused when it is signed anew");
    return 0;
}
