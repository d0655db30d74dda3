// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/outbox/outbox.h"
#include "libclient/transport/processlock.h"

#include <optional>

class QSqlDatabase;

namespace Hubbub
{

/// One thing to be written.
struct OutboxChange {
    enum class Kind : quint8 { Insert, Update, Remove };
    Kind kind = Kind::Insert;
    OutboxEntry entry; ///< Remove needs only its id
};

/// The outbox's file. Thread: one, the writer's, from open() to close().
class OutboxStore
{
public:
    explicit OutboxStore(const QString &file);
    ~OutboxStore();
    Q_DISABLE_COPY_MOVE(OutboxStore)

    struct Opened {
        QList<OutboxEntry> entries; ///< oldest first
        std::optional<Error>
            warning; ///< "outbox-corrupt": what the damaged file held was saved as far as it went
    };

    /// Errors: "outbox-locked", "outbox-unwritable", "outbox-too-new" (written by a later version; left
    /// untouched).
    Result<Opened> open();

    /// All of it or nothing, on disk when it returns. Errors: "outbox-unwritable".
    Result<void> apply(const QList<OutboxChange> &changes);

    void close();

private:
    enum class Health : quint8 { Good, Damaged, TooNew, Unwritable };

    QSqlDatabase database() const;
    bool connect();
    void disconnect();
    Health prepare();
    Error setAside(QList<OutboxEntry> &saved);
    QList<OutboxEntry> readAll() const;
    Error unwritable(const QString &cause) const;

    QString m_file;
    QString m_connection; ///< Qt's name for the SQLite connection
    QString m_detail; ///< SQLite's words about the last failure
    ProcessLock m_lock;
    bool m_heldBySqlite = false; ///< where m_lock cannot hold it
};

} // namespace Hubbub
