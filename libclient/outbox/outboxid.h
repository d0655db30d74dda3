// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace Hubbub
{

/// A new id: a UUID of version 7, so ids made later sort later (to the millisecond) and 74 bits are random,
/// from the system's source. Thread: any. Source: RFC 9562, 5.7.
QString makeOutboxId();

} // namespace Hubbub
