// SPDX-License-Identifier: MIT
#include "app/shell/sessionlist.h"

#include "app/shell/serversession.h"
#include "server-lite/auth/personname.h"

#include <algorithm>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

ServerSession *sessionOf(const QList<ServerSession *> &sessions, const QUrl &url)
{
    const auto it = std::find_if(sessions.cbegin(), sessions.cend(),
                                 [&url](const ServerSession *session) { return session->url() == url; });
    return it == sessions.cend() ? nullptr : *it;
}

QString titleApart(const QList<ServerSession *> &sessions, const ServerSession *session, const QString &title)
{
    const QString wanted = PersonName::key(title);
    const bool isTaken =
        std::any_of(sessions.cbegin(), sessions.cend(), [&wanted, session](const ServerSession *other) {
            return other != session
                   && (PersonName::key(other->title()) == wanted
                       || PersonName::key(other->hostTitle()) == wanted);
        });
    return isTaken ? u"%1 · %2"_s.arg(title, session->hostTitle()) : title;
}

bool isTrustShared(const QList<ServerSession *> &sessions, const ServerSession *session)
{
    const QString server = session->trust()->server();
    return std::any_of(sessions.cbegin(), sessions.cend(), [&server, session](const ServerSession *other) {
        return other != session && other->trust()->server() == server;
    });
}

} // namespace Hubbub::App
