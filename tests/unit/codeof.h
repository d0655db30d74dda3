// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"

/// The error's code, or "ok": so that a table of inputs can name the outcome. Thread: any; a pure function.
template <typename T>
QString codeOf(const Hubbub::Result<T> &result)
{
    return result ? QStringLiteral("ok") : result.error().code;
}
