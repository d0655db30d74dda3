// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/closepayload.h"

#include <QtCore/QByteArray>

namespace EngineIo
{

/// Whether that code tells of somebody who broke the rules. Thread: any; pure.
bool saysBrokenRules(quint16 code);

/// A whole close frame as servers send it; noStatus stands for one without a code. A reason of more than 123
/// bytes is cut. Thread: any; pure.
QByteArray closeFrame(quint16 code, QByteArrayView reason = {});

} // namespace EngineIo
