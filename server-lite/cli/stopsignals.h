// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>
#include <QtCore/QSocketNotifier>

namespace Hubbub
{

/// SIGTERM and SIGINT as a Qt signal. The first asks to stop; a second one, from somebody who is out of
/// patience, ends the program as if this were not here. One per program. Thread: the main one.
class StopSignals : public QObject
{
    Q_OBJECT
public:
    explicit StopSignals(QObject *parent = nullptr);
    ~StopSignals() override;

Q_SIGNALS:
    void stopRequested();

private:
    static void handle(int signal);

    QSocketNotifier m_notifier;
};

} // namespace Hubbub
