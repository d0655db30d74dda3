// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/event.h"

#include <QtCore/QList>
#include <QtCore/QObject>
#include <QtCore/QPointer>

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
        bool hasDead = false; ///< some contexts are gone: prune() the original
    };

    void add(QObject *context, EventHandler handler);
    bool isEmpty() const { return m_slots.isEmpty(); }
    void prune();

    /// Calls those that are alive when their turn comes, until `owner` is destroyed.
    Outcome call(const Event &event, const QPointer<QObject> &owner) const;

private:
    struct Slot {
        QPointer<QObject> context;
        EventHandler handler;
    };
    QList<Slot> m_slots;
};

} // namespace SocketIo
