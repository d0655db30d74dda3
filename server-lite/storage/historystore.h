// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"
#include "server-lite/net/mailbox.h"
#include "server-lite/storage/storedmessage.h"

#include <QtCore/QHash>
#include <QtCore/QObject>

#include <deque>
#include <functional>
#include <memory>
#include <set>

namespace Hubbub
{

class HistoryThread;

/// What was said, per room, kept on disk by a thread of its own. Nothing here blocks but open() and the
/// destructor, which writes what was asked for before. Answers come on this thread, never from within the
/// call, and only as long as `context` lives; each in the order in which the history did it. Somebody's
/// messages are written, and their questions answered, in their order; between people everybody has a turn,
/// and writing goes before reading, so a question sees what was written before it was asked. Whoever has too
/// much waiting gets "busy"; everybody gets "history-busy" when the disk cannot keep up. An append that
/// answered with success survives kill -9 and power cuts. Thread: the one that made it.
class HistoryStore : public QObject
{
    Q_OBJECT
public:
    template <typename T>
    using Callback = std::function<void(Result<T>)>;

    explicit HistoryStore(QObject *parent = nullptr);
    ~HistoryStore() override;

    /// An empty folder name keeps the history in memory, as long as the store lives. To be called once,
    /// first. Errors: "history-not-writable", "history-in-use", "history-from-the-future", "disk-full",
    /// "disk-error".
    Result<void> open(const QString &folder);
    /// A sentence for the operator if a damaged file was put aside at the opening; else empty.
    QString notice() const { return m_notice; }

    static constexpr int maxReadsOfOne = 256; ///< waiting questions of one asker
    static constexpr int maxWritesOfOne = 2'000; ///< waiting messages of one user

    /// Errors: "client-message-id-taken", "busy", "history-busy", and those of open().
    void append(const NewMessage &message, QObject *context, Callback<AppendResult> answer);
    /// The newest `limit` messages of a room, or those before the message of that id. `asker` is the user who
    /// wants to know. Errors: "busy", "history-busy", and those of open().
    void page(const QString &asker, const QString &roomId, const QString &before, int limit, QObject *context,
              Callback<HistoryPage> answer);
    /// At most `limit` rooms with messages, the liveliest first. Errors as page().
    void rooms(const QString &asker, int limit, QObject *context, Callback<QList<StoredRoom>> answer);
    /// Answers when all that was asked before is done.
    void flush(QObject *context, std::function<void()> answer);

    qsizetype pendingCount() const { return qsizetype(m_pending.size()); }

protected:
    bool event(QEvent *event) override;

private:
    static constexpr std::size_t maxPending = 10'000; ///< in all; of full-length messages 160 MB
    enum class Kind : quint8 { Write, Read };
    struct Waiting {
        int writes = 0;
        int reads = 0;
        int behind = 0; ///< of both, those in the lane of reads
    };

    template <typename T, typename Work>
    void post(Kind kind, const QString &asker, QObject *context, Callback<T> answer, Work work);
    void settle(quint64 question, Kind kind, bool wasBehind, const QString &asker);

    QString m_notice;
    quint64 m_lastQuestion = 0;
    std::set<quint64> m_pending; ///< questions without an answer
    QHash<QString, Waiting> m_waitingOf; ///< by asker; never all zero
    std::deque<std::pair<quint64, std::function<void()>>>
        m_flushes; ///< due when that question and all before are answered
    struct Answers;
    Mailbox<Answers> m_answers;
    std::unique_ptr<HistoryThread> m_worker;
};

} // namespace Hubbub
