// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/server.h"
#include "server-lite/gateway/chatgateway.h"
#include "server-lite/metrics/prometheustext.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>

namespace Hubbub
{

/// The figures of a server, all of docs/operations.md, read when they are asked for; what its event loop lags
/// is measured meanwhile. Thread: the server's.
class ServerMetrics
{
public:
    /// Both have to outlive it.
    ServerMetrics(const SocketIo::Server *server, const ChatGateway *chat);

    QList<Metric> read() const;

private:
    void addConnections(QList<Metric> &list) const;
    void addTraffic(QList<Metric> &list) const;
    void addNamespaces(QList<Metric> &list) const;
    void addChat(QList<Metric> &list) const;
    void addRateLimits(QList<Metric> &list) const;
    void addLatencies(QList<Metric> &list) const;

    const SocketIo::Server *m_server;
    const ChatGateway *m_chat;
    QTimer m_beat;
    QElapsedTimer m_sinceBeat;
    EngineIo::LatencyHistogram m_lag;
};

} // namespace Hubbub
