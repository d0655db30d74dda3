// SPDX-License-Identifier: MIT
#include "server-lite/core/handlerlist.h"

namespace SocketIo
{

void HandlerList::add(QObject *context, EventHandler handler)
{
    prune();
    m_slots.append({context, std::move(handler)});
}

void HandlerList::prune()
{
    m_slots.removeIf([](const Slot &slot) { return slot.context.isNull(); });
}

HandlerList::Outcome HandlerList::call(const Event &event, const QPointer<QObject> &owner) const
{
    Outcome outcome;
    for (const Slot &slot : m_slots) {
        if (slot.context.isNull()) {
            outcome.hasDead = true;
            continue;
        }
        if (auto result = slot.handler(event))
            ++outcome.ran;
        else
            outcome.errors.append(std::move(result).error());
        if (owner.isNull())
            break;
    }
    return outcome;
}

} // namespace SocketIo
