// SPDX-License-Identifier: MIT
#include "server-lite/auth/secretfile.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRandomGenerator>

#include <array>

namespace Hubbub::SecretFile
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qint64 maxBytes = 65'536; // a secret, not a film
constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

QByteArray randomHex()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return QByteArray(reinterpret_cast<const char *>(words.data()), sizeof(words)).toHex();
}

} // namespace

Result<QByteArray> read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(u"secret-unreadable"_s,
                       u"Cannot read the secret in %1. Check that the file is there and may be "
                       "read."_s.arg(QDir::toNativeSeparators(path)),
                       file.errorString());
    auto secret = file.read(maxBytes).trimmed();
    if (secret.isEmpty())
        return failure(u"secret-empty"_s,
                       u"The secret file %1 is empty. Write a secret into it, or delete it."_s.arg(
                           QDir::toNativeSeparators(path)));
    return secret;
}

Result<QByteArray> readOrCreate(const QString &path)
{
    QFile file(path);
    if (file.exists())
        return read(path);
    const auto secret = randomHex();
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownerOnly) || file.write(secret + '\n') < 0
        || !file.flush())
        return failure(u"secret-not-writable"_s,
                       u"Cannot write the secret that signs tokens to %1. Check that the "
                       "folder may be written to."_s.arg(QDir::toNativeSeparators(path)),
                       file.errorString());
    return secret;
}

} // namespace Hubbub::SecretFile
