// SPDX-License-Identifier: MIT
#include "libclient/outbox/outbox.h"

#include "libclient/outbox/outboxid.h"
#include "libclient/outbox/outboxschedule.h"
#include "libclient/outbox/outboxwriter.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtCore/QLoggingCategory>
#include <QtCore/QPointer>
#include <QtCore/QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Hubbub
{

Q_LOGGING_CATEGORY(lcOutbox, "hubbub.client.outbox", QtInfoMsg)

namespace
{
const auto batchWritten = QEvent::Type(QEvent::registerEventType());
}

/// Keeps memory and file in step: what happens is written in batches, one at a time, each a transaction.
class Outbox::Private : public QObject
{
public:
    Private(Outbox *outbox, const QString &path);
    ~Private() override;

    Result<void> open();
    void enqueue(const OutboxEntry &entry);
    void report(const std::optional<OutboxEntry> &entry); ///< it changed: says so and writes it
    void remove(const QString &id);
    void recall();
    void proceed(); ///< sends what is due

    bool event(QEvent *event) override;

    Outbox *const q;
    const QString file;
    Sender sender;
    bool online = false;
    OutboxSchedule schedule{maxTries, {.delay = 1s, .delayMax = 30s}};

private:
    void record(OutboxChange::Kind kind, const OutboxEntry &entry);
    void writeNext();
    void written(const QList<OutboxChange> &batch, const Result<void> &result);

    QList<OutboxChange> m_unwritten;
    QList<OutboxChange> m_inWriting; ///< empty: the writer rests
    bool m_open = false;
    bool m_proceeding = false;
    QTimer m_pauseTimer;
    std::unique_ptr<OutboxWriter> m_writer;
};

Outbox::Private::Private(Outbox *outbox, const QString &path)
    : q(outbox)
    , file(path)
{
    m_pauseTimer.setSingleShot(true);
    connect(&m_pauseTimer, &QTimer::timeout, this, &Private::proceed);
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
    for (const OutboxEntry &entry : std::as_const(opened->entries))
        schedule.add(entry);
    proceed();
    if (opened->warning)
        return tl::unexpected<Error>(*opened->warning);
    return {};
}

void Outbox::Private::enqueue(const OutboxEntry &entry)
{
    record(OutboxChange::Kind::Insert, entry);
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
}

void Outbox::Private::proceed()
{
    if (m_proceeding) // called back by a sender; the loop below goes on by itself
        return;
    m_proceeding = true;
    const QPointer<Private> alive(this);
    while (online && sender) {
        const std::optional<OutboxEntry> entry = schedule.startNext(std::chrono::steady_clock::now());
        if (!entry)
            break;
        const Sender send = sender; // it may set another one
        Q_EMIT q->changed(*entry);
        if (!alive)
            return;
        send(*entry);
        if (!alive)
            return;
    }
    m_proceeding = false;
    const std::optional<OutboxSchedule::Time> due = schedule.nextDue();
    if (online && due) {
        using std::chrono::milliseconds;
        const auto wait = std::chrono::ceil<milliseconds>(*due - std::chrono::steady_clock::now());
        m_pauseTimer.start(std::max(wait, milliseconds(0)));
    } else {
        m_pauseTimer.stop();
    }
}

void Outbox::Private::record(OutboxChange::Kind kind, const OutboxEntry &entry)
{
    m_unwritten.append({kind, entry});
    if (m_open) {
        writeNext();
        return;
    }
    const Error error{u"outbox-unwritable"_s, u"Unsent messages cannot be kept: their file is not open."_s,
                      file};
    QMetaObject::invokeMethod(
        this,
        [this, batch = std::exchange(m_unwritten, {}), error] {
            written(batch, tl::unexpected<Error>(error));
        },
        Qt::QueuedConnection);
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
    writeNext();
    written(batch, result);
    return true;
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
            Q_EMIT q->notKept(change.entry.id, result.error());
        }
        if (!alive)
            return;
    }
    proceed();
}

Outbox::Outbox(const QString &file, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, file))
{
}

Outbox::~Outbox() = default;

Result<void> Outbox::open()
{
    return d->open();
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

QString Outbox::enqueue(const QString &queue, const QString &event, const QCborMap &payload)
{
    OutboxEntry entry;
    entry.id = makeOutboxId();
    entry.queue = queue;
    entry.event = event;
    entry.payload = payload;
    entry.createdAt = QDateTime::currentDateTimeUtc();
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

} // namespace Hubbub
