// SPDX-License-Identifier: MIT
#include "server-lite/net/lostpeer.h"

#ifdef Q_OS_LINUX
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

namespace Hubbub
{

bool hasLostPeer([[maybe_unused]] qintptr descriptor)
{
#ifdef Q_OS_LINUX
    constexpr int unanswered =
        2; // retransmissions: one may be lost; the second comes 0.6 s after the bytes or later
    tcp_info info{};
    socklen_t size = sizeof info;
    return ::getsockopt(int(descriptor), IPPROTO_TCP, TCP_INFO, &info, &size) == 0
           && info.tcpi_retransmits >= unanswered;
#else
    return false;
#endif
}

} // namespace Hubbub
