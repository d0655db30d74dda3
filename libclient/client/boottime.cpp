// SPDX-License-Identifier: MIT
#include "libclient/client/boottime.h"

#include <QtCore/QtGlobal>

#ifdef Q_OS_LINUX
#include <ctime>
#endif

namespace SocketIo
{

std::chrono::milliseconds bootTime()
{
    using namespace std::chrono;
#ifdef Q_OS_LINUX
    timespec now{};
    if (clock_gettime(CLOCK_BOOTTIME, &now) == 0)
        return duration_cast<milliseconds>(seconds(now.tv_sec) + nanoseconds(now.tv_nsec));
#endif
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch());
}

} // namespace SocketIo
