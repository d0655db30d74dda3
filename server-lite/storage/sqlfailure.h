// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"

class QSqlError;

namespace Hubbub
{

/// Turns SQLite's words about the history in `path` into ours: "history-in-use", "history-not-writable",
/// "disk-full", "history-corrupt", "disk-error". Thread: any; a pure function.
Error historyError(const QSqlError &error, const QString &path);

/// "history-not-writable": neither the history in `path` nor a new one can be written. Thread: any; a pure
/// function.
Error historyNotWritable(const QString &path, const QString &cause);

} // namespace Hubbub
