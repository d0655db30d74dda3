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

    /// Calls a handler unless it is over by now. Nothing if it was not called or the event fitted it, else
    /// the mismatch.
    static std::optional<Hubbub::Error> call(const std::shared_ptr<Entry> &entry, const Event &event);
    void prune(const QString &event); ///< drops the handlers of it that are over

    /// Those for any event, then those for this one, in the order they were added.
    Entries handlersOf(const QString &event) const;
    bool hasAny() const { return !m_any.empty(); }
    qsizetype count(const QString &event) const;
    qsizetype countAny() const { return qsizetype(m_any.size()); }

private:
    void watch(QObject *context);
    void removeContext(const QObject *context);
    static void removeFrom(Entries &entries, const QObject *context);
    static void removeAll(Entries &entries);

    QHash<QString, Entries> m_named;
    Entries m_any;
    QSet<const QObject *> m_watched;
};

} // namespace SocketIo
