// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>
#include <QtCore/QSocketNotifier>

namespace Hubbub
{

/// SIGTERM and SIGINT as a Qt signal. The first asks to stop; a second one, from somebody who is out of
/// patience, ends the program as if this were not here. SIGHUP too, once wanted, any number of times. One per
/// program. Thread: the main one.
class StopSignals : public QObject
{
    Q_OBJECT
public:
    explicit StopSignals(QObject *parent = nullptr);
    ~StopSignals() override;

    void watchReload(); ///< until then, SIGHUP ends the program

Q_SIGNALS:
    void stopRequested();
    void reloadRequested();

private:
    static void handle(int signal);

    QSocketNotifier m_notifier;
};

} // namespace Hubbub
