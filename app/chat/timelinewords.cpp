// SPDX-License-Identifier: MIT
#include "app/chat/timelinewords.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

namespace Hubbub::App::TimelineWords
{

using namespace Qt::StringLiterals;

namespace
{

QString say(const char *text)
{
    return QCoreApplication::translate("Hubbub::App::TimelineModel", text);
}

} // namespace

QString statusName(MessageStatus status)
{
    switch (status) {
    case MessageStatus::Queued:
        return u"queued"_s;
    case MessageStatus::Sending:
        return u"sending"_s;
    case MessageStatus::Sent:
        return u"sent"_s;
    case MessageStatus::Failed:
        return u"failed"_s;
    case MessageStatus::None:
        break;
    }
    return {};
}

QString dateLabel(const QDate &date, const QDate &today)
{
    if (date == today)
        return say("Today");
    if (date == today.addDays(-1))
        return say("Yesterday");
    return QLocale().toString(date,
                              date.year() == today.year() ? say("dddd, d MMMM") : say("dddd, d MMMM yyyy"));
}

QString accessibleText(const TimelineRow &row, bool isOwn)
{
    QString text =
        say("%1, %2: %3").arg(isOwn ? say("You") : row.author, row.time.toString(u"HH:mm"_s), row.text);
    switch (row.status) {
    case MessageStatus::Queued:
        return text + say(", waiting to be sent");
    case MessageStatus::Sending:
        return text + say(", being sent");
    case MessageStatus::Sent:
        return text + say(", sent");
    case MessageStatus::Failed:
        return text + say(", not sent. %1").arg(row.error);
    case MessageStatus::None:
        break;
    }
    return text;
}

} // namespace Hubbub::App::TimelineWords
