// SPDX-License-Identifier: MIT
#include "app/chat/outboxbridge.h"

#include "app/chat/chatprotocol.h"
#include "libclient/outbox/outboxanswer.h"

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

OutboxBridge::OutboxBridge(const QString &file, ChatProtocol *protocol, QObject *parent)
    : QObject(parent)
    , m_file(file)
    , m_protocol(protocol)
    , m_outbox(std::make_unique<Outbox>(file))
{
    attach();
}

void OutboxBridge::attach()
{
    m_outbox->setSender([this](const OutboxEntry &entry) { post(entry); });
    connect(m_outbox.get(), &Outbox::added, this, [this](const OutboxEntry &entry) {
        m_unkept.remove(entry.id);
        note(entry);
        Q_EMIT added(entry);
        Q_EMIT countsChanged(entry.queue);
    });
    connect(m_outbox.get(), &Outbox::changed, this, [this](const OutboxEntry &entry) {
        note(entry);
        Q_EMIT changed(entry);
        Q_EMIT countsChanged(entry.queue);
    });
    connect(m_outbox.get(), &Outbox::removed, this, &OutboxBridge::forget);
    connect(m_outbox.get(), &Outbox::errorOccurred, this, &OutboxBridge::errorOccurred);
    connect(m_outbox.get(), &Outbox::notKept, this, [this](const QString &id) {
        if (const auto [roomId, text] = m_unkept.take(id); !text.isEmpty())
            Q_EMIT notKept(roomId, text);
    });
}

Result<void> OutboxBridge::open()
{
    const Result<void> opened = m_outbox->open();
    m_problem = opened ? Error() : opened.error();
    m_open = opened || opened.error().code == "outbox-corrupt"_L1;
    if (m_open) {
        const QList<OutboxEntry> kept = m_outbox->entries();
        for (const OutboxEntry &entry : kept) {
            note(entry);
            Q_EMIT added(entry);
            Q_EMIT countsChanged(entry.queue);
        }
    }
    return opened;
}

void OutboxBridge::setReady(bool ready, bool serverKnowsClientIds, const QSet<QString> &heldRooms)
{
    m_serverKnowsClientIds = serverKnowsClientIds;
    m_heldRooms = heldRooms;
    if (!ready) {
        ++m_connection;
        m_held.clear(); // the outbox offers them again
    }
    if (m_open)
        m_outbox->setOnline(ready);
    const QStringList waiting = m_held.keys();
    for (const QString &roomId : waiting) {
        if (!heldRooms.contains(roomId))
            post(m_held.take(roomId));
    }
}

bool OutboxBridge::send(const QString &roomId, const QString &text)
{
    if (!m_open) {
        Q_EMIT errorOccurred(m_problem);
        return false;
    }
    const QString id =
        m_outbox->enqueue(roomId, u"send-message"_s, {{u"roomId"_s, roomId}, {u"message"_s, text}});
    m_unkept.insert(id, {roomId, text});
    return true;
}

void OutboxBridge::retry(const QString &id)
{
    m_outbox->retry(id);
}

void OutboxBridge::discard(const QString &id)
{
    m_outbox->discard(id);
}

QString OutboxBridge::textOf(const OutboxEntry &entry)
{
    return entry.payload.value("message"_L1).toString();
}

void OutboxBridge::post(const OutboxEntry &entry)
{
    if (m_heldRooms.contains(entry.queue)) {
        m_held.insert(entry.queue, entry);
        return;
    }
    QCborMap payload = entry.payload;
    // Others' gateways may refuse keys they do not know, so it goes only to those that asked for it.
    if (m_serverKnowsClientIds)
        payload.insert(u"clientMessageId"_s, entry.id);
    m_protocol->sendMessage(payload, [bridge = QPointer<OutboxBridge>(this), id = entry.id,
                                      connection = m_connection](const auto &answer) {
        if (bridge && (answer || connection == bridge->m_connection))
            bridge->answered(id, answer);
    });
}

void OutboxBridge::answered(const QString &id, const Result<QCborMap> &answer)
{
    if (answer) {
        Q_EMIT delivered(id, m_kept.value(id).roomId, answer->value("messageId"_L1).toVariant().toString());
        m_outbox->acknowledged(id);
    } else if (isTemporary(answer.error())) {
        m_outbox->interrupted(id);
    } else {
        m_outbox->refused(id, answer.error());
    }
}

void OutboxBridge::note(const OutboxEntry &entry)
{
    const auto before = m_kept.constFind(entry.id);
    if (before == m_kept.constEnd())
        m_waiting[entry.queue] += 1;
    else
        count(before->state, -1);
    count(entry.state, 1);
    m_kept.insert(entry.id, {entry.queue, entry.state});
}

void OutboxBridge::forget(const QString &id)
{
    if (!m_kept.contains(id))
        return;
    const Kept kept = m_kept.take(id);
    if (m_held.value(kept.roomId).id == id)
        m_held.remove(kept.roomId);
    count(kept.state, -1);
    m_waiting[kept.roomId] -= 1;
    Q_EMIT removed(id, kept.roomId);
    Q_EMIT countsChanged(kept.roomId);
}

void OutboxBridge::count(OutboxState state, int by)
{
    (state == OutboxState::Failed ? m_failed : m_queued) += by;
}

} // namespace Hubbub::App
