// SPDX-License-Identifier: MIT
#include "server-lite/load/process.h"

#include <ctime>
#include <fstream>
#include <sstream>
#include <string>
#include <unistd.h>

namespace Load
{

std::optional<Usage> usageOf(int pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    if (pid <= 0 || !std::getline(file, line))
        return std::nullopt;
    // The second field is a name in parentheses and may hold anything; what follows is counted from there.
    std::istringstream fields(line.substr(line.rfind(')') + 1));
    std::string field;
    double userTicks = 0;
    double systemTicks = 0;
    double pages = 0;
    for (int number = 3; number <= 24 && fields >> field; ++number) { // proc(5): 14 utime, 15 stime, 24 rss
        if (number == 14)
            userTicks = std::stod(field);
        else if (number == 15)
            systemTicks = std::stod(field);
        else if (number == 24)
            pages = std::stod(field);
    }
    return Usage{(userTicks + systemTicks) / double(sysconf(_SC_CLK_TCK)),
                 pages * double(sysconf(_SC_PAGESIZE)) / 1024};
}

double ownProcessorSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

std::int64_t nanoseconds()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

} // namespace Load
