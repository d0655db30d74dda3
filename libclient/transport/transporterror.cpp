// SPDX-License-Identifier: MIT
#include "libclient/transport/transporterror.h"

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;

namespace EngineIo
{

namespace
{

Hubbub::Error answerError(const OpenFailure &failure, const QString &where)
{
    static const QRegularExpression statusPattern(u"\\b([1-5][0-9]{2})\\b"_s);
    const QString status = statusPattern.match(failure.detail).captured(1);
    if (status == "401"_L1 || status == "403"_L1)
        return {u"http-error"_s,
                u"The server at %1 does not let this connection in (HTTP %2)."_s.arg(where, status),
                failure.detail};
    if (!status.isEmpty())
        return {
            u"http-error"_s,
            u"The server at %1 answered HTTP %2 instead of opening the connection. Check the address."_s.arg(
                where, status),
            failure.detail};
    return {u"http-error"_s, u"What answers at %1 is not a Socket.IO server. Check the address."_s.arg(where),
            failure.detail};
}

} // namespace

bool isSecure(const QUrl &url)
{
    return url.scheme() == "wss"_L1 || url.scheme() == "https"_L1;
}

QString hostAndPort(const QUrl &url)
{
    const bool secure = isSecure(url);
    const QString host = url.host().contains(u':') ? u"[%1]"_s.arg(url.host()) : url.host();
    const int port = url.port(secure ? 443 : 80);
    return port == (secure ? 443 : 80) ? host : u"%1:%2"_s.arg(host).arg(port);
}

Hubbub::Error openError(const OpenFailure &failure)
{
    const QString where = hostAndPort(failure.url);
    if (failure.distrust)
        return *failure.distrust;
    switch (failure.error) {
    case QAbstractSocket::ProxyAuthenticationRequiredError:
        return {u"proxy-error"_s,
                u"The proxy on the way to %1 does not accept the name and the password."_s.arg(where),
                failure.detail};
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyProtocolError:
        return {u"proxy-error"_s, u"The proxy on the way to %1 does not let us through."_s.arg(where),
                failure.detail};
    case QAbstractSocket::HostNotFoundError:
        return {u"host-not-found"_s,
                u"No server named %1 was found. Check the address and the network."_s.arg(failure.url.host()),
                failure.detail};
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        // The alert of TLS 1.3 (RFC 8446, 6.2); older versions have none of its own.
        if (failure.detail.contains("certificate required"_L1))
            return {u"client-certificate-required"_s,
                    u"The server at %1 lets in only who shows a certificate."_s.arg(where), failure.detail};
        return {u"tls-error"_s,
                u"No encrypted connection to %1 could be made. Check that the server uses TLS on this port."_s
                    .arg(where),
                failure.detail};
    case QAbstractSocket::RemoteHostClosedError:
        if (isSecure(failure.url))
            return {
                u"transport-error"_s,
                u"The server at %1 hung up before the connection stood. It may want a client certificate."_s
                    .arg(where),
                failure.detail};
        return {
            u"transport-error"_s,
            u"The server at %1 hung up before the connection stood. It may not be a Socket.IO server."_s.arg(
                where),
            failure.detail};
    case QAbstractSocket::ConnectionRefusedError:
        if (failure.reachedServer)
            return answerError(failure, where);
        return {u"connection-refused"_s,
                u"Nobody answers at %1. Check that the server is running, then try again."_s.arg(where),
                failure.detail};
    case QAbstractSocket::NetworkError:
    case QAbstractSocket::SocketTimeoutError:
        return {u"transport-error"_s, u"The network does not reach %1. Check your connection."_s.arg(where),
                failure.detail};
    default:
        return {u"transport-error"_s, u"The connection to %1 could not be made."_s.arg(where),
                failure.detail};
    }
}

Hubbub::Error brokenError(QAbstractSocket::SocketError error, const QUrl &url, const QString &detail)
{
    if (error == QAbstractSocket::RemoteHostClosedError)
        return {u"transport-close"_s, u"The server at %1 closed the connection."_s.arg(hostAndPort(url)),
                detail};
    return {u"transport-error"_s, u"The connection to %1 broke."_s.arg(hostAndPort(url)), detail};
}

Hubbub::Error closeFrameError(int closeCode, const QUrl &url, const QString &reason)
{
    const QString where = hostAndPort(url);
    const QString cause = u"close code %1 %2"_s.arg(closeCode).arg(reason).trimmed();
    switch (closeCode) {
    case 1009:
        return {u"message-too-large"_s,
                u"A message was larger than the connection to %1 allows, so it was closed."_s.arg(where),
                cause};
    case 1002:
    case 1003:
    case 1007:
        return {u"parse-error"_s,
                u"The connection to %1 was closed because the two sides did not understand each other."_s.arg(
                    where),
                cause};
    default:
        return {u"transport-close"_s, u"The server at %1 closed the connection."_s.arg(where), cause};
    }
}

} // namespace EngineIo
