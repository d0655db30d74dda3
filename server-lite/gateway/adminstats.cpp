// SPDX-License-Identifier: MIT
#include "server-lite/gateway/adminstats.h"

#include "server-lite/core/serversocket.h"

#include "server-lite/metrics/processstats.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QSysInfo>

#include <algorithm>
#include <chrono>

namespace Hubbub
{

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

AdminStats::AdminStats(SocketIo::Server *server, QObject *parent)
    : QObject(parent)
    , m_server(server)
{
    m_uptime.start();
    m_timer.setInterval(1s);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &AdminStats::sample);
}

void AdminStats::start()
{
    m_last = m_server->engine()->counters();
    m_lastCpu = ProcessStats::read().cpuSeconds;
    m_lastCpuAt = m_uptime.elapsed();
    m_buckets = {};
    m_isSecondSample = false;
    m_timer.start();
}

void AdminStats::stop()
{
    m_timer.stop();
}

void AdminStats::sample()
{
    const auto now = m_server->engine()->counters();
    const auto second = QDateTime::currentSecsSinceEpoch() * 1000;
    addBucket("rawConnection"_L1, now.sessionsOpened, m_last.sessionsOpened, second);
    addBucket("rawDisconnection"_L1, now.sessionsClosed, m_last.sessionsClosed, second);
    addBucket("packetsIn"_L1, now.messagesIn, m_last.messagesIn, second);
    addBucket("packetsOut"_L1, now.messagesOut, m_last.messagesOut, second);
    addBucket("bytesIn"_L1, now.bytesIn, m_last.bytesIn, second);
    addBucket("bytesOut"_L1, now.bytesOut, m_last.bytesOut, second);
    m_last = now;
    m_isSecondSample = !m_isSecondSample;
    if (!m_isSecondSample)
        Q_EMIT ready(collect());
}

void AdminStats::addBucket(QLatin1StringView type, quint64 now, quint64 before, qint64 second)
{
    if (now > before)
        m_buckets.append(
            QCborMap{{u"timestamp"_s, second}, {u"type"_s, type}, {u"count"_s, qint64(now - before)}});
}

QCborMap AdminStats::collect()
{
    QCborArray namespaces;
    for (const auto *nsp : m_server->namespaces())
        namespaces.append(
            QCborMap{{u"name"_s, nsp->name()}, {u"socketsCount"_s, qint64(nsp->sockets().size())}});
    const auto hostname = QSysInfo::machineHostName();
    return {
        {u"serverId"_s, u"%1#%2"_s.arg(hostname).arg(QCoreApplication::applicationPid())},
        {u"hostname"_s, hostname},
        {u"pid"_s, QCoreApplication::applicationPid()},
        {u"uptime"_s, double(m_uptime.elapsed()) / 1000},
        {u"clientsCount"_s, qint64(m_server->engine()->sessionCount())},
        {u"pollingClientsCount"_s, pollingClients()},
        {u"aggregatedEvents"_s, std::exchange(m_buckets, {})},
        {u"namespaces"_s, namespaces},
        {u"ext"_s, ext()},
    };
}

qint64 AdminStats::pollingClients() const
{
    QSet<QString> clients;
    for (const auto *nsp : m_server->namespaces()) {
        for (const auto *socket : nsp->sockets()) {
            if (socket->transport() == EngineIo::TransportName::Polling)
                clients.insert(socket->clientId());
        }
    }
    return clients.size();
}

/// {version, rss: bytes, cpu: percent of one core since the last time, volatileDropped, slowClosed}
QCborMap AdminStats::ext()
{
    const auto process = ProcessStats::read();
    const auto now = m_uptime.elapsed();
    const auto cpu =
        (process.cpuSeconds - m_lastCpu) * 100'000 / double(std::max<qint64>(now - m_lastCpuAt, 1));
    m_lastCpu = process.cpuSeconds;
    m_lastCpuAt = now;
    return {
        {u"version"_s, QStringLiteral(HUBBUB_VERSION)},
        {u"rss"_s, process.residentBytes},
        {u"cpu"_s, cpu},
        {u"volatileDropped"_s, qint64(m_last.volatileDropped)},
        {u"slowClosed"_s, qint64(m_last.slowClosed)},
    };
}

} // namespace Hubbub
