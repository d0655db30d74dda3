// SPDX-License-Identifier: MIT
#include "app/console/consoleoverview.h"

#include "app/console/consolestore.h"
#include "app/console/units.h"

#include <QtCore/QCborArray>

#include <algorithm>
#include <cmath>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

namespace
{
constexpr int barSeconds = ConsoleOverview::seconds / ConsoleOverview::bars;
}

ConsoleOverview::ConsoleOverview(ConsoleStore *store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
    connect(store, &ConsoleStore::eventAdded, this, [this](const ConsoleEvent &event) {
        m_inNow += event.direction == "in"_L1 ? 1 : 0;
        m_outNow += event.direction == "out"_L1 ? 1 : 0;
    });
    connect(store, &ConsoleStore::changed, this, [this] {
        count();
        Q_EMIT changed();
    });
}

double ConsoleOverview::disconnectsPerMinute() const
{
    constexpr int barsPerMinute = 60 / barSeconds;
    double sum = m_disconnects;
    const QList<qreal> &values = m_disconnectsSeries.values();
    for (qsizetype i = values.size() - barsPerMinute + 1; i < values.size(); ++i)
        sum += std::isnan(values.at(i)) ? 0 : values.at(i);
    return sum;
}

int ConsoleOverview::rooms() const
{
    return int(m_store->rooms().size());
}

int ConsoleOverview::namespacesCount() const
{
    return int(m_store->namespaces().size());
}

double ConsoleOverview::cpu() const
{
    double sum = -1;
    for (const ConsoleNode &node : m_store->nodes()) {
        if (node.cpu >= 0)
            sum = std::max(sum, 0.0) + node.cpu;
    }
    return sum;
}

double ConsoleOverview::memory() const
{
    double sum = -1;
    for (const ConsoleNode &node : m_store->nodes()) {
        if (node.memory >= 0)
            sum = std::max(sum, 0.0) + double(node.memory);
    }
    return sum;
}

QString ConsoleOverview::uptimeText() const
{
    double longest = -1;
    for (const ConsoleNode &node : m_store->nodes())
        longest = std::max(longest, node.uptime);
    return longest < 0 ? QString() : shortDuration(qint64(longest));
}

void ConsoleOverview::noteStats(const QCborMap &stats)
{
    for (const QCborValue &value : stats.value("aggregatedEvents"_L1).toArray()) {
        const QCborMap bucket = value.toMap();
        const QString type = bucket.value("type"_L1).toString();
        const double count = bucket.value("count"_L1).toDouble(double(bucket.value("count"_L1).toInteger()));
        if (type == "packetsIn"_L1)
            m_bucketsIn += count;
        else if (type == "packetsOut"_L1)
            m_bucketsOut += count;
        else if (type == "rawDisconnection"_L1 && !m_streaming)
            m_disconnects += quint32(count);
    }
}

void ConsoleOverview::sample(bool known)
{
    if (m_streaming) {
        m_eventsIn = m_inNow;
        m_eventsOut = m_outNow;
    } else {
        // Buckets come every two seconds or so; half of what is there goes to each second.
        m_eventsIn = std::ceil(m_bucketsIn / 2);
        m_eventsOut = std::ceil(m_bucketsOut / 2);
        m_bucketsIn -= m_eventsIn;
        m_bucketsOut -= m_eventsOut;
    }
    m_inNow = 0;
    m_outNow = 0;
    count();
    const auto told = [known](double value) { return known ? value : TimeSeries::unknown; };
    m_connectionsSeries.append(told(connections()));
    m_websocketSeries.append(told(m_websocket));
    m_pollingSeries.append(told(m_polling));
    m_eventsInSeries.append(told(m_eventsIn));
    m_eventsOutSeries.append(told(m_eventsOut));
    m_barKnown = m_barKnown || known;
    m_step = (m_step + 1) % barSeconds;
    if (m_step == 0) {
        m_disconnectsSeries.append(m_barKnown ? qreal(m_disconnects) : TimeSeries::unknown);
        m_disconnects = 0;
        m_barKnown = false;
    }
    Q_EMIT changed();
}

void ConsoleOverview::skip(qint64 seconds)
{
    for (TimeSeries *series :
         {&m_connectionsSeries, &m_websocketSeries, &m_pollingSeries, &m_eventsInSeries, &m_eventsOutSeries})
        series->skip(seconds);
    m_disconnectsSeries.skip((seconds + barSeconds - 1) / barSeconds);
    m_inNow = m_outNow = m_disconnects = 0;
    m_bucketsIn = m_bucketsOut = 0;
}

void ConsoleOverview::clear()
{
    skip(seconds);
    count();
    Q_EMIT changed();
}

void ConsoleOverview::count()
{
    m_websocket = 0;
    m_polling = 0;
    for (const ConsoleSocket &socket : m_store->sockets())
        (socket.transport == "polling"_L1 ? m_polling : m_websocket) += 1;
    if (!m_store->sockets().isEmpty())
        return;
    for (const ConsoleNode &node : m_store->nodes()) {
        m_polling += int(node.polling);
        m_websocket += int(node.clients - node.polling);
    }
}

} // namespace Hubbub::App
