// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"

#include <QtCore/QDateTime>
#include <QtCore/QObject>
#include <QtCore/QUrl>

#include <functional>

class QNetworkAccessManager;

namespace Hubbub::App
{

/// What a server gives to somebody who comes by name only. Thread: GUI; a plain value.
struct GuestPass {
    QString token;
    QString userId;
    QString username;

    QDateTime expiresAt() const; ///< as the token says; null if it does not
};

/// Asks for it, with POST /guest/token {"name", "token"}; with the `earlier` token, which may be empty, the
/// server lets the guest go on as the same person. The answer always comes, while `context` lives. Errors:
/// "no-guests" if the server takes none, "unreachable". Thread: GUI.
void requestGuestPass(QNetworkAccessManager *network, const QUrl &server, const QString &name,
                      const QString &earlier, QObject *context,
                      std::function<void(const Result<GuestPass> &)> answer);

} // namespace Hubbub::App
