// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"

#include <QtCore/QByteArray>
#include <QtCore/QHash>
#include <QtCore/QString>
#include <QtCore/QUrl>

#include <optional>

namespace EngineIo
{

/// Remembers which certificate a server is known by, whatever the authorities say. A server that is known is
/// held to it: another certificate is refused, a valid one too. Servers are named "host:port", in lower case,
/// an IPv6 address in brackets.
/// Thread: the manager's; one that several managers share, those of one thread.
class TrustStore
{
public:
    virtual ~TrustStore() = default;

    /// The SHA-256 fingerprint (32 bytes), or nothing for a server that is not known. An error keeps every
    /// connection with TLS from being made, since nobody knows what it hides.
    virtual Hubbub::Result<std::optional<QByteArray>> fingerprintOf(const QString &server) = 0;

    virtual Hubbub::Result<void> trust(const QString &server, const QByteArray &fingerprint) = 0;
    virtual Hubbub::Result<void> forget(const QString &server) = 0;
};

/// What the server of that URL is called in a trust store: "host:port", the port of https if the URL has
/// none. Thread: any; a pure function.
QString trustedName(const QUrl &url);

/// Remembers as long as it lives.
class MemoryTrustStore final : public TrustStore
{
public:
    Hubbub::Result<std::optional<QByteArray>> fingerprintOf(const QString &server) override
    {
        const auto it = m_known.constFind(server);
        return it == m_known.cend() ? std::nullopt : std::optional(*it);
    }
    Hubbub::Result<void> trust(const QString &server, const QByteArray &fingerprint) override
    {
        m_known.insert(server, fingerprint);
        return {};
    }
    Hubbub::Result<void> forget(const QString &server) override
    {
        m_known.remove(server);
        return {};
    }

private:
    QHash<QString, QByteArray> m_known;
};

} // namespace EngineIo
