// SPDX-License-Identifier: MIT
#include "libclient/transport/transporterror.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

using namespace Qt::StringLiterals;

namespace EngineIo
{

namespace
{

/// Engine.IO says why in JSON: {"code":1,"message":"Session ID unknown"}.
QString serversWords(const RequestFailure &failure)
{
    const QString said =
        QJsonDocument::fromJson(failure.body).object().value("message"_L1).toString().left(200);
    return said.isEmpty() ? u"HTTP %1"_s.arg(failure.status) : u"HTTP %1: %2"_s.arg(failure.status).arg(said);
}

Hubbub::Error answerError(const RequestFailure &failure, bool opened, const QString &where)
{
    const QString cause = serversWords(failure);
    if (!failure.redirect.isEmpty())
        return {u"http-error"_s,
                u"The server at %1 sends us on to %2. Use that address."_s.arg(
                    where, failure.redirect.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery)),
                cause};
    if (failure.status == 413)
        return {u"message-too-large"_s, u"The server at %1 does not take a message that large."_s.arg(where),
                cause};
    if (failure.status == 407)
        return {u"proxy-error"_s, u"The proxy on the way to %1 asks for a name and a password."_s.arg(where),
                cause};
    if (failure.status == 401 || failure.status == 403)
        return {
            u"http-error"_s,
            u"The server at %1 does not let this connection in (HTTP %2)."_s.arg(where).arg(failure.status),
            cause};
    if (opened)
        return {u"http-error"_s,
                u"The server at %1 gave the connection up (HTTP %2)."_s.arg(where).arg(failure.status),
                cause};
    return {u"http-error"_s,
            u"The server at %1 answered HTTP %2 instead of opening the connection. Check the address."_s
                .arg(where)
                .arg(failure.status),
            cause};
}

} // namespace

Hubbub::Error requestError(const RequestFailure &failure, bool opened)
{
    const QString where = hostAndPort(failure.url);
    if (failure.distrust)
        return *failure.distrust;
    if (failure.status != 0 && failure.status != 200)
        return answerError(failure, opened, where);
    switch (failure.kind) {
    case RequestFailure::Kind::Silence:
        return {u"request-timeout"_s,
                u"The server at %1 did not answer in time. Check the network."_s.arg(where), failure.detail};
    case RequestFailure::Kind::Malformed:
        if (opened)
            return {
                u"parse-error"_s,
                u"The connection to %1 was closed because the two sides did not understand each other."_s.arg(
                    where),
                failure.detail};
        return {u"http-error"_s,
                u"What answers at %1 is not a Socket.IO server. Check the address."_s.arg(where),
                failure.detail};
    case RequestFailure::Kind::Connection:
    case RequestFailure::Kind::Answer:
        break;
    }
    if (opened)
        return brokenError(QAbstractSocket::NetworkError, failure.url, failure.detail);
    return openError({.error = failure.error,
                      .url = failure.url,
                      .detail = failure.detail,
                      .reachedServer = false,
                      .distrust = {}});
}

} // namespace EngineIo
