// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>
#include <QtCore/QSet>
#include <QtCore/QTimer>

#include <chrono>

namespace Hubbub::App
{

/// Who is typing in one room. A mark that is not renewed ends by itself. Thread: GUI.
class TypingTracker : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds lifetime{6'000};

    explicit TypingTracker(QObject *parent = nullptr,
                           std::chrono::milliseconds lifetime = TypingTracker::lifetime);

    void start(const QString &userId, const QString &name);
    void stop(const QString &userId);
    void clear();

    QSet<QString> userIds() const;
    QString text() const; ///< "Tomás is typing…": up to three first names, then "Several people are typing…"

Q_SIGNALS:
    void changed();

private:
    struct Mark {
        QString userId;
        QString name;
        qint64 endsAt = 0; ///< in ms, of a monotonic clock
    };
    void expire();
    void schedule();

    QList<Mark> m_marks;
    std::chrono::milliseconds m_lifetime;
    QTimer m_timer;
};

} // namespace Hubbub::App
