// SPDX-License-Identifier: MIT
#pragma once

namespace Load
{

/// Ctrl+C and SIGTERM: the first ends the run in good order, the second at once. Thread: any.
class Interruption
{
public:
    static void watch(); ///< once, at the start
    static bool came();
};

} // namespace Load
