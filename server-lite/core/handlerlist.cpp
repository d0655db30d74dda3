// SPDX-License-Identifier: MIT
#include "server-lite/core/handlerlist.h"

namespace SocketIo
{

void HandlerList::add(QObject *context, EventHandler handler)
{
    prune();
    m_slots.append({context, std::move(handler)});
}

void HandlerList::prepend(QObject *context, EventHandler handler)
{
    prune();
    m_slots.prepend({context, std::move(handler)});
}

void HandlerList::addOnce(QObject *context, EventHandler handler)
{
    prune();
    m_slots.append({context, std::move(handler), std::make_shared<bool>(false)});
}

void HandlerList::remove(const QObject *context)
{
    m_slots.removeIf([context](const Slot &slot) { return slot.isDead() || slot.context == context; });
}

void HandlerList::prune()
{
    m_slots.removeIf([](const Slot &slot) { return slot.isDead(); });
}

HandlerList::Outcome HandlerList::call(const Event &event, const QPointer<QObject> &owner) const
{
    Outcome outcome;
    for (const Slot &slot : m_slots) {
        if (slot.isDead()) {
            outcome.hasDead = true;
            continue;
        }
        if (slot.spent)
            *slot.spent = true; // first: the handler may come back here
        if (auto result = slot.handler(event)) {
            ++outcome.ran;
            outcome.hasDead = outcome.hasDead || slot.spent;
        } else {
            outcome.errors.append(std::move(result).error());
            if (slot.spent)
                *slot.spent = false;
        }
        if (owner.isNull())
            break;
    }
    return outcome;
}

} // namespace SocketIo
