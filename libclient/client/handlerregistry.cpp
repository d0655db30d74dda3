// SPDX-License-Identifier: MIT
#include "libclient/client/handlerregistry.h"

namespace SocketIo
{

HandlerRegistry::~HandlerRegistry()
{
    for (const std::shared_ptr<Entry> &entry : m_any)
        entry->removed = true;
    for (const Entries &entries : std::as_const(m_named)) {
        for (const std::shared_ptr<Entry> &entry : entries)
            entry->removed = true;
    }
}

void HandlerRegistry::add(const QString &event, QObject *context, EventHandler handler)
{
    watch(context);
    m_named[event].push_back(std::make_shared<Entry>(Entry{context, std::move(handler)}));
}

void HandlerRegistry::addAny(QObject *context, EventHandler handler)
{
    watch(context);
    m_any.push_back(std::make_shared<Entry>(Entry{context, std::move(handler)}));
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

} // namespace SocketIo
