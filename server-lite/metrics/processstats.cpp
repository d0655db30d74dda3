// SPDX-License-Identifier: MIT
#include "server-lite/metrics/processstats.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

#include <ctime>
#include <unistd.h>

namespace Hubbub
{

using namespace Qt::StringLiterals;

ProcessStats ProcessStats::read()
{
    ProcessStats stats;
    // Source: proc(5). The second field of statm counts resident pages.
    if (QFile statm(u"/proc/self/statm"_s); statm.open(QIODevice::ReadOnly)) {
        const auto fields = statm.readAll().split(' ');
        if (fields.size() > 1)
            stats.residentBytes = fields[1].toLongLong() * sysconf(_SC_PAGESIZE);
    }
    timespec spent{};
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent) == 0)
        stats.cpuSeconds = double(spent.tv_sec) + double(spent.tv_nsec) / 1e9;
    if (const QDir descriptors(u"/proc/self/fd"_s); descriptors.exists())
        stats.openDescriptors =
            descriptors.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size();
    return stats;
}

} // namespace Hubbub
