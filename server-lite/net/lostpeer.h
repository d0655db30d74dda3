// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

namespace Hubbub
{

/// Whether the system has sent the same bytes to a connected TCP socket's peer several times and got no
/// answer: the peer's machine is off or cannot be reached, which nobody says. One that answers and only does
/// not read is not lost. False where the system does not tell. Thread: any.
bool hasLostPeer(qintptr descriptor);

} // namespace Hubbub
