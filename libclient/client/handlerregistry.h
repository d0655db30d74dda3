// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/event.h"

#include <QtCore/QHash>
#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QSet>

#include <memory>
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
    void addAny(QObject *context, EventHandler handler);
    void remove(const QString &event, const QObject *context);

    struct Entry {
        QPointer<QObject> context;
        EventHandler handler;
        bool removed = false;
    };
    using Entries = std::vector<std::shared_ptr<Entry>>;

    /// Those for any event, then those for this one, in the order they were added.
    Entries handlersOf(const QString &event) const;
    bool hasAny() const { return !m_any.empty(); }

private:
    void watch(QObject *context);
    void removeContext(const QObject *context);
    static void removeFrom(Entries &entries, const QObject *context);

    QHash<QString, Entries> m_named;
    Entries m_any;
    QSet<const QObject *> m_watched;
};

} // namespace SocketIo
