// SPDX-License-Identifier: MIT
#include "server-lite/core/remotesocket.h"

namespace SocketIo
{

RemoteSocket::RemoteSocket(Namespace *nsp, SocketDetails details)
    : m_details(std::move(details))
    , m_operator(BroadcastOperator(nsp).to(m_details.id))
{
}

} // namespace SocketIo
