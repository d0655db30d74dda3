// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

/// A small file that holds one secret. Thread: any; pure functions on the file system.
namespace Hubbub::SecretFile
{

/// The content without surrounding white space. Errors: "secret-unreadable", "secret-empty".
Result<QByteArray> read(const QString &path);

/// As read; if there is no such file, makes one that only its owner can read, with 64 random hexadecimal
/// digits. Errors: also "secret-not-writable".
Result<QByteArray> readOrCreate(const QString &path);

} // namespace Hubbub::SecretFile
