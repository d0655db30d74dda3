// SPDX-License-Identifier: MIT
#include "libclient/outbox/processlock.h"

#include <QtCore/QCoreApplication>

#ifdef Q_OS_WIN
#include <io.h>
#include <windows.h>
#else
#include <sys/file.h>
#endif

namespace Hubbub
{

using namespace Qt::StringLiterals;

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
    if (!lockFile()) {
        m_file.seek(0);
        m_holder = QString::fromUtf8(m_file.readLine(1'000)).trimmed();
        m_file.close();
        return Outcome::HeldElsewhere;
    }
    m_file.resize(0);
    m_file.write(u"%1, process %2\n"_s.arg(QCoreApplication::applicationName())
                     .arg(QCoreApplication::applicationPid())
                     .toUtf8());
    m_file.flush();
    return Outcome::Held;
}

void ProcessLock::unlock()
{
    m_file.close();
}

bool ProcessLock::lockFile()
{
#ifdef Q_OS_WIN
    // A byte behind everything, so that the holder's name can be read.
    OVERLAPPED place{};
    place.Offset = 1'000'000;
    return LockFileEx(HANDLE(_get_osfhandle(m_file.handle())),
                      LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &place)
           != 0;
#else
    return flock(m_file.handle(), LOCK_EX | LOCK_NB) == 0;
#endif
}

} // namespace Hubbub
