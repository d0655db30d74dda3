// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/event.h"

#include <QtCore/QList>
#include <QtCore/QObject>
#include <QtCore/QPointer>

#include <memory>

namespace SocketIo
{

/// Event handlers in the order they were added, each living as long as its context. An implicitly shared
/// value: copy it before call(), then handlers may add and remove others, or destroy the owner of the
/// original. Thread: the server's.
class HandlerList
{
public:
    struct Outcome {
        int ran = 0; ///< handlers that took the event
        QList<Hubbub::Error> errors; ///< of those whose parameters it did not fit
        bool hasDead = false; ///< some are over, or their contexts are gone: prune() the original
    };

    void add(QObject *context, EventHandler handler);
    void prepend(QObject *context, EventHandler handler); ///< before all others
    void addOnce(QObject *context, EventHandler handler); ///< until an event fitted it
    void remove(const QObject *context);
    bool isEmpty() const { return m_slots.isEmpty(); }
    qsizetype size() const { return m_slots.size(); }
    void prune();

    /// Calls those that are alive when their turn comes, until `owner` is destroyed.
    Outcome call(const Event &event, const QPointer<QObject> &owner) const;

private:
    struct Slot {
        QPointer<QObject> context;
        EventHandler handler;
        std::shared_ptr<bool> spent = {}; ///< of a handler for one event: shared by the copies

        bool isDead() const { return context.isNull() || (spent && *spent); }
    };
    QList<Slot> m_slots;
};

} // namespace SocketIo
