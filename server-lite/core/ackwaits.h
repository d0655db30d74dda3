// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"
#include "server-lite/core/broadcastoptions.h"

#include <QtCore/QFuture>
#include <QtCore/QHash>
#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <chrono>
#include <memory>
#include <set>
#include <unordered_map>
#include <vector>

namespace SocketIo
{

/// The answers one namespace is waiting for. Each wait ends: by the answer, by its deadline, by the socket
/// leaving, or with this object. Continuations of the futures run inside the calls here. Thread: the
/// server's.
class AckWaits : public QObject
{
    Q_OBJECT
public:
    explicit AckWaits(quint64 firstId, QObject *parent = nullptr);
    ~AckWaits() override;

    using OneReply = QFuture<Hubbub::Result<Arguments>>;

    /// Waits for one socket. Gives the ack id to send, and the answer or "ack-timeout" or "disconnected".
    std::pair<quint64, OneReply> expect(const QString &socketId, std::chrono::milliseconds timeout);

    /// Waits for several sockets under one id; the sink hears of each of them once.
    quint64 expect(const QStringList &socketIds, std::chrono::milliseconds timeout, const AckSink &sink);

    /// An answer came. One that nobody waits for is ignored.
    void settle(const QString &socketId, quint64 id, const Arguments &arguments);

    /// It could not be sent, for that reason.
    void fail(quint64 id, const Hubbub::Error &error);

    /// The socket left, and answers nothing anymore.
    void drop(const QString &socketId);

    class Wait; ///< one emit and its future

private:
    using Clock = std::chrono::steady_clock;
    using WaitPtr = std::unique_ptr<Wait>;

    quint64 add(WaitPtr wait, std::chrono::milliseconds timeout);
    WaitPtr take(quint64 id);
    void forget(const QString &socketId, quint64 id);
    void expire();
    void arm();

    quint64 m_nextId;
    std::unordered_map<quint64, WaitPtr> m_waits;
    QHash<QString, QSet<quint64>> m_bySocket;
    std::set<std::pair<Clock::time_point, quint64>> m_deadlines;
    QTimer m_timer;
};

} // namespace SocketIo
