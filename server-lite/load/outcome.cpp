// SPDX-License-Identifier: MIT
#include "server-lite/load/outcome.h"

namespace Load
{

int Outcome::exitCode() const
{
    if (wasInterrupted)
        return Interrupted;
    if (!connects.count())
        return NobodyJoined;
    return lost || !complaint.empty() ? SomethingLost : Well;
}

} // namespace Load
