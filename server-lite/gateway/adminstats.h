// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/server.h"

#include <QtCore/QCborArray>
#include <QtCore/QCborMap>
#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>
#include <QtCore/QTimer>

namespace Hubbub
{

/// The figures of the admin namespace: samples the server once a second while it is running, and has them
/// ready every two, as the reference does. Thread: the server's.
class AdminStats : public QObject
{
    Q_OBJECT
public:
    explicit AdminStats(SocketIo::Server *server, QObject *parent = nullptr);

    void start();
    void stop();

Q_SIGNALS:
    /// {serverId, hostname, pid, uptime, clientsCount, pollingClientsCount, aggregatedEvents, namespaces,
    /// ext}
    void ready(const QCborMap &stats);

private:
    void sample();
    void addBucket(QLatin1StringView type, quint64 now, quint64 before, qint64 second);
    QCborMap collect();
    qint64 pollingClients() const;
    QCborMap ext();

    SocketIo::Server *m_server;
    QTimer m_timer;
    QElapsedTimer m_uptime;
    EngineIo::ServerCounters m_last;
    QCborArray m_buckets;
    double m_lastCpu = 0;
    qint64 m_lastCpuAt = 0;
    bool m_isSecondSample = false;
};

} // namespace Hubbub
