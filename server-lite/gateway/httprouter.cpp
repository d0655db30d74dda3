// SPDX-License-Identifier: MIT
#include "server-lite/gateway/httprouter.h"

namespace Hubbub
{

HttpResponse plainResponse(int status, const QByteArray &sentence)
{
    HttpResponse response;
    response.status = status;
    response.headers = {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}};
    response.body = sentence + '\n';
    return response;
}

void HttpRouter::get(const QByteArray &path, const HttpHandler &handler)
{
    m_handlers[path].insert("GET", handler);
}

void HttpRouter::post(const QByteArray &path, const HttpHandler &handler)
{
    m_handlers[path].insert("POST", handler);
}

void HttpRouter::handle(const HttpRequest &request, const HttpResponder &respond) const
{
    const auto methods = m_handlers.constFind(request.path);
    if (methods == m_handlers.constEnd())
        return respond(plainResponse(404, "There is nothing at this address."));
    const auto handler = methods->constFind(request.method == "HEAD" ? "GET" : request.method);
    if (handler == methods->constEnd()) {
        auto refusal = plainResponse(405, "This address does not take that method.");
        auto allowed = methods->keys();
        if (allowed.contains("GET"))
            allowed.append("HEAD");
        refusal.headers.append({"Allow", allowed.join(", ")});
        return respond(std::move(refusal));
    }
    (*handler)(request, respond);
}

} // namespace Hubbub
