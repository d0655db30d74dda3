// SPDX-License-Identifier: MIT
#include "server-lite/load/scenario.h"

#include "server-lite/load/churnscenario.h"
#include "server-lite/load/connectscenario.h"
#include "server-lite/load/echoscenario.h"
#include "server-lite/load/fanoutscenario.h"
#include "server-lite/load/idlescenario.h"
#include "server-lite/load/options.h"

namespace Load
{

std::unique_ptr<Scenario> Scenario::make(const Options &options, Swarm &swarm, Recorder &recorder)
{
    switch (options.scenario) {
    case Kind::Connect:
        return std::make_unique<ConnectScenario>(options, swarm, recorder);
    case Kind::Idle:
        return std::make_unique<IdleScenario>(options, swarm, recorder);
    case Kind::Echo:
        return std::make_unique<EchoScenario>(options, swarm, recorder);
    case Kind::Broadcast:
    case Kind::Rooms:
        return std::make_unique<FanOutScenario>(options, swarm, recorder);
    case Kind::Churn:
        return std::make_unique<ChurnScenario>(options, swarm, recorder);
    }
    return nullptr;
}

} // namespace Load
