// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QPointer>

namespace EngineIo
{

/// Marks that a signal of something its owner holds is being handled, so that the owner, destroyed by a
/// handler of its own, leaves that thing to the event loop. Thread: that of its owner.
class InSignal
{
public:
    InSignal(QObject *owner, int &depth)
        : m_owner(owner)
        , m_depth(depth)
    {
        ++m_depth;
    }
    ~InSignal()
    {
        if (m_owner)
            --m_depth;
    }
    Q_DISABLE_COPY_MOVE(InSignal)

private:
    QPointer<QObject> m_owner;
    int &m_depth; ///< the owner's: dead with it
};

} // namespace EngineIo
