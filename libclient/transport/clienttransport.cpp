// SPDX-License-Identifier: MIT
#include "libclient/transport/clienttransport.h"

namespace EngineIo
{

// A transport that nothing better can follow, or that keeps nothing, has no use for these.
void ClientTransport::joinSession(const Handshake &) { }

void ClientTransport::trim() { }

std::vector<Packet> ClientTransport::pause()
{
    QMetaObject::invokeMethod(this, &ClientTransport::paused, Qt::QueuedConnection);
    return {};
}

void ClientTransport::resume() { }

} // namespace EngineIo
