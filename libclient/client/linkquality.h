// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/connectionstatemachine.h"

#include <chrono>
#include <optional>

namespace SocketIo
{

/// Judges a link by its round trips. Thread: that of its Socket.
class LinkQuality
{
public:
    static constexpr std::chrono::milliseconds slowAbove{1'000}; ///< a person notices by then
    static constexpr std::chrono::milliseconds fastBelow{
        750}; ///< apart from slowAbove, so that it does not flicker

    /// Takes one measured round trip; gives what it means for a connection in that state, if anything.
    static std::optional<ConnectionInput> judge(ConnectionState state, std::chrono::milliseconds roundTrip)
    {
        if (state == ConnectionState::Online && roundTrip > slowAbove)
            return ConnectionInput::LinkSlow;
        if (state == ConnectionState::Degraded && roundTrip < fastBelow)
            return ConnectionInput::LinkRestored;
        return std::nullopt;
    }
};

} // namespace SocketIo
