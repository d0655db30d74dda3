// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QUrl>

namespace Hubbub::App
{

class ServerSession;

// What the servers of one person are to each other. Thread: GUI.

/// The one with that URL; null if there is none.
ServerSession *sessionOf(const QList<ServerSession *> &sessions, const QUrl &url);

/// The name a server gave itself, as it may be shown: with its host beside it if another one goes by a name
/// that reads the same.
QString titleApart(const QList<ServerSession *> &sessions, const ServerSession *session,
                   const QString &title);

/// True if another one is held to the same entry of the trust store: https://host and https://host:443.
bool isTrustShared(const QList<ServerSession *> &sessions, const ServerSession *session);

} // namespace Hubbub::App
