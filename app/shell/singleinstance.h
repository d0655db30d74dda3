// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/transport/processlock.h"

#include <QtCore/QObject>
#include <QtNetwork/QLocalServer>

namespace Hubbub::App
{

/// One running program per profile. A second start hands its wish to the first and leaves. What a crash or a
/// kill leaves behind holds nobody up. Thread: GUI.
class SingleInstance : public QObject
{
    Q_OBJECT
public:
    explicit SingleInstance(const QString &profileDir, QObject *parent = nullptr);

    /// True if this is the first one; it listens for others from then on.
    bool claim();
    /// Tells the first one what was wanted; waits at most two seconds. False if it could not be reached.
    bool handOver(const QString &connectTo) const;

Q_SIGNALS:
    void startedAgain(const QString &connectTo); ///< an address, or empty: only show yourself

private:
    bool isAnswered() const; ///< somebody listens in this profile
    void greet();

    QString m_name;
    ProcessLock m_lock;
    QLocalServer m_server;
};

} // namespace Hubbub::App
