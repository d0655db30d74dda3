// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/httprequest.h"

#include <QtCore/QStringList>

namespace EngineIo
{

/// Which web pages may talk to the server. A request without an Origin comes from no page and always may, and
/// so may the server's own pages. Thread: any; a plain value.
class OriginPolicy
{
public:
    enum class Verdict : quint8 { NoOrigin, Own, Listed, Everyone, Foreign, Malformed };

    explicit OriginPolicy(const QStringList &allowed);

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
    QList<QByteArray> m_allowed; ///< lower case
    bool m_everyone = false;
};

} // namespace EngineIo
