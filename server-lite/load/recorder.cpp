// SPDX-License-Identifier: MIT
#include "server-lite/load/recorder.h"

#include "server-lite/load/options.h"

namespace Load
{

double Figures::serverSeconds() const
{
    return before && after ? after->processorSeconds - before->processorSeconds : 0;
}

double Figures::serverMicrosecondsEach() const
{
    return operations ? serverSeconds() * 1e6 / double(operations) : 0;
}

double Figures::serverKibEach() const
{
    return before && after && operations ? (after->residentKib - before->residentKib) / double(operations)
                                         : 0;
}

void Recorder::begin(std::size_t clients)
{
    m_now = Figures();
    m_now.clients = clients;
    m_now.before = usageOf(m_options.pid);
    m_now.ownSeconds = -ownProcessorSeconds();
    m_beganAt = nanoseconds();
    m_isMeasuring = true;
}

void Recorder::finish()
{
    if (!m_isMeasuring)
        return;
    m_isMeasuring = false;
    m_now.seconds = double(nanoseconds() - m_beganAt) / 1e9;
    m_now.ownSeconds += ownProcessorSeconds();
    m_now.after = usageOf(m_options.pid);
    m_steps.push_back(m_now);
}

bool Recorder::count(std::int64_t since)
{
    if (!m_isMeasuring)
        return true;
    m_now.latency.add(nanoseconds() - since);
    return ++m_now.operations != std::uint64_t(m_options.count);
}

Figures Recorder::all() const
{
    if (m_steps.empty())
        return {};
    Figures sum = m_steps.front();
    for (std::size_t i = 1; i < m_steps.size(); ++i) {
        const Figures &step = m_steps[i];
        sum.clients = step.clients;
        sum.seconds += step.seconds;
        sum.operations += step.operations;
        sum.ownSeconds += step.ownSeconds;
        sum.latency.merge(step.latency);
        if (sum.after && step.before && step.after) // what it used between the steps does not count
            sum.after = Usage{sum.after->processorSeconds + step.serverSeconds(), step.after->residentKib};
    }
    return sum;
}

} // namespace Load
