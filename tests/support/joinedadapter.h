// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/memoryadapter.h"
#include "server-lite/core/readyfuture.h"

#include <QtCore/QHash>
#include <QtCore/QTimer>

#include <memory>

/// Joins servers of one thread, as a network would: nothing reaches another server before the caller has
/// returned to its event loop. For tests. Thread: the servers'.
class JoinedAdapter : public SocketIo::MemoryAdapter
{
public:
    /// The adapters of all servers, by namespace.
    using Hub = std::shared_ptr<QMultiHash<QString, JoinedAdapter *>>;
    using Options = SocketIo::BroadcastOptions;

    static SocketIo::AdapterFactory factory(const Hub &hub)
    {
        return [hub](SocketIo::LocalNamespace &local) { return std::make_unique<JoinedAdapter>(local, hub); };
    }

    JoinedAdapter(SocketIo::LocalNamespace &local, Hub hub)
        : MemoryAdapter(local)
        , m_hub(std::move(hub))
    {
    }
    ~JoinedAdapter() override { m_hub->remove(local().name(), this); }

    void init() override { m_hub->insert(local().name(), this); }
    void close() override { m_hub->remove(local().name(), this); }

    void broadcast(const Options &options, const QString &event,
                   const SocketIo::Arguments &arguments) override
    {
        MemoryAdapter::broadcast(options, event, arguments);
        others(options, [=](JoinedAdapter &other) { other.local().broadcast(options, event, arguments); });
    }
    void broadcastWithAck(const Options &options, const QString &event, const SocketIo::Arguments &arguments,
                          const SocketIo::AckSink &sink) override
    {
        MemoryAdapter::broadcastWithAck(options, event, arguments, sink);
        others(options, [=](JoinedAdapter &other) {
            other.local().broadcastWithAck(options, event, arguments, sink);
        });
    }
    void addSockets(const Options &options, const QStringList &rooms) override
    {
        MemoryAdapter::addSockets(options, rooms);
        others(options, [=](JoinedAdapter &other) { other.local().joinAll(options, rooms); });
    }
    void delSockets(const Options &options, const QStringList &rooms) override
    {
        MemoryAdapter::delSockets(options, rooms);
        others(options, [=](JoinedAdapter &other) { other.local().leaveAll(options, rooms); });
    }
    void disconnectSockets(const Options &options, bool closeConnection) override
    {
        MemoryAdapter::disconnectSockets(options, closeConnection);
        others(options, [=](JoinedAdapter &other) { other.local().disconnectAll(options, closeConnection); });
    }
    QFuture<QList<SocketIo::SocketDetails>> fetchSockets(const Options &options) override
    {
        struct Search {
            QList<SocketIo::SocketDetails> found;
            QPromise<QList<SocketIo::SocketDetails>> promise;
            ~Search() // nobody is looking any more
            {
                promise.addResult(found);
                promise.finish();
            }
        };
        const auto search = std::make_shared<Search>();
        search->promise.start();
        search->found = local().details(options);
        others(options, [=](JoinedAdapter &other) { search->found.append(other.local().details(options)); });
        return search->promise.future();
    }
    QFuture<int> serverCount() override
    {
        // Not at once, as where it has to be asked for.
        const auto promise = std::make_shared<QPromise<int>>();
        promise->start();
        QMetaObject::invokeMethod(
            this,
            [this, promise] {
                promise->addResult(int(m_hub->count(local().name())));
                promise->finish();
            },
            Qt::QueuedConnection);
        return promise->future();
    }
    void serverSideEmit(const QString &event, const SocketIo::Arguments &arguments) override
    {
        others({}, [=](JoinedAdapter &other) { other.local().serverSideEvent({event, arguments, {}}); });
    }
    QFuture<SocketIo::BroadcastReplies> serverSideEmitWithAck(const QString &event,
                                                              const SocketIo::Arguments &arguments,
                                                              std::chrono::milliseconds timeout) override
    {
        const int expected = int(m_hub->count(local().name())) - 1;
        const auto replies = std::make_shared<SocketIo::BroadcastReplies>();
        const auto promise = std::make_shared<QPromise<SocketIo::BroadcastReplies>>();
        replies->expected = expected;
        promise->start();
        const auto finish = [=] {
            if (promise->future().isFinished())
                return;
            promise->addResult(*replies);
            promise->finish();
        };
        if (expected == 0)
            finish();
        QTimer::singleShot(timeout, Qt::PreciseTimer, this, finish);
        const auto sender = [=](const SocketIo::Arguments &answer) {
            replies->replies.append(answer);
            if (replies->replies.size() == expected)
                finish();
        };
        others({}, [=](JoinedAdapter &other) {
            other.local().serverSideEvent({event, arguments, SocketIo::Ack(sender)});
        });
        return promise->future();
    }

private:
    void others(const Options &options, const std::function<void(JoinedAdapter &)> &call)
    {
        if (options.local)
            return;
        for (JoinedAdapter *other : m_hub->values(local().name())) {
            if (other != this)
                QMetaObject::invokeMethod(
                    other, [other, call] { call(*other); }, Qt::QueuedConnection);
        }
    }

    Hub m_hub;
};
