// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"
#include "server-lite/storage/messageid.h"
#include "server-lite/storage/storedmessage.h"

#include <memory>

class QSqlDatabase;
class QSqlQuery;

namespace Hubbub
{

/// The history as tables of one SQLite file, or in memory. Blocks on the disk.
/// Thread: the one that opened it, which is the history's own. Errors: as historyError(), unless said
/// otherwise.
class HistoryDatabase
{
public:
    static constexpr int schemaVersion = 1;
    static QString fileName() { return QStringLiteral("history.sqlite"); }

    HistoryDatabase();
    ~HistoryDatabase();
    Q_DISABLE_COPY_MOVE(HistoryDatabase)

    /// An empty folder name keeps everything in memory. A folder that is missing is made. A damaged file is
    /// put aside as history.sqlite.damaged-<time>, with a notice, and a new one is begun. Errors: also
    /// "history-from-the-future".
    Result<void> open(const QString &folder);
    QString notice() const
    {
        return m_notice;
    } ///< what a person should know about the opening; empty if nothing

    /// Between the two, everything becomes one transaction: after a commit all of it is on disk, after a
    /// failed one none. Without them each call is a transaction of its own.
    Result<void> begin();
    Result<void> commit();

    /// Errors: also "client-message-id-taken", if the user gave that id to another message.
    Result<AppendResult> append(const NewMessage &message);
    /// The newest messages of a room, or those before the message of that id.
    Result<HistoryPage> page(const QString &roomId, const QString &before, int limit);
    /// Rooms with messages, the liveliest first.
    Result<QList<StoredRoom>> rooms(int limit);

private:
    Result<void> openFile();
    Result<void> checkIntegrity();
    Result<void> prepareSchema();
    Result<void> continueIds();
    Result<void> quarantine();
    Result<void> run(const QString &sql);
    QSqlQuery &prepared(std::unique_ptr<QSqlQuery> &query, const QString &sql);
    Result<std::optional<StoredMessage>> find(const QString &userId, const QString &clientMessageId);
    tl::unexpected<Error> sqlFailure(const QSqlQuery &query) const;
    void close();

    QString m_path;
    QString m_connectionName;
    QString m_notice;
    std::unique_ptr<QSqlDatabase> m_database;
    std::unique_ptr<QSqlQuery> m_insert;
    std::unique_ptr<QSqlQuery> m_find;
    std::unique_ptr<QSqlQuery> m_page;
    MessageIdGenerator m_ids;
};

} // namespace Hubbub
