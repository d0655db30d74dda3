// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QCoreApplication>

#ifdef Q_OS_LINUX
#include "server-lite/net/epolldispatcher.h"
#endif

namespace Hubbub
{

/// Lets the main thread's event loop run on an EpollDispatcher, where there is one: for programs without
/// windows whose sockets live on that thread. To be called before the QCoreApplication is made.
inline void useEpollOnThisThread()
{
#ifdef Q_OS_LINUX
    QCoreApplication::setEventDispatcher(new EpollDispatcher);
#endif
}

} // namespace Hubbub
