// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/transport/sharedframes.h"

namespace EngineIo
{

/// One thing a session has to send: shared messages, or a control packet of its own. Thread: the worker's.
struct Outgoing {
    FramesPtr frames; ///< null for a control packet
    Packet control;
    bool alone = false; ///< what follows leaves a moment later

    qint64 size() const { return frames ? frames->webSocketBytes().size() : control.data.size() + 1; }
};

} // namespace EngineIo
