// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/storage/historystore.h"
#include "tests/chaos/spin.h"

#include <optional>

namespace HubbubTest
{

/// All messages of a room as numbers, in the order of the history; what is no number is -1. Nothing if the
/// history does not answer. Thread: the test's.
inline std::optional<QList<int>> numbersInHistory(Hubbub::HistoryStore &history, const QString &room)
{
    QList<int> numbers;
    QString before;
    for (;;) {
        QObject context;
        std::optional<Hubbub::Result<Hubbub::HistoryPage>> page;
        history.page(QStringLiteral("reader"), room, before, 200, &context,
                     [&page](const auto &answer) { page = answer; });
        if (!spinUntil([&page] { return page.has_value(); }, std::chrono::seconds(20)) || !*page)
            return std::nullopt;
        QList<int> some;
        for (const Hubbub::StoredMessage &message : std::as_const((*page)->messages)) {
            bool isNumber = false;
            const int number = message.content.toInt(&isNumber);
            some.append(isNumber ? number : -1);
        }
        numbers = some + numbers;
        if (!(*page)->hasMore || (*page)->messages.isEmpty())
            return numbers;
        before = (*page)->messages.first().id;
    }
}

} // namespace HubbubTest
