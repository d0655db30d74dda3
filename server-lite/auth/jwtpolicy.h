// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace Hubbub
{

/// What a token must fulfil beyond its signature. Thread: any; a plain value.
struct JwtPolicy {
    bool requireExpiry = true;
    std::chrono::seconds leeway{30}; ///< between the clocks of issuer and server
    /// A date beyond this is a mistake, most often milliseconds written as seconds, and would make a token
    /// eternal.
    std::chrono::hours longestLife{24 * 3653};
};

} // namespace Hubbub
