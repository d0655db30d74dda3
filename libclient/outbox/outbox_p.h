// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/outbox/outbox.h"
#include "libclient/outbox/outboxquota.h"
#include "libclient/outbox/outboxschedule.h"
#include "libclient/outbox/outboxwriter.h"

#include <QtCore/QLoggingCategory>
#include <QtCore/QTimer>

namespace Hubbub
{

Q_DECLARE_LOGGING_CATEGORY(lcOutbox)

/// Keeps memory and file in step: what happens is written in batches, one at a time, each a transaction.
/// Thread: that of its Outbox.
class Outbox::Private : public QObject
{
public:
    Private(Outbox *outbox, const QString &path, const OutboxOptions &howTo);
    ~Private() override;

    Result<void> open();
    bool isOpen() const { return m_open; }
    void enqueue(const OutboxEntry &entry);
    void report(const std::optional<OutboxEntry> &entry); ///< it changed: says so and writes it
    void remove(const QString &id);
    void recall();
    void proceed(); ///< sends what is due

    bool event(QEvent *event) override;

    Outbox *const q;
    const QString file;
    const OutboxOptions options;
    Sender sender;
    bool online = false;
    OutboxSchedule schedule;
    OutboxQuota quota;

private:
    void record(OutboxChange::Kind kind, const OutboxEntry &entry);
    void refuse(const QList<OutboxChange> &batch, const Error &error);
    void writeNext();
    void keepForLater(const QList<OutboxChange> &batch);
    void written(const QList<OutboxChange> &batch, const Result<void> &result);
    void expire();
    void startTimers();

    QList<OutboxChange> m_unwritten;
    QList<OutboxChange> m_inWriting; ///< empty: the writer rests
    bool m_open = false;
    bool m_proceeding = false;
    QTimer m_pauseTimer;
    QTimer m_expiryTimer;
    std::unique_ptr<OutboxWriter> m_writer;
};

} // namespace Hubbub
