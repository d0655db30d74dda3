// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QSet>
#include <QtCore/QStringList>

namespace SocketIo
{

/// A set of names that costs little while there are few of them: every socket is in a room of its own, and
/// every such room has one socket. Thread: any; an implicitly shared value.
class NameSet
{
public:
    bool contains(const QString &name) const
    {
        return m_many.isEmpty() ? m_few.contains(name) : m_many.contains(name);
    }
    void insert(const QString &name)
    {
        if (!m_many.isEmpty()) {
            m_many.insert(name);
        } else if (!m_few.contains(name)) {
            if (m_few.size() < few) {
                m_few.append(name);
            } else {
                m_many = toSet();
                m_many.insert(name);
                m_few = {};
            }
        }
    }
    bool remove(const QString &name)
    {
        return m_many.isEmpty() ? m_few.removeOne(name) : m_many.remove(name);
    }
    qsizetype size() const { return m_few.size() + m_many.size(); }
    bool isEmpty() const { return size() == 0; }
    template <typename F>
    void forEach(F &&take) const
    {
        for (const QString &name : m_few)
            take(name);
        for (const QString &name : m_many)
            take(name);
    }
    QSet<QString> toSet() const
    {
        return m_many.isEmpty() ? QSet<QString>(m_few.cbegin(), m_few.cend()) : m_many;
    }

private:
    static constexpr qsizetype few = 8;
    QStringList m_few; ///< empty once there were more
    QSet<QString> m_many;
};

} // namespace SocketIo
