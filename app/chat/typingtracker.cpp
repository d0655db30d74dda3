// SPDX-License-Identifier: MIT
#include "app/chat/typingtracker.h"

#include <QtCore/QDeadlineTimer>

#include <algorithm>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

namespace
{

qint64 now()
{
    return QDeadlineTimer::current(Qt::PreciseTimer).deadline();
}

} // namespace

TypingTracker::TypingTracker(QObject *parent, std::chrono::milliseconds lifetime)
    : QObject(parent)
    , m_lifetime(lifetime)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &TypingTracker::expire);
}

void TypingTracker::start(const QString &userId, const QString &name)
{
    const qint64 endsAt = now() + m_lifetime.count();
    const auto mark =
        std::find_if(m_marks.begin(), m_marks.end(), [&userId](const Mark &m) { return m.userId == userId; });
    if (mark != m_marks.end()) {
        mark->endsAt = endsAt;
        return;
    }
    m_marks.append({userId, name, endsAt});
    schedule();
    Q_EMIT changed();
}

void TypingTracker::stop(const QString &userId)
{
    if (m_marks.removeIf([&userId](const Mark &m) { return m.userId == userId; }) > 0)
        Q_EMIT changed();
    schedule();
}

void TypingTracker::clear()
{
    if (m_marks.isEmpty())
        return;
    m_marks.clear();
    schedule();
    Q_EMIT changed();
}

QSet<QString> TypingTracker::userIds() const
{
    QSet<QString> ids;
    for (const Mark &mark : m_marks)
        ids.insert(mark.userId);
    return ids;
}

QString TypingTracker::text() const
{
    const auto name = [this](int i) { return m_marks.at(i).name.section(u' ', 0, 0); };
    switch (m_marks.size()) {
    case 0:
        return {};
    case 1:
        return tr("%1 is typing…").arg(name(0));
    case 2:
        return tr("%1 and %2 are typing…").arg(name(0), name(1));
    case 3:
        return tr("%1, %2 and %3 are typing…").arg(name(0), name(1), name(2));
    default:
        return tr("Several people are typing…");
    }
}

void TypingTracker::expire()
{
    const qint64 time = now();
    if (m_marks.removeIf([time](const Mark &m) { return m.endsAt <= time; }) > 0)
        Q_EMIT changed();
    schedule();
}

void TypingTracker::schedule()
{
    if (m_marks.isEmpty()) {
        m_timer.stop();
        return;
    }
    const auto first = std::min_element(m_marks.begin(), m_marks.end(),
                                        [](const Mark &a, const Mark &b) { return a.endsAt < b.endsAt; });
    m_timer.start(std::chrono::milliseconds(std::max<qint64>(1, first->endsAt - now())));
}

} // namespace Hubbub::App
