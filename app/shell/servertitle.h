// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>
#include <QtCore/QUrl>

#include <functional>

class QNetworkAccessManager;

namespace Hubbub::App
{

/// Asks what a server calls itself: `title` of GET /guest/info, on one line, at most 64 characters long and
/// without those that show nothing or turn the writing direction.
/// Answers while `context` lives, and only if the server has a name: one without that page keeps the name it
/// has here. Thread: GUI.
void requestServerTitle(QNetworkAccessManager *network, const QUrl &server, QObject *context,
                        std::function<void(const QString &)> answer);

} // namespace Hubbub::App
