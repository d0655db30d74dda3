// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/gateway/chatuser.h"

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace Hubbub::App::DemoCast
{

/// A line of the past. Thread: any; a plain value.
struct Line {
    int minutesAgo;
    QString roomId;
    QString userId;
    QString text;
};

/// The made-up people, rooms and words of --demo; any likeness is accidental. Thread: any; pure functions.
QString title();
ChatUser me();
QList<ChatUser> people(); ///< without me
QList<FixedRoom> rooms();
QList<Line> history(); ///< oldest first
QList<Line> opening(); ///< said as soon as everybody is there, in rooms nobody looks at
Line draft(); ///< what I began to write
QString firstTypist(); ///< whose words are the first to come
QStringList smallTalk(const QString &roomId); ///< what is said there from now on, in turns

} // namespace Hubbub::App::DemoCast
