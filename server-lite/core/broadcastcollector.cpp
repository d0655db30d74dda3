// SPDX-License-Identifier: MIT
#include "server-lite/core/broadcastcollector.h"

namespace SocketIo
{

std::shared_ptr<BroadcastCollector> BroadcastCollector::create(std::chrono::milliseconds timeout)
{
    const std::shared_ptr<BroadcastCollector> collector(new BroadcastCollector);
    collector->m_promise.start();
    collector->m_deadline.setTimerType(Qt::PreciseTimer);
    collector->m_deadline.setSingleShot(true);
    collector->m_deadline.callOnTimeout(&collector->m_deadline, [weak = collector->weak_from_this()] {
        if (const auto self = weak.lock())
            self->finish();
    });
    collector->m_deadline.start(timeout);
    return collector;
}

BroadcastCollector::~BroadcastCollector()
{
    finish();
}

AckSink BroadcastCollector::sink()
{
    return {.asked =
                [self = shared_from_this()](int clients) {
                    self->m_replies.expected += clients;
                    ++self->m_heard;
                    self->check();
                },
            .replied =
                [self = shared_from_this()](const Arguments &arguments) {
                    if (!self->m_finished)
                        self->m_replies.replies.append(arguments);
                    self->check();
                },
            .gone =
                [self = shared_from_this()] {
                    ++self->m_gone;
                    self->check();
                }};
}

void BroadcastCollector::setServers(int count)
{
    m_servers = count;
    check();
}

void BroadcastCollector::check()
{
    if (m_servers && m_heard >= *m_servers && m_replies.replies.size() + m_gone >= m_replies.expected)
        finish();
}

void BroadcastCollector::finish()
{
    if (std::exchange(m_finished, true))
        return;
    m_deadline.stop();
    m_promise.addResult(std::move(m_replies));
    m_promise.finish();
}

} // namespace SocketIo
