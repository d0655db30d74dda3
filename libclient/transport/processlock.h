// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QFile>
#include <QtCore/QString>

#include <chrono>

namespace Hubbub
{

/// Holds a file for one holder at a time. The system lets go of it when the process ends, however it ends;
/// QLockFile goes by what is written in its file, and a process killed before that is written would hold it
/// for ever. The file stays. Unsupported: its file system has no such locks, and nobody is kept out. Thread:
/// one at a time.
class ProcessLock
{
public:
    enum class Outcome : quint8 { Held, HeldElsewhere, Unwritable, Unsupported };

    explicit ProcessLock(const QString &path);
    ~ProcessLock();
    Q_DISABLE_COPY_MOVE(ProcessLock)

    Outcome tryLock(); ///< warns in the log if it is Unsupported
    Outcome lock(std::chrono::milliseconds patience); ///< waits for another holder; blocks the thread
    void unlock();
    QString holder() const { return m_holder; } ///< who has it elsewhere: "program, process 17"

    /// What it means that the system refused a lock: `error` is an errno, or what GetLastError() says.
    static Outcome refusal(int error);

private:
    int lockFile(); ///< 0, or the system's error

    QFile m_file;
    QString m_holder;
};

} // namespace Hubbub
