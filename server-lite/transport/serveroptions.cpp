// SPDX-License-Identifier: MIT
#include "server-lite/transport/serveroptions.h"

namespace EngineIo
{

QByteArray SessionCookie::header(const QString &sid) const
{
    QByteArray text = name + '=' + sid.toLatin1();
    if (maxAge)
        text += "; Max-Age=" + QByteArray::number(qint64(maxAge->count()));
    if (!path.isEmpty())
        text += "; Path=" + path;
    if (httpOnly)
        text += "; HttpOnly";
    if (secure)
        text += "; Secure";
    if (!sameSite.isEmpty())
        text += "; SameSite=" + sameSite;
    return text;
}

QString toString(TransportName name)
{
    return name == TransportName::Polling ? QStringLiteral("polling") : QStringLiteral("websocket");
}

} // namespace EngineIo
