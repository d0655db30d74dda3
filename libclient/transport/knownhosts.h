// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/transport/truststore.h"

#include <QtCore/QMap>

namespace EngineIo
{

/// A trust store in a file that people can read and mend: one line for each server,
/// "chat.example.org:443 SHA256:" and the fingerprint in hexadecimal pairs. Readable by its owner only,
/// replaced as a whole, shared by processes: a lock file beside it, which stays, keeps them from undoing each
/// other's changes where its file system has locks. It is read anew each time, and a line that nobody
/// understands is an error, not a server that is not known. Errors: "trust-store-unreadable",
/// "trust-store-unwritable". Thread: any one.
class KnownHosts final : public TrustStore
{
public:
    explicit KnownHosts(QString path)
        : m_path(std::move(path))
    {
    }

    Hubbub::Result<std::optional<QByteArray>> fingerprintOf(const QString &server) override;
    Hubbub::Result<void> trust(const QString &server, const QByteArray &fingerprint) override;
    Hubbub::Result<void> forget(const QString &server) override;

private:
    using Table = QMap<QString, QByteArray>;

    Hubbub::Result<Table> read() const;
    Hubbub::Result<void> write(const Table &table) const;
    template <typename F>
    Hubbub::Result<void> change(F apply);

    QString m_path;
};

} // namespace EngineIo
