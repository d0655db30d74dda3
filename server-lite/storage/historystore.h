// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"
#include "server-lite/storage/storedmessage.h"

#include <QtCore/QObject>

#include <functional>
#include <memory>

class QThread;

namespace Hubbub
{

class HistoryThread;

/// What was said, per room, kept on disk by a thread of its own. Nothing here blocks but open() and the
/// destructor, which writes what was asked for before. Answers come in the order of the questions, on this
/// thread, never from within the call, and only as long as `context` lives. An append that answered with
/// success survives kill -9 and power cuts. Thread: the one that made it.
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

    /// Errors: "client-message-id-taken", "history-busy" when too much waits for the disk, and those of
    /// open().
    void append(const NewMessage &message, QObject *context, Callback<AppendResult> answer);
    /// The newest `limit` messages of a room, or those before the message of that id. Errors as open().
    void page(const QString &roomId, const QString &before, int limit, QObject *context,
              Callback<HistoryPage> answer);
    /// At most `limit` rooms with messages, the liveliest first. Errors as open().
    void rooms(int limit, QObject *context, Callback<QList<StoredRoom>> answer);
    /// Answers when all that was asked before is done.
    void flush(QObject *context, std::function<void()> answer);

    qsizetype pendingCount() const { return m_pending; }

private:
    static constexpr qsizetype maxPending =
        50'000; ///< questions; with full-length messages some 1 GB at worst

    template <typename T, typename Work>
    void post(QObject *context, Callback<T> answer, Work work);

    std::unique_ptr<QThread> m_thread;
    std::unique_ptr<HistoryThread> m_worker;
    QString m_notice;
    qsizetype m_pending = 0;
};

} // namespace Hubbub
