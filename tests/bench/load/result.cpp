// SPDX-License-Identifier: MIT
#include "tests/bench/load/result.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace Load
{

void Result::begin()
{
    m_before = usageOf(m_options.pid);
    m_ownBefore = ownProcessorSeconds();
    m_beganAt = nanoseconds();
}

void Result::finish()
{
    m_seconds = double(nanoseconds() - m_beganAt) / 1e9;
    m_ownAfter = ownProcessorSeconds() - m_ownBefore;
    m_after = usageOf(m_options.pid);
    // A paced generator watches the clock all the time: its being busy says nothing.
    if (m_options.scenario != Scenario::Idle && m_options.rate <= 0 && generatorBusy() > 0.95
        && serverSeconds() < 0.9 * m_seconds)
        note = "the generator was busier than the server: the server can do more";
}

double Result::serverSeconds() const
{
    return m_before && m_after ? m_after->processorSeconds - m_before->processorSeconds : 0;
}

double Result::perOperation() const
{
    return operations ? serverSeconds() * 1e6 / double(operations) : 0;
}

double Result::kibPerConnection() const
{
    return m_before && m_after && operations
               ? (m_after->residentKib - m_before->residentKib) / double(operations)
               : 0;
}

void Result::print() const
{
    std::printf("%s, %d clients, %ld B: ", scenarioName(m_options.scenario), m_options.clients,
                m_options.payload);
    if (m_options.scenario == Scenario::Idle) {
        std::printf("%.2f KiB per connection\n", kibPerConnection());
    } else {
        std::printf("%.0f/s", rate());
        if (m_before)
            std::printf(", server %.2f us each, %.0f %% busy", perOperation(),
                        100 * serverSeconds() / m_seconds);
        std::printf(", generator %.0f %% busy\n", 100 * generatorBusy());
        std::printf("  p50 %.0f us  p90 %.0f us  p99 %.0f us  p99.9 %.0f us  max %.0f us  (%llu)\n",
                    latency.quantile(0.5), latency.quantile(0.9), latency.quantile(0.99),
                    latency.quantile(0.999), latency.quantile(1),
                    static_cast<unsigned long long>(latency.count()));
    }
    if (!note.empty())
        std::printf("  note: %s\n", note.c_str());
    if (lost)
        std::printf("  %llu clients lost: %s\n", static_cast<unsigned long long>(lost), whyLost.c_str());
}

bool Result::writeJson() const
{
    if (m_options.json.empty())
        return true;
    const bool toStandard = m_options.json == "-";
    std::FILE *file = toStandard ? stdout : std::fopen(m_options.json.c_str(), "w");
    if (!file) {
        std::fprintf(stderr, "hubbub-load: %s: %s\n", m_options.json.c_str(), std::strerror(errno));
        return false;
    }
    std::fprintf(
        file,
        "{\"scenario\":\"%s\",\"clients\":%d,\"payloadBytes\":%ld,\"inFlight\":%d,\"offeredPerSecond\":%.0f,"
        "\"seconds\":%.4f,\"operations\":%llu,\"perSecond\":%.1f,\"lostClients\":%llu,",
        scenarioName(m_options.scenario), m_options.clients, m_options.payload, m_options.inFlight,
        m_options.rate, m_seconds, static_cast<unsigned long long>(operations), rate(),
        static_cast<unsigned long long>(lost));
    std::fprintf(
        file, "\"latencyMicroseconds\":{\"p50\":%.1f,\"p90\":%.1f,\"p99\":%.1f,\"p999\":%.1f,\"max\":%.1f},",
        latency.quantile(0.5), latency.quantile(0.9), latency.quantile(0.99), latency.quantile(0.999),
        latency.quantile(1));
    if (m_before && m_after)
        std::fprintf(file,
                     "\"server\":{\"busy\":%.3f,\"microsecondsPerOperation\":%.3f,\"residentKibBefore\":%.0f,"
                     "\"residentKibAfter\":%.0f,\"kibPerConnection\":%.3f},",
                     m_seconds > 0 ? serverSeconds() / m_seconds : 0, perOperation(), m_before->residentKib,
                     m_after->residentKib, m_options.scenario == Scenario::Idle ? kibPerConnection() : 0);
    std::fprintf(file, "\"generatorBusy\":%.3f,\"generatorIsBottleneck\":%s}\n", generatorBusy(),
                 note.empty() ? "false" : "true");
    return toStandard ? std::fflush(file) == 0 : std::fclose(file) == 0;
}

} // namespace Load
