// SPDX-License-Identifier: MIT
#include "tests/conformance/socketioservice.h"

#include "server-lite/core/serversocket.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace SocketIoService
{

SocketIo::ServerOptions options()
{
    SocketIo::ServerOptions options;
    options.engine.pingInterval = 300ms;
    options.engine.pingTimeout = 200ms;
    options.engine.maxHttpBufferSize = 1'000'000;
    options.connectTimeout = 1'000ms;
    // The suite listens for one message at a time, and on a busy machine its process is late to read.
    options.engine.alonePause = 25ms;
    return options;
}

void install(SocketIo::Server &server)
{
    for (const QString &name : {u"/"_s, u"/custom"_s}) {
        SocketIo::Namespace *nsp = server.of(name);
        QObject::connect(nsp, &SocketIo::Namespace::connection, nsp, [](SocketIo::ServerSocket *socket) {
            socket->emitEvent(u"auth"_s, socket->handshake().auth);
            socket->on(u"message"_s, socket, [socket](const SocketIo::Arguments &arguments) {
                socket->emitEvent(u"message-back"_s, arguments);
            });
            socket->on(u"message-with-ack"_s, socket,
                       [](const SocketIo::Event &event) { event.ack(event.arguments); });
        });
    }
}

} // namespace SocketIoService
