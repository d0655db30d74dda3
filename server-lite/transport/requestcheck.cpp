// SPDX-License-Identifier: MIT
#include "server-lite/transport/requestcheck.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

using namespace Qt::StringLiterals;

namespace EngineIo
{

using Hubbub::HttpHeaders;
using Hubbub::HttpRequest;
using Hubbub::HttpResponse;

namespace
{

bool listHasToken(const QByteArray &list, QByteArrayView token)
{
    const auto parts = list.split(',');
    return std::any_of(parts.begin(), parts.end(), [token](const QByteArray &part) {
        return part.trimmed().compare(token, Qt::CaseInsensitive) == 0;
    });
}

Refusal unknownTransport(const QString &asked)
{
    return {400, 0, "Transport unknown", {{u"transport"_s, asked}}};
}

Refusal badRequest(const QString &name, QCborMap context = {})
{
    context[u"name"_s] = name;
    return {400, 3, "Bad request", context};
}

} // namespace

HttpResponse Refusal::toJson(HttpHeaders cors) const
{
    const QJsonObject object{{u"code"_s, code}, {u"message"_s, QString::fromUtf8(message)}};
    const QByteArray body = QJsonDocument(object).toJson(QJsonDocument::Compact);
    return {status, "application/json", std::move(cors), body, false};
}

HttpResponse Refusal::toText() const
{
    return {400, "text/html", {}, message, true};
}

EngineQuery EngineQuery::of(const HttpRequest &request)
{
    const auto value = [&request](const QString &name) {
        const QStringList values = request.query.allQueryItemValues(name, QUrl::FullyDecoded);
        return values.size() == 1 ? values.first() : QString();
    };
    EngineQuery query;
    query.sid = value(QStringLiteral("sid")).toUtf8();
    query.protocolFour = value(QStringLiteral("EIO")) == QLatin1StringView("4");
    const QString transport = value(QStringLiteral("transport"));
    for (const TransportName name : {TransportName::Polling, TransportName::WebSocket}) {
        if (transport == toString(name))
            query.transport = name;
    }
    query.transportAsked = transport;
    return query;
}

bool isWebSocketUpgrade(const HttpRequest &request)
{
    return request.method == "GET" && listHasToken(request.header("Upgrade"), "websocket")
           && listHasToken(request.header("Connection"), "upgrade");
}

std::optional<Refusal> checkRequest(const HttpRequest &request, const EngineQuery &query,
                                    const ServerOptions &options, const OriginPolicy &origins,
                                    std::optional<TransportName> session)
{
    if (!query.transport)
        return unknownTransport(query.transportAsked);
    const bool enabled =
        *query.transport == TransportName::Polling ? options.allowPolling : options.allowWebSocket;
    if (!enabled)
        return unknownTransport(query.transportAsked);

    const OriginPolicy::Verdict origin = origins.judge(request);
    const auto from = [&request] {
        return QCborMap{{u"origin"_s, QString::fromLatin1(request.header("Origin"))}};
    };
    if (origin == OriginPolicy::Verdict::Malformed)
        return badRequest(u"INVALID_ORIGIN"_s, from());
    // The reference leaves this to an allowRequest hook; a foreign page has no business here, with a sid or
    // without.
    if (!OriginPolicy::allows(origin))
        return Refusal{403, 4, "Forbidden", from()};

    const bool upgrade = isWebSocketUpgrade(request);
    // A WebSocket request with transport=polling fits nothing.
    if (upgrade && *query.transport != TransportName::WebSocket)
        return badRequest(u"TRANSPORT_MISMATCH"_s);
    if (!query.sid.isEmpty()) {
        if (!session)
            return Refusal{400, 1, "Session ID unknown", {{u"sid"_s, QString::fromUtf8(query.sid)}}};
        if (!upgrade && *session != *query.transport)
            return badRequest(u"TRANSPORT_MISMATCH"_s, {{u"transport"_s, toString(*query.transport)},
                                                        {u"previousTransport"_s, toString(*session)}});
        if (!query.protocolFour)
            return badRequest(u"PROTOCOL_MISMATCH"_s, {{u"protocol"_s, 3}, {u"previousProtocol"_s, 4}});
        return std::nullopt;
    }
    if (request.method != "GET")
        return Refusal{400, 2, "Bad handshake method", {{u"method"_s, QString::fromLatin1(request.method)}}};
    if (*query.transport == TransportName::WebSocket && !upgrade)
        return badRequest(u"TRANSPORT_HANDSHAKE_ERROR"_s);
    if (const auto refused = options.allowRequest ? options.allowRequest(request) : std::nullopt) {
        const QString message = refused->isEmpty() ? u"Forbidden"_s : *refused;
        return Refusal{403, 4, message.toUtf8(), {{u"message"_s, message}}};
    }
    if (!query.protocolFour)
        return Refusal{400, 5, "Unsupported protocol version", {{u"protocol"_s, 3}}};
    return std::nullopt;
}

} // namespace EngineIo
