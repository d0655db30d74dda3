// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/outbox/outbox.h"

#include <QtCore/QHash>
#include <QtCore/QObject>
#include <QtCore/QSet>

#include <functional>

namespace Hubbub::App
{

class ChatProtocol;

/// Between the durable queue and the chat: what is written is kept first, shown next, and sent in order while
/// the chat is ready for it. A refusal becomes a dead letter with its reason; a lost answer is asked for
/// again. Thread: GUI.
class OutboxBridge : public QObject
{
    Q_OBJECT
public:
    OutboxBridge(const QString &file, ChatProtocol *protocol, QObject *parent);

    /// Brings back what an earlier run left: added() for each. Errors as Outbox::open; nothing can be sent
    /// then, but after "outbox-corrupt".
    Result<void> open();
    /// What is written in one of the `heldRooms` waits until it is called without that room.
    void setReady(bool ready, bool serverKnowsClientIds, const QSet<QString> &heldRooms);

    bool send(const QString &roomId,
              const QString &text); ///< false if it cannot be kept: errorOccurred() says why
    QString problem() const
    {
        return m_problem.message;
    } ///< why nothing can be kept, or was set aside; else empty
    void retry(const QString &id);
    void discard(const QString &id);

    int queuedCount() const { return m_queued; }
    int failedCount() const { return m_failed; }
    int waitingIn(const QString &roomId) const { return m_waiting.value(roomId); }

    static QString textOf(const OutboxEntry &entry);

Q_SIGNALS:
    void added(const Hubbub::OutboxEntry &entry);
    void changed(const Hubbub::OutboxEntry &entry);
    void delivered(const QString &id, const QString &roomId, const QString &messageId); ///< before removed()
    void removed(const QString &id, const QString &roomId);
    void countsChanged(const QString &roomId);
    void errorOccurred(const Hubbub::Error &error);
    void notKept(const QString &roomId, const QString &text); ///< send() took it, but the disk refused it

private:
    struct Unkept {
        QString roomId;
        QString text;
    };
    struct Kept {
        QString roomId;
        OutboxState state;
    };
    void attach();
    void post(const OutboxEntry &entry);
    void answered(const QString &id, const Result<QCborMap> &answer);
    void note(const OutboxEntry &entry);
    void forget(const QString &id);
    void count(OutboxState state, int by);

    QString m_file;
    ChatProtocol *m_protocol;
    std::unique_ptr<Outbox> m_outbox;
    bool m_open = false;
    Error m_problem;
    QHash<QString, Unkept> m_unkept; ///< on their way to the disk
    bool m_serverKnowsClientIds = false;
    quint64 m_connection = 0; ///< counts up; a refusal over an earlier one says nothing about now
    QSet<QString> m_heldRooms;
    QHash<QString, OutboxEntry> m_held; ///< the next one of each held room
    QHash<QString, Kept> m_kept;
    QHash<QString, int> m_waiting; ///< by room
    int m_queued = 0;
    int m_failed = 0;
};

} // namespace Hubbub::App
