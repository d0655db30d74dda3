// SPDX-License-Identifier: MIT
#include "libclient/protocol/event.h"

#include <utility>

namespace SocketIo
{

void Ack::operator()(const Arguments &arguments) const
{
    // Marked and held before the call: the sender may run code that answers once more, or drops this.
    if (const auto answer = m_answer; answer && !std::exchange(answer->given, true))
        answer->send(arguments);
}

} // namespace SocketIo
