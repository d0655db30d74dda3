// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QFile>
#include <QtCore/QString>

namespace Hubbub
{

/// Holds a file for one holder at a time. The system lets go of it when the process ends, however it ends;
/// QLockFile goes by what is written in its file, and a process killed before that is written would hold it
/// for ever. The file stays. Thread: one at a time.
class ProcessLock
{
public:
    enum class Outcome : quint8 { Held, HeldElsewhere, Unwritable };

    explicit ProcessLock(const QString &path);
    ~ProcessLock();
    Q_DISABLE_COPY_MOVE(ProcessLock)

    Outcome tryLock();
    void unlock();
    QString holder() const { return m_holder; } ///< who has it elsewhere: "program, process 17"

private:
    bool lockFile(); ///< false if somebody else has it

    QFile m_file;
    QString m_holder;
};

} // namespace Hubbub
