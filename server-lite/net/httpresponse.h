// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/httprequest.h"

#include <functional>

namespace Hubbub
{

/// An answer; Content-Length, Date and Connection are added by the connection. Thread: any; a plain value.
struct HttpResponse {
    int status = 200;
    QByteArray contentType = "text/plain; charset=utf-8";
    HttpHeaders headers;
    QByteArray body;
    bool close = false; ///< closes the connection after the answer
};

/// Answers one request, once; may be called later. Calling it after the peer left does nothing.
using HttpResponder = std::function<void(HttpResponse)>;

/// Serves the requests that are not Engine.IO's. Thread: called on the thread the server lives on.
using HttpHandler = std::function<void(const HttpRequest &, HttpResponder)>;

} // namespace Hubbub
