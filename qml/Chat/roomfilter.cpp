// SPDX-License-Identifier: MIT
#include "qml/Chat/roomfilter.h"

#include <algorithm>

namespace Hubbub
{

void RoomFilter::setText(const QString &text)
{
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    m_words = words;
    invalidateFilter();
    Q_EMIT textChanged();
}

bool RoomFilter::filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const
{
    const QHash<int, QByteArray> roles = sourceModel()->roleNames();
    const QModelIndex row = sourceModel()->index(sourceRow, 0, sourceParent);
    if (m_words.isEmpty())
        return !row.data(roles.key("left", -1)).toBool();
    const QString title = row.data(roles.key("title", -1)).toString();
    return std::all_of(m_words.begin(), m_words.end(),
                       [&title](const QString &word) { return title.contains(word, Qt::CaseInsensitive); });
}

} // namespace Hubbub
