// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"

namespace Hubbub::PersonName
{

// Names of people, which others must be able to read and to tell apart. Thread: any; pure.

inline constexpr int maxLength = 40; ///< characters of a name somebody chose

/// A chosen name as it will be shown: composed (NFC), trimmed, inner runs of blanks one. Errors:
/// "invalid-name", unless 1 to maxLength characters are left, and for characters that show nothing, turn the
/// writing direction, or pile up marks.
Result<QString> read(const QString &chosen);

/// A name that somebody vouched for, without what deceives; `fallback` if nothing is left.
QString cleaned(const QString &vouched, const QString &fallback);

/// The same for names that read the same: whatever their case, width and composition.
QString key(const QString &name);

} // namespace Hubbub::PersonName
