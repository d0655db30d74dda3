// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

namespace EngineIo
{

/// Where a session is in its life. Upgrading: a second transport is attached and the first still carries the
/// packets. Closing: what is queued goes out, nothing new is taken. Thread: any.
enum class SessionState : quint8 { Open, Upgrading, Closing, Closed };

/// The table of what may follow what.
constexpr bool mayFollow(SessionState from, SessionState to)
{
    switch (from) {
    case SessionState::Open:
        return to != SessionState::Open;
    case SessionState::Upgrading:
        return to != SessionState::Upgrading;
    case SessionState::Closing:
        return to == SessionState::Closed;
    case SessionState::Closed:
        return false;
    }
    return false;
}

} // namespace EngineIo
