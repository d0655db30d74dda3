// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/server.h"
#include "server-lite/gateway/chatgateway.h"
#include "server-lite/gateway/httprouter.h"

namespace Hubbub
{

/// Pages for machines: GET /healthz (the program runs), /readyz (it takes newcomers; 503 while it stops) and
/// /metrics (Prometheus). Thread: the server's.
class StatusPages
{
public:
    /// Both have to outlive it.
    StatusPages(const SocketIo::Server *server, const ChatGateway *chat)
        : m_server(server)
        , m_chat(chat)
    {
    }

    /// Has to outlive the router.
    void addTo(HttpRouter &router);
    void setReady(bool ready) { m_isReady = ready; }

private:
    QByteArray metrics() const;

    const SocketIo::Server *m_server;
    const ChatGateway *m_chat;
    bool m_isReady = false;
};

} // namespace Hubbub
