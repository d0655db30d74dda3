// SPDX-License-Identifier: MIT
#include "server-lite/core/recoverylog.h"

#include <QtCore/QDateTime>

#include <algorithm>

namespace SocketIo
{

namespace
{

/// Bytes a value holds in memory, roughly; a container counts its members and a little for itself.
qint64 weight(const QCborValue &value)
{
    constexpr qint64 small = 16;
    if (value.isString())
        return small + value.toString().size();
    if (value.isByteArray())
        return small + value.toByteArray().size();
    qint64 sum = small;
    if (value.isArray()) {
        for (const QCborArray array = value.toArray(); const QCborValue item : array)
            sum += weight(item);
    } else if (value.isMap()) {
        for (const QCborMap map = value.toMap(); const auto &[key, item] : map)
            sum += weight(key) + weight(item);
    }
    return sum;
}

} // namespace

RecoveryLog::RecoveryLog(const RecoveryOptions &options)
    : m_options(options)
    , m_epoch(QString::number(QDateTime::currentMSecsSinceEpoch(), 36))
{
}

void RecoveryLog::append(const BroadcastOptions &options, const QString &event, const Arguments &arguments,
                         Clock::time_point now)
{
    const qint64 bytes = event.size() + weight(arguments.toArray());
    m_entries.push_back({options.rooms, options.except, event, arguments, bytes, now});
    m_bytes += bytes;
    while (qsizetype(m_entries.size()) > m_options.maxPackets || m_bytes > m_options.maxBytes)
        dropOldest();
    prune(now);
}

void RecoveryLog::dropNewest()
{
    if (m_entries.empty()) { // it alone was beyond the bounds
        --m_dropped;
        return;
    }
    m_bytes -= m_entries.back().bytes;
    m_entries.pop_back();
}

void RecoveryLog::dropOldest()
{
    m_bytes -= m_entries.front().bytes;
    m_entries.pop_front();
    ++m_dropped;
}

QString RecoveryLog::toOffset(quint64 number) const
{
    return m_epoch + u'.' + QString::number(number);
}

std::optional<quint64> RecoveryLog::toNumber(const QString &offset) const
{
    const auto length = m_epoch.size();
    if (!offset.startsWith(m_epoch) || offset.size() <= length + 1 || offset[length] != u'.')
        return std::nullopt;
    bool ok = false;
    const quint64 number = QStringView(offset).sliced(length + 1).toULongLong(&ok);
    if (!ok || toOffset(number) != offset || number > m_dropped + m_entries.size())
        return std::nullopt;
    return number;
}

QString RecoveryLog::offset() const
{
    return toOffset(m_dropped + m_entries.size());
}

QString RecoveryLog::nextOffset() const
{
    return toOffset(m_dropped + m_entries.size() + 1);
}

void RecoveryLog::persist(const PersistedSession &session)
{
    m_sessions.insert(session.pid, session);
    m_order.emplace_back(session.disconnectedAt, session.pid);
    // An entry of the order whose session was taken, or came again later, counts for nothing.
    while (m_sessions.size() > m_options.maxSessions
           || qsizetype(m_order.size()) > 2 * m_options.maxSessions) {
        const auto [at, pid] = std::move(m_order.front());
        m_order.pop_front();
        if (const auto it = m_sessions.constFind(pid); it != m_sessions.cend() && it->disconnectedAt == at)
            m_sessions.erase(it);
    }
}

std::optional<PersistedSession> RecoveryLog::take(const QString &pid, const QString &offset,
                                                  Clock::time_point now)
{
    prune(now);
    const auto it = m_sessions.find(pid);
    if (it == m_sessions.end())
        return std::nullopt;
    PersistedSession session = *it;
    const auto own = toNumber(session.offset);
    const auto seen = offset.isEmpty() ? own : toNumber(offset);
    if (!own || !seen)
        return std::nullopt;
    const quint64 from = std::max(*own, *seen);
    if (from < m_dropped)
        return std::nullopt;
    m_sessions.erase(it);
    session.offset = toOffset(from);
    return session;
}

QList<MissedEvent> RecoveryLog::missed(const PersistedSession &session) const
{
    QList<MissedEvent> list;
    const auto from = toNumber(session.offset);
    if (!from || *from < m_dropped)
        return list;
    for (auto i = std::size_t(*from - m_dropped); i < m_entries.size(); ++i) {
        const Entry &entry = m_entries[i];
        const bool meant = entry.rooms.isEmpty() || entry.rooms.intersects(session.rooms);
        if (meant && !entry.except.intersects(session.rooms))
            list.append({entry.event, entry.arguments});
    }
    return list;
}

void RecoveryLog::prune(Clock::time_point now)
{
    const auto threshold = now - m_options.maxDisconnectionDuration;
    while (!m_entries.empty() && m_entries.front().at < threshold)
        dropOldest();
    while (!m_order.empty() && m_order.front().first < threshold) {
        const auto [at, pid] = std::move(m_order.front());
        m_order.pop_front();
        if (const auto it = m_sessions.constFind(pid); it != m_sessions.cend() && it->disconnectedAt == at)
            m_sessions.erase(it);
    }
}

} // namespace SocketIo
