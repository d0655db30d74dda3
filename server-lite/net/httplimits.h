// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

#include <chrono>

namespace Hubbub
{

/// What one HTTP connection may ask of us before it is refused. Thread: any; a plain value.
struct HttpLimits {
    qint64 headBytes = 16 * 1024; ///< more is 431
    int headerFields = 100; ///< more is 431; the bound Node and Qt use is of the same order
    qint64 bodyBytes = 1'000'000; ///< more is 413
    std::chrono::milliseconds headTimeout{10'000};
    std::chrono::milliseconds bodyTimeout{30'000};
};

} // namespace Hubbub
