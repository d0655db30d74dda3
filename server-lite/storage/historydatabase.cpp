// SPDX-License-Identifier: MIT
#include "server-lite/storage/historydatabase.h"

#include "server-lite/storage/sqlfailure.h"

#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QUuid>
#include <QtCore/QVariant>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>

namespace Hubbub
{

using namespace Qt::StringLiterals;

namespace
{

const auto columns = u"id, room_id, user_id, username, content, timestamp, client_message_id"_s;

StoredMessage readMessage(const QSqlQuery &query, int first = 0)
{
    const auto text = [&](int column) { return query.value(first + column).toString(); };
    return {text(0), text(1), text(2), text(3), text(4), query.value(first + 5).toLongLong(), text(6)};
}

} // namespace

HistoryDatabase::HistoryDatabase()
    : m_connectionName(QUuid::createUuid().toString())
{
}

HistoryDatabase::~HistoryDatabase()
{
    close();
}

Result<void> HistoryDatabase::open(const QString &folder)
{
    m_path = u":memory:"_s;
    if (!folder.isEmpty()) {
        const bool isNew = !QDir(folder).exists();
        if (!QDir().mkpath(folder))
            return failure(
                u"history-not-writable"_s,
                u"The folder %1 cannot be made. Check the permissions, or choose another one."_s.arg(
                    QDir::toNativeSeparators(folder)));
        if (isNew) // what people say is nobody else's business
            QFile::setPermissions(folder,
                                  QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
        m_path = QDir(folder).filePath(fileName());
        // SQLite opens such a file for reading, and then fails over its lock with words about the disk.
        if (const QFileInfo file(m_path); file.exists() && !file.isWritable())
            return tl::unexpected(historyNotWritable(m_path, u"the file may only be read"_s));
    }
    auto opened = openFile();
    if (!opened && opened.error().code == "history-corrupt"_L1) {
        if (auto aside = quarantine(); !aside)
            return aside;
        opened = openFile();
    }
    if (!opened)
        close();
    return opened;
}

Result<void> HistoryDatabase::openFile()
{
    close();
    m_database = std::make_unique<QSqlDatabase>(QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connectionName));
    m_database->setDatabaseName(m_path);
    // No waiting for a lock: whoever holds it is another server, and holds it for good.
    m_database->setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=0"_s);
    if (!m_database->open())
        return tl::unexpected(historyError(m_database->lastError(), m_path));
    // The exclusive lock keeps a second server off these ids, and ends with the process, however that ends.
    for (const auto &pragma : {u"PRAGMA locking_mode=EXCLUSIVE"_s, u"PRAGMA journal_mode=WAL"_s,
                               u"PRAGMA synchronous=FULL"_s, u"PRAGMA foreign_keys=ON"_s}) {
        if (auto done = run(pragma); !done)
            return done;
    }
    return checkIntegrity().and_then([this] { return prepareSchema(); }).and_then([this] {
        return continueIds();
    });
}

Result<void> HistoryDatabase::checkIntegrity()
{
    QSqlQuery query(*m_database);
    if (!query.exec(u"PRAGMA quick_check(1)"_s) || !query.next())
        return sqlFailure(query);
    if (const auto verdict = query.value(0).toString(); verdict != "ok"_L1)
        return failure(u"history-corrupt"_s, u"The history in %1 is damaged."_s.arg(m_path), verdict);
    return {};
}

Result<void> HistoryDatabase::prepareSchema()
{
    QSqlQuery query(*m_database);
    if (!query.exec(u"PRAGMA user_version"_s) || !query.next())
        return sqlFailure(query);
    const auto version = query.value(0).toInt();
    query.finish();
    if (version > schemaVersion)
        return failure(
            u"history-from-the-future"_s,
            u"The history in %1 was written by a newer version. Update this program, or choose another "
            "folder."_s.arg(QDir::toNativeSeparators(m_path)),
            u"schema %1, this program knows %2"_s.arg(version).arg(schemaVersion));
    if (version == schemaVersion)
        return {};
    static const QStringList schema{
        u"BEGIN IMMEDIATE"_s,
        u"CREATE TABLE rooms (id TEXT PRIMARY KEY, created_at INTEGER NOT NULL) WITHOUT ROWID"_s,
        u"CREATE TABLE messages (id TEXT PRIMARY KEY, room_id TEXT NOT NULL REFERENCES rooms(id), user_id "
        u"TEXT NOT NULL,"
        " username TEXT NOT NULL, content TEXT NOT NULL, timestamp INTEGER NOT NULL, client_message_id TEXT,"
        " UNIQUE (user_id, client_message_id))"_s,
        u"CREATE INDEX messages_by_room ON messages (room_id, id)"_s,
        u"PRAGMA user_version=%1"_s.arg(schemaVersion),
        u"COMMIT"_s,
    };
    for (const auto &statement : schema) {
        if (auto done = run(statement); !done)
            return done;
    }
    return {};
}

Result<void> HistoryDatabase::continueIds()
{
    QSqlQuery query(*m_database);
    if (!query.exec(u"SELECT max(id) FROM messages"_s) || !query.next())
        return sqlFailure(query);
    m_ids.continueAfter(query.value(0).toString());
    return {};
}

Result<void> HistoryDatabase::quarantine()
{
    close();
    const auto suffix = u".damaged-"_s + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-hhmmss-zzz"_s);
    for (const auto &part : {u"-wal"_s, u"-shm"_s, QString()}) {
        if (QFile::exists(m_path + part) && !QFile::rename(m_path + part, m_path + suffix + part))
            return failure(
                u"history-not-writable"_s,
                u"The history in %1 is damaged and cannot be put aside. Check the permissions of the "
                "folder, or choose another one."_s.arg(QDir::toNativeSeparators(m_path)));
    }
    m_notice = u"The history was damaged. It was kept as %1, and a new one begun."_s.arg(
        QDir::toNativeSeparators(m_path + suffix));
    return {};
}

Result<void> HistoryDatabase::begin()
{
    return run(u"BEGIN IMMEDIATE"_s);
}

Result<void> HistoryDatabase::commit()
{
    auto committed = run(u"COMMIT"_s);
    if (!committed)
        std::ignore = run(u"ROLLBACK"_s); // fails if SQLite has rolled back by itself, which is as good
    return committed;
}

Result<AppendResult> HistoryDatabase::append(const NewMessage &message)
{
    if (!message.clientMessageId.isEmpty()) {
        auto known = find(message.userId, message.clientMessageId);
        if (!known)
            return tl::unexpected<Error>(known.error());
        if (*known && ((*known)->roomId != message.roomId || (*known)->content != message.content))
            return failure(
                u"client-message-id-taken"_s,
                u"Another message was sent with the same client message id. Give each message its own."_s);
        if (*known)
            return AppendResult{**known, true};
    }
    const auto ms = message.sentAt > 0 ? message.sentAt : QDateTime::currentMSecsSinceEpoch();
    QSqlQuery room(*m_database);
    room.prepare(u"INSERT OR IGNORE INTO rooms (id, created_at) VALUES (?, ?)"_s);
    room.addBindValue(message.roomId);
    room.addBindValue(ms);
    if (!room.exec())
        return sqlFailure(room);
    const StoredMessage stored{m_ids.next(ms),         message.roomId,  message.userId,
                               message.username,       message.content, ms,
                               message.clientMessageId};
    auto &query =
        prepared(m_insert, u"INSERT INTO messages (%1) VALUES (?, ?, ?, ?, ?, ?, ?)"_s.arg(columns));
    int column = 0;
    for (const auto &text : {stored.id, stored.roomId, stored.userId, stored.username, stored.content})
        query.bindValue(column++, text);
    query.bindValue(column++, stored.timestamp);
    query.bindValue(column++, stored.clientMessageId.isEmpty() ? QVariant(QMetaType::fromType<QString>())
                                                               : QVariant(stored.clientMessageId));
    if (!query.exec())
        return sqlFailure(query);
    query.finish();
    return AppendResult{stored, false};
}

Result<std::optional<StoredMessage>> HistoryDatabase::find(const QString &userId,
                                                           const QString &clientMessageId)
{
    auto &query = prepared(
        m_find, u"SELECT %1 FROM messages WHERE user_id = ? AND client_message_id = ?"_s.arg(columns));
    query.bindValue(0, userId);
    query.bindValue(1, clientMessageId);
    if (!query.exec())
        return sqlFailure(query);
    std::optional<StoredMessage> message;
    if (query.next())
        message = readMessage(query);
    query.finish();
    return message;
}

Result<HistoryPage> HistoryDatabase::page(const QString &roomId, const QString &before, int limit)
{
    auto &query = prepared(
        m_page,
        u"SELECT %1 FROM messages WHERE room_id = ? AND id < ? ORDER BY id DESC LIMIT ?"_s.arg(columns));
    query.bindValue(0, roomId);
    query.bindValue(1, before.isEmpty() ? u"~"_s : before); // sorts after every id
    query.bindValue(2, limit + 1);
    if (!query.exec())
        return sqlFailure(query);
    HistoryPage page;
    while (query.next())
        page.messages.prepend(readMessage(query));
    query.finish();
    page.hasMore = page.messages.size() > limit;
    if (page.hasMore)
        page.messages.removeFirst();
    return page;
}

Result<QList<StoredRoom>> HistoryDatabase::rooms(int limit)
{
    QSqlQuery query(*m_database);
    query.prepare(
        u"SELECT %1 FROM rooms JOIN messages ON messages.id = (SELECT max(last.id) FROM messages AS last"
        " WHERE last.room_id = rooms.id) ORDER BY messages.id DESC LIMIT ?"_s.arg(
            u"messages."_s + QString(columns).replace(", "_L1, ", messages."_L1)));
    query.addBindValue(limit);
    if (!query.exec())
        return sqlFailure(query);
    QList<StoredRoom> rooms;
    while (query.next()) {
        const auto message = readMessage(query);
        rooms.append({message.roomId, message});
    }
    return rooms;
}

Result<void> HistoryDatabase::run(const QString &sql)
{
    QSqlQuery query(*m_database);
    if (!query.exec(sql))
        return sqlFailure(query);
    return {};
}

QSqlQuery &HistoryDatabase::prepared(std::unique_ptr<QSqlQuery> &query, const QString &sql)
{
    if (!query) {
        query = std::make_unique<QSqlQuery>(*m_database);
        query->prepare(sql);
    }
    return *query;
}

tl::unexpected<Error> HistoryDatabase::sqlFailure(const QSqlQuery &query) const
{
    return tl::unexpected(historyError(query.lastError(), m_path));
}

void HistoryDatabase::close()
{
    m_insert.reset();
    m_find.reset();
    m_page.reset();
    if (!m_database)
        return;
    m_database->close();
    m_database.reset();
    QSqlDatabase::removeDatabase(m_connectionName);
}

} // namespace Hubbub
