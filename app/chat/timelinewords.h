// SPDX-License-Identifier: MIT
#pragma once

#include "app/chat/timelinerow.h"

/// A message's row in words. Thread: any; pure functions.
namespace Hubbub::App::TimelineWords
{

QString statusName(MessageStatus status); ///< "", "queued", "sending", "sent", "failed"
QString dateLabel(const QDate &date, const QDate &today); ///< "Today", "Yesterday", "Tuesday, 3 March"
QString accessibleText(const TimelineRow &row, bool isOwn); ///< for screen readers, in one breath

} // namespace Hubbub::App::TimelineWords
