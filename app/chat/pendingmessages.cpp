// SPDX-License-Identifier: MIT
#include "app/chat/pendingmessages.h"

#include "app/chat/outboxbridge.h"
#include "app/chat/room.h"

namespace Hubbub::App
{

namespace
{

MessageStatus statusOf(OutboxState state)
{
    switch (state) {
    case OutboxState::Queued:
        return MessageStatus::Queued;
    case OutboxState::Sending:
        return MessageStatus::Sending;
    case OutboxState::Failed:
        return MessageStatus::Failed;
    }
    return MessageStatus::Queued;
}

} // namespace

PendingMessages::PendingMessages(OutboxBridge *outbox, std::function<Room *(const QString &roomId)> roomOf,
                                 QObject *parent)
    : QObject(parent)
    , m_roomOf(std::move(roomOf))
{
    connect(outbox, &OutboxBridge::added, this, &PendingMessages::show);
    connect(outbox, &OutboxBridge::changed, this, &PendingMessages::show);
    connect(outbox, &OutboxBridge::delivered, this,
            [this](const QString &id, const QString &roomId, const QString &messageId) {
                m_roomOf(roomId)->timeline()->confirm(id, messageId);
            });
    connect(outbox, &OutboxBridge::removed, this, [this](const QString &id, const QString &roomId) {
        m_roomOf(roomId)->timeline()->discardPending(id);
    });
    connect(outbox, &OutboxBridge::countsChanged, this, [this, outbox](const QString &roomId) {
        m_roomOf(roomId)->setWaiting(outbox->waitingIn(roomId));
    });
    connect(outbox, &OutboxBridge::notKept, this,
            [this](const QString &roomId, const QString &text) { m_roomOf(roomId)->giveBack(text); });
}

void PendingMessages::show(const OutboxEntry &entry)
{
    m_roomOf(entry.queue)
        ->timeline()
        ->addPending(entry.id, OutboxBridge::textOf(entry), entry.createdAt, statusOf(entry.state),
                     entry.error.message);
}

} // namespace Hubbub::App
