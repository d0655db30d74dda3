// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/httpresponse.h"
#include "server-lite/transport/originpolicy.h"
#include "server-lite/transport/serveroptions.h"

#include <QtCore/QCborMap>

#include <optional>

namespace EngineIo
{

/// Why a request was refused: the reference's code and words. Thread: any; a plain value.
struct Refusal {
    int status = 400;
    int code = 3;
    QByteArray message = "Bad request";
    QCborMap context = {}; ///< for connectionError()

    /// As JSON, for plain HTTP.
    Hubbub::HttpResponse toJson(Hubbub::HttpHeaders cors) const;
    /// As text and with 400 whatever the cause, for a WebSocket that was not let in.
    Hubbub::HttpResponse toText() const;
};

/// The parameters of an Engine.IO request that its handling depends on.
struct EngineQuery {
    QByteArray sid; ///< empty on a handshake
    std::optional<TransportName> transport; ///< none if missing, unknown or given twice
    bool protocolFour = false; ///< EIO=4
    QString transportAsked; ///< as it came

    static EngineQuery of(const Hubbub::HttpRequest &request);
};

/// Whether the request asks to become a WebSocket.
bool isWebSocketUpgrade(const Hubbub::HttpRequest &request);

/// The checks of the reference, in its order; the first that fails counts. `session` is the transport of the
/// session that the sid names, if there is one. Thread: any; pure, but for the options' allowRequest.
std::optional<Refusal> checkRequest(const Hubbub::HttpRequest &request, const EngineQuery &query,
                                    const ServerOptions &options, const OriginPolicy &origins,
                                    std::optional<TransportName> session);

} // namespace EngineIo
