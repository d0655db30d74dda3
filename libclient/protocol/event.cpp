// SPDX-License-Identifier: MIT
#include "libclient/protocol/event.h"

#include <utility>

namespace SocketIo
{

void Ack::operator()(const Arguments &arguments) const
{
    if (!m_sender || !*m_sender)
        return;
    // Taken out before the call: the sender may run code that answers once more.
    const Sender sender = std::exchange(*m_sender, nullptr);
    sender(arguments);
}

} // namespace SocketIo
