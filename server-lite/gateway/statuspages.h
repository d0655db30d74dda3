// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/gateway/httprouter.h"
#include "server-lite/gateway/servermetrics.h"

namespace Hubbub
{

/// Pages for machines: GET /healthz (the program runs), /readyz (it takes newcomers; 503 while it stops) and
/// /metrics (Prometheus). Thread: the server's.
class StatusPages
{
public:
    /// Both have to outlive it.
    StatusPages(const SocketIo::Server *server, const ChatGateway *chat)
        : m_metrics(server, chat)
    {
    }

    /// Has to outlive the router.
    void addTo(HttpRouter &router);
    void setReady(bool ready) { m_isReady = ready; }

private:
    ServerMetrics m_metrics;
    bool m_isReady = false;
};

} // namespace Hubbub
