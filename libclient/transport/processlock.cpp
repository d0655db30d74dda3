// SPDX-License-Identifier: MIT
#include "libclient/transport/processlock.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QLoggingCategory>
#include <QtCore/QThread>

#ifdef Q_OS_WIN
#include <io.h>
#include <windows.h>
#else
#include <sys/file.h>

#include <cerrno>
#endif

namespace Hubbub
{

using namespace Qt::StringLiterals;

namespace
{
Q_LOGGING_CATEGORY(lcLock, "hubbub.client.lock", QtInfoMsg)

constexpr unsigned long pause = 5; ///< ms between two tries
} // namespace

ProcessLock::ProcessLock(const QString &path)
    : m_file(path)
{
}

ProcessLock::~ProcessLock()
{
    unlock();
}

ProcessLock::Outcome ProcessLock::tryLock()
{
    if (!m_file.isOpen() && !m_file.open(QFile::ReadWrite))
        return Outcome::Unwritable;
    if (const int error = lockFile(); error != 0) {
        const Outcome outcome = refusal(error);
        if (outcome == Outcome::HeldElsewhere)
            m_holder = QString::fromUtf8(m_file.readLine(1'000)).trimmed();
        else
            qCWarning(lcLock).noquote() << m_file.fileName() << "cannot be locked:" << qt_error_string(error);
        m_file.close();
        return outcome;
    }
    m_file.resize(0);
    m_file.write(u"%1, process %2\n"_s.arg(QCoreApplication::applicationName())
                     .arg(QCoreApplication::applicationPid())
                     .toUtf8());
    m_file.flush();
    return Outcome::Held;
}

ProcessLock::Outcome ProcessLock::lock(std::chrono::milliseconds patience)
{
    const QDeadlineTimer end(patience);
    Outcome outcome = tryLock();
    while (outcome == Outcome::HeldElsewhere && !end.hasExpired()) {
        QThread::msleep(pause); // flock() waits without a deadline or not at all
        outcome = tryLock();
    }
    return outcome;
}

void ProcessLock::unlock()
{
    m_file.close();
}

ProcessLock::Outcome ProcessLock::refusal(int error)
{
#ifdef Q_OS_WIN
    constexpr int taken = ERROR_LOCK_VIOLATION;
#else
    constexpr int taken = EWOULDBLOCK;
#endif
    return error == taken ? Outcome::HeldElsewhere : Outcome::Unsupported;
}

int ProcessLock::lockFile()
{
#ifdef Q_OS_WIN
    // A byte behind everything, so that the holder's name can be read.
    OVERLAPPED place{};
    place.Offset = 1'000'000;
    const BOOL locked = LockFileEx(HANDLE(_get_osfhandle(m_file.handle())),
                                   LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &place);
    return locked ? 0 : int(GetLastError());
#else
    return flock(m_file.handle(), LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
#endif
}

} // namespace Hubbub
