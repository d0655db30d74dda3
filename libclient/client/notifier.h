// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/notification.h"

#include <memory>
#include <vector>

namespace SocketIo
{

/// Holds what the application is to be told until the change it is told about is complete, so that a handler
/// may call anything, and destroy anything, without meeting a half-changed connection. In order; shared, so
/// that it outlives a manager destroyed by its own handler. Thread: the manager's.
class Notifier
{
public:
    /// One change. Its end delivers what was posted, unless it is part of a greater one.
    class Turn
    {
    public:
        explicit Turn(std::shared_ptr<Notifier> notifier);
        ~Turn();
        Q_DISABLE_COPY_MOVE(Turn)

    private:
        std::shared_ptr<Notifier> m_notifier;
    };

    void post(Notification notification);
    bool isIdle() const { return m_depth == 0 && m_queue.empty(); } ///< nothing is changing or to be told
    void stop(); ///< the owner is going: nothing is delivered any more

private:
    void deliver();

    std::vector<Notification> m_queue; ///< emptied from m_next on, and cleared when that is done
    std::size_t m_next = 0;
    int m_depth = 0;
    bool m_stopped = false;
};

} // namespace SocketIo
