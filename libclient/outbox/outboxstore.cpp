// SPDX-License-Identifier: MIT
#include "libclient/outbox/outboxstore.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QUuid>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>

using namespace Qt::StringLiterals;

namespace Hubbub
{

namespace
{

constexpr int schemaVersion = 2; // 1 was without expires_at

constexpr auto createTable = "CREATE TABLE IF NOT EXISTS entries ("
                             " seq INTEGER PRIMARY KEY AUTOINCREMENT,"
                             " id TEXT NOT NULL UNIQUE,"
                             " queue TEXT NOT NULL,"
                             " event TEXT NOT NULL,"
                             " payload BLOB NOT NULL," // CBOR
                             " created_at INTEGER NOT NULL," // ms since 1970, UTC
                             " failed INTEGER NOT NULL,"
                             " tries INTEGER NOT NULL,"
                             " error_code TEXT NOT NULL,"
                             " error_message TEXT NOT NULL,"
                             " error_cause TEXT NOT NULL,"
                             " expires_at INTEGER NOT NULL DEFAULT 0)"; // ms since 1970, UTC; 0: never
constexpr auto addExpiry = "ALTER TABLE entries ADD COLUMN expires_at INTEGER NOT NULL DEFAULT 0";

QString notNull(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

void bindStatus(QSqlQuery &query, const OutboxEntry &entry)
{
    query.bindValue(u":failed"_s, entry.state == OutboxState::Failed ? 1 : 0);
    query.bindValue(u":tries"_s, entry.tries);
    query.bindValue(u":error_code"_s, notNull(entry.error.code));
    query.bindValue(u":error_message"_s, notNull(entry.error.message));
    query.bindValue(u":error_cause"_s, notNull(entry.error.cause));
    query.bindValue(u":expires_at"_s, entry.expiresAt.isValid() ? entry.expiresAt.toMSecsSinceEpoch() : 0);
    query.bindValue(u":id"_s, entry.id);
}

bool write(QSqlQuery &query, const OutboxChange &change)
{
    const OutboxEntry &entry = change.entry;
    switch (change.kind) {
    case OutboxChange::Kind::Insert:
        query.prepare(
            u"INSERT OR IGNORE INTO entries (id, queue, event, payload, created_at, failed, tries, "
            u"error_code,"
            " error_message, error_cause, expires_at) VALUES (:id, :queue, :event, :payload, :created_at,"
            " :failed, :tries, :error_code, :error_message, :error_cause, :expires_at)"_s);
        query.bindValue(u":queue"_s, notNull(entry.queue));
        query.bindValue(u":event"_s, notNull(entry.event));
        query.bindValue(u":payload"_s, QCborValue(entry.payload).toCbor());
        query.bindValue(u":created_at"_s, entry.createdAt.toMSecsSinceEpoch());
        bindStatus(query, entry);
        break;
    case OutboxChange::Kind::Update:
        query.prepare(u"UPDATE entries SET failed = :failed, tries = :tries, error_code = :error_code,"
                      " error_message = :error_message, error_cause = :error_cause, expires_at = :expires_at"
                      " WHERE id = :id"_s);
        bindStatus(query, entry);
        break;
    case OutboxChange::Kind::Remove:
        query.prepare(u"DELETE FROM entries WHERE id = :id"_s);
        query.bindValue(u":id"_s, entry.id);
        break;
    }
    return query.exec();
}

} // namespace

OutboxStore::OutboxStore(const QString &file)
    : m_file(file)
    , m_connection(u"hubbub-outbox-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_lock(file + ".lock"_L1)
{
}

OutboxStore::~OutboxStore()
{
    close();
}

Result<OutboxStore::Opened> OutboxStore::open()
{
    const QDir folder = QFileInfo(m_file).absoluteDir();
    if (!folder.exists() && !QDir().mkpath(folder.path()))
        return tl::unexpected<Error>(unwritable(u"the folder cannot be made"_s));
    const auto outcome = m_lock.tryLock();
    m_heldBySqlite = outcome == ProcessLock::Outcome::Unsupported;
    switch (outcome) {
    case ProcessLock::Outcome::Held:
    case ProcessLock::Outcome::Unsupported:
        break;
    case ProcessLock::Outcome::HeldElsewhere:
        return failure(u"outbox-locked"_s,
                       u"This profile is already in use. Close the other window, then try again."_s,
                       m_lock.holder());
    case ProcessLock::Outcome::Unwritable:
        return tl::unexpected<Error>(unwritable(u"the lock file cannot be made"_s));
    }

    Opened opened;
    Health health = connect() ? prepare() : Health::Unwritable;
    if (health == Health::Damaged) {
        opened.warning = setAside(opened.entries);
        health = connect() ? prepare() : Health::Unwritable;
        QList<OutboxChange> saved;
        for (const OutboxEntry &entry : std::as_const(opened.entries))
            saved.append({OutboxChange::Kind::Insert, entry});
        if (health == Health::Good && !apply(saved))
            health = Health::Unwritable;
    }
    switch (health) {
    case Health::Good:
        opened.entries = readAll();
        return opened;
    case Health::TooNew:
        close();
        return failure(
            u"outbox-too-new"_s,
            u"The unsent messages were written by a newer version of this program. Update to open them."_s,
            m_detail);
    case Health::Damaged:
    case Health::Unwritable:
        break;
    }
    const Error error = unwritable(m_detail);
    close();
    return tl::unexpected<Error>(error);
}

Result<void> OutboxStore::apply(const QList<OutboxChange> &changes)
{
    if (changes.isEmpty())
        return {};
    QSqlDatabase db = database();
    if (!db.transaction())
        return tl::unexpected<Error>(unwritable(db.lastError().text()));
    QSqlQuery query(db);
    for (const OutboxChange &change : changes) {
        if (!write(query, change)) {
            const Error error = unwritable(query.lastError().text());
            query.clear();
            db.rollback();
            return tl::unexpected<Error>(error);
        }
    }
    query.clear();
    if (!db.commit()) {
        const Error error = unwritable(db.lastError().text());
        db.rollback();
        return tl::unexpected<Error>(error);
    }
    return {};
}

void OutboxStore::close()
{
    disconnect();
    m_lock.unlock();
}

QSqlDatabase OutboxStore::database() const
{
    return QSqlDatabase::database(m_connection, false);
}

bool OutboxStore::connect()
{
    QSqlDatabase db = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
    db.setDatabaseName(m_file);
    const bool opened = db.open();
    if (!opened)
        m_detail = db.lastError().text();
    return opened;
}

void OutboxStore::disconnect()
{
    if (!QSqlDatabase::contains(m_connection))
        return;
    database().close();
    QSqlDatabase::removeDatabase(m_connection);
}

OutboxStore::Health OutboxStore::prepare()
{
    constexpr int sqliteCorrupt = 11;
    constexpr int sqliteNotADatabase = 26;
    QSqlQuery query(database());
    const auto run = [&](const QString &statement) {
        if (query.exec(statement))
            return Health::Good;
        m_detail = query.lastError().text();
        const int code = query.lastError().nativeErrorCode().toInt() & 0xff;
        return code == sqliteCorrupt || code == sqliteNotADatabase ? Health::Damaged : Health::Unwritable;
    };

    if (m_heldBySqlite) { // from the first statement until it is closed
        if (const Health health = run(u"PRAGMA locking_mode = EXCLUSIVE"_s); health != Health::Good)
            return health;
        query.finish();
    }
    if (const Health health = run(u"PRAGMA user_version"_s); health != Health::Good)
        return health;
    const int version = query.next() ? query.value(0).toInt() : 0;
    if (version > schemaVersion) {
        m_detail = u"version %1 of the file, %2 of the program"_s.arg(version).arg(schemaVersion);
        return Health::TooNew;
    }
    if (const Health health = run(u"PRAGMA quick_check(1)"_s); health != Health::Good)
        return health;
    if (!query.next() || query.value(0).toString() != "ok"_L1) {
        m_detail = query.value(0).toString();
        return Health::Damaged;
    }
    query.finish();
    // FULL, since with NORMAL a loss of power could take back what was already shown as kept.
    for (const QString &statement :
         {u"PRAGMA journal_mode = WAL"_s, u"PRAGMA synchronous = FULL"_s, u"BEGIN IMMEDIATE"_s,
          QString::fromLatin1(version == 1 ? addExpiry : createTable),
          u"PRAGMA user_version = %1"_s.arg(schemaVersion), u"COMMIT"_s}) {
        if (const Health health = run(statement); health != Health::Good)
            return health;
        query.finish();
    }
    return Health::Good;
}

Error OutboxStore::setAside(QList<OutboxEntry> &saved)
{
    const QString detail = m_detail;
    saved = readAll(); // as far as it can be read
    disconnect();
    const QString aside =
        m_file + ".damaged-"_L1 + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmsszzz"_s);
    for (const QString &suffix : {QString(), u"-wal"_s, u"-shm"_s})
        QFile::rename(m_file + suffix, aside + suffix);
    return {
        u"outbox-corrupt"_s,
        u"The file of unsent messages was damaged. It was set aside, and %1 messages were saved from it."_s
            .arg(saved.size()),
        u"%1: %2"_s.arg(aside, detail)};
}

QList<OutboxEntry> OutboxStore::readAll() const
{
    QList<OutboxEntry> entries;
    QSqlQuery query(database());
    query.setForwardOnly(true);
    const auto select =
        u"SELECT id, queue, event, payload, created_at, failed, tries, error_code, error_message,"
        " error_cause, %1 FROM entries ORDER BY seq"_s;
    // A damaged file may be of version 1.
    if (!query.exec(select.arg(u"expires_at"_s)) && !query.exec(select.arg(u"0"_s)))
        return entries;
    while (query.next()) {
        OutboxEntry entry;
        entry.id = query.value(0).toString();
        entry.queue = query.value(1).toString();
        entry.event = query.value(2).toString();
        entry.payload = QCborValue::fromCbor(query.value(3).toByteArray()).toMap();
        entry.createdAt = QDateTime::fromMSecsSinceEpoch(query.value(4).toLongLong(), Qt::UTC);
        entry.state = query.value(5).toInt() != 0 ? OutboxState::Failed : OutboxState::Queued;
        entry.tries = query.value(6).toInt();
        entry.error = {query.value(7).toString(), query.value(8).toString(), query.value(9).toString()};
        if (const qint64 expiresAt = query.value(10).toLongLong(); expiresAt != 0)
            entry.expiresAt = QDateTime::fromMSecsSinceEpoch(expiresAt, Qt::UTC);
        if (!entry.id.isEmpty())
            entries.append(entry);
    }
    return entries;
}

Error OutboxStore::unwritable(const QString &cause) const
{
    return {u"outbox-unwritable"_s,
            u"Unsent messages cannot be kept in %1. Check the free space and the permissions."_s.arg(
                QDir::toNativeSeparators(m_file)),
            cause};
}

} // namespace Hubbub
