// SPDX-License-Identifier: MIT
#include "server-lite/transport/originpolicy.h"

#include <QtCore/QRegularExpression>
#include <QtNetwork/QHostInfo>

#include <algorithm>

namespace EngineIo
{

using Hubbub::HttpHeaders;
using Hubbub::HttpRequest;

namespace
{

bool isHeaderText(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c == '\t' || (uchar(c) >= 0x20 && uchar(c) != 0x7f); });
}

/// "host:port" of an origin, lower case, with the port always there; empty for anything but a plain http(s)
/// origin.
QByteArray authorityOf(const QByteArray &origin)
{
    static const QRegularExpression shape(
        QStringLiteral("\\A(http|https)://([a-z0-9._-]+|\\[[0-9a-f:.]+\\])(?::([0-9]{1,5}))?\\z"));
    const auto match = shape.match(QString::fromLatin1(origin).toLower());
    if (!match.hasMatch())
        return {};
    const QString port = match.captured(3);
    const QString standard =
        match.captured(1) == QLatin1StringView("https") ? QStringLiteral("443") : QStringLiteral("80");
    return (match.captured(2) + u':' + (port.isEmpty() ? standard : port)).toLatin1();
}

/// The host of a Host header or an origin's "host:port", lower case, without port and closing dot; empty for
/// anything crooked.
QString hostOf(const QByteArray &authority)
{
    static const QRegularExpression shape(
        QStringLiteral("\\A([a-z0-9._-]+?|\\[[0-9a-f:.]+\\])\\.?(?::[0-9]{1,5})?\\z"));
    return shape.match(QString::fromLatin1(authority).toLower()).captured(1);
}

/// What this machine is called, by itself and in its network.
QStringList ownNames()
{
    const QString name = QHostInfo::localHostName().toLower();
    if (name.isEmpty())
        return {};
    QStringList names{name, name + QStringLiteral(".local")};
    const QString domain = QHostInfo::localDomainName().toLower();
    if (!domain.isEmpty() && domain != QLatin1StringView("local"))
        names.append(name + u'.' + domain);
    return names;
}

bool isAddress(const QString &host)
{
    const bool bracketed = host.startsWith(u'[') && host.endsWith(u']');
    QHostAddress address;
    return address.setAddress(bracketed ? host.sliced(1, host.size() - 2) : host)
           && bracketed == (address.protocol() == QAbstractSocket::IPv6Protocol);
}

/// Some clients leave the brackets of an IPv6 address out, as socket.io-client does for long-polling on
/// Node.js:
/// "::1:3000", which no name can look like.
bool isBareAddress(const QByteArray &authority)
{
    static const QRegularExpression shape(QStringLiteral("\\A([0-9a-f:.]*:[0-9a-f:.]*):[0-9]{1,5}\\z"));
    const auto match = shape.match(QString::fromLatin1(authority).toLower());
    QHostAddress address;
    return match.hasMatch() && address.setAddress(match.captured(1))
           && address.protocol() == QAbstractSocket::IPv6Protocol;
}

} // namespace

OriginPolicy::OriginPolicy(const QStringList &allowedOrigins, const QStringList &allowedHosts)
    : m_hosts(ownNames())
{
    for (const QString &origin : allowedOrigins) {
        m_everyone |= origin == QLatin1StringView("*");
        m_allowed.push_back(origin.toLower().toUtf8());
        m_hosts.append(hostOf(authorityOf(m_allowed.back()))); // may do everything by its own name already
    }
    for (const QString &host : allowedHosts) {
        m_everyHost |= host == QLatin1StringView("*");
        m_hosts.append(host.toLower());
    }
    m_everyHost |= m_everyone;
    m_hosts.removeAll(QString());
}

bool OriginPolicy::knowsHost(const HttpRequest &request) const
{
    const auto isHost = [](const auto &field) {
        return field.first.compare("Host", Qt::CaseInsensitive) == 0;
    };
    const auto count = std::count_if(request.headers.begin(), request.headers.end(), isHost);
    if (count == 0 || m_everyHost)
        return true;
    if (count == 1 && isBareAddress(request.header("Host")))
        return true;
    const QString host = hostOf(request.header("Host"));
    return count == 1 && !host.isEmpty()
           && (isAddress(host) || host == QLatin1StringView("localhost")
               || host.endsWith(QLatin1StringView(".localhost")) || m_hosts.contains(host));
}

OriginPolicy::Verdict OriginPolicy::judge(const HttpRequest &request) const
{
    const auto isOrigin = [](const auto &field) {
        return field.first.compare("Origin", Qt::CaseInsensitive) == 0;
    };
    const auto count = std::count_if(request.headers.begin(), request.headers.end(), isOrigin);
    if (count == 0)
        return Verdict::NoOrigin;
    const QByteArray origin = request.header("Origin").toLower();
    if (count > 1 || !isHeaderText(origin))
        return Verdict::Malformed;
    if (m_allowed.contains(origin))
        return Verdict::Listed;
    if (m_everyone)
        return Verdict::Everyone;
    if (!knowsHost(request))
        return Verdict::Foreign;
    // A Host without a port means the standard one of the scheme the page itself came by.
    const QByteArray scheme = origin.left(origin.indexOf("://"));
    const QByteArray own = authorityOf(scheme + "://" + request.header("Host").toLower());
    const QByteArray asked = authorityOf(origin);
    return !asked.isEmpty() && asked == own ? Verdict::Own : Verdict::Foreign;
}

HttpHeaders OriginPolicy::answerHeaders(const HttpRequest &request) const
{
    switch (judge(request)) {
    case Verdict::Listed:
        return {{"Access-Control-Allow-Origin", request.header("Origin")},
                {"Vary", "Origin"},
                {"Access-Control-Allow-Credentials", "true"}};
    case Verdict::Everyone:
        return {{"Access-Control-Allow-Origin", "*"}};
    default:
        return {};
    }
}

bool OriginPolicy::isPreflight(const HttpRequest &request)
{
    return request.method == "OPTIONS" && !request.header("Origin").isEmpty();
}

HttpHeaders OriginPolicy::preflightHeaders(const HttpRequest &request) const
{
    HttpHeaders headers = answerHeaders(request);
    headers.emplaceBack("Access-Control-Allow-Methods", "GET,HEAD,PUT,PATCH,POST,DELETE");
    const QByteArray wanted = request.header("Access-Control-Request-Headers");
    if (!wanted.isEmpty()) {
        headers.emplaceBack("Vary", "Access-Control-Request-Headers");
        headers.emplaceBack("Access-Control-Allow-Headers", wanted);
    }
    return headers;
}

} // namespace EngineIo
