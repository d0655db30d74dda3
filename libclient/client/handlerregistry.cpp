// SPDX-License-Identifier: MIT
#include "libclient/client/handlerregistry.h"

namespace SocketIo
{

HandlerRegistry::~HandlerRegistry()
{
    removeAny();
    removeNamed();
}

void HandlerRegistry::add(const QString &event, QObject *context, EventHandler handler)
{
    watch(context);
    m_named[event].push_back(std::make_shared<Entry>(Entry{context, std::move(handler)}));
}

void HandlerRegistry::addOnce(const QString &event, QObject *context, EventHandler handler)
{
    watch(context);
    m_named[event].push_back(std::make_shared<Entry>(Entry{context, std::move(handler), true}));
}

void HandlerRegistry::addAny(QObject *context, EventHandler handler)
{
    watch(context);
    m_any.push_back(std::make_shared<Entry>(Entry{context, std::move(handler)}));
}

void HandlerRegistry::prependAny(QObject *context, EventHandler handler)
{
    watch(context);
    m_any.insert(m_any.begin(), std::make_shared<Entry>(Entry{context, std::move(handler)}));
}

void HandlerRegistry::remove(const QString &event, const QObject *context)
{
    const auto it = m_named.find(event);
    if (it == m_named.end())
        return;
    removeFrom(*it, context);
    if (it->empty())
        m_named.erase(it);
}

void HandlerRegistry::remove(const QString &event)
{
    Entries removed = m_named.take(event);
    removeAll(removed);
}

void HandlerRegistry::removeNamed()
{
    QHash<QString, Entries> removed = std::exchange(m_named, {});
    for (Entries &entries : removed)
        removeAll(entries);
}

void HandlerRegistry::removeAny(const QObject *context)
{
    removeFrom(m_any, context);
}

void HandlerRegistry::removeAny()
{
    removeAll(m_any);
}

std::optional<Hubbub::Error> HandlerRegistry::call(const std::shared_ptr<Entry> &entry, const Event &event)
{
    if (entry->removed || !entry->context)
        return std::nullopt;
    entry->removed = entry->once; // first: the handler may bring the same event about
    Hubbub::Result<void> handled = entry->handler(event);
    if (handled)
        return std::nullopt;
    entry->removed = false;
    return std::move(handled).error();
}

void HandlerRegistry::prune(const QString &event)
{
    const auto it = m_named.find(event);
    if (it == m_named.end())
        return;
    std::erase_if(*it, [](const std::shared_ptr<Entry> &entry) { return entry->removed; });
    if (it->empty())
        m_named.erase(it);
}

qsizetype HandlerRegistry::count(const QString &event) const
{
    const auto it = m_named.constFind(event);
    return it == m_named.cend() ? 0 : qsizetype(it->size());
}

HandlerRegistry::Entries HandlerRegistry::handlersOf(const QString &event) const
{
    Entries all = m_any;
    const auto it = m_named.constFind(event);
    if (it != m_named.cend())
        all.insert(all.end(), it->begin(), it->end());
    return all;
}

void HandlerRegistry::watch(QObject *context)
{
    Q_ASSERT_X(context, "HandlerRegistry", "a handler needs a context object to live with");
    if (m_watched.contains(context))
        return;
    m_watched.insert(context);
    connect(context, &QObject::destroyed, this, [this](const QObject *gone) { removeContext(gone); });
}

void HandlerRegistry::removeContext(const QObject *context)
{
    m_watched.remove(context);
    removeFrom(m_any, context);
    for (auto it = m_named.begin(); it != m_named.end();) {
        removeFrom(*it, context);
        it = it->empty() ? m_named.erase(it) : std::next(it);
    }
}

void HandlerRegistry::removeFrom(Entries &entries, const QObject *context)
{
    std::erase_if(entries, [context](const std::shared_ptr<Entry> &entry) {
        // By the time destroyed() is emitted a QPointer is already empty.
        const bool gone = entry->context.isNull() || entry->context == context;
        entry->removed = entry->removed || gone;
        return gone;
    });
}

void HandlerRegistry::removeAll(Entries &entries)
{
    for (const std::shared_ptr<Entry> &entry : entries)
        entry->removed = true;
    entries.clear();
}

} // namespace SocketIo
