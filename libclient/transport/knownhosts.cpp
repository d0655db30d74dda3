// SPDX-License-Identifier: MIT
#include "libclient/transport/knownhosts.h"

#include "libclient/transport/processlock.h"
#include "libclient/transport/servercertificate.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>

#include <filesystem>

using namespace Qt::StringLiterals;

namespace EngineIo
{

namespace
{

constexpr std::chrono::seconds lockPatience{2}; ///< a change takes a few milliseconds

tl::unexpected<Hubbub::Error> unreadable(const QString &path, const QString &cause)
{
    return Hubbub::failure(u"trust-store-unreadable"_s,
                           u"The list of trusted servers, %1, cannot be read."_s.arg(path), cause);
}

tl::unexpected<Hubbub::Error> unwritable(const QString &path, const QString &cause)
{
    return Hubbub::failure(u"trust-store-unwritable"_s,
                           u"The list of trusted servers, %1, cannot be changed."_s.arg(path), cause);
}

} // namespace

Hubbub::Result<KnownHosts::Table> KnownHosts::read() const
{
    // Not QFile::exists(): that says no of what may not be looked for, too.
    std::error_code code;
    const auto type = std::filesystem::status(std::filesystem::path(m_path.toStdU16String()), code).type();
    if (type == std::filesystem::file_type::not_found)
        return Table();
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(m_path, file.errorString());
    Table table;
    int number = 0;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &raw : lines) {
        ++number;
        const QString line = QString::fromUtf8(raw).trimmed();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        const qsizetype space = line.indexOf(u' ');
        const QString written = line.mid(space + 1).trimmed();
        const QByteArray fingerprint =
            QByteArray::fromHex(written.mid(written.indexOf(u':') + 1).remove(u':').toLatin1());
        if (space <= 0 || fingerprint.size() != 32 || fingerprintText(fingerprint) != written.toUpper()
            || table.contains(line.left(space)))
            return unreadable(m_path, u"line %1: %2"_s.arg(number).arg(line.left(80)));
        table.insert(line.left(space), fingerprint);
    }
    return table;
}

Hubbub::Result<void> KnownHosts::write(const Table &table) const
{
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly)
        || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return unwritable(m_path, file.errorString());
    file.write("# Servers and the certificates they are known by. A line that is removed is forgotten.\n");
    for (auto it = table.cbegin(); it != table.cend(); ++it)
        file.write((it.key() + u' ' + fingerprintText(it.value()) + u'\n').toUtf8());
    if (!file.commit())
        return unwritable(m_path, file.errorString());
    return {};
}

template <typename F>
Hubbub::Result<void> KnownHosts::change(F apply)
{
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    Hubbub::ProcessLock lock(m_path + u".lock"_s);
    switch (lock.lock(lockPatience)) {
    case Hubbub::ProcessLock::Outcome::HeldElsewhere:
        return unwritable(m_path, u"it is being changed by %1"_s.arg(lock.holder()));
    case Hubbub::ProcessLock::Outcome::Unwritable:
        return unwritable(m_path, u"the lock file beside it cannot be made"_s);
    case Hubbub::ProcessLock::Outcome::Unsupported: // what two change at once, the later one keeps
    case Hubbub::ProcessLock::Outcome::Held:
        break;
    }
    Hubbub::Result<Table> table = read();
    if (!table)
        return tl::unexpected<Hubbub::Error>(table.error());
    apply(*table);
    return write(*table);
}

Hubbub::Result<std::optional<QByteArray>> KnownHosts::fingerprintOf(const QString &server)
{
    const Hubbub::Result<Table> table = read();
    if (!table)
        return tl::unexpected<Hubbub::Error>(table.error());
    const auto it = table->constFind(server);
    return it == table->cend() ? std::nullopt : std::optional(*it);
}

Hubbub::Result<void> KnownHosts::trust(const QString &server, const QByteArray &fingerprint)
{
    return change([&](Table &table) { table.insert(server, fingerprint); });
}

Hubbub::Result<void> KnownHosts::forget(const QString &server)
{
    return change([&](Table &table) { table.remove(server); });
}

} // namespace EngineIo
