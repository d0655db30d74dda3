// SPDX-License-Identifier: MIT
#include "server-lite/core/ackwaits.h"

#include <QtCore/QPromise>

namespace SocketIo
{

class AckWaits::Wait
{
public:
    explicit Wait(const QStringList &sockets)
        : awaited(sockets.cbegin(), sockets.cend())
    {
    }
    virtual ~Wait() = default;
    Q_DISABLE_COPY_MOVE(Wait)

    virtual void addReply(const Arguments &arguments) = 0;
    virtual void finish(std::optional<Hubbub::Error> error) = 0; ///< without one: all have answered

    QSet<QString> awaited;
    Clock::time_point due;
};

namespace
{

Hubbub::Error timedOut()
{
    return {QStringLiteral("ack-timeout"), QStringLiteral("The client did not answer in time."), {}};
}

Hubbub::Error left()
{
    return {QStringLiteral("disconnected"), QStringLiteral("The client left before it answered."), {}};
}

class WaitForOne final : public AckWaits::Wait
{
public:
    explicit WaitForOne(const QString &socketId)
        : Wait({socketId})
    {
        m_promise.start();
    }

    AckWaits::OneReply future() const { return m_promise.future(); }
    void addReply(const Arguments &arguments) override { m_reply = arguments; }
    void finish(std::optional<Hubbub::Error> error) override
    {
        if (error)
            m_reply = tl::unexpected(*std::move(error));
        m_promise.addResult(std::move(m_reply));
        m_promise.finish();
    }

private:
    QPromise<Hubbub::Result<Arguments>> m_promise;
    Hubbub::Result<Arguments> m_reply;
};

class WaitForMany final : public AckWaits::Wait
{
public:
    WaitForMany(const QStringList &socketIds, AckSink sink)
        : Wait(socketIds)
        , m_sink(std::move(sink))
        , m_unheard(socketIds.size())
    {
    }

    void addReply(const Arguments &arguments) override
    {
        --m_unheard;
        m_sink.replied(arguments);
    }
    void finish(std::optional<Hubbub::Error>) override
    {
        while (m_unheard-- > 0)
            m_sink.gone();
    }

private:
    AckSink m_sink;
    qsizetype m_unheard;
};

} // namespace

AckWaits::AckWaits(quint64 firstId, QObject *parent)
    : QObject(parent)
    , m_nextId(firstId)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &AckWaits::expire);
}

AckWaits::~AckWaits()
{
    const auto waits = std::exchange(m_waits, {});
    for (const auto &[id, wait] : waits)
        wait->finish(left());
}

std::pair<quint64, AckWaits::OneReply> AckWaits::expect(const QString &socketId,
                                                        std::chrono::milliseconds timeout)
{
    auto wait = std::make_unique<WaitForOne>(socketId);
    auto future = wait->future();
    return {add(std::move(wait), timeout), future};
}

quint64 AckWaits::expect(const QStringList &socketIds, std::chrono::milliseconds timeout, const AckSink &sink)
{
    return socketIds.isEmpty() ? m_nextId++ : add(std::make_unique<WaitForMany>(socketIds, sink), timeout);
}

quint64 AckWaits::add(WaitPtr wait, std::chrono::milliseconds timeout)
{
    const quint64 id = m_nextId++;
    for (const QString &socketId : std::as_const(wait->awaited))
        m_bySocket[socketId].insert(id);
    wait->due = Clock::now() + timeout;
    m_deadlines.emplace(wait->due, id);
    const bool first = m_deadlines.begin()->second == id;
    m_waits.emplace(id, std::move(wait));
    if (first)
        arm();
    return id;
}

void AckWaits::settle(const QString &socketId, quint64 id, const Arguments &arguments)
{
    const auto it = m_waits.find(id);
    if (it == m_waits.end() || !it->second->awaited.remove(socketId))
        return;
    forget(socketId, id);
    if (!it->second->awaited.isEmpty()) {
        it->second->addReply(arguments);
        return;
    }
    const WaitPtr wait = take(id); // first: continuations may come back here, or destroy this
    wait->addReply(arguments);
    wait->finish({});
}

void AckWaits::drop(const QString &socketId)
{
    std::vector<WaitPtr> ended;
    const QSet<quint64> ids = m_bySocket.take(socketId);
    for (const quint64 id : ids) {
        Wait &wait = *m_waits.at(id);
        wait.awaited.remove(socketId);
        if (wait.awaited.isEmpty())
            ended.push_back(take(id));
    }
    for (const auto &wait : ended) // last: continuations may come back here, or destroy this
        wait->finish(left());
}

void AckWaits::fail(quint64 id, const Hubbub::Error &error)
{
    if (m_waits.contains(id))
        take(id)->finish(error);
}

AckWaits::WaitPtr AckWaits::take(quint64 id)
{
    auto node = m_waits.extract(id);
    WaitPtr wait = std::move(node.mapped());
    m_deadlines.erase({wait->due, id});
    for (const QString &socketId : std::as_const(wait->awaited))
        forget(socketId, id);
    return wait;
}

void AckWaits::forget(const QString &socketId, quint64 id)
{
    const auto it = m_bySocket.find(socketId);
    if (it == m_bySocket.end())
        return;
    it->remove(id);
    if (it->isEmpty())
        m_bySocket.erase(it);
}

void AckWaits::expire()
{
    std::vector<WaitPtr> ended;
    const auto now = Clock::now();
    while (!m_deadlines.empty() && m_deadlines.begin()->first <= now)
        ended.push_back(take(m_deadlines.begin()->second));
    arm();
    for (const auto &wait : ended)
        wait->finish(timedOut());
}

void AckWaits::arm()
{
    if (m_deadlines.empty()) {
        m_timer.stop();
        return;
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_deadlines.begin()->first - Clock::now());
    m_timer.start(std::max(left, std::chrono::milliseconds(0)));
}

} // namespace SocketIo
