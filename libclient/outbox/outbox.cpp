// SPDX-License-Identifier: MIT
#include "libclient/outbox/outbox.h"

#include "libclient/outbox/outbox_p.h"
#include "libclient/outbox/outboxid.h"

using namespace Qt::StringLiterals;

namespace Hubbub
{

Outbox::Outbox(const QString &file, OutboxOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, file, options))
{
}

Outbox::~Outbox() = default;

Result<void> Outbox::open()
{
    return d->open();
}

bool Outbox::isOpen() const
{
    return d->isOpen();
}

void Outbox::setSender(Sender sender)
{
    d->sender = std::move(sender);
    d->proceed();
}

void Outbox::setOnline(bool online)
{
    if (d->online == online)
        return;
    d->online = online;
    if (online) {
        d->schedule.startAfresh();
        d->proceed();
    } else {
        d->recall();
    }
}

QString Outbox::enqueue(const QString &queue, const QString &event, const QCborMap &payload,
                        std::optional<std::chrono::milliseconds> lifetime)
{
    const std::chrono::milliseconds kept = lifetime.value_or(d->options.lifetime);
    OutboxEntry entry;
    entry.id = makeOutboxId();
    entry.queue = queue;
    entry.event = event;
    entry.payload = payload;
    entry.createdAt = QDateTime::currentDateTimeUtc();
    if (kept > kept.zero())
        entry.expiresAt = entry.createdAt.addMSecs(kept.count());
    d->enqueue(entry);
    return entry.id;
}

void Outbox::acknowledged(const QString &id)
{
    d->remove(id);
}
void Outbox::refused(const QString &id, const Error &error)
{
    d->report(d->schedule.fail(id, error));
}

void Outbox::interrupted(const QString &id)
{
    d->report(d->schedule.pause(id, {u"no-answer"_s, u"The server did not confirm this in time."_s, {}},
                                std::chrono::steady_clock::now()));
}

void Outbox::retry(const QString &id)
{
    d->report(d->schedule.retry(id));
}
void Outbox::discard(const QString &id)
{
    d->remove(id);
}
QList<OutboxEntry> Outbox::entries() const
{
    return d->schedule.entries();
}
qsizetype Outbox::count() const
{
    return d->schedule.count();
}
qint64 Outbox::bytes() const
{
    return d->quota.bytes();
}

} // namespace Hubbub
