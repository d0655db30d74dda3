// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace Hubbub::App
{

/// The name colour, 0 to 7, of a user, room or server: the same on every start and machine. Thread: any; pure
/// functions.
int nameSlot(QStringView id);

/// One or two capitals for an avatar: of the first and last word, or the first two of a single one. Empty for
/// a name without letters or digits.
QString initials(const QString &name);

/// "1 person", "6 people".
QString peopleText(int count);

} // namespace Hubbub::App
