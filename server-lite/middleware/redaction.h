// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/handshake.h"

#include <QtCore/QCborValue>

/// Takes secrets out of what operators get to see. An operator has to know that somebody is signed in, never
/// how to sign in as them. Thread: any; pure functions.
namespace Hubbub::Redaction
{

inline QString mark()
{
    return QStringLiteral("[hidden]");
}

/// Whether a header, query item or key of that name holds a secret: cookies, authorization, tokens,
/// passwords, keys, and Engine.IO's "sid", with which one could take over the session.
bool isSecret(QStringView name);

QCborMap headers(const HttpHeaders &headers); ///< names in lower case; repeated ones joined by a comma
QCborMap query(const QUrlQuery &query);
QString url(const QByteArray &target);

/// The same value, with secret keys and anything that looks like a JSON Web Token hidden, at any depth.
QCborValue value(const QCborValue &value);

} // namespace Hubbub::Redaction
