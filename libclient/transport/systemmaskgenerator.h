// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QRandomGenerator>
#include <QtWebSockets/QMaskGenerator>

namespace EngineIo
{

/// Mask keys nobody can foresee (RFC 6455, 10.3). Qt's own generator draws from QRandomGenerator::global(),
/// which is not made for that. Thread: that of its QWebSocket.
class SystemMaskGenerator final : public QMaskGenerator
{
public:
    using QMaskGenerator::QMaskGenerator;

    bool seed() noexcept override { return true; }
    quint32 nextMask() noexcept override
    {
        const quint32 mask = QRandomGenerator::system()->generate();
        return mask != 0 ? mask : 1; // Qt takes a key of zero for "unmasked"
    }
};

} // namespace EngineIo
