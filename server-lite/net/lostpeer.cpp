// SPDX-License-Identifier: MIT
#include "server-lite/net/lostpeer.h"

#ifdef Q_OS_LINUX
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#endif

namespace Hubbub
{

bool hasLostPeer([[maybe_unused]] qintptr descriptor)
{
#ifdef Q_OS_LINUX
    constexpr int unanswered = 2; // retransmissions: one may be lost
    tcp_info info{};
    socklen_t size = sizeof info;
    return ::getsockopt(int(descriptor), IPPROTO_TCP, TCP_INFO, &info, &size) == 0
           && info.tcpi_retransmits >= unanswered
           && std::min(info.tcpi_last_ack_recv, info.tcpi_last_data_recv) >= lostPeerSilence.count();
#else
    return false;
#endif
}

} // namespace Hubbub
