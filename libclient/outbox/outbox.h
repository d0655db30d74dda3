// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/outbox/outboxoptions.h"
#include "libclient/protocol/error.h"

#include <QtCore/QCborMap>
#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace Hubbub
{
Q_NAMESPACE

/// Where an entry of the outbox stands.
enum class OutboxState : quint8 {
    Queued, ///< on disk, waiting for its turn
    Sending, ///< on its way, not acknowledged
    Failed, ///< a dead letter: refused, expired or never confirmed; kept until retried or discarded
};
Q_ENUM_NS(OutboxState)

struct OutboxEntry {
    QString id; ///< made by the client; the server stores a message of that id once
    QString queue; ///< entries of one queue go out in order, one at a time: a chat room
    QString event;
    QCborMap payload;
    QDateTime createdAt;
    QDateTime expiresAt; ///< it becomes a dead letter if it is still waiting then; invalid: never
    OutboxState state = OutboxState::Queued;
    int tries = 0;
    Error error; ///< of the last try, if it failed
};

/// A durable queue: what is in it survives the process and leaves only when the server has acknowledged it,
/// or the person discards it. SQLite in WAL mode, one file per profile, held by one process at a time.
/// Thread: the one that made it; the file is written on a thread of its own.
class Outbox : public QObject
{
    Q_OBJECT
public:
    /// Sends one entry and reports the outcome by calling acknowledged(), refused() or interrupted().
    using Sender = std::function<void(const OutboxEntry &)>;

    explicit Outbox(const QString &file, OutboxOptions options = {}, QObject *parent = nullptr);
    ~Outbox() override; ///< waits until what was enqueued is on disk

    /// Waits for the file. Errors: "outbox-locked" (another process has it), "outbox-unwritable",
    /// "outbox-too-new" (written by a later version; left as it is), "outbox-corrupt" (the damaged file was
    /// set aside under the name in the cause, and a new one begun with what could be read: this is a warning,
    /// the outbox works).
    Result<void> open();
    bool isOpen() const;

    void setSender(Sender sender);
    void setOnline(bool online); ///< starts and stops sending; what was Sending goes back to Queued

    /// Keeps the entry and gives its id; added() follows when it is on disk, and only then may it be shown as
    /// kept. notKept() follows if it cannot be: "outbox-full" (by OutboxOptions::maxEntries or maxBytes) or
    /// "outbox-unwritable". What is still waiting after its lifetime (the options' if not given; 0 is without
    /// end) becomes a dead letter with the code "expired"; what is on its way then may still be confirmed.
    QString enqueue(const QString &queue, const QString &event, const QCborMap &payload,
                    std::optional<std::chrono::milliseconds> lifetime = {});

    void acknowledged(const QString &id); ///< leaves the outbox
    void refused(const QString &id, const Error &error); ///< becomes a dead letter; the queue goes on
    /// No answer: tried again after a pause, or when online again. What a server does not confirm
    /// OutboxOptions::maxTries times over one connection becomes a dead letter with the code "no-answer".
    void interrupted(const QString &id);

    void retry(const QString &id); ///< a dead letter waits again, at its old place, and expires no more
    void discard(const QString &id);

    QList<OutboxEntry> entries() const; ///< oldest first
    qsizetype count() const; ///< dead letters included
    qint64 bytes() const; ///< of all of it, as maxBytes counts them

Q_SIGNALS:
    void opened(); ///< what the file held is in entries()
    void added(const Hubbub::OutboxEntry &entry);
    void changed(const Hubbub::OutboxEntry &entry);
    void removed(const QString &id);
    void notKept(const QString &id,
                 const Hubbub::Error &error); ///< enqueue failed: the text is the caller's again
    void errorOccurred(const Hubbub::Error &error); ///< disk full, file gone, outbox full

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Hubbub
