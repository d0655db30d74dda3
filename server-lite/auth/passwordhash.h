// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"

#include <QtCore/QByteArray>

/// Passwords as crypt(3) keeps them: bcrypt ($2a$, $2b$, $2y$), yescrypt ($y$), scrypt, SHA-512 ($6$).
/// Thread: any; each call takes around 0.1 s of CPU by design, so keep them off a thread that serves others.
namespace Hubbub::PasswordHash
{

inline constexpr qsizetype maxPasswordBytes = 512; ///< libxcrypt's own limit

/// A new hash with its own salt, by the system's preferred method. Errors: "invalid-password" (empty, too
/// long, or with a zero byte), "hash-failed".
Result<QByteArray> make(const QByteArray &password);

/// False for a wrong password, and for anything that is not a usable hash.
bool verify(const QByteArray &password, const QByteArray &hash);

/// Whether the text is a complete hash of a method that is still safe. Errors: "invalid-hash", "sample-hash"
/// for the one printed in the documentation of Socket.IO's Admin UI, which everybody knows the password of.
Result<void> check(const QByteArray &hash);

} // namespace Hubbub::PasswordHash
