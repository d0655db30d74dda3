// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/event.h"

#include <QtCore/QHash>
#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QSet>

#include <memory>
#include <optional>
#include <vector>

namespace SocketIo
{

/// Who wants to hear of which event. A handler lives as long as its context, and is not called once that is
/// gone, not even by a dispatch that is under way. Thread: that of its Socket.
class HandlerRegistry : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    ~HandlerRegistry() override;

    void add(const QString &event, QObject *context, EventHandler handler);
    void addOnce(const QString &event, QObject *context, EventHandler handler); ///< until an event fitted it
    void addAny(QObject *context, EventHandler handler);
    void prependAny(QObject *context, EventHandler handler); ///< before all others
    void remove(const QString &event, const QObject *context);
    void remove(const QString &event);
    void removeNamed(); ///< of all events
    void removeAny(const QObject *context);
    void removeAny();

    struct Entry {
        QPointer<QObject> context;
        EventHandler handler;
        bool once = false;
        bool removed = false;
    };
    using Entries = std::vector<std::shared_ptr<Entry>>;
    /// Those for any event, and those for one, each in the order they were added. Stays as it is while
    /// handlers come and go.
    struct Handlers {
        std::shared_ptr<const Entries> any; ///< may be null
        std::shared_ptr<const Entries> named; ///< may be null
    };

    /// Calls a handler unless it is over by now. Nothing if it was not called or the event fitted it, else
    /// the mismatch.
    static std::optional<Hubbub::Error> call(const std::shared_ptr<Entry> &entry, const Event &event);
    void prune(const QString &event); ///< drops the handlers of it that are over

    Handlers handlersOf(const QString &event) const;
    bool hasAny() const { return countAny() > 0; }
    qsizetype count(const QString &event) const;
    qsizetype countAny() const { return m_any ? qsizetype(m_any->size()) : 0; }

private:
    using List = std::shared_ptr<Entries>; ///< null if empty; copied before a change if somebody reads it

    void watch(QObject *context);
    void removeContext(const QObject *context);
    Entries &changed(List &list);
    void removeFrom(List &list, const QObject *context);
    void forgetLast();
    static void removeAll(const List &list);

    QHash<QString, List> m_named;
    List m_any;
    mutable QString m_lastName; ///< asked for, and its list: the same few come again and again
    mutable List m_lastList;
    QSet<const QObject *> m_watched;
};

} // namespace SocketIo
