// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/handlerlist.h"

#include <algorithm>
#include <vector>

namespace SocketIo
{

/// The handlers of one socket by event, sorted: most sockets have a few, for which a hash takes ten times as
/// much memory. Thread: the server's.
class HandlerTable
{
public:
    /// Makes one where there is none.
    HandlerList &operator[](const QString &event)
    {
        const auto at = place(event);
        if (at != m_entries.end() && at->event == event)
            return at->handlers;
        return m_entries.insert(at, {event, {}})->handlers;
    }
    /// end() if there is none.
    HandlerList *find(const QString &event)
    {
        const auto at = place(event);
        return at != m_entries.end() && at->event == event ? &at->handlers : end();
    }
    HandlerList *end() { return nullptr; }
    bool contains(const QString &event) { return find(event) != end(); }
    HandlerList value(const QString &event)
    {
        const HandlerList *found = find(event);
        return found ? *found : HandlerList();
    }
    void remove(const QString &event)
    {
        std::erase_if(m_entries, [&](const Entry &entry) { return entry.event == event; });
    }
    void clear() { m_entries.clear(); }

private:
    struct Entry {
        QString event;
        HandlerList handlers;
    };
    std::vector<Entry>::iterator place(const QString &event)
    {
        return std::lower_bound(
            m_entries.begin(), m_entries.end(), event,
            [](const Entry &entry, const QString &name) { return isBefore(entry.event, name); });
    }
    /// By length first, which tells most names apart.
    static bool isBefore(const QString &one, const QString &other)
    {
        return one.size() != other.size() ? one.size() < other.size() : one < other;
    }

    std::vector<Entry> m_entries;
};

} // namespace SocketIo
