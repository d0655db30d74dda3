// SPDX-License-Identifier: MIT
#include "server-lite/storage/sqlfailure.h"

#include <QtCore/QDir>
#include <QtSql/QSqlError>

namespace Hubbub
{

using namespace Qt::StringLiterals;

Error historyNotWritable(const QString &path, const QString &cause)
{
    return {
        u"history-not-writable"_s,
        u"The history in %1 cannot be written. Check the permissions of the folder, or choose another one."_s
            .arg(QDir::toNativeSeparators(path)),
        cause};
}

Error historyError(const QSqlError &error, const QString &path)
{
    const auto file = QDir::toNativeSeparators(path);
    const auto cause = u"%1 (SQLite %2)"_s.arg(error.databaseText(), error.nativeErrorCode());
    // The low byte is the primary result code: https://www.sqlite.org/rescode.html
    switch (error.nativeErrorCode().toInt() & 0xff) {
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
        return {
            u"history-in-use"_s,
            u"The history in %1 is in use by another program. Stop that one, or choose another folder."_s.arg(
                file),
            cause};
    case 3: // SQLITE_PERM
    case 8: // SQLITE_READONLY
    case 14: // SQLITE_CANTOPEN
        return historyNotWritable(path, cause);
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
        return {u"history-corrupt"_s, u"The history in %1 is damaged."_s.arg(file), cause};
    case 13: // SQLITE_FULL
        return {u"disk-full"_s,
                u"The disk is full, so the history in %1 cannot grow. Free some space, then try again."_s.arg(
                    file),
                cause};
    default:
        return {u"disk-error"_s,
                u"The history in %1 could not be read or written. Check the disk."_s.arg(file), cause};
    }
}

} // namespace Hubbub
