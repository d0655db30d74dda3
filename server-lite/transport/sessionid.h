// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <optional>

namespace EngineIo
{

/// A secret of 20 characters, as the reference's: 120 random bits, but for the remainder of the first byte,
/// which names the worker the session lives on. Thread: any; pure.
QByteArray makeSessionId(int worker, int workers);
/// Nothing if it names none. Thread: any; pure.
std::optional<int> workerOfSessionId(const QByteArray &sid, int workers);

} // namespace EngineIo
