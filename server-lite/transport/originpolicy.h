// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/httprequest.h"

#include <QtCore/QStringList>

namespace EngineIo
{

/// Which web pages may talk to the server, and by which names. A request without an Origin comes from no
/// page, or is a page's GET to where it came from; both may, and so may the server's own pages. What the
/// server is called matters because anybody can let a name of theirs point to any address (DNS rebinding):
/// their page would then be the server's own in the browser's eyes. So only names that nobody else can own
/// are taken: address literals, "localhost", this machine's own name, and what was configured. Thread: any; a
/// plain value.
class OriginPolicy
{
public:
    enum class Verdict : quint8 { NoOrigin, Own, Listed, Everyone, Foreign, Malformed };

    /// Origins as ServerOptions::allowedOrigins has them, hosts as ServerOptions::allowedHosts.
    explicit OriginPolicy(const QStringList &allowedOrigins, const QStringList &allowedHosts = {});

    /// Whether the Host header is a name of this server. A request without one comes from no browser.
    bool knowsHost(const Hubbub::HttpRequest &request) const;

    /// Malformed: with characters no header may have. Own: the same host and port as the Host header.
    Verdict judge(const Hubbub::HttpRequest &request) const;
    static bool allows(Verdict verdict) { return verdict < Verdict::Foreign; }

    /// The CORS headers of an answer, as the cors package of the reference sends them; none for the own
    /// origin.
    Hubbub::HttpHeaders answerHeaders(const Hubbub::HttpRequest &request) const;

    /// Whether this asks what a page may do, and the headers that tell it.
    static bool isPreflight(const Hubbub::HttpRequest &request);
    Hubbub::HttpHeaders preflightHeaders(const Hubbub::HttpRequest &request) const;

private:
    QList<QByteArray> m_allowed; ///< origins, lower case
    QStringList m_hosts; ///< without port, lower case
    bool m_everyone = false;
    bool m_everyHost = false;
};

} // namespace EngineIo
