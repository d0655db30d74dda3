// SPDX-License-Identifier: MIT
#include "server-lite/transport/requestcheck.h"

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

Refusal unknownTransport()
{
    return {400, 0, "Transport unknown"};
}

} // namespace

HttpResponse Refusal::toJson(HttpHeaders cors) const
{
    const QByteArray body = "{\"code\":" + QByteArray::number(code) + ",\"message\":\"" + message + "\"}";
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
        return unknownTransport();
    const bool enabled =
        *query.transport == TransportName::Polling ? options.allowPolling : options.allowWebSocket;
    if (!enabled)
        return unknownTransport();

    const OriginPolicy::Verdict origin = origins.judge(request);
    if (origin == OriginPolicy::Verdict::Malformed)
        return Refusal{};
    // The reference leaves this to an allowRequest hook; a foreign page has no business here, with a sid or
    // without.
    if (!OriginPolicy::allows(origin))
        return Refusal{403, 4, "Forbidden"};

    const bool upgrade = isWebSocketUpgrade(request);
    // A WebSocket request with transport=polling fits nothing.
    if (upgrade && *query.transport != TransportName::WebSocket)
        return Refusal{};
    if (!query.sid.isEmpty()) {
        if (!session)
            return Refusal{400, 1, "Session ID unknown"};
        if ((!upgrade && *session != *query.transport) || !query.protocolFour)
            return Refusal{};
        return std::nullopt;
    }
    if (request.method != "GET")
        return Refusal{400, 2, "Bad handshake method"};
    if (*query.transport == TransportName::WebSocket && !upgrade)
        return Refusal{};
    if (!query.protocolFour)
        return Refusal{400, 5, "Unsupported protocol version"};
    return std::nullopt;
}

} // namespace EngineIo
