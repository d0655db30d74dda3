// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace SocketIo
{

/// Time that goes on while the machine sleeps and does not jump when its clock is set: what a heartbeat is
/// measured by. Systems without such a clock give the time of day. Thread: any; a pure function.
std::chrono::milliseconds bootTime();

} // namespace SocketIo
