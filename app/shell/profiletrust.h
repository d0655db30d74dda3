// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/transport/knownhosts.h"

namespace Hubbub::App
{

/// Which servers this person trusts by their certificate: a file of the profile. What cannot be written there
/// is trusted until the program ends, and forgotten likewise. Errors: "trust-store-unreadable" while the file
/// is damaged; nothing is trusted then, not even what was trusted until the end. Thread: GUI.
class ProfileTrust final : public EngineIo::TrustStore
{
public:
    explicit ProfileTrust(const QString &file)
        : m_path(file)
        , m_file(file)
    {
    }

    Result<std::optional<QByteArray>> fingerprintOf(const QString &server) override;
    Result<void> trust(const QString &server, const QByteArray &fingerprint) override;
    Result<void> forget(const QString &server) override;

    /// Puts a damaged file aside, so that every server is asked about anew; gives the name it has there.
    /// Errors: "trust-store-unwritable".
    Result<QString> setAside();
    const Error &unkept() const
    {
        return m_unkept;
    } ///< why the last change was not written; no code if it was

private:
    Result<void> change(const QString &server, const std::optional<QByteArray> &fingerprint,
                        const Result<void> &written);

    QString m_path;
    EngineIo::KnownHosts m_file;
    QHash<QString, std::optional<QByteArray>> m_untilTheEnd; ///< what the file does not know
    Error m_unkept;
};

} // namespace Hubbub::App
