// SPDX-License-Identifier: MIT
#include "server-lite/auth/jwt.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <array>
#include <cmath>

namespace Hubbub::Jwt
{

using namespace Qt::StringLiterals;

namespace
{

constexpr auto urlBase64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
constexpr qsizetype maxNameLength = 128;

tl::unexpected<Error> malformed(const QString &cause)
{
    return failure(u"token-malformed"_s, u"This is not a valid token."_s, cause);
}

tl::unexpected<Error> badClaims(const QString &cause)
{
    return failure(u"token-claims"_s,
                   u"The token does not say who its bearer is in a way this server accepts."_s, cause);
}

/// Only the one spelling an encoder produces: no padding, no blanks, no stray bits at the end.
std::optional<QByteArray> decodeSegment(QByteArrayView segment)
{
    const auto text = segment.toByteArray();
    const auto result =
        QByteArray::fromBase64Encoding(text, urlBase64 | QByteArray::AbortOnBase64DecodingErrors);
    if (!result || (*result).toBase64(urlBase64) != text)
        return std::nullopt;
    return *result;
}

std::optional<QJsonObject> decodeObject(QByteArrayView segment)
{
    const auto json = decodeSegment(segment);
    if (!json)
        return std::nullopt;
    const auto document = QJsonDocument::fromJson(*json);
    if (!document.isObject())
        return std::nullopt;
    return document.object();
}

std::optional<std::array<QByteArrayView, 3>> split(QByteArrayView token)
{
    const auto first = token.indexOf('.');
    const auto second = first < 0 ? -1 : token.indexOf('.', first + 1);
    if (second < 0 || token.indexOf('.', second + 1) >= 0)
        return std::nullopt;
    return std::array{token.first(first), token.sliced(first + 1, second - first - 1),
                      token.sliced(second + 1)};
}

Result<void> checkHeader(const QJsonObject &header, const JwtKey &key)
{
    if (header.value("alg"_L1) != QJsonValue(QString::fromLatin1(key.algorithm())))
        return failure(u"token-algorithm"_s, u"The token is signed in a way this server does not accept."_s,
                       header.value("alg"_L1).toString());
    if (header.contains("crit"_L1))
        return malformed(u"crit"_s); // RFC 7515, 4.1.11: what is critical and not understood is refused
    const auto type = header.value("typ"_L1);
    if (!type.isUndefined() && type.toString().compare("JWT"_L1, Qt::CaseInsensitive) != 0)
        return malformed(u"typ"_s);
    return {};
}

/// A NumericDate, or null if the claim is absent; dates that no calendar has are an error.
Result<QDateTime> date(const QJsonObject &claims, QLatin1StringView name)
{
    const auto value = claims.value(name);
    if (value.isUndefined())
        return QDateTime();
    constexpr double lastSecondOf9999 = 253'402'300'799.0;
    const auto seconds = value.toDouble(-1);
    if (!value.isDouble() || !std::isfinite(seconds) || seconds < 0 || seconds > lastSecondOf9999)
        return badClaims(name.toString());
    return QDateTime::fromSecsSinceEpoch(qint64(std::floor(seconds)), Qt::UTC);
}

Result<void> checkTimes(const JwtClaims &claims, const JwtPolicy &policy, const QDateTime &now)
{
    if (claims.expiresAt.isNull() && policy.requireExpiry)
        return badClaims(u"exp missing"_s);
    if (!claims.expiresAt.isNull()) {
        if (now >= claims.expiresAt.addSecs(policy.leeway.count()))
            return failure(u"token-expired"_s, u"The token has expired. Sign in again."_s,
                           claims.expiresAt.toString(Qt::ISODate));
        if (claims.expiresAt > now.addSecs(std::chrono::seconds(policy.longestLife).count()))
            return badClaims(u"exp too far away"_s);
    }
    if (!claims.notBefore.isNull() && now.addSecs(policy.leeway.count()) < claims.notBefore)
        return failure(u"token-not-yet-valid"_s, u"The token is not valid yet. Check the clocks."_s,
                       claims.notBefore.toString(Qt::ISODate));
    return {};
}

std::optional<QString> name(const QJsonObject &claims, QLatin1StringView key)
{
    const auto text = claims.value(key).toString();
    if (text.isEmpty() || text.size() > maxNameLength || text.contains(QChar::Null))
        return std::nullopt;
    return text;
}

std::optional<QStringList> readRoles(const QJsonValue &value)
{
    constexpr qsizetype maxRoles = 32;
    const auto list = value.toArray();
    if ((!value.isUndefined() && !value.isArray()) || list.size() > maxRoles)
        return std::nullopt;
    QStringList roles;
    for (const auto &entry : list) {
        const auto role = entry.toString();
        if (role.isEmpty() || role.size() > maxNameLength || role.contains(QChar::Null))
            return std::nullopt;
        roles += role;
    }
    return roles;
}

Result<JwtClaims> readClaims(const QJsonObject &object)
{
    JwtClaims claims;
    const auto subject = name(object, "sub"_L1);
    const auto username = name(object, "username"_L1);
    if (!subject || !username)
        return badClaims(subject ? u"username"_s : u"sub"_s);
    claims.subject = *subject;
    claims.username = *username;
    const auto guest = object.value("guest"_L1);
    if (!guest.isUndefined() && !guest.isBool())
        return badClaims(u"guest"_s);
    claims.guest = guest.toBool();
    const auto roles = readRoles(object.value("roles"_L1));
    if (!roles)
        return badClaims(u"roles"_s);
    claims.roles = *roles;
    for (const auto &[key, target] :
         {std::pair{"iat"_L1, &claims.issuedAt}, std::pair{"nbf"_L1, &claims.notBefore},
          std::pair{"exp"_L1, &claims.expiresAt}}) {
        auto value = date(object, key);
        if (!value)
            return tl::unexpected<Error>(value.error());
        *target = *value;
    }
    return claims;
}

} // namespace

QByteArray sign(const JwtClaims &claims, const JwtKey &key)
{
    QJsonObject object{{u"sub"_s, claims.subject}, {u"username"_s, claims.username}};
    if (claims.guest)
        object.insert("guest"_L1, true);
    if (!claims.roles.isEmpty())
        object.insert("roles"_L1, QJsonArray::fromStringList(claims.roles));
    for (const auto &[name, value] :
         {std::pair{"iat"_L1, claims.issuedAt}, std::pair{"nbf"_L1, claims.notBefore},
          std::pair{"exp"_L1, claims.expiresAt}}) {
        if (!value.isNull())
            object.insert(name, value.toSecsSinceEpoch());
    }
    const QByteArray header = "{\"alg\":\"" + key.algorithm() + "\",\"typ\":\"JWT\"}";
    const QByteArray input = header.toBase64(urlBase64) + '.'
                             + QJsonDocument(object).toJson(QJsonDocument::Compact).toBase64(urlBase64);
    return input + '.' + key.sign(input).toBase64(urlBase64);
}

Result<JwtClaims> verify(QByteArrayView token, const JwtKey &key, const JwtPolicy &policy,
                         const QDateTime &now)
{
    if (token.size() > maxTokenBytes)
        return malformed(u"%1 bytes"_s.arg(token.size()));
    const auto parts = split(token);
    if (!parts)
        return malformed(u"not three segments"_s);
    const auto &[headerPart, payloadPart, signaturePart] = *parts;
    const auto header = decodeObject(headerPart);
    if (!header)
        return malformed(u"header"_s);
    if (auto fits = checkHeader(*header, key); !fits)
        return tl::unexpected<Error>(fits.error());
    const auto signature = decodeSegment(signaturePart);
    if (!signature)
        return malformed(u"signature"_s);
    if (!key.verify(token.first(headerPart.size() + 1 + payloadPart.size()), *signature))
        return failure(u"token-signature"_s, u"The token was not made for this server."_s);
    const auto payload = decodeObject(payloadPart);
    if (!payload)
        return malformed(u"payload"_s);
    auto claims = readClaims(*payload);
    if (!claims)
        return claims;
    if (auto timely = checkTimes(*claims, policy, now); !timely)
        return tl::unexpected<Error>(timely.error());
    return claims;
}

} // namespace Hubbub::Jwt
