// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

#include <array>

namespace Hubbub
{

/// Makes ids of 26 characters that sort as they were made, even when the clock stands still or goes back: 48
/// bits of milliseconds, then 80 random bits, counted up within one millisecond. Thread: one at a time.
/// Source: the ULID specification (Crockford's base 32, monotonic).
class MessageIdGenerator
{
public:
    /// Ids to come sort after this one; anything that is not an id is ignored.
    void continueAfter(const QString &id);

    QString next(qint64 msSinceEpoch);

    static bool isId(QStringView text);

private:
    static constexpr int length = 26;
    using Digits = std::array<quint8, length>; ///< 5 bits each, most significant first
    bool increment();

    Digits m_last{};
    qint64 m_lastMs = -1;
};

} // namespace Hubbub
