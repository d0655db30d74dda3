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
    changed(m_named[event]).push_back(std::make_shared<Entry>(Entry{context, std::move(handler)}));
}

void HandlerRegistry::addOnce(const QString &event, QObject *context, EventHandler handler)
{
    watch(context);
    changed(m_named[event]).push_back(std::make_shared<Entry>(Entry{context, std::move(handler), true}));
}

void HandlerRegistry::addAny(QObject *context, EventHandler handler)
{
    watch(context);
    changed(m_any).push_back(std::make_shared<Entry>(Entry{context, std::move(handler)}));
}

void HandlerRegistry::prependAny(QObject *context, EventHandler handler)
{
    watch(context);
    Entries &entries = changed(m_any);
    entries.insert(entries.begin(), std::make_shared<Entry>(Entry{context, std::move(handler)}));
}

void HandlerRegistry::remove(const QString &event, const QObject *context)
{
    const auto it = m_named.find(event);
    if (it == m_named.end())
        return;
    removeFrom(*it, context);
    if (!*it)
        m_named.erase(it);
}

void HandlerRegistry::remove(const QString &event)
{
    forgetLast();
    removeAll(m_named.take(event));
}

void HandlerRegistry::removeNamed()
{
    forgetLast();
    const QHash<QString, List> removed = std::exchange(m_named, {});
    for (const List &list : removed)
        removeAll(list);
}

void HandlerRegistry::removeAny(const QObject *context)
{
    removeFrom(m_any, context);
}

void HandlerRegistry::removeAny()
{
    removeAll(std::exchange(m_any, {}));
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
    std::erase_if(changed(*it), [](const std::shared_ptr<Entry> &entry) { return entry->removed; });
    if ((*it)->empty())
        m_named.erase(it);
}

HandlerRegistry::Handlers HandlerRegistry::handlersOf(const QString &event) const
{
    // Decoders share the text of a name, so comparing where it lies is enough, nearly always.
    if (event.isEmpty() || event.constData() != m_lastName.constData() || event.size() != m_lastName.size()) {
        m_lastName = event;
        m_lastList = m_named.value(event);
    }
    return {m_any, m_lastList};
}

void HandlerRegistry::forgetLast()
{
    m_lastName.clear();
    m_lastList.reset();
}

qsizetype HandlerRegistry::count(const QString &event) const
{
    const auto it = m_named.constFind(event);
    return it == m_named.cend() ? 0 : qsizetype((*it)->size());
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
        it = *it ? std::next(it) : m_named.erase(it);
    }
}

HandlerRegistry::Entries &HandlerRegistry::changed(List &list)
{
    forgetLast();
    if (!list || list.use_count() > 1)
        list = list ? std::make_shared<Entries>(*list) : std::make_shared<Entries>();
    return *list;
}

void HandlerRegistry::removeFrom(List &list, const QObject *context)
{
    if (!list)
        return;
    Entries &entries = changed(list);
    std::erase_if(entries, [context](const std::shared_ptr<Entry> &entry) {
        // By the time destroyed() is emitted a QPointer is already empty.
        const bool gone = entry->context.isNull() || entry->context == context;
        entry->removed = entry->removed || gone;
        return gone;
    });
    if (entries.empty())
        list.reset();
}

void HandlerRegistry::removeAll(const List &list)
{
    if (!list)
        return;
    for (const std::shared_ptr<Entry> &entry : *list)
        entry->removed = true;
}

} // namespace SocketIo
