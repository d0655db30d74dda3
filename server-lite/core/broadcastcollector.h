// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/broadcastoptions.h"

#include <QtCore/QFuture>
#include <QtCore/QPromise>
#include <QtCore/QTimer>

#include <memory>

namespace SocketIo
{

/// Puts the answers to one broadcast together, from all servers. Ends when every server has said whom it
/// asked and each of those has answered or gone, at the deadline, or when nobody holds its sink any more.
/// Thread: the server's.
class BroadcastCollector : public std::enable_shared_from_this<BroadcastCollector>
{
public:
    static std::shared_ptr<BroadcastCollector> create(std::chrono::milliseconds timeout);
    ~BroadcastCollector();
    Q_DISABLE_COPY_MOVE(BroadcastCollector)

    AckSink sink(); ///< keeps this alive
    void setServers(int count); ///< that many will say whom they asked
    QFuture<BroadcastReplies> future() const { return m_promise.future(); }

private:
    BroadcastCollector() = default;
    void check();
    void finish();

    QPromise<BroadcastReplies> m_promise;
    BroadcastReplies m_replies;
    std::optional<int> m_servers;
    int m_heard = 0; ///< servers that said whom they asked
    int m_gone = 0;
    bool m_finished = false;
    QTimer m_deadline;
};

} // namespace SocketIo
