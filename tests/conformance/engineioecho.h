// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/transport/engineserver.h"

/// The server that the official Engine.IO test suite expects: short times, and every message comes back.
/// Thread: the one it was made on.
class EngineIoEcho final : public EngineIo::SessionListener
{
public:
    static EngineIo::ServerOptions conformanceOptions();

    explicit EngineIoEcho(EngineIo::ServerOptions options = conformanceOptions());

    EngineIo::Server &server() { return m_server; }

    void sessionOpened(EngineIo::SessionHandle, std::shared_ptr<const EngineIo::SessionInfo>) override { }
    void messageReceived(EngineIo::SessionHandle session, EngineIo::Message message) override;
    void sessionUpgraded(EngineIo::SessionHandle, EngineIo::TransportName) override { }
    void sessionClosed(EngineIo::SessionHandle, EngineIo::CloseReason, const QString &) override { }

private:
    EngineIo::Server m_server;
};
