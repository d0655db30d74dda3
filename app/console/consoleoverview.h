// SPDX-License-Identifier: MIT
#pragma once

#include "app/console/timeseries.h"

#include <QtCore/QCborMap>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QObject>
#include <QtQml/qqmlregistration.h>

namespace Hubbub::App
{

class ConsoleStore;
struct ConsoleEvent;

/// The figures of a server and their last ten minutes. Sampled once a second while the console listens; the
/// time it did not is unknown, not zero. Thread: GUI.
class ConsoleOverview : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a ConsoleSession")
    Q_PROPERTY(int connections READ connections NOTIFY changed)
    Q_PROPERTY(int websocket READ websocket NOTIFY changed)
    Q_PROPERTY(int polling READ polling NOTIFY changed)
    Q_PROPERTY(double eventsIn READ eventsIn NOTIFY changed)
    Q_PROPERTY(double eventsOut READ eventsOut NOTIFY changed)
    Q_PROPERTY(double disconnectsPerMinute READ disconnectsPerMinute NOTIFY changed)
    Q_PROPERTY(int rooms READ rooms NOTIFY changed)
    Q_PROPERTY(int namespacesCount READ namespacesCount NOTIFY changed)
    Q_PROPERTY(double cpu READ cpu NOTIFY changed)
    Q_PROPERTY(double memory READ memory NOTIFY changed)
    Q_PROPERTY(QString uptimeText READ uptimeText NOTIFY changed)
    Q_PROPERTY(QList<qreal> connectionsSeries READ connectionsSeries NOTIFY changed)
    Q_PROPERTY(QList<qreal> websocketSeries READ websocketSeries NOTIFY changed)
    Q_PROPERTY(QList<qreal> pollingSeries READ pollingSeries NOTIFY changed)
    Q_PROPERTY(QList<qreal> eventsInSeries READ eventsInSeries NOTIFY changed)
    Q_PROPERTY(QList<qreal> eventsOutSeries READ eventsOutSeries NOTIFY changed)
    Q_PROPERTY(QList<qreal> disconnectsSeries READ disconnectsSeries NOTIFY changed)
public:
    static constexpr int seconds = 600;
    static constexpr int bars = 60; ///< of ten seconds

    ConsoleOverview(ConsoleStore *store, QObject *parent);

    int connections() const { return m_websocket + m_polling; }
    int websocket() const { return m_websocket; }
    int polling() const { return m_polling; }
    double eventsIn() const { return m_eventsIn; } ///< a second
    double eventsOut() const { return m_eventsOut; }
    double disconnectsPerMinute() const;
    int rooms() const;
    int namespacesCount() const;
    double cpu() const; ///< percent of a core, of all nodes; -1: not told
    double memory() const; ///< bytes of all nodes; -1: not told
    QString uptimeText() const; ///< of the node that is up longest
    QList<qreal> connectionsSeries() const { return m_connectionsSeries.values(); }
    QList<qreal> websocketSeries() const { return m_websocketSeries.values(); }
    QList<qreal> pollingSeries() const { return m_pollingSeries.values(); }
    QList<qreal> eventsInSeries() const { return m_eventsInSeries.values(); }
    QList<qreal> eventsOutSeries() const { return m_eventsOutSeries.values(); }
    QList<qreal> disconnectsSeries() const { return m_disconnectsSeries.values(); }

    void setStreaming(bool streaming) { m_streaming = streaming; } ///< whether events come one by one
    void noteStats(const QCborMap &stats); ///< its buckets, for when they do not
    void noteDisconnect() { m_disconnects += 1; }
    /// A second has passed. `known`: the server was heard in it.
    void sample(bool known);
    /// The console looks again, after that many seconds.
    void skip(qint64 seconds);
    void clear();

Q_SIGNALS:
    void changed();

private:
    void count();

    ConsoleStore *m_store;
    int m_websocket = 0;
    int m_polling = 0;
    double m_eventsIn = 0;
    double m_eventsOut = 0;
    quint32 m_inNow = 0;
    quint32 m_outNow = 0;
    quint32 m_disconnects = 0;
    double m_bucketsIn = 0;
    double m_bucketsOut = 0;
    int m_step = 0;
    bool m_barKnown = false;
    bool m_streaming = true;
    TimeSeries m_connectionsSeries{seconds};
    TimeSeries m_websocketSeries{seconds};
    TimeSeries m_pollingSeries{seconds};
    TimeSeries m_eventsInSeries{seconds};
    TimeSeries m_eventsOutSeries{seconds};
    TimeSeries m_disconnectsSeries{bars};
};

} // namespace Hubbub::App
