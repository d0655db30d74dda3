// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/socketiopacket.h"
#include "server-lite/core/serversocket.h"

#include <list>

namespace SocketIo
{

/// The events of one socket's client, on their way through its middlewares to its handlers, one after the
/// other in the order they came. Thread: the server's.
class IncomingEvents
{
public:
    /// Of that socket, and a part of it.
    explicit IncomingEvents(ServerSocket::Private &socket)
        : m_socket(socket)
    {
    }

    void take(Packet packet);
    void clear() { m_waiting.clear(); } ///< nothing that waits is started any more

private:
    bool isConnected() const;
    void start(Packet packet);
    void runMiddlewares(const Event &event);
    void afterMiddlewares(const Event &event, const std::optional<Refusal> &refusal);
    void startWaiting();
    void deliver(const Event &event);

    ServerSocket::Private &m_socket;
    std::list<Packet> m_waiting; ///< hardly ever any; a deque would take half a KB of every socket
    bool m_inMiddleware = false;
    bool m_startingWaiting = false;
};

} // namespace SocketIo
