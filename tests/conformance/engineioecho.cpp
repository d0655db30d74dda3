// SPDX-License-Identifier: MIT
#include "tests/conformance/engineioecho.h"

using namespace std::chrono_literals;

EngineIo::ServerOptions EngineIoEcho::conformanceOptions()
{
    EngineIo::ServerOptions options;
    options.pingInterval = 300ms;
    options.pingTimeout = 200ms;
    options.maxHttpBufferSize = 1'000'000;
    options.allowedOrigins = {QStringLiteral("*")};
    return options;
}

EngineIoEcho::EngineIoEcho(EngineIo::ServerOptions options)
    : m_server(std::move(options))
{
    m_server.setListener(this);
}

void EngineIoEcho::messageReceived(EngineIo::SessionHandle session, EngineIo::Message message)
{
    m_server.send(session, EngineIo::SharedFrames::fromMessages({std::move(message)}));
}
