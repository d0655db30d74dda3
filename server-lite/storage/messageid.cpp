// SPDX-License-Identifier: MIT
#include "server-lite/storage/messageid.h"

#include <QtCore/QRandomGenerator>

#include <algorithm>

namespace Hubbub
{

namespace
{

constexpr char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int timeDigits = 10;

int digitOf(QChar c)
{
    const auto *end = alphabet + 32;
    const auto *found = std::find(alphabet, end, c.toLatin1());
    return found == end ? -1 : int(found - alphabet);
}

} // namespace

bool MessageIdGenerator::isId(QStringView text)
{
    return text.size() == length && digitOf(text.front()) <= 7
           && std::all_of(text.begin(), text.end(), [](QChar c) { return digitOf(c) >= 0; });
}

void MessageIdGenerator::continueAfter(const QString &id)
{
    if (!isId(id))
        return;
    m_lastMs = 0;
    for (int i = 0; i < length; ++i) {
        m_last[size_t(i)] = quint8(digitOf(id[i]));
        if (i < timeDigits)
            m_lastMs = m_lastMs << 5 | digitOf(id[i]);
    }
}

QString MessageIdGenerator::next(qint64 msSinceEpoch)
{
    if (msSinceEpoch > m_lastMs || !increment()) {
        m_lastMs = std::max(msSinceEpoch, m_lastMs + 1);
        auto ms = m_lastMs;
        for (int i = timeDigits - 1; i >= 0; --i, ms >>= 5)
            m_last[size_t(i)] = quint8(ms & 31);
        for (int i = timeDigits; i < length; ++i)
            m_last[size_t(i)] = quint8(QRandomGenerator::system()->bounded(32));
    }
    QString id(length, Qt::Uninitialized);
    std::transform(m_last.begin(), m_last.end(), id.begin(),
                   [](quint8 digit) { return QLatin1Char(alphabet[digit]); });
    return id;
}

/// False if the random part was at its end; the next millisecond has to do then.
bool MessageIdGenerator::increment()
{
    for (int i = length - 1; i >= timeDigits; --i) {
        if (m_last[size_t(i)] < 31) {
            ++m_last[size_t(i)];
            std::fill(m_last.begin() + i + 1, m_last.end(), quint8(0));
            return true;
        }
    }
    return false;
}

} // namespace Hubbub
