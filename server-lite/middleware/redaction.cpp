// SPDX-License-Identifier: MIT
#include "server-lite/middleware/redaction.h"

#include <QtCore/QCborArray>
#include <QtCore/QRegularExpression>

#include <algorithm>
#include <array>

namespace Hubbub::Redaction
{

using namespace Qt::StringLiterals;

namespace
{

constexpr std::array exact{"sid"_L1, "jwt"_L1, "auth"_L1};
constexpr std::array part{"cookie"_L1,     "authorization"_L1, "token"_L1,      "password"_L1,
                          "passwd"_L1,     "secret"_L1,        "apikey"_L1,     "api-key"_L1,
                          "api_key"_L1,    "sessionid"_L1,     "credential"_L1, "session-id"_L1,
                          "session_id"_L1, "websocket-key"_L1};

bool mayHoldToken(const QString &text)
{
    static const QRegularExpression token(
        u"\\beyJ[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]*"_s); // {" in base64url
    return text.contains("eyJ"_L1) && token.match(text).hasMatch();
}

} // namespace

bool isSecret(QStringView name)
{
    const auto is = [name](QLatin1StringView word) { return name.compare(word, Qt::CaseInsensitive) == 0; };
    const auto has = [name](QLatin1StringView word) { return name.contains(word, Qt::CaseInsensitive); };
    return std::any_of(exact.begin(), exact.end(), is) || std::any_of(part.begin(), part.end(), has);
}

QCborMap headers(const HttpHeaders &headers)
{
    QCborMap map;
    for (const auto &[rawName, rawValue] : headers) {
        const auto name = QString::fromLatin1(rawName).toLower();
        const auto text = QString::fromLatin1(rawValue);
        const auto before = map.value(name).toString();
        const auto shown = isSecret(name) || mayHoldToken(text) ? mark()
                           : name == "referer"_L1               ? url(rawValue)
                                                                : text;
        map.insert(name, before.isEmpty() ? shown : before + u", "_s + shown);
    }
    return map;
}

QCborMap query(const QUrlQuery &query)
{
    QCborMap map;
    for (const auto &[name, text] : query.queryItems(QUrl::FullyDecoded))
        map.insert(name, isSecret(name) || mayHoldToken(text) ? mark() : text);
    return map;
}

QString url(const QByteArray &target)
{
    const auto start = target.indexOf('?');
    if (start < 0)
        return QString::fromLatin1(target);
    const QUrlQuery items(QString::fromLatin1(target.sliced(start + 1)));
    QStringList parts;
    for (const auto &[name, text] : items.queryItems(QUrl::FullyEncoded))
        parts += name + u'=' + (isSecret(name) || mayHoldToken(text) ? mark() : text);
    return QString::fromLatin1(target.first(start)) + u'?' + parts.join(u'&');
}

QCborValue value(const QCborValue &value)
{
    if (value.isString())
        return mayHoldToken(value.toString()) ? QCborValue(mark()) : value;
    if (value.isArray()) {
        QCborArray list;
        for (const auto entry : value.toArray())
            list.append(Redaction::value(entry));
        return list;
    }
    if (value.isMap()) {
        QCborMap map;
        for (const auto &[key, entry] : value.toMap())
            map.insert(key, isSecret(key.toString()) ? QCborValue(mark()) : Redaction::value(entry));
        return map;
    }
    return value;
}

} // namespace Hubbub::Redaction
