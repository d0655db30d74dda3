// SPDX-License-Identifier: MIT
#include "server-lite/gateway/statuspages.h"

#include "server-lite/metrics/prometheustext.h"

namespace Hubbub
{

void StatusPages::addTo(HttpRouter &router)
{
    router.get("/healthz", [](const HttpRequest &, const HttpResponder &respond) {
        respond(plainResponse(200, "alive"));
    });
    router.get("/readyz", [this](const HttpRequest &, const HttpResponder &respond) {
        respond(m_isReady ? plainResponse(200, "ready") : plainResponse(503, "stopping"));
    });
    router.get("/metrics", [this](const HttpRequest &, const HttpResponder &respond) {
        auto response = plainResponse(200, {});
        response.contentType = "text/plain; version=0.0.4; charset=utf-8";
        response.body = prometheusText(m_metrics.read());
        respond(std::move(response));
    });
}

} // namespace Hubbub
