// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QLoggingCategory>

namespace EngineIo
{

/// Who comes and goes, and who is refused: by the session's number, never by the id that gives access to it.
/// Off unless a rule turns it on. Thread: any.
Q_DECLARE_LOGGING_CATEGORY(connectionLog)

} // namespace EngineIo
