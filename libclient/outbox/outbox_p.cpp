// SPDX-License-Identifier: MIT
#include "libclient/outbox/outbox_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtCore/QPointer>
#include <QtCore/QSet>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Hubbub
{

Q_LOGGING_CATEGORY(lcOutbox, "hubbub.client.outbox", QtInfoMsg)

namespace
{
const auto batchWritten = QEvent::Type(QEvent::registerEventType());
}

Outbox::Private::Private(Outbox *outbox, const QString &path, const OutboxOptions &howTo)
    : q(outbox)
    , file(path)
    , options(howTo)
    , schedule(howTo.maxTries, {howTo.retryDelay, howTo.retryDelayMax, howTo.randomizationFactor})
    , quota(howTo.maxEntries, howTo.maxBytes)
{
    for (QTimer *timer : {&m_pauseTimer, &m_expiryTimer}) {
        timer->setSingleShot(true);
        connect(timer, &QTimer::timeout, this, &Private::proceed);
    }
}

Outbox::Private::~Private()
{
    if (!m_open)
        return;
    if (const Result<void> last = m_writer->finish(m_unwritten); !last)
        qCWarning(lcOutbox) << last.error().message << last.error().cause;
}

Result<void> Outbox::Private::open()
{
    if (m_open)
        return {};
    if (!m_writer)
        m_writer = std::make_unique<OutboxWriter>(
            file, [this] { QCoreApplication::postEvent(this, new QEvent(batchWritten)); });
    const auto opened = m_writer->open();
    if (!opened)
        return tl::unexpected<Error>(opened.error());
    m_open = true;
    for (const OutboxEntry &entry : std::as_const(opened->entries)) {
        schedule.add(entry);
        quota.force(entry);
    }
    const QPointer<Private> alive(this);
    Q_EMIT q->opened();
    if (alive)
        proceed();
    if (opened->warning)
        return tl::unexpected<Error>(*opened->warning);
    return {};
}

void Outbox::Private::enqueue(const OutboxEntry &entry)
{
    if (const Result<void> room = quota.take(entry); room)
        record(OutboxChange::Kind::Insert, entry);
    else
        refuse({{OutboxChange::Kind::Insert, entry}}, room.error());
}

void Outbox::Private::report(const std::optional<OutboxEntry> &entry)
{
    if (!entry)
        return;
    record(OutboxChange::Kind::Update, *entry);
    const QPointer<Private> alive(this);
    Q_EMIT q->changed(*entry);
    if (alive)
        proceed();
}

void Outbox::Private::remove(const QString &id)
{
    if (!schedule.remove(id))
        return;
    quota.give(id);
    OutboxEntry gone;
    gone.id = id;
    record(OutboxChange::Kind::Remove, gone);
    const QPointer<Private> alive(this);
    Q_EMIT q->removed(id);
    if (alive)
        proceed();
}

void Outbox::Private::recall()
{
    m_pauseTimer.stop();
    const QPointer<Private> alive(this);
    const QList<OutboxEntry> recalled = schedule.recall();
    for (const OutboxEntry &entry : recalled) {
        Q_EMIT q->changed(entry);
        if (!alive)
            return;
    }
    proceed(); // some may have expired on their way
}

void Outbox::Private::proceed()
{
    if (m_proceeding) // called back by a sender; the loop below goes on by itself
        return;
    m_proceeding = true;
    const QPointer<Private> alive(this);
    expire();
    while (alive && online && sender) {
        const std::optional<OutboxEntry> entry = schedule.startNext(std::chrono::steady_clock::now());
        if (!entry)
            break;
        const Sender send = sender; // it may set another one
        Q_EMIT q->changed(*entry);
        if (alive && schedule.isSending(entry->id)) // it may have been taken back meanwhile
            send(*entry);
    }
    if (!alive)
        return;
    m_proceeding = false;
    startTimers();
}

void Outbox::Private::expire()
{
    const QPointer<Private> alive(this);
    const QList<OutboxEntry> expired = schedule.expire(QDateTime::currentDateTimeUtc());
    for (const OutboxEntry &entry : expired)
        record(OutboxChange::Kind::Update, entry);
    for (const OutboxEntry &entry : expired) {
        if (alive)
            Q_EMIT q->changed(entry);
    }
}

void Outbox::Private::startTimers()
{
    using std::chrono::milliseconds;
    const std::optional<OutboxSchedule::Time> due = schedule.nextDue();
    if (online && due) {
        const auto wait = std::chrono::ceil<milliseconds>(*due - std::chrono::steady_clock::now());
        m_pauseTimer.start(std::max(wait, milliseconds(0)));
    } else {
        m_pauseTimer.stop();
    }
    // By the clock on the wall, which may be set, so it is looked at now and then.
    if (const std::optional<QDateTime> expiry = schedule.nextExpiry())
        m_expiryTimer.start(std::clamp(milliseconds(QDateTime::currentDateTimeUtc().msecsTo(*expiry)), 0ms,
                                       milliseconds(1min)));
    else
        m_expiryTimer.stop();
}

void Outbox::Private::record(OutboxChange::Kind kind, const OutboxEntry &entry)
{
    m_unwritten.append({kind, entry});
    if (m_open) {
        writeNext();
        return;
    }
    refuse(std::exchange(m_unwritten, {}),
           {u"outbox-unwritable"_s, u"Unsent messages cannot be kept: their file is not open."_s, file});
}

/// Says so later: the caller has yet to learn the id.
void Outbox::Private::refuse(const QList<OutboxChange> &batch, const Error &error)
{
    QMetaObject::invokeMethod(
        this, [this, batch, error] { written(batch, tl::unexpected<Error>(error)); }, Qt::QueuedConnection);
}

void Outbox::Private::writeNext()
{
    if (!m_inWriting.isEmpty() || m_unwritten.isEmpty())
        return;
    // Whatever comes while this is written goes into the next transaction: one wait for the disk for all of
    // it.
    m_inWriting = std::exchange(m_unwritten, {});
    m_writer->write(m_inWriting);
}

bool Outbox::Private::event(QEvent *event)
{
    if (event->type() != batchWritten)
        return QObject::event(event);
    const auto result = m_writer->result();
    const auto batch = std::exchange(m_inWriting, {});
    const bool more = !m_unwritten.isEmpty();
    if (!result)
        keepForLater(batch);
    if (more) // what failed goes with the next change, or it would turn in circles on a full disk
        writeNext();
    written(batch, result);
    return true;
}

/// What was not written but is so already: of each entry the last change. New entries are given back instead.
void Outbox::Private::keepForLater(const QList<OutboxChange> &batch)
{
    QSet<QString> later;
    for (const OutboxChange &change : std::as_const(m_unwritten))
        later.insert(change.entry.id);
    for (auto change = batch.crbegin(); change != batch.crend(); ++change) {
        if (change->kind != OutboxChange::Kind::Insert && !later.contains(change->entry.id)) {
            later.insert(change->entry.id);
            m_unwritten.prepend(*change);
        }
    }
}

void Outbox::Private::written(const QList<OutboxChange> &batch, const Result<void> &result)
{
    const QPointer<Private> alive(this);
    if (!result) {
        Q_EMIT q->errorOccurred(result.error());
        if (!alive)
            return;
    }
    for (const OutboxChange &change : batch) {
        if (change.kind != OutboxChange::Kind::Insert)
            continue;
        if (result) {
            schedule.add(change.entry);
            Q_EMIT q->added(change.entry);
        } else {
            quota.give(change.entry.id);
            Q_EMIT q->notKept(change.entry.id, result.error());
        }
        if (!alive)
            return;
    }
    proceed();
}

} // namespace Hubbub
