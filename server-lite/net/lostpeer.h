// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

#include <chrono>

namespace Hubbub
{

/// For how long nothing has come from a peer that is lost. Linux repeats what is not answered after 0.2, 0.6,
/// 1.4 and 3 s on a near network, later on others: who was away for a second is reached by then.
inline constexpr std::chrono::milliseconds lostPeerSilence{4'000};

/// Whether the system has sent the same bytes to a connected TCP socket's peer several times and heard
/// nothing for lostPeerSilence: the peer's machine is off or cannot be reached, which nobody says. Ask no
/// sooner than that after sending, since one that had nothing to say was silent before. One that answers and
/// only does not read is not lost. False where the system does not tell. Thread: any.
bool hasLostPeer(qintptr descriptor);

} // namespace Hubbub
